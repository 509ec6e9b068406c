package store

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"sync"

	"github.com/mingcha-console/mingcha/app/internal/workday"
)

// OpenScratch opens an empty store in a temporary folder, to fold records into
// once more.
func OpenScratch(like *Reader) (*Store, error) {
	content, err := blank()
	if err != nil {
		return nil, err
	}
	dir, err := os.MkdirTemp("", scratchFolder)
	if err != nil {
		return nil, err
	}
	if err := os.WriteFile(filepath.Join(dir, DatabaseFile), content, 0o600); err != nil {
		return nil, errors.Join(err, os.RemoveAll(dir))
	}
	s, err := openWritable(context.Background(), &Store{dir: dir, cal: like.cal, scratch: true})
	if err != nil {
		return nil, errors.Join(err, os.RemoveAll(dir))
	}
	return s, nil
}

// blank is the database that migrating leaves in a fresh folder. Verifying opens
// several, and each would be migrated step by step.
var blank = sync.OnceValues(func() (content []byte, err error) {
	dir, err := os.MkdirTemp("", scratchFolder)
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, os.RemoveAll(dir)) }()
	s, err := Open(context.Background(), dir, workday.Default())
	if err != nil {
		return nil, err
	}
	if err := s.Close(); err != nil { // works the log into the database
		return nil, err
	}
	return os.ReadFile(filepath.Join(dir, DatabaseFile))
})

const scratchFolder = "mingcha-verify-"

// removeScratch deletes a scratch store's folder.
func (s *Store) removeScratch() error {
	if !s.scratch || !strings.HasPrefix(filepath.Base(s.dir), scratchFolder) {
		return nil
	}
	return os.RemoveAll(s.dir)
}
