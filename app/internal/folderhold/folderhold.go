// Package folderhold holds a folder itself against other consoles, where the system
// has a lock for folders: a lock on a file in it is gone when somebody removes the file.
package folderhold

// Held is a folder that is held until it is closed.
type Held interface{ Close() error }

// Take holds the folder; ok is false where another process does. Some network disks
// cannot hold one, nor can Windows: then nothing is held, and ok is true.
func Take(dir string) (held Held, ok bool) { return take(dir) }

type nothing struct{}

func (nothing) Close() error { return nil }
