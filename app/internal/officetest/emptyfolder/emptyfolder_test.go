package emptyfolder

import (
	"context"
	"database/sql"
	"fmt"
	"os"
	"path/filepath"
	"testing"

	"github.com/mingcha-console/mingcha/app/internal/store"
	"github.com/mingcha-console/mingcha/app/internal/workday"
)

// A folder with a copied database is what opening an empty one makes.
func TestACopyIsWhatMigratingMakes(t *testing.T) {
	schema := func(dir string) (all []string) {
		s, err := store.Open(context.Background(), dir, workday.Default())
		if err != nil {
			t.Fatal(err)
		}
		if err := s.Close(); err != nil {
			t.Fatal(err)
		}
		db, err := sql.Open("sqlite3", "file:"+filepath.Join(dir, store.DatabaseFile)+"?mode=ro")
		if err != nil {
			t.Fatal(err)
		}
		defer db.Close()
		rows, err := db.Query(`SELECT name || ' ' || coalesce(sql, '') FROM sqlite_master ORDER BY name`)
		if err != nil {
			t.Fatal(err)
		}
		defer rows.Close()
		for rows.Next() {
			var line string
			if err := rows.Scan(&line); err != nil {
				t.Fatal(err)
			}
			all = append(all, line)
		}
		if err := rows.Err(); err != nil {
			t.Fatal(err)
		}
		return all
	}
	anew, copied := schema(t.TempDir()), schema(New(t))
	if len(anew) < 20 || fmt.Sprint(anew) != fmt.Sprint(copied) {
		t.Errorf("migrated:\n%q\ncopied:\n%q", anew, copied)
	}
}

// A folder that holds data keeps it.
func TestADatabaseIsNotReplaced(t *testing.T) {
	dir := t.TempDir()
	file := filepath.Join(dir, store.DatabaseFile)
	if err := os.WriteFile(file, []byte("somebody's"), 0o600); err != nil {
		t.Fatal(err)
	}
	Fill(t, dir)
	if got, err := os.ReadFile(file); err != nil || string(got) != "somebody's" {
		t.Errorf("%q, %v", got, err)
	}
}
