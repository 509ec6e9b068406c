//go:build !linux && !windows

package adapterhost

import "os"

func openKept(path string) (*os.File, error) { return os.Open(path) }
