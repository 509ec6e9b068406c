//go:build unix

package acceptance

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// From the command line: every export says what the journal was; verify holds a
// folder against what somebody kept of it; a folder that was set back is not what it
// was, and the office says why before it is signed again.
func TestJ2ExportsVerifyAndResumeFromTheCommandLine(t *testing.T) {
	t.Parallel()
	dir, out := filepath.Join(t.TempDir(), "data"), t.TempDir()
	first := traceOf("GH-1", happened("收件", "2026-03-02T09:00:00+08:00"))
	must(t, ingestXES(t, dir, licensing, logOf(first), "2026-03-03")...)
	early := file(t, filepath.Join(dir, "mingcha.db"))
	must(t, ingestXES(t, dir, licensing, logOf(first, traceOf("GH-2", happened("收件", "2026-03-03T09:00:00+08:00"))), "2026-03-04", "--name", "xes-config")...)

	var kept []string
	for _, format := range []string{"csv", "json", "xlsx"} {
		for _, list := range []string{"cases", "findings"} {
			name := filepath.Join(out, list+"."+format)
			must(t, list, "--data", dir, "--format", format, "-o", name)
			if format != "xlsx" { // which has a sheet for it
				name += ".checkpoint"
			}
			kept = append(kept, name)
		}
	}
	for _, name := range kept {
		must(t, "verify", "--data", dir, "--checkpoint", name)
	}
	if text := string(file(t, kept[0])); !strings.Contains(text, "mingcha/") || !strings.Contains(text, "\n— mingcha/") {
		t.Errorf("beside the export stands %q", text)
	}
	if c := fails(t, 2, "--checkpoint", "verify", "--data", dir, "--checkpoint", filepath.Join(out, "cases.csv")); c.Code != "checkpoint_file" {
		t.Errorf("of a file without a checkpoint: %+v", c)
	}

	fails(t, 2, "--size", "verify", "--data", dir, "--root", strings.Repeat("A", 43)+"=", "--size", "0")

	for _, name := range []string{"mingcha.db-wal", "mingcha.db-shm"} {
		if err := os.RemoveAll(filepath.Join(dir, name)); err != nil {
			t.Fatal(err)
		}
	}
	if err := os.WriteFile(filepath.Join(dir, "mingcha.db"), early, 0o600); err != nil {
		t.Fatal(err)
	}
	fails(t, 1, "", "verify", "--data", dir, "--checkpoint", kept[0])
	fails(t, 2, "", "journal", "resume", "--data", dir)
	fails(t, 2, "--because", "journal", "resume", "--data", dir, "--because", " ")
	said := must(t, "journal", "resume", "--data", dir, "--because", "数据库从备份恢复")
	if !strings.Contains(said, "已记入存证并重新签署") || !strings.Contains(said, "— mingcha/") {
		t.Errorf("resume says %q", said)
	}
	if said = must(t, "verify", "--data", dir); !strings.Contains(said, "数据库从备份恢复") {
		t.Errorf("verify says %q", said)
	}
	fails(t, 1, "", "verify", "--data", dir, "--checkpoint", kept[0])
}
