package httpapi

import (
	"context"
	"log/slog"
	"net/http"
	"reflect"
	"time"

	"github.com/mingcha-console/mingcha/app/internal/api"

	"github.com/danielgtaylor/huma/v2"

	"github.com/mingcha-console/mingcha/app/internal/access"
	"github.com/mingcha-console/mingcha/app/internal/casefile"
)

// api is what the handlers share.
type oldAPI struct {
	*api.API
	huma     huma.API
	log      *slog.Logger
	cases    *casefile.Reader
	console  Console
	network  Network
	sessions bool // people sign in
}

// none is the input of an operation without parameters.
type none struct{}

// operation describes an operation. Who may do it stands in access's table; one
// that does not is a mistake that must not ship.
func operation(method, path, id, summary string) huma.Operation {
	if id != "signIn" && !access.Defined(id) {
		panic("httpapi: access's table does not say who may do " + id)
	}
	return huma.Operation{
		OperationID: id, Method: method, Path: "/api" + path, Summary: summary,
		Responses: map[string]*huma.Response{"default": {Ref: api.RefusalRef}},
	}
}

// handle registers an operation whose answer is JSON.
func handle[I, O any](a *oldAPI, op huma.Operation, within time.Duration, f func(context.Context, *I) (O, error)) {
	huma.Register(a.huma, op, func(ctx context.Context, in *I) (*answer[O], error) {
		ctx, cancel := context.WithTimeout(ctx, within)
		defer cancel()
		out, err := f(ctx, in)
		if err != nil {
			return nil, api.ProblemOf(ctx, a.log, err)
		}
		api.Whole(reflect.ValueOf(&out).Elem())
		return &answer[O]{out}, nil
	})
}

func get[I, O any](a *oldAPI, path, id, summary string, f func(context.Context, *I) (O, error)) {
	handle(a, operation(http.MethodGet, path, id, summary), api.UsualTime, f)
}

// act registers an operation that answers nothing.
func act[I any](a *oldAPI, path, id, summary string, f func(context.Context, *I) error) {
	actOn(a, operation(http.MethodPost, path, id, summary), f)
}

func actOn[I any](a *oldAPI, op huma.Operation, f func(context.Context, *I) error) {
	op.DefaultStatus = http.StatusNoContent
	huma.Register(a.huma, op, func(ctx context.Context, in *I) (*struct{}, error) {
		ctx, cancel := context.WithTimeout(ctx, api.UsualTime)
		defer cancel()
		if err := f(ctx, in); err != nil {
			return nil, api.ProblemOf(ctx, a.log, err)
		}
		return nil, nil
	})
}

type answer[O any] struct{ Body O }
