package httpapi

import (
	"compress/gzip"
	"net/http"
	"strings"
	"sync"
)

// smallest is the size from which on an answer is compressed, in bytes.
const smallest = 1024

var gzips = sync.Pool{New: func() any {
	w, _ := gzip.NewWriterLevel(nil, gzip.BestSpeed) // the level exists
	return w
}}

func acceptsGzip(r *http.Request) bool {
	if r.Method == http.MethodHead || r.Header.Get("Range") != "" {
		return false
	}
	for part := range strings.SplitSeq(r.Header.Get("Accept-Encoding"), ",") {
		name, q, _ := strings.Cut(strings.TrimSpace(part), ";")
		if strings.EqualFold(strings.TrimSpace(name), "gzip") {
			return strings.ReplaceAll(q, " ", "") != "q=0"
		}
	}
	return false
}

// zipped compresses an answer that is text and not short. It keeps the
// beginning back until it knows.
type zipped struct {
	http.ResponseWriter
	status  int
	held    []byte
	decided bool
	gz      *gzip.Writer
}

func (z *zipped) Unwrap() http.ResponseWriter { return z.ResponseWriter }

func (z *zipped) WriteHeader(status int) {
	if z.status == 0 {
		z.status = status
	}
}

func (z *zipped) Write(b []byte) (int, error) {
	if !z.decided {
		z.held = append(z.held, b...)
		if len(z.held) <= smallest {
			return len(b), nil
		}
		return len(b), z.decide()
	}
	if z.gz != nil {
		return z.gz.Write(b)
	}
	return z.ResponseWriter.Write(b)
}

// Anew forgets what was written so far.
func (z *zipped) Anew() error {
	if z.gz != nil {
		z.gz.Reset(nil)
		gzips.Put(z.gz)
	}
	*z = zipped{ResponseWriter: z.ResponseWriter}
	return nil
}

func (z *zipped) decide() error {
	z.decided = true
	if z.status == 0 {
		z.status = http.StatusOK
	}
	h := z.Header()
	if compressible(h.Get("Content-Type")) && h.Get("Content-Encoding") == "" {
		h.Add("Vary", "Accept-Encoding")
		if len(z.held) > smallest && z.status != http.StatusPartialContent {
			h.Set("Content-Encoding", "gzip")
			h.Del("Content-Length")
			h.Del("Accept-Ranges")
			if tag := h.Get("Etag"); tag != "" && !strings.HasPrefix(tag, "W/") {
				h.Set("Etag", "W/"+tag) // other bytes, same meaning
			}
			z.gz = gzips.Get().(*gzip.Writer)
			z.gz.Reset(z.ResponseWriter)
		}
	}
	z.ResponseWriter.WriteHeader(z.status)
	held := z.held
	z.held = nil
	if len(held) == 0 {
		return nil
	}
	_, err := z.Write(held)
	return err
}

// finish sends what is left.
func (z *zipped) finish() {
	if !z.decided {
		_ = z.decide() // the client is gone
	}
	if z.gz != nil {
		_ = z.gz.Close()
		z.gz.Reset(nil)
		gzips.Put(z.gz)
	}
}

func compressible(kind string) bool {
	kind, _, _ = strings.Cut(kind, ";")
	switch kind {
	case "application/json", "application/problem+json", "application/vnd.oai.openapi+json", "application/javascript",
		"image/svg+xml", "application/manifest+json", "application/yaml":
		return true
	}
	return strings.HasPrefix(kind, "text/")
}
