//go:build !windows

package folderhold

import (
	"errors"
	"os"
	"syscall"
)

func take(dir string) (held Held, ok bool) {
	f, err := os.Open(dir)
	if err != nil {
		return nothing{}, true
	}
	if err := syscall.Flock(int(f.Fd()), syscall.LOCK_EX|syscall.LOCK_NB); err != nil {
		_ = f.Close()
		return nothing{}, !errors.Is(err, syscall.EWOULDBLOCK)
	}
	return f, true
}
