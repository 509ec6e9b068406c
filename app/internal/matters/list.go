package matters

import (
	"cmp"
	"context"
	"slices"
	"strings"
	"time"

	"github.com/mingcha-console/mingcha/app/internal/access"
	"github.com/mingcha-console/mingcha/app/internal/store"
)

// Filter chooses matters, and their order. Its zero value is all that somebody
// may see, newest first.
type Filter struct {
	Department string // code
	Source     Source
	State      string // as the person sees it
	Open       bool   // not done
	Overdue    bool
	Waiting    bool      // for the person who asks
	Text       string    // a matter's number, or part of what the person reads: the fact, the place, the handler
	From, To   time.Time // when it came up, From inclusive and To exclusive
	ByDue      bool      // those not done, by their deadlines
	Ascending  bool
}

// where is what of a filter the table can tell. What somebody restricted reads
// is not what stands in it: a search there would tell them what they may not
// read.
func (f *Filter) where(restricted bool) *store.Where {
	w := &store.Where{}
	w.If(f.Department != "", `department = ?`, f.Department)
	w.If(f.Source != "", `source = ?`, string(f.Source))
	w.If(f.Open || f.Overdue || f.Waiting || f.ByDue, `done = 0`)
	w.Span(`opened_at`, f.From, f.To)
	w.If(!restricted && f.State != "", `state = ?`, f.State)
	w.If(!restricted && f.Text != "", `(id = ? OR instr(fact, ?) > 0 OR instr(place, ?) > 0 OR instr(handler, ?) > 0)`, store.Number(f.Text), f.Text, f.Text, f.Text)
	return w
}

// takes tells whether a matter is chosen, as somebody sees it.
func (s *Matters) takes(f *Filter, m *Matter, p access.Principal) bool {
	found := f.Text == "" || m.ID == uint64(store.Number(f.Text)) || strings.Contains(m.Fact, f.Text) || strings.Contains(m.Place, f.Text) || strings.Contains(m.Handler, f.Text)
	return found && (f.State == "" || m.State == f.State) && (!f.Overdue || s.Overdue(m)) && (!f.Waiting || s.Waits(m, p))
}

// List lists matters as somebody may see them.
func (s *Matters) List(ctx context.Context, p access.Principal, f Filter, at store.Window) (store.Page[Matter], error) {
	if _, restricted := p.Restricted(); restricted || f.Overdue || f.Waiting || f.ByDue {
		all, err := s.chosen(ctx, p, f)
		return store.PageOf(all, at), err
	}
	ids, err := store.Pick(ctx, s.db, `matters`, f.where(false), f.Ascending, at)
	if err != nil {
		return store.Page[Matter]{}, err
	}
	w := &store.Where{}
	w.Add(`id IN (SELECT value FROM json_each(?))`, ids.JSON)
	rows, err := s.seen(ctx, p, w, f.Ascending)
	return store.Page[Matter]{Rows: rows, Total: ids.Total, Capped: ids.Capped}, err
}

// Each calls each with every matter that a filter chooses.
func (s *Matters) Each(ctx context.Context, p access.Principal, f Filter, each func(*Matter) error) error {
	all, err := s.chosen(ctx, p, f)
	for i := range all {
		if err == nil {
			err = each(&all[i])
		}
	}
	return err
}

// chosen reads all that a filter chooses.
func (s *Matters) chosen(ctx context.Context, p access.Principal, f Filter) ([]Matter, error) {
	own, restricted := p.Restricted()
	if restricted {
		f.Department = own
	}
	all, err := s.seen(ctx, p, f.where(restricted), f.Ascending)
	all = slices.DeleteFunc(all, func(m Matter) bool { return !s.takes(&f, &m, p) })
	if f.ByDue {
		slices.SortStableFunc(all, func(a, b Matter) int {
			if !f.Ascending {
				a, b = b, a
			}
			return cmp.Or(s.Due(&a).Compare(s.Due(&b)), cmp.Compare(a.ID, b.ID))
		})
	}
	return all, err
}

// seen reads matters as somebody may see them, by their numbers.
func (s *Matters) seen(ctx context.Context, p access.Principal, w *store.Where, ascending bool) ([]Matter, error) {
	all, err := s.read(ctx, w)
	out := make([]Matter, 0, len(all))
	for i := range all {
		if m, ok := all[i].SeenBy(p); ok {
			out = append(out, m)
		}
	}
	if ascending {
		slices.Reverse(out)
	}
	return out, err
}

// Counts are somebody's figures of the matters that are not done.
type Counts struct{ Open, Waiting, Overdue int }

// Counts counts what is not done.
func (s *Matters) Counts(ctx context.Context, p access.Principal) (c Counts, err error) {
	err = s.Each(ctx, p, Filter{Open: true}, func(m *Matter) error {
		c.Open++
		if s.Waits(m, p) {
			c.Waiting++
		}
		if s.Overdue(m) {
			c.Overdue++
		}
		return nil
	})
	return c, err
}
