// Package api is how features offer operations: JSON over HTTP, described by OpenAPI
// 3.1 from the types of what goes in and out, refusals as RFC 9457 has them with a
// sentence in Chinese and English. Each operation is registered in one place with
// who may do it. Who is let in at all is package httpapi's to say.
package api

import (
	"context"
	"log/slog"
	"net/http"
	"reflect"
	"slices"
	"time"

	"github.com/danielgtaylor/huma/v2"

	"github.com/mingcha-console/mingcha/app/internal/access"
	"github.com/mingcha-console/mingcha/app/internal/list"
)

// API is where features register what they offer. Each operation says who may do
// it; what nobody may do cannot be registered.
type API struct {
	huma huma.API
	log  *slog.Logger
	may  map[string][]access.Role // by operation
	desk Desk

	files, long map[string]bool // operations that answer with files, and that may take minutes

	SignsIn bool // people sign in here; else it is the person at the console's own machine
}

// Desk is what the console does for every file that leaves it.
type Desk struct {
	Now func() time.Time // the office clock
	// Exported journals that data leaves the console as a file.
	Exported func(ctx context.Context, what, format string, filter any) error
	// Files are those that are put together now; nil: the API's own.
	Files *Files
	// Journal is what the journal is now; nil: files do not say.
	Journal func(ctx context.Context) (*list.Journal, error)
	// Departments are the departments' names by code.
	Departments func(ctx context.Context) (map[string]string, error)
}

// New is an API on which nothing is registered yet.
func New(h huma.API, log *slog.Logger, d Desk) *API {
	if d.Files == nil {
		d.Files = NewFiles()
	}
	a := &API{huma: h, log: log, may: map[string][]access.Role{}, desk: d, files: map[string]bool{}, long: map[string]bool{}}
	refusals(h)
	return a
}

// Kind tells of an operation whether it answers with a file, and whether it may take
// minutes.
func (a *API) Kind(id string) (file, long bool) { return a.files[id], a.long[id] }

// Operation is an operation that is to be registered.
type Operation struct {
	huma.Operation
	Within time.Duration // what its answer may take; 0: half a minute
}

const (
	// UsualTime is how long an answer may take to be put together; files are not
	// under it.
	UsualTime = 30 * time.Second
	// JudgingTime is for what has every case judged anew.
	JudgingTime = 15 * time.Minute
)

// Describe describes an operation for who may do it.
func (a *API) Describe(method, path, id, summary string, may []access.Role) Operation {
	if len(may) == 0 {
		panic("api: nobody may do " + id)
	}
	if a.may[id] != nil {
		panic("api: two operations are called " + id)
	}
	a.may[id] = may
	// The gate has taken the body whole before it is read here.
	return Operation{Operation: huma.Operation{OperationID: id, Method: method, Path: "/api" + path, Summary: summary, BodyReadTimeout: -1,
		Responses: map[string]*huma.Response{"default": {Ref: RefusalRef}}}}
}

// Allow says who may do what is not an operation of the API, such as listening.
func (a *API) Allow(id string, may []access.Role) { a.may[id] = may }

// May tells whether a role may do an operation.
func (a *API) May(r access.Role, id string) bool { return slices.Contains(a.may[id], r) }

// Table is who may do what.
func (a *API) Table() map[string][]access.Role { return a.may }

// Operations lists what a role may do, in order: pages show no more than that.
func (a *API) Operations(r access.Role) []string {
	out := []string{}
	for id, roles := range a.may {
		if slices.Contains(roles, r) && !slices.Contains(roles, "") {
			out = append(out, id)
		}
	}
	slices.Sort(out)
	return out
}

// None is the input of an operation without parameters.
type None struct{}

type answer[O any] struct{ Body O }

// Handle registers an operation that answers with JSON.
func Handle[I, O any](a *API, op Operation, f func(context.Context, *I) (O, error)) {
	a.long[op.OperationID] = op.Within > UsualTime
	huma.Register(a.huma, op.Operation, func(ctx context.Context, in *I) (*answer[O], error) {
		ctx, cancel := context.WithTimeout(ctx, op.within())
		defer cancel()
		out, err := f(ctx, in)
		if err != nil {
			return nil, ProblemOf(ctx, a.log, err)
		}
		Whole(reflect.ValueOf(&out).Elem())
		return &answer[O]{out}, nil
	})
}

// Do registers an operation that answers nothing.
func Do[I any](a *API, op Operation, f func(context.Context, *I) error) {
	op.DefaultStatus = http.StatusNoContent
	a.long[op.OperationID] = op.Within > UsualTime
	huma.Register(a.huma, op.Operation, func(ctx context.Context, in *I) (*struct{}, error) {
		ctx, cancel := context.WithTimeout(ctx, op.within())
		defer cancel()
		if err := f(ctx, in); err != nil {
			return nil, ProblemOf(ctx, a.log, err)
		}
		return nil, nil
	})
}

func (op *Operation) within() time.Duration {
	if op.Within == 0 {
		return UsualTime
	}
	return op.Within
}

// Get registers what is read.
func Get[I, O any](a *API, path, id, summary string, may []access.Role, f func(context.Context, *I) (O, error)) {
	Handle(a, a.Describe(http.MethodGet, path, id, summary, may), f)
}

// Post registers what is done and answers.
func Post[I, O any](a *API, path, id, summary string, may []access.Role, f func(context.Context, *I) (O, error)) {
	Handle(a, a.Describe(http.MethodPost, path, id, summary, may), f)
}

// Put registers what is set and answers.
func Put[I, O any](a *API, path, id, summary string, may []access.Role, f func(context.Context, *I) (O, error)) {
	Handle(a, a.Describe(http.MethodPut, path, id, summary, may), f)
}

// Command registers what is done and answers nothing.
func Command[I any](a *API, path, id, summary string, may []access.Role, f func(context.Context, *I) error) {
	Do(a, a.Describe(http.MethodPost, path, id, summary, may), f)
}

// MaxBody bounds what a call may send, in bytes, where its operation says nothing
// else. A holiday list has about 5 kB.
const MaxBody = 1 << 20

// ByID names one of many in the address.
type ByID struct {
	ID uint64 `path:"id"`
}

// Keyed is a submission; the same one sent again counts once.
type Keyed struct {
	Key string `json:"key" minLength:"8" maxLength:"64" doc:"chosen by the page"`
}

// Sentence is a sentence in both languages.
type Sentence struct {
	ZH string `json:"zh"`
	EN string `json:"en"`
}

// RefusalRef is the one answer of every operation that was refused or failed.
const (
	refusal    = "Refusal"
	RefusalRef = "#/components/responses/" + refusal
)

// refusals describes that answer.
func refusals(api huma.API) {
	schema := api.OpenAPI().Components.Schemas.Schema(reflect.TypeFor[Problem](), true, "Problem")
	api.OpenAPI().Components.Responses = map[string]*huma.Response{refusal: {
		Description: "Refused or failed, with a sentence in both languages; the status says which: 400 the address has parameters that the operation does not, or one twice that it takes once, or such as cannot be read; 401 sign in, 403 not allowed, 404 not there, 409 it came otherwise meanwhile, 422 something is wrong in the request, 429 too often, 500 and 503 not now.",
		Content:     map[string]*huma.MediaType{(&Problem{}).ContentType(""): {Schema: schema}},
	}}
}
