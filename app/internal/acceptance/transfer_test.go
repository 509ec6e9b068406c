//go:build unix

package acceptance

import (
	"path/filepath"
	"strings"
	"testing"
)

// Who serves a department is for the office to say, and its command says so: the
// journal has it, and whoever served until then is refused as a whole.
func TestH1ADepartmentIsHandedOverByCommand(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "data")
	ingest := ingestXES(t, dir, licensing, logOf(traceOf("GH-1", happened("收件", "2026-03-02T09:00:00+08:00"))), "2026-03-03")
	must(t, ingest...)
	transfer := func(from string) result {
		return mingcha(t, "adapter", "transfer", "GHJ", "--data", dir, "--from", from, "--to", "gh-new", "--reason", "部门更换了业务系统")
	}
	if r := transfer("other"); r.code == 0 || !strings.Contains(r.stderr, "xes") {
		t.Errorf("handed over from an adapter that does not serve it: %d, %s%s", r.code, r.stdout, r.stderr)
	}
	if r := transfer("xes-config"); r.code != 0 || !strings.Contains(r.stdout, "GHJ") {
		t.Fatalf("ended with %d: %s%s", r.code, r.stdout, r.stderr)
	}
	if r := mingcha(t, ingest...); r.code == 0 || !strings.Contains(r.stderr, "gh-new") {
		t.Errorf("who served until then went on: %d, %s%s", r.code, r.stdout, r.stderr)
	}
	must(t, "verify", "--data", dir)
}
