// Package list describes the lists of the console. A list is one description: its
// columns, what it can be filtered and ordered by, and its words in both languages.
// The query, the API's parameters, files in csv, json and xlsx, and what pages know
// of the list all follow from it; a page adds what a cell looks like.
package list

import (
	"context"

	"github.com/mingcha-console/mingcha/app/internal/store"
)

// List describes a list whose rows, as files have them, are R. S is what its
// filters need to be put into SQL, such as who asks; struct{} where that is nothing.
type List[R, S any] struct {
	Name    string // in addresses and of files, such as "matters"
	ZH, EN  string // as people call it
	Columns []Column[R]
	Sheet   []string // the columns of a sheet that people open, by name and in order; none: all as they are
	Filters []Filter[S]
	Orders  []Order // the first is the usual one; none: the list has one order, which may be turned
	Fixed   bool    // the order cannot be turned
	// Refuse refuses with a fault what somebody may not ask of it, before it is read
	// and before a file of it is journaled; nil: whoever may ask may ask anything.
	Refuse func(context.Context, Ask) error
}

// Order is an order that rows can be listed in.
type Order struct{ Name, ZH, EN, Doc string }

// Where puts what is asked for into SQL.
func (l *List[R, S]) Where(a Ask, s S) (*store.Where, error) {
	w := &store.Where{}
	for i := range l.Filters {
		f := &l.Filters[i]
		if g := a.given(f); g.any() {
			if err := f.Where(w, s, g); err != nil {
				return nil, err
			}
		}
	}
	return w, nil
}

// Asked is what somebody asks of the list, unless it is refused.
func (l *List[R, S]) Asked(ctx context.Context, a Ask) error {
	if l.Refuse == nil {
		return nil
	}
	return l.Refuse(ctx, a)
}

// Ask is what somebody asks of a list.
type Ask struct {
	Texts     map[string][]string // filters by their parameters; a flag that is set has one value
	Order     string
	Ascending bool
	// Shown has a file's rows come as the list shows them: in Order, up or down. A
	// file that nobody asked an order of has one of its own.
	Shown bool
	At    store.Window
}

// Text is a filter's first value; empty: it was not given.
func (a Ask) Text(name string) string {
	if v := a.Texts[name]; len(v) > 0 {
		return v[0]
	}
	return ""
}

// With is the same ask with another value of a filter.
func (a Ask) With(name string, values ...string) Ask {
	texts := map[string][]string{}
	for k, v := range a.Texts {
		texts[k] = v
	}
	texts[name] = values
	a.Texts = texts
	return a
}

func (a Ask) given(f interface{ params() []string }) (g Given) {
	names := f.params()
	g.All = a.Texts[names[0]]
	if len(g.All) > 0 {
		g.Text = g.All[0]
	}
	if len(names) == 2 {
		g.From, _ = Instant(a.Text(names[0])) // both were read when the question came
		g.To, _ = Instant(a.Text(names[1]))
	}
	return g
}

// Any is a list, whatever its rows are.
type Any interface{ Describe() Description }

// Description is what pages and the API know of a list.
type Description struct {
	Name, ZH, EN string
	Columns      []Head
	Filters      []Parameter
	Orders       []Order
	Fixed        bool
}

// Describe describes the list.
func (l *List[R, S]) Describe() Description {
	d := Description{Name: l.Name, ZH: l.ZH, EN: l.EN, Orders: l.Orders, Fixed: l.Fixed}
	for _, c := range l.Columns {
		d.Columns = append(d.Columns, Head{c.Name, c.ZH, c.EN, c.Width, c.Sort, c.Words})
	}
	for i := range l.Filters {
		d.Filters = append(d.Filters, l.Filters[i].Parameter)
	}
	return d
}

// Asking is an ask for filters, each by its parameter followed by its value.
func Asking(filters ...string) Ask {
	a := Ask{Texts: map[string][]string{}}
	for i := 0; i+1 < len(filters); i += 2 {
		a.Texts[filters[i]] = append(a.Texts[filters[i]], filters[i+1])
	}
	return a
}

// By is the same ask in an order.
func (a Ask) By(order string) Ask { a.Order = order; return a }

// Up is the same ask in ascending order.
func (a Ask) Up() Ask { a.Ascending = true; return a }

// AsShown is the same ask for a file whose rows come as the list shows them.
func (a Ask) AsShown() Ask { a.Shown = true; return a }

// Window is the same ask for a part of the rows.
func (a Ask) Window(offset, limit int) Ask {
	a.At = store.Window{Offset: offset, Limit: limit}
	return a
}
