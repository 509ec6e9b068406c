//go:build !windows

package network

import "syscall"

const (
	errInUse   = syscall.EADDRINUSE
	errDenied  = syscall.EACCES
	errNotHere = syscall.EADDRNOTAVAIL
)
