package desktop

import (
	"encoding/json"
	"errors"
	"io"
	"io/fs"
	"net/http"
	"os"
	"path/filepath"
	"sync"
)

// witnessFile keeps what the window's pages have seen of consoles' journals, by
// the place where each was reached: a data folder, or a console elsewhere. The
// pages compare; here it only outlives them. It lies outside every data folder:
// who puts an old folder back has not put back what was seen of it.
type witnessFile struct {
	file string // "": nothing is kept
	mu   sync.Mutex
}

// What a page may keep: about 3 kB, and 20 kB once something did not agree.
const (
	mostWitnessed = 256 << 10 // bytes of one place
	mostPlaces    = 200
	longestPlace  = 4096 // bytes
)

// ServeHTTP answers GET with what is kept of a place (204: nothing) and PUT by
// keeping it. Only the window's pages reach it.
func (f *witnessFile) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	place := r.URL.Query().Get("place")
	w.Header().Set("Cache-Control", "no-store")
	switch {
	case f.file == "" || place == "" || len(place) > longestPlace:
		http.NotFound(w, r)
	case r.Method == http.MethodGet:
		kept, err := f.read()
		switch seen := kept[place]; {
		case err != nil:
			http.Error(w, err.Error(), http.StatusInternalServerError)
		case seen == nil:
			w.WriteHeader(http.StatusNoContent)
		default:
			w.Header().Set("Content-Type", "application/json")
			w.Write(seen) //nolint:errcheck // the window has gone
		}
	case r.Method == http.MethodPut:
		seen, err := io.ReadAll(http.MaxBytesReader(w, r.Body, mostWitnessed))
		if err != nil || !json.Valid(seen) {
			http.Error(w, "not what a page keeps", http.StatusBadRequest)
			return
		}
		if err := f.keep(place, seen); err != nil {
			http.Error(w, err.Error(), http.StatusInternalServerError)
			return
		}
		w.WriteHeader(http.StatusNoContent)
	default:
		http.NotFound(w, r)
	}
}

func (f *witnessFile) read() (map[string]json.RawMessage, error) {
	f.mu.Lock()
	defer f.mu.Unlock()
	return f.load()
}

func (f *witnessFile) load() (map[string]json.RawMessage, error) {
	kept := map[string]json.RawMessage{}
	b, err := os.ReadFile(f.file)
	if errors.Is(err, fs.ErrNotExist) {
		return kept, nil
	}
	if err != nil {
		return nil, err
	}
	return kept, json.Unmarshal(b, &kept)
}

var errManyPlaces = errors.New("the witness file is full")

func (f *witnessFile) keep(place string, seen json.RawMessage) error {
	f.mu.Lock()
	defer f.mu.Unlock()
	kept, err := f.load()
	if err != nil {
		return err // what was seen is not written over
	}
	if kept[place] == nil && len(kept) >= mostPlaces {
		return errManyPlaces
	}
	kept[place] = seen
	b, err := json.Marshal(kept)
	if err != nil {
		return err
	}
	if err := os.MkdirAll(filepath.Dir(f.file), 0o700); err != nil {
		return err
	}
	tmp := f.file + ".new"
	if err := os.WriteFile(tmp, b, 0o600); err != nil {
		return err
	}
	return os.Rename(tmp, f.file)
}
