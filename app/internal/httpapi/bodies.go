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
	h, _ := describe(http.NewServeMux(), Options{Features: features})
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

// operationsOf are the operations by the patterns under which the mux has them.
func operationsOf(h huma.API, own *api.API) map[string]*operation {
	out := map[string]*operation{}
	for path, item := range h.OpenAPI().Paths {
		for method, op := range map[string]*huma.Operation{http.MethodGet: item.Get, http.MethodPost: item.Post, http.MethodPut: item.Put, http.MethodDelete: item.Delete, http.MethodPatch: item.Patch} {
			if op == nil {
				continue
			}
			x := &operation{id: op.OperationID, media: jsonType, most: MaxBody, query: parametersOf(op)}
			x.file, x.long = own.Kind(op.OperationID)
			if op.RequestBody != nil {
				for media := range op.RequestBody.Content {
					x.media = media
				}
				if op.MaxBodyBytes > 0 {
					x.most = op.MaxBodyBytes
				}
			}
			out[method+" "+path] = x
		}
	}
	return out
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
