package api

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"github.com/danielgtaylor/huma/v2"

	"github.com/mingcha-console/mingcha/app/internal/access"
	"github.com/mingcha-console/mingcha/app/internal/fault"
	"github.com/mingcha-console/mingcha/app/internal/list"
	"github.com/mingcha-console/mingcha/app/internal/store"
)

// asked is the input of a list: its parameters follow from its description.
type asked struct{ query url.Values }

// Resolve takes the parameters from the request; see huma.Resolver.
func (q *asked) Resolve(ctx huma.Context) []error {
	u := ctx.URL()
	q.query = u.Query()
	return nil
}

// Page is a window of a list as the API answers with it; see store.Page.
type Page[T any] struct {
	Rows   []T  `json:"rows"`
	Total  int  `json:"total"`
	Capped bool `json:"capped"`
}

// List registers a list. rows are what the API answers with; they may say more
// than a file does.
func List[R, S, D any](a *API, l *list.List[R, S], id, summary string, may []access.Role, rows func(context.Context, list.Ask) (store.Page[D], error)) {
	op := a.Describe(http.MethodGet, "/"+l.Name, id, summary, may)
	ListAt(a, op, l, rows)
}

// ListAt is List for an operation of another address than the list's name.
func ListAt[R, S, D any](a *API, op Operation, l *list.List[R, S], rows func(context.Context, list.Ask) (store.Page[D], error)) {
	Query(a, op, l, window, func(ctx context.Context, ask list.Ask) (Page[D], error) {
		p, err := rows(ctx, ask)
		return Page[D](p), err
	})
}

// Query registers what is asked of a list with its filters and further parameters.
func Query[R, S, O any](a *API, op Operation, l *list.List[R, S], more []Param, f func(context.Context, list.Ask) (O, error)) {
	params := append(parameters(l.Describe()), more...)
	op.Parameters = bare(params)
	Handle(a, op, func(ctx context.Context, in *asked) (out O, err error) {
		ask, err := a.ask(params, in.query)
		if err == nil {
			err = l.Asked(ctx, ask)
		}
		if err != nil {
			return out, err
		}
		return f(ctx, ask)
	})
}

// Parameters are further parameters of a query.
func Parameters(all ...Param) []Param { return all }

// Since is a parameter that a part of a list begins after.
func Since(name, doc string) Param {
	return query(name, doc, &huma.Schema{Type: huma.TypeInteger, Format: "int64", Minimum: number(0)})
}

// Limit is how many rows are wanted, up to most.
func Limit(most, usual int) Param {
	return query("limit", "", &huma.Schema{Type: huma.TypeInteger, Format: "int64", Minimum: number(1), Maximum: number(float64(most)), Default: usual})
}

// File registers a list as a file in csv, json or xlsx. That it leaves the
// console is journaled first. Its rows come as the list shows them.
func File[R, S any](a *API, l *list.List[R, S], id, summary string, may []access.Role, each func(context.Context, list.Ask, func(*R) error) error) {
	d := l.Describe()
	op := a.Describe(http.MethodGet, "/exports/"+l.Name, id, summary, may)
	params := append([]Param{format}, parameters(d)...)
	op.Parameters = bare(params)
	content := map[string]*huma.MediaType{}
	for _, f := range list.Formats {
		content[f.ContentType()] = &huma.MediaType{Schema: &huma.Schema{Type: "string", Format: "binary"}}
	}
	op.Responses["200"] = &huma.Response{Description: "The file", Content: content}
	a.files[id] = true
	huma.Register(a.huma, op.Operation, func(ctx context.Context, in *asked) (*huma.StreamResponse, error) {
		ask, err := a.ask(params, in.query)
		ask.Shown = true
		if err == nil {
			err = l.Asked(ctx, ask)
		}
		return a.Download(l.Name, l.ZH, cmp.Or(in.query.Get("format"), string(list.CSV)), given(ask), err, func(ctx context.Context, w io.Writer, f list.File) error {
			return l.Write(w, f, func(row func(*R) error) error { return each(ctx, ask, row) })
		}), nil
	})
}

// given is what a file was filtered by, as the journal keeps it: several values
// with commas between them, as they were asked for.
func given(ask list.Ask) map[string]string {
	out := map[string]string{}
	for name, values := range ask.Texts {
		out[name] = strings.Join(values, ",")
	}
	return out
}

// Param is a parameter of a query.
type Param struct {
	*huma.Param
	instant bool // a time as clients write it
}

// bare are parameters as huma has them.
func bare(all []Param) []*huma.Param {
	out := make([]*huma.Param, len(all))
	for i := range all {
		out[i] = all[i].Param
	}
	return out
}

// parameters are a list's filters and orders as the API describes them.
func parameters(d list.Description) (out []Param) {
	for i := range d.Filters {
		out = append(out, parameter(&d.Filters[i])...)
	}
	if len(d.Orders) > 0 {
		s := &huma.Schema{Type: huma.TypeString, Default: d.Orders[0].Name}
		for _, o := range d.Orders {
			s.Enum = append(s.Enum, o.Name)
		}
		out = append(out, query("sort", orderDoc(d.Orders), s))
	}
	if !d.Fixed {
		out = append(out, query("ascending", "", &huma.Schema{Type: huma.TypeBoolean}))
	}
	return out
}

func orderDoc(orders []list.Order) string {
	var docs []string
	for _, o := range orders {
		if o.Doc != "" {
			docs = append(docs, o.Doc)
		}
	}
	return strings.Join(docs, "; ")
}

