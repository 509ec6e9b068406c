package network

import (
	"errors"
	"io"
	"net/http"
	"strings"
	"testing"
)

func TestBodiesAreBoundedByPath(t *testing.T) {
	reads := http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		n, err := io.Copy(io.Discard, r.Body)
		var over *http.MaxBytesError
		if errors.As(err, &over) {
			w.WriteHeader(http.StatusTeapot) // the handler came to know
			return
		}
		if err != nil || n == 0 {
			w.WriteHeader(http.StatusInternalServerError)
		}
	})
	refuse := func(w http.ResponseWriter, most int64) { w.WriteHeader(http.StatusRequestEntityTooLarge) }
	bound := MaxBytes(10, map[string]int64{"/photos/": 100, "/photos/small/": 5, "/report": 50}, refuse)
	s := serve(t, bound(reads), Bounds{}, nil)
	client := s.client(t)
	for _, c := range []struct {
		path   string
		size   int
		unsaid bool // the length is not told beforehand
		want   int
	}{
		{"/", 10, false, 200}, {"/", 11, false, 413}, {"/", 10, true, 200}, {"/", 11, true, 418},
		{"/report", 50, false, 200}, {"/report", 51, false, 413}, {"/report/x", 11, false, 413},
		{"/photos/7", 100, true, 200}, {"/photos/7", 101, true, 418}, {"/photos/7", 101, false, 413},
		{"/photos", 11, false, 413}, {"/photos/small/7", 6, false, 413}, {"/photos/small/7", 5, true, 200},
	} {
		var body io.Reader = strings.NewReader(strings.Repeat("x", c.size))
		if c.unsaid {
			body = io.MultiReader(body)
		}
		res, err := client.Post("https://"+s.address+c.path, "text/plain", body)
		if err != nil {
			t.Fatal(err)
		}
		res.Body.Close()
		if res.StatusCode != c.want {
			t.Errorf("%d bytes to %s, length untold %v: %d, not %d", c.size, c.path, c.unsaid, res.StatusCode, c.want)
		}
	}
}
