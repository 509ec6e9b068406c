package ratings

import (
	"context"
	"database/sql"
	"encoding/json"
	"slices"
	"strings"
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
	ratingFrom  = ` FROM ratings r ` + ratingJoins
	ratingJoins = `CROSS JOIN departments d ON d.id = r.dept LEFT JOIN items i ON i.id = r.item
		LEFT JOIN cases c ON c.case_no = r.case_no AND c.dept = r.dept AND r.case_no <> ''
		LEFT JOIN matters m ON m.source = 'rating' AND m.source_id = r.id `
	ratingColumns = `r.id, r.seq, d.code, coalesce(i.code, ''), coalesce(i.name, ''), r.case_no, coalesce(c.id, 0), r.level, r.channel, r.hall_window, r.handler,
		r.rated_at, r.named, r.reasons, r.text, r.contacted_at, r.contact_result, coalesce(m.id, 0), coalesce(m.state, '')`
)

// where is a filter in SQL, with its arguments, on ratings alone.
func (f *Filter) where() (string, []any) {
	all, args := []string{"1"}, []any{}
	add := func(is bool, condition string, values ...any) {
		if is {
			all, args = append(all, condition), append(args, values...)
		}
	}
	add(f.Department != "", `r.dept = (SELECT id FROM departments WHERE code = ?)`, f.Department)
	add(f.CaseID > 0, `r.case_no <> '' AND (r.case_no, r.dept) = (SELECT case_no, dept FROM cases WHERE id = ?)`, int64(f.CaseID))
	add(f.Level > 0, `r.level = ?`, f.Level)
	add(f.Bad, `r.level > ?`, content)
	add(f.Waiting, `r.id IN (SELECT source_id FROM matters WHERE source = 'rating' AND state = 'contact')`)
	add(f.Text != "", `(instr(r.text, ?) > 0 OR substr(r.case_no, 1, length(?)) = ?)`, f.Text, f.Text, f.Text)
	add(!f.From.IsZero(), `r.rated_at >= ?`, f.From.UnixMicro())
	add(!f.To.IsZero(), `r.rated_at < ?`, f.To.UnixMicro())
	return `WHERE ` + strings.Join(all, " AND "), args
}

// List lists ratings, those given last first.
func (s *Ratings) List(ctx context.Context, f Filter, offset, limit int) (p store.Page[Rating], err error) {
	where, args := f.where()
	if err := s.db.QueryRowContext(ctx, `SELECT count(*) FROM (SELECT 1 FROM ratings r `+where+` LIMIT ?)`, append(slices.Clip(args), store.TotalCap+1)...).Scan(&p.Total); err != nil {
		return p, err
	}
	if p.Total > store.TotalCap {
		p.Total, p.Capped = store.TotalCap, true
	}
	p.Rows = []Rating{}
	err = s.each(ctx, where+` ORDER BY r.rated_at DESC, r.id DESC LIMIT ? OFFSET ?`, append(args, limit, offset), func(r *Rating) error {
		p.Rows = append(p.Rows, *r)
		return nil
	})
	return p, err
}

// Each calls f with every rating of a filter, those given last first.
func (s *Ratings) Each(ctx context.Context, f Filter, each func(*Rating) error) error {
	where, args := f.where()
	return s.each(ctx, where+` ORDER BY r.rated_at DESC, r.id DESC`, args, each)
}

// ErrUnknown is what is told of a rating that does not exist, the same as of
// another department's.
var ErrUnknown = fault.New(fault.NotFound, "unknown_rating", "没有这条评价，或不属于本部门。请刷新列表。", "There is no such rating, or it is not your department's. Reload the list.", nil)

// One reads a rating.
func (s *Ratings) One(ctx context.Context, id uint64) (out Rating, err error) {
	err = s.each(ctx, `WHERE r.id = ?`, []any{int64(id)}, func(r *Rating) error {
		out = *r
		return nil
	})
	if err == nil && out.ID == 0 {
		err = ErrUnknown
	}
	return out, err
}

func (s *Ratings) each(ctx context.Context, rest string, args []any, f func(*Rating) error) error {
	rows, err := s.db.QueryContext(ctx, `SELECT `+ratingColumns+ratingFrom+rest, args...)
	if err != nil {
		return err
	}
	defer rows.Close()
	for rows.Next() {
		r, err := scan(rows)
		if err != nil {
			return err
		}
		if err := f(&r); err != nil {
			return err
		}
	}
	return rows.Err()
}

// scan reads a rating's columns, after others.
func scan(row *sql.Rows, before ...any) (r Rating, err error) {
	var rated, contacted int64
	var reasons sql.RawBytes
	if err := row.Scan(append(before, &r.ID, &r.Seq, &r.Department, &r.Item, &r.ItemName, &r.CaseNo, &r.CaseID, &r.Level, &r.Channel, &r.Window, &r.Handler,
		&rated, &r.Named, &reasons, &r.Text, &contacted, &r.ContactResult, &r.Matter, &r.MatterState)...); err != nil {
		return r, err
	}
	r.RatedAt, r.ContactedAt = when(rated), when(contacted)
	return r, json.Unmarshal(reasons, &r.Reasons)
}
