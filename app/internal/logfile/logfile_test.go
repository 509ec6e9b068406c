package logfile

import (
	"bytes"
	"log/slog"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func TestN8TheLogIsKeptInAFileThatIsTurnedOver(t *testing.T) {
	dir := t.TempDir()
	var screen bytes.Buffer
	h, file := Open(dir, slog.NewTextHandler(&screen, &slog.HandlerOptions{Level: slog.LevelWarn}))
	log := slog.New(h).With("adapter", "gh")
	log.Debug("below")
	log.Info("kept")
	log.Warn("both")
	b, err := os.ReadFile(Path(dir))
	if err != nil {
		t.Fatal(err)
	}
	if s := string(b); strings.Contains(s, "below") || !strings.Contains(s, "msg=kept adapter=gh") || !strings.Contains(s, "msg=both") {
		t.Errorf("the file has %s", s)
	}
	if s := screen.String(); strings.Contains(s, "kept") || !strings.Contains(s, "both") {
		t.Errorf("the screen has %s", s)
	}
	if info, err := os.Stat(Path(dir)); err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("others may read it: %v, %v", info.Mode(), err)
	}
	line := strings.Repeat("x", 1000)
	for range 32_000 { // 32 MB where 5 files of 5 MB are kept
		log.Info(line)
	}
	if err := file.Close(); err != nil {
		t.Fatal(err)
	}
	files, err := filepath.Glob(filepath.Join(dir, "log", "*"))
	if err != nil {
		t.Fatal(err)
	}
	total := int64(0)
	for _, f := range files {
		if info, err := os.Stat(f); err == nil {
			total += info.Size()
		}
	}
	// The oldest goes beside the writing, so that one more may be there for a moment.
	if len(files) < 3 || len(files) > 2+oldFiles || total > (2+oldFiles)*megabytes<<20 {
		t.Errorf("%d files, %d bytes: %v", len(files), total, files)
	}
}
