package httpapi

import (
	"context"
	"log/slog"
	"net/http"
	"reflect"
	"time"

	"github.com/danielgtaylor/huma/v2"

	"github.com/mingcha-console/mingcha/app/internal/access"
	"github.com/mingcha-console/mingcha/app/internal/casefile"
)

// api is what the handlers share.
type api struct {
	huma     huma.API
	cases    *casefile.Reader
	console  Console
	people   People
	reviews  Reviews
	visits   Visits
	matters  Matters
	ratings  Ratings
	network  Network
	terms    Terms
	sessions bool // people sign in
	log      *slog.Logger
}

const (
	// usualTime is how long an answer may take to be put together; exports are
	// not under it.
	usualTime = 30 * time.Second
	// judgingTime is for what has every case judged anew.
	judgingTime = 15 * time.Minute
)

// none is the input of an operation without parameters.
type none struct{}

type answer[O any] struct{ Body O }

// operation describes an operation. Who may do it stands in access's table; one
// that does not is a mistake that must not ship.
func operation(method, path, id, summary string) huma.Operation {
	if id != "signIn" && !access.Defined(id) {
		panic("httpapi: access's table does not say who may do " + id)
	}
	return huma.Operation{
		OperationID: id, Method: method, Path: "/api" + path, Summary: summary,
		Errors: []int{401, 403, 404, 409, 422, 429, 500, 503},
	}
}

// handle registers an operation whose answer is JSON.
func handle[I, O any](a *api, op huma.Operation, within time.Duration, f func(context.Context, *I) (O, error)) {
	huma.Register(a.huma, op, func(ctx context.Context, in *I) (*answer[O], error) {
		ctx, cancel := context.WithTimeout(ctx, within)
		defer cancel()
		out, err := f(ctx, in)
		if err != nil {
			return nil, problemOf(ctx, a.log, err)
		}
		whole(reflect.ValueOf(&out).Elem())
		return &answer[O]{out}, nil
	})
}

func get[I, O any](a *api, path, id, summary string, f func(context.Context, *I) (O, error)) {
	handle(a, operation(http.MethodGet, path, id, summary), usualTime, f)
}

// act registers an operation that answers nothing.
func act[I any](a *api, path, id, summary string, f func(context.Context, *I) error) {
	actOn(a, operation(http.MethodPost, path, id, summary), f)
}

func actOn[I any](a *api, op huma.Operation, f func(context.Context, *I) error) {
	op.DefaultStatus = http.StatusNoContent
	huma.Register(a.huma, op, func(ctx context.Context, in *I) (*struct{}, error) {
		ctx, cancel := context.WithTimeout(ctx, usualTime)
		defer cancel()
		if err := f(ctx, in); err != nil {
			return nil, problemOf(ctx, a.log, err)
		}
		return nil, nil
	})
}

// whole makes every list that is nil an empty one, so that an array is never
// null in JSON: the schema says so, and pages need not ask.
func whole(v reflect.Value) {
	switch v.Kind() {
	case reflect.Pointer:
		if !v.IsNil() {
			whole(v.Elem())
		}
	case reflect.Slice:
		if v.IsNil() {
			v.Set(reflect.MakeSlice(v.Type(), 0, 0))
		}
		for i := range v.Len() {
			whole(v.Index(i))
		}
	case reflect.Struct:
		for i := range v.NumField() {
			if f := v.Field(i); f.CanSet() {
				whole(f)
			}
		}
	}
}
