package httpapi

import (
	"net/http"
	"strings"

	"github.com/danielgtaylor/huma/v2"

	"github.com/mingcha-console/mingcha/app/internal/api"
	"github.com/mingcha-console/mingcha/app/internal/network"
)

// MaxBody bounds what a call may send, in bytes, where its operation says nothing
// else.
const MaxBody = api.MaxBody

const jsonType = "application/json"

// Bodies are what operations take otherwise than as JSON of the usual size:
// photographs and files. Each operation says so at its registration.
type Bodies []body

type body struct {
	path  string // with a slash at its end: whatever is under it
	media string // its Content-Type
	most  int64  // bytes
}

// BodiesOf are the bodies that the API takes with the operations of features.
func BodiesOf(features []func(*api.API)) Bodies {
	h, _ := describe(http.NewServeMux(), Options{Features: features}, nil)
	return bodiesOf(h)
}

func bodiesOf(h huma.API) (out Bodies) {
	for path, item := range h.OpenAPI().Paths {
		for _, op := range []*huma.Operation{item.Post, item.Put} {
			if op == nil || op.RequestBody == nil {
				continue
			}
			for media := range op.RequestBody.Content {
				if media != jsonType || op.MaxBodyBytes > MaxBody {
					under, _, _ := strings.Cut(path, "{")
					out = append(out, body{under, media, op.MaxBodyBytes})
				}
			}
		}
	}
	return out
}

// media is the Content-Type in which an address wants what is sent to it.
func (b Bodies) media(path string) string {
	for _, x := range b {
		if path == x.path || strings.HasSuffix(x.path, "/") && strings.HasPrefix(path, x.path) {
			return x.media
		}
	}
	return jsonType
}

// Bounded keeps what is sent to the API to its sizes, where a network is in
// between.
func (b Bodies) Bounded(h http.Handler) http.Handler {
	bigger := map[string]int64{}
	for _, x := range b {
		bigger[x.path] = x.most
	}
	return network.MaxBytes(MaxBody, bigger, api.RefuseSize)(h)
}
