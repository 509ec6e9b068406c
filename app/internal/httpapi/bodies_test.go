package httpapi

import (
	"context"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/mingcha-console/mingcha/app/internal/access"
	"github.com/mingcha-console/mingcha/app/internal/api"
)

// drawings offers an operation that takes pictures of up to 2 MB.
func drawings(h *api.API) {
	op := h.Describe(http.MethodPut, "/drawings/{name}", "putDrawing", "Send a drawing", access.Everyone)
	op.MaxBodyBytes, op.SkipValidateBody = 2<<20, true
	api.Do(h, op, func(context.Context, *struct {
		Name    string `path:"name"`
		RawBody []byte `contentType:"image/jpeg"`
	}) error {
		return nil
	})
	api.Handle(h, h.Describe(http.MethodPut, "/notes", "putNote", "Send a note", access.Desk), func(_ context.Context, in *struct {
		Body struct {
			Text string `json:"text"`
		}
	}) (string, error) {
		return in.Body.Text, nil
	})
}

// What an operation says of its body holds for its address and for no other.
func TestAnOperationSaysWhatItTakes(t *testing.T) {
	s := serving(t, func(o *Options) { o.Features = []func(*api.API){drawings} })
	big := strings.Repeat("x", MaxBody+1)
	for name, c := range map[string]struct {
		path, media, body string
		want              int
	}{
		"a picture":             {"/api/drawings/a", "image/jpeg", big, 204},
		"a picture as JSON":     {"/api/drawings/a", "application/json", "{}", 415},
		"bigger than it may be": {"/api/drawings/a", "image/jpeg", big + big, 413},
		"a picture elsewhere":   {"/api/notes", "image/jpeg", "x", 415},
		"where nothing is":      {"/api/calendar/2027", "image/jpeg", "x", 404},
	} {
		if got := s.do("PUT", c.path, c.body, header("Content-Type", c.media)); got.StatusCode != c.want {
			t.Errorf("%s: %d %s, want %d", name, got.StatusCode, got.body, c.want)
		}
	}

	bound := BodiesOf([]func(*api.API){drawings}).Bounded(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if _, err := io.Copy(io.Discard, r.Body); err != nil {
			w.WriteHeader(http.StatusTeapot)
		}
	}))
	for path, want := range map[string]int{"/api/drawings/a": 200, "/api/drawings": 413, "/api/calendar/2027": 413} {
		w := httptest.NewRecorder()
		bound.ServeHTTP(w, httptest.NewRequest("PUT", path, strings.NewReader(big)))
		if w.Code != want {
			t.Errorf("%s: %d, want %d", path, w.Code, want)
		}
	}
}
