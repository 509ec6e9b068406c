//go:build !windows

package noroom

import "syscall"

var numbers = []syscall.Errno{syscall.ENOSPC, syscall.EDQUOT}
