package httpapi

import (
	"bytes"
	"compress/gzip"
	"io"
	"net/http"
	"strings"
	"testing"
)

func TestAnswersAreCompressedWhenWorthIt(t *testing.T) {
	s := serving(t)
	get := func(path string, encoding string) (*http.Response, []byte) {
		req, _ := http.NewRequest("GET", s.http.URL+path, nil)
		req.Header.Set("Authorization", "Bearer "+token)
		req.Header.Set("Accept-Encoding", encoding)
		resp, err := http.DefaultTransport.RoundTrip(req)
		if err != nil {
			t.Fatal(err)
		}
		defer resp.Body.Close()
		b, err := io.ReadAll(resp.Body)
		if err != nil {
			t.Fatal(err)
		}
		return resp, b
	}
	for _, path := range []string{"/api/cases", "/assets/index-Bx3f9a.js", "/", "/api/exports/cases"} {
		plain, want := get(path, "identity")
		small, packed := get(path, "br, gzip;q=0.5")
		if plain.Header.Get("Content-Encoding") != "" || small.Header.Get("Content-Encoding") != "gzip" || len(packed) >= len(want) {
			t.Errorf("%s: %q of %d bytes, %q of %d", path, plain.Header.Get("Content-Encoding"), len(want), small.Header.Get("Content-Encoding"), len(packed))
			continue
		}
		z, err := gzip.NewReader(bytes.NewReader(packed))
		if err != nil {
			t.Fatal(err)
		}
		if got, err := io.ReadAll(z); err != nil || !bytes.Equal(got, want) {
			t.Errorf("%s: unpacked it differs, %v", path, err)
		}
		if !strings.Contains(small.Header.Get("Vary"), "Accept-Encoding") {
			t.Errorf("%s: Vary %q", path, small.Header.Get("Vary"))
		}
	}
	for path, encoding := range map[string]string{"/api/checkpoint": "gzip", "/favicon.svg": "gzip", "/api/exports/cases?format=xlsx": "gzip", "/api/cases": "gzip;q=0"} {
		if r, _ := get(path, encoding); r.Header.Get("Content-Encoding") != "" {
			t.Errorf("%s was compressed", path)
		}
	}
}

func TestPages(t *testing.T) {
	s := serving(t)
	for _, c := range []struct {
		path, accept string
		status       int
		cache        string
		has          string
	}{
		{"/", "", 200, "no-cache", "明察"},
		{"/index.html", "", 200, "no-cache", "明察"},
		{"/cases/17", "", 200, "no-cache", "明察"},
		{"/cases/GH-2026.1", "text/html", 200, "no-cache", "明察"},
		{"/favicon.svg", "", 200, "no-cache", "<svg/>"},
		{"/assets/index-Bx3f9a.js", "", 200, "public, max-age=31536000, immutable", "export"},
		{"/assets/gone.js", "text/html", 404, "", ""},
		{"/gone.png", "image/png", 404, "", ""},
		{"/../../etc/passwd", "", 200, "no-cache", "明察"},
	} {
		r := s.do("GET", c.path, "", noToken, header("Accept", c.accept))
		if r.StatusCode != c.status || c.status == 200 && (r.Header.Get("Cache-Control") != c.cache || !strings.Contains(string(r.body), c.has)) {
			t.Errorf("%s: %d, %q, %.40s", c.path, r.StatusCode, r.Header.Get("Cache-Control"), r.body)
		}
	}
	first := s.do("GET", "/", "")
	if again := s.do("GET", "/", "", header("If-None-Match", first.Header.Get("Etag"))); again.StatusCode != 304 {
		t.Errorf("unchanged page: %d", again.StatusCode)
	}
	if r := s.do("POST", "/", ""); r.StatusCode != 405 {
		t.Errorf("POST to a page: %d", r.StatusCode)
	}
	if r := s.do("GET", "/", "", host("evil.example")); r.StatusCode != 403 {
		t.Errorf("page under a foreign name: %d", r.StatusCode)
	}
	bare := serving(t, func(o *Options) { o.Assets = nil })
	if r := bare.do("GET", "/", ""); r.StatusCode != 503 || !strings.Contains(string(r.body), "make build") {
		t.Errorf("without pages: %d %s", r.StatusCode, r.body)
	}
}
