package httpapi

import (
	"context"
	"net/http"
	"strings"
	"testing"

	"github.com/mingcha-console/mingcha/app/internal/access"
	"github.com/mingcha-console/mingcha/app/internal/api"
	"github.com/mingcha-console/mingcha/app/internal/features/rating"
)

// takenFile is what came of a file.
type takenFile struct {
	Bytes int `json:"bytes"`
}

// takesFiles takes a file as it is, as features do that import.
func takesFiles(o *Options) {
	o.Features = append(o.Features, func(h *api.API) {
		op := h.Describe(http.MethodPost, strings.TrimPrefix(FilePath, "/api")+"take", "takeFile", "Take a file", access.Desk)
		op.MaxBodyBytes, op.SkipValidateBody = rating.MaxFile, true
		api.Handle(h, op, func(_ context.Context, in *struct {
			RawBody []byte `contentType:"application/octet-stream"`
		}) (takenFile, error) {
			return takenFile{len(in.RawBody)}, nil
		})
	})
}

func TestAFileIsSentAsItIsAndBounded(t *testing.T) {
	s := serving(t, takesFiles)
	const take = FilePath + "take"
	if r := s.do("POST", take, strings.Repeat("x", MaxBody+1)); decode[takenFile](t, r).Bytes != MaxBody+1 {
		t.Errorf("%d %s", r.StatusCode, r.body)
	}
	for what, c := range map[string]struct {
		body   string
		change with
		status int
		code   string
	}{
		"a form's file": {"x", header("Content-Type", "multipart/form-data; boundary=x"), 415, "not_json"},
		"JSON":          {"{}", header("Content-Type", "application/json"), 415, "not_json"},
		"too much":      {strings.Repeat("x", rating.MaxFile+1), header("X-A", "b"), 413, "too_large"},
	} {
		r := s.do("POST", take, c.body, c.change)
		if p := r.problem(t); r.StatusCode != c.status || p.Code != c.code {
			t.Errorf("%s: %d %+v", what, r.StatusCode, p)
		}
	}
}
