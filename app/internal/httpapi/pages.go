package httpapi

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"io/fs"
	"net/http"
	"path"
	"strings"
	"sync"
	"time"
)

// pages serves the built pages. Files under assets/ have a hash in their name
// and never change; everything else is asked for again each time, and answered
// by its hash. Addresses of the pages' own router all get index.html.
type pages struct {
	files fs.FS
	tags  sync.Map // file name → hash
}

func newPages(files fs.FS) *pages { return &pages{files: files} }

func (p *pages) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	if r.Method != http.MethodGet && r.Method != http.MethodHead {
		w.Header().Set("Allow", "GET, HEAD")
		http.Error(w, "method not allowed", http.StatusMethodNotAllowed)
		return
	}
	name := strings.TrimPrefix(path.Clean("/"+r.URL.Path), "/")
	hashed := strings.HasPrefix(name, "assets/")
	body, ok := p.read(name)
	if !ok && !hashed && isAddress(name, r) {
		name = "index.html"
		if body, ok = p.read(name); !ok {
			notBuilt(w)
			return
		}
	}
	if !ok {
		http.NotFound(w, r)
		return
	}
	if hashed {
		w.Header().Set("Cache-Control", "public, max-age=31536000, immutable")
	} else {
		w.Header().Set("Cache-Control", "no-cache")
	}
	w.Header().Set("Etag", p.tag(name, body))
	http.ServeContent(w, r, name, time.Time{}, bytes.NewReader(body))
}

func (p *pages) read(name string) ([]byte, bool) {
	if p.files == nil || !fs.ValidPath(name) {
		return nil, false
	}
	body, err := fs.ReadFile(p.files, name)
	return body, err == nil
}

// isAddress reports whether a name that is no file is an address of the pages'
// router: it has no extension, or a browser wants to show it.
func isAddress(name string, r *http.Request) bool {
	return path.Ext(name) == "" || strings.Contains(r.Header.Get("Accept"), "text/html")
}

func (p *pages) tag(name string, body []byte) string {
	if t, ok := p.tags.Load(name); ok {
		return t.(string)
	}
	sum := sha256.Sum256(body)
	t := `"` + hex.EncodeToString(sum[:12]) + `"`
	p.tags.Store(name, t)
	return t
}

func notBuilt(w http.ResponseWriter) {
	w.Header().Set("Content-Type", "text/plain; charset=utf-8")
	w.WriteHeader(http.StatusServiceUnavailable)
	_, _ = w.Write([]byte("程序里没有页面文件。请运行 make build 后重新启动。\nThis program was built without its pages. Run make build and start it again.\n"))
}
