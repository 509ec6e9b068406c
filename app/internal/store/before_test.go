package store

import (
	"context"
	"database/sql"
	"errors"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"

	"github.com/mingcha-console/mingcha/app/internal/fault"
	"github.com/mingcha-console/mingcha/app/internal/workday"
)

// older makes a folder as the program of one migration ago left it, with a signed checkpoint.
func older(t *testing.T) (dir string, version int64) {
	t.Helper()
	dir = t.TempDir()
	db := database(t, filepath.Join(dir, DatabaseFile))
	p, err := provider(db)
	if err != nil {
		t.Fatal(err)
	}
	know, err := newest()
	if err != nil {
		t.Fatal(err)
	}
	version = know - 1
	if _, err := p.UpTo(context.Background(), version); err != nil {
		t.Fatal(err)
	}
	execute(t, db, `INSERT INTO checkpoints (size, at, note) VALUES (1, 0, 'signed')`)
	return dir, version
}

func database(t *testing.T, file string) *sql.DB {
	t.Helper()
	db, err := sql.Open("sqlite3", "file:"+filepath.ToSlash(file))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { db.Close() })
	return db
}

func execute(t *testing.T, db *sql.DB, statement string) {
	t.Helper()
	if _, err := db.Exec(statement); err != nil {
		t.Fatal(err)
	}
}

// holds is the version of a database's schema, and how many checkpoints it has.
func holds(t *testing.T, file string) (version, checkpoints int64) {
	t.Helper()
	if err := database(t, file).QueryRow(`SELECT (SELECT max(version_id) FROM goose_db_version), (SELECT count(*) FROM checkpoints)`).Scan(&version, &checkpoints); err != nil {
		t.Fatal(err)
	}
	return version, checkpoints
}

// N9: before an older folder is updated what it was is kept beside it, closed to others,
// and nothing is kept of a folder that is new or as new as the program.
func TestN9AnUpdateKeepsWhatWasBeforeIt(t *testing.T) {
	dir, version := older(t)
	kept := filepath.Join(dir, beforeUpdate)
	if err := os.WriteFile(kept, []byte("of the update before"), 0o600); err != nil {
		t.Fatal(err)
	}
	for range 2 { // the second time there is nothing to update
		s, err := Open(context.Background(), dir, workday.Default())
		if err != nil {
			t.Fatal(err)
		}
		if err := s.Close(); err != nil {
			t.Fatal(err)
		}
		if v, n := holds(t, kept); v != version || n != 1 {
			t.Errorf("the copy is of version %d with %d checkpoints, want %d and 1", v, n, version)
		}
		if v, n := holds(t, filepath.Join(dir, DatabaseFile)); v != version+1 || n != 1 {
			t.Errorf("the folder is of version %d with %d checkpoints, want %d and 1", v, n, version+1)
		}
	}
	if info, err := os.Stat(kept); err != nil || runtime.GOOS != "windows" && info.Mode().Perm() != 0o600 {
		t.Errorf("the copy's rights are %v (%v)", info.Mode(), err)
	}
	fresh := t.TempDir()
	s, err := Open(context.Background(), fresh, workday.Default())
	if err != nil {
		t.Fatal(err)
	}
	s.Close()
	if _, err := os.Stat(filepath.Join(fresh, beforeUpdate)); !errors.Is(err, os.ErrNotExist) {
		t.Errorf("of a new folder there is a copy (%v)", err)
	}
}

// N9: an update that fails says where what was before lies; without room for the copy
// nothing is updated.
func TestN9AnUpdateThatFailsLosesNothing(t *testing.T) {
	dir, version := older(t)
	execute(t, database(t, filepath.Join(dir, DatabaseFile)), `CREATE TRIGGER refuse BEFORE INSERT ON goose_db_version BEGIN SELECT raise(ABORT, 'no'); END`)
	fails := func(code, names string) {
		t.Helper()
		s, err := Open(context.Background(), dir, workday.Default())
		if err == nil {
			s.Close()
		}
		if f, ok := fault.As(err); !ok || f.Code != code || !strings.Contains(f.ZH, names) || !strings.Contains(f.EN, names) {
			t.Errorf("opened with %v, want %s that names %s", err, code, names)
		}
		if v, n := holds(t, filepath.Join(dir, DatabaseFile)); v != version || n != 1 {
			t.Errorf("the folder is of version %d with %d checkpoints, want %d and 1", v, n, version)
		}
	}
	kept := filepath.Join(dir, beforeUpdate)
	fails("update_failed", kept)
	if v, n := holds(t, kept); v != version || n != 1 {
		t.Errorf("the copy is of version %d with %d checkpoints, want %d and 1", v, n, version)
	}
	// A folder in the copy's place: it cannot be written, as on a full disk.
	if err := errors.Join(os.Remove(kept), os.MkdirAll(filepath.Join(kept, "x"), 0o700)); err != nil {
		t.Fatal(err)
	}
	fails("no_copy_before_update", kept)
}