func parameter(p *list.Parameter) []Param {
	s := &huma.Schema{Type: huma.TypeString}
	if p.Most > 0 {
		s.MaxLength = &p.Most
	}
	for _, k := range p.Keys() {
		s.Enum = append(s.Enum, k)
	}
	switch p.Sort {
	case list.Set:
		s = &huma.Schema{Type: huma.TypeBoolean}
	case list.Count:
		low := 0.0
		s = &huma.Schema{Type: huma.TypeInteger, Format: "int64", Minimum: &low}
	case list.Span:
		return []Param{instant(p.Name, spanDoc(p.Doc), s), instant(p.To, "exclusive", s)}
	}
	if p.Several {
		s = &huma.Schema{Type: huma.TypeArray, Items: s}
	}
	return []Param{query(p.Name, p.Doc, s)}
}

func spanDoc(of string) string {
	const instant = "an instant (RFC 3339), or a date, which means its beginning in the office's zone"
	if of == "" {
		return instant
	}
	return of + ": " + instant
}

func query(name, doc string, s *huma.Schema) Param {
	s.PrecomputeMessages()
	if s.Items != nil {
		s.Items.PrecomputeMessages()
	}
	explode := false
	return Param{Param: &huma.Param{Name: name, In: "query", Description: doc, Explode: &explode, Schema: described(s, doc)}}
}

// instant is a parameter that is a time.
func instant(name, doc string, s *huma.Schema) Param {
	p := query(name, doc, s)
	p.instant = true
	return p
}

// described is the schema with the parameter's words, where huma puts them too.
func described(s *huma.Schema, doc string) *huma.Schema {
	out := *s
	out.Description = doc
	return &out
}

var (
	format = query("format", "", &huma.Schema{Type: huma.TypeString, Enum: []any{"csv", "json", "xlsx"}, Default: "csv"})
	window = []Param{
		query("offset", "", &huma.Schema{Type: huma.TypeInteger, Format: "int64", Minimum: number(0), Maximum: number(100_000)}),
		Limit(1000, 200),
	}
)

func number(f float64) *float64 { return &f }

// ask reads what is asked of a list, or says which parameter is wrong.
func (a *API) ask(params []Param, q url.Values) (list.Ask, error) {
	ask := list.Ask{Texts: map[string][]string{}}
	var wrong []fault.Field
	for _, p := range params {
		text := strings.Join(q[p.Name], ",")
		if p.Schema.Type != huma.TypeArray {
			text = q.Get(p.Name)
		}
		if text == "" && p.Schema.Default != nil {
			text = fmt.Sprint(p.Schema.Default)
		}
		if text == "" {
			continue
		}
		values, field := a.read(p, text)
		if field != nil {
			wrong = append(wrong, *field)
			continue
		}
		switch p.Name {
		case "sort":
			ask.Order = text
		case "ascending":
			ask.Ascending = len(values) > 0
		case "offset":
			ask.At.Offset, _ = strconv.Atoi(text)
		case "limit":
			ask.At.Limit, _ = strconv.Atoi(text)
		case "format":
		default:
			if len(values) > 0 {
				ask.Texts[p.Name] = values
			}
		}
	}
	if len(wrong) > 0 {
		return ask, NewProblem(http.StatusUnprocessableEntity, "invalid_input", "填写的内容有误。请按各项提示更正后重试。",
			"Something in the request is wrong. Correct what is named and try again.", wrong...)
	}
	return ask, nil
}

// read reads a parameter's values; a flag that is not set has none.
func (a *API) read(p Param, text string) (values []string, wrong *fault.Field) {
	var v any = text
	switch p.Schema.Type {
	case huma.TypeBoolean:
		b, err := strconv.ParseBool(text)
		if err != nil {
			return nil, &fault.Field{Name: p.Name, ZH: inChinese("invalid boolean"), EN: "invalid boolean"}
		}
		if !b {
			return nil, nil
		}
		return []string{"true"}, nil
	case huma.TypeInteger:
		n, err := strconv.ParseInt(text, 10, 64)
		if err != nil || text[0] == '+' {
			return nil, &fault.Field{Name: p.Name, ZH: inChinese("invalid integer"), EN: "invalid integer"}
		}
		v = n
	case huma.TypeArray:
		all := []any{}
		for _, x := range strings.Split(text, ",") {
			if x == "" {
				return nil, &fault.Field{Name: p.Name, ZH: "两个逗号之间没有内容", EN: "there is nothing between two commas"}
			}
			if !slices.Contains(values, x) {
				values, all = append(values, x), append(all, x)
			}
		}
		v = all
	}
	if p.instant {
		if _, ok := list.Instant(text); !ok {
			return nil, &fault.Field{Name: p.Name, ZH: "应为日期（如 2026-09-22）或 RFC 3339 时间", EN: "expected a date such as 2026-09-22, or an RFC 3339 time"}
		}
	}
	res := &huma.ValidateResult{}
	huma.Validate(a.huma.OpenAPI().Components.Schemas, p.Schema, huma.NewPathBuffer([]byte("query."+p.Name), 0), huma.ModeReadFromServer, v, res)
	if len(res.Errors) > 0 {
		message := res.Errors[0].Error()
		if d := (*huma.ErrorDetail)(nil); errors.As(res.Errors[0], &d) {
			message = d.Message
		}
		return nil, &fault.Field{Name: p.Name, ZH: inChinese(message), EN: message}
	}
	if values == nil {
		values = []string{fmt.Sprint(v)}
	}
	return values, nil
}
