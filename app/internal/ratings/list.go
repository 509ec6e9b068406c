package ratings

import (
	"context"
	"database/sql"
	"encoding/json"
	"time"

	"github.com/mingcha-console/mingcha/app/internal/fault"
	"github.com/mingcha-console/mingcha/app/internal/store"
)

// Rating is one rating, without who gave it.
type Rating struct {
	ID, Seq       uint64 // journal numbers of its first record and of the one that holds
	Department    string // code
	Item          string // code; empty: unknown
	ItemName      string
	CaseNo        string // empty: of no case
	CaseID        uint64 // 0: the console has no such case
	Level         int    // 1 best, 5 worst
	Channel       string
	Window        string
	Handler       string
	RatedAt       time.Time
	Named         bool // a name or a telephone was given
	Reasons       []string
	Text          string
	ContactedAt   time.Time // by the department's own report
	ContactResult string
	Matter        uint64 // what came of it; 0: nothing
	MatterState   string
}

// Bad tells whether it is one that the department owes an answer to.
func (r *Rating) Bad() bool { return r.Level > content }

// Filter chooses ratings. Its zero value is all.
type Filter struct {
	Department string // code
	CaseID     uint64
	Level      int
	Bad        bool
	Waiting    bool      // whose rater is to be contacted
	Text       string    // part of what was written, or a case number's beginning
	From, To   time.Time // when it was given, From inclusive and To exclusive
}

// A rating with what hangs on it. CROSS JOIN keeps the order of the ratings'
// index, so that a page costs what its rows cost.
const (
	ratingFrom  = `ratings r ` + ratingJoins
	ratingJoins = `CROSS JOIN departments d ON d.id = r.dept LEFT JOIN items i ON i.id = r.item
		LEFT JOIN cases c ON c.case_no = r.case_no AND c.dept = r.dept AND r.case_no <> ''
		LEFT JOIN matters m ON m.source = 'rating' AND m.source_id = r.id `
	ratingColumns = `r.id, r.seq, d.code, coalesce(i.code, ''), coalesce(i.name, ''), r.case_no, coalesce(c.id, 0), r.level, r.channel, r.hall_window, r.handler,
		r.rated_at, r.named, r.reasons, r.text, r.contacted_at, r.contact_result, coalesce(m.id, 0), coalesce(m.state, '')`
)

// where is a filter in SQL, on ratings alone.
func (f *Filter) where() *store.Where {
	w := &store.Where{}
	w.If(f.Department != "", `r.dept = (SELECT id FROM departments WHERE code = ?)`, f.Department)
	w.If(f.CaseID > 0, `r.case_no <> '' AND (r.case_no, r.dept) = (SELECT case_no, dept FROM cases WHERE id = ?)`, int64(f.CaseID))
	w.If(f.Level > 0, `r.level = ?`, f.Level)
	w.If(f.Bad, `r.level > ?`, content)
	w.If(f.Waiting, `r.id IN (SELECT source_id FROM matters WHERE source = 'rating' AND state = 'contact')`)
	w.If(f.Text != "", `(instr(r.text, ?) > 0 OR substr(r.case_no, 1, length(?)) = ?)`, f.Text, f.Text, f.Text)
	w.Span("r.rated_at", f.From, f.To)
	return w
}

// listing is all ratings, those given last first.
var listing = store.Listing{Columns: ratingColumns, From: ratingFrom, Counted: `ratings r`, Order: `r.rated_at DESC, r.id DESC`}

// List lists ratings, those given last first.
func (s *Ratings) List(ctx context.Context, f Filter, at store.Window) (store.Page[Rating], error) {
	return store.List(ctx, s.db, listing, f.where(), at, scan)
}

// Each calls f with every rating of a filter, those given last first.
func (s *Ratings) Each(ctx context.Context, f Filter, each func(*Rating) error) error {
	return store.All(ctx, s.db, listing, f.where(), scan, each)
}

// ErrUnknown is what is told of a rating that does not exist, the same as of
// another department's.
var ErrUnknown = fault.New(fault.NotFound, "unknown_rating", "没有这条评价，或不属于本部门。请刷新列表。", "There is no such rating, or it is not your department's. Reload the list.", nil)

// One reads a rating.
func (s *Ratings) One(ctx context.Context, id uint64) (out Rating, err error) {
	w := &store.Where{}
	w.Add(`r.id = ?`, int64(id))
	err = store.All(ctx, s.db, listing, w, scan, func(r *Rating) error {
		out = *r
		return nil
	})
	if err == nil && out.ID == 0 {
		err = ErrUnknown
	}
	return out, err
}

func scan(row *sql.Rows) (Rating, error) { return scanAfter(row) }

// scanAfter reads a rating's columns, after others.
func scanAfter(row *sql.Rows, before ...any) (r Rating, err error) {
	var rated, contacted int64
	var reasons sql.RawBytes
	if err := row.Scan(append(before, &r.ID, &r.Seq, &r.Department, &r.Item, &r.ItemName, &r.CaseNo, &r.CaseID, &r.Level, &r.Channel, &r.Window, &r.Handler,
		&rated, &r.Named, &reasons, &r.Text, &contacted, &r.ContactResult, &r.Matter, &r.MatterState)...); err != nil {
		return r, err
	}
	r.RatedAt, r.ContactedAt = when(rated), when(contacted)
	return r, json.Unmarshal(reasons, &r.Reasons)
}
