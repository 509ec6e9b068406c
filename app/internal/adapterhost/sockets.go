package adapterhost

import (
	"crypto/sha256"
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"sync"
)

// socketFolder is where a data folder's adapters put the sockets through which
// they are spoken to. Its name follows from the data folder's, which one console
// has at a time: what one that was killed left there goes when the next starts
// its first adapter.
type socketFolder struct {
	name string
	once sync.Once
	dir  string
	err  error
}

// ownSocketFolder is how long its name is, with the separator before it.
const ownSocketFolder = len("/mingcha-01234567")

func newSocketFolder(stateDir string) *socketFolder {
	sum := sha256.Sum256([]byte(stateDir))
	return &socketFolder{name: fmt.Sprintf("mingcha-%x", sum[:4])}
}

// folder makes the folder, empty and for nobody else.
func (s *socketFolder) folder() (string, error) {
	s.once.Do(func() {
		if runtime.GOOS == "windows" { // there it is a port
			return
		}
		base, err := socketBase()
		if err != nil {
			s.err = err
			return
		}
		s.dir = filepath.Join(base, s.name)
		if s.err = os.RemoveAll(s.dir); s.err == nil {
			s.err = os.Mkdir(s.dir, 0o700)
		}
		if s.err != nil { // somebody else's: one with a name that nobody can foresee
			s.dir, s.err = os.MkdirTemp(base, "mingcha-")
		}
	})
	return s.dir, s.err
}

func (s *socketFolder) remove() {
	s.once.Do(func() {})
	if s.dir != "" {
		_ = os.RemoveAll(s.dir)
	}
}
