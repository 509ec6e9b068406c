//go:build !windows

package store

import "syscall"

// noRoom are the system's words for it.
var noRoom = []syscall.Errno{syscall.ENOSPC, syscall.EDQUOT}
