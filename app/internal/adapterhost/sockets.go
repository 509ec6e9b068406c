package adapterhost

import (
	"crypto/sha256"
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strconv"
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

	mu  sync.Mutex
	own []string // the adapters, each with a folder of its own by its place here
}

// ownSocketFolder is how long the names of it and of an adapter's own are, with the
// separators before them.
const ownSocketFolder = len("/mingcha-01234567/9999")

func newSocketFolder(stateDir string) *socketFolder {
	sum := sha256.Sum256([]byte(stateDir))
	return &socketFolder{name: fmt.Sprintf("mingcha-%x", sum[:4])}
}

// folder is an adapter's own; no other reaches it.
func (s *socketFolder) folder(adapter string) (string, error) {
	dir, err := s.make()
	if err != nil || dir == "" {
		return dir, err
	}
	s.mu.Lock()
	place := slices.Index(s.own, adapter)
	if place < 0 {
		place = len(s.own)
		s.own = append(s.own, adapter)
	}
	s.mu.Unlock()
	dir = filepath.Join(dir, strconv.Itoa(place))
	return dir, os.MkdirAll(dir, 0o700)
}

// make makes the folder, empty and for nobody else.
func (s *socketFolder) make() (string, error) {
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
