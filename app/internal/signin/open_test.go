package signin

import (
	"log/slog"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

func TestAFileThatCannotBeUsedIsRefusedWithWhatToDo(t *testing.T) {
	newer := t.TempDir()
	s := open(t, newer, &clock{t: time.Now()})
	if _, err := s.db.Exec(`INSERT INTO goose_db_version (version_id, is_applied) VALUES (99, 1)`); err != nil {
		t.Fatal(err)
	}
	s.Close()
	damaged := t.TempDir()
	if err := os.WriteFile(filepath.Join(damaged, File), []byte(strings.Repeat("no database ", 1000)), 0o600); err != nil {
		t.Fatal(err)
	}
	for want, dir := range map[string]string{"accounts_file_newer": newer, "accounts_file": damaged} {
		s, err := Open(dir, time.Now, slog.New(slog.DiscardHandler))
		if code(err) != want {
			t.Errorf("want %s, got %v", want, err)
		}
		if s != nil {
			s.Close()
		}
	}
}

func TestAFileOpenToAllIsClosedToOthers(t *testing.T) {
	dir := t.TempDir()
	file := filepath.Join(dir, File)
	if err := os.WriteFile(file, nil, 0o644); err != nil {
		t.Fatal(err)
	}
	open(t, dir, &clock{t: time.Now()})
	if info, err := os.Stat(file); err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("mode %v, %v", info.Mode(), err)
	}
}
