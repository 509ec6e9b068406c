//go:build !windows

package store

import (
	"errors"
	"os"
	"syscall"
)

// holdFolder locks the folder itself; ok is false where another console has done so.
// Some network disks cannot: there the lock on the file has to do.
func holdFolder(dir string) (held interface{ Close() error }, ok bool) {
	f, err := os.Open(dir)
	if err != nil {
		return nil, true
	}
	if err := syscall.Flock(int(f.Fd()), syscall.LOCK_EX|syscall.LOCK_NB); err != nil {
		_ = f.Close()
		return nil, !errors.Is(err, syscall.EWOULDBLOCK)
	}
	return f, true
}
