// Package noroom knows the system's errors for a disk or a quota that is full.
package noroom

import (
	"errors"
	"slices"
	"syscall"
)

// Is tells whether err is one of them, or wraps one.
func Is(err error) bool {
	var no syscall.Errno
	return errors.As(err, &no) && slices.Contains(numbers, no)
}
