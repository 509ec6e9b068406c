package network

import "golang.org/x/sys/windows"

// Package syscall's names of these are not what Windows answers.
const (
	errInUse   = windows.WSAEADDRINUSE
	errDenied  = windows.WSAEACCES
	errNotHere = windows.WSAEADDRNOTAVAIL
)
