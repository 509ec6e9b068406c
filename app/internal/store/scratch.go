package store

import (
	"context"
	"os"
	"path/filepath"
	"strings"
)

// OpenScratch opens an empty store in a temporary folder, to fold records into
// once more.
func OpenScratch(like *Reader) (*Store, error) {
	dir, err := os.MkdirTemp("", "mingcha-verify-")
	if err != nil {
		return nil, err
	}
	s, err := Open(context.Background(), dir, like.cal)
	if err != nil {
		os.RemoveAll(dir)
		return nil, err
	}
	s.scratch = true
	return s, nil
}

// removeScratch deletes a scratch store's folder.
func (s *Store) removeScratch() error {
	if !s.scratch || !strings.HasPrefix(filepath.Base(s.dir), "mingcha-verify-") {
		return nil
	}
	return os.RemoveAll(s.dir)
}
