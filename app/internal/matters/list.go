package matters

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/mingcha-console/mingcha/app/internal/access"
	"github.com/mingcha-console/mingcha/app/internal/store"
	"github.com/mingcha-console/mingcha/app/internal/workday"
)

// Filter chooses matters. Its zero value is all that somebody may see.
type Filter struct {
	Department string // code
	State      string // as the person sees it
	Open       bool   // not done
	Overdue    bool
	Soon       bool // not overdue yet, and due by the end of the next working day
	Waiting    bool // for the person who asks
}

// List lists matters as somebody may see them, newest first.
func (s *Matters) List(ctx context.Context, p access.Principal, f Filter, offset, limit int) (out store.Page[Matter], err error) {
	out.Rows = []Matter{}
	v, err := s.view(ctx, p)
	if err != nil {
		return out, err
	}
	where := ` FROM matters m WHERE ` + v.where(f)
	if err := s.db.QueryRowContext(ctx, `SELECT count(*) FROM (SELECT 1`+where+` LIMIT ?)`, append(slices.Clip(v.args), store.TotalCap+1)...).Scan(&out.Total); err != nil {
		return out, err
	}
	if out.Total > store.TotalCap {
		out.Total, out.Capped = store.TotalCap, true
	}
	var ids string
	if err := s.db.QueryRowContext(ctx, `SELECT json_group_array(id) FROM (SELECT m.id`+where+` ORDER BY m.id DESC LIMIT ? OFFSET ?)`, append(v.args, limit, offset)...).Scan(&ids); err != nil {
		return out, err
	}
	all, err := s.read(ctx, `id IN (SELECT value FROM json_each(?))`, ids)
	for i := range all {
		if m, ok := all[i].SeenBy(p); ok {
			out.Rows = append(out.Rows, m)
		}
	}
	return out, err
}

// Counts are figures of what somebody may see.
type Counts struct{ Waiting, Overdue, Soon, Open int }

// Counts counts what is not done.
func (s *Matters) Counts(ctx context.Context, p access.Principal) (c Counts, err error) {
	v, err := s.view(ctx, p)
	if err != nil {
		return c, err
	}
	query := `SELECT coalesce(sum(` + v.waiting() + `), 0), coalesce(sum(` + v.overdue() + `), 0), coalesce(sum(` + v.soon() + `), 0), count(*)
		FROM matters m WHERE ` + v.where(Filter{Open: true})
	err = s.db.QueryRowContext(ctx, query, v.args...).Scan(&c.Waiting, &c.Overdue, &c.Soon, &c.Open)
	return c, err
}

// view is how somebody sees matters, in SQL: of SeenBy, Overdue and Waits the
// same in the database, so that a list costs what it shows.
type view struct {
	who        access.Principal
	own        string // the department that they are restricted to
	state      string // expressions
	from, days string
	cal        *workday.Calendar
	now        time.Time
	lengths    []int // of the deadlines that run
	args       []any
}

func (s *Matters) view(ctx context.Context, p access.Principal) (*view, error) {
	v := &view{who: p, state: `m.state`, from: `m.limit_from`, days: `m.limit_days`, cal: s.journal.Calendar(), now: s.now()}
	if own, restricted := p.Restricted(); restricted {
		v.own = own
		hidden := `CASE WHEN m.state IN ('` + Revisit + `', '` + Revisited + `') THEN `
		v.state = hidden + `'` + Replied + `' ELSE m.state END`
		v.days = hidden + fmt.Sprint(officeDays) + ` ELSE m.limit_days END`
		v.from = hidden + `(SELECT max(at) FROM matter_steps s WHERE s.matter = m.id AND s.action IN (` + quoted(reply, replyFor) + `)) ELSE m.limit_from END`
	}
	rows, err := s.db.QueryContext(ctx, `SELECT DISTINCT limit_days FROM matters WHERE done = 0`)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	v.lengths = []int{officeDays} // as it is seen of what is hidden
	for rows.Next() {
		var n int
		if err := rows.Scan(&n); err != nil {
			return nil, err
		}
		if !slices.Contains(v.lengths, n) {
			v.lengths = append(v.lengths, n)
		}
	}
	return v, rows.Err()
}

// arg is a parameter of the query.
func (v *view) arg(x any) string {
	v.args = append(v.args, x)
	return fmt.Sprint("?", len(v.args))
}

// where is a filter with what the person may see at all.
func (v *view) where(f Filter) string {
	all := []string{v.seen()}
	add := func(is bool, condition func() string) {
		if is {
			all = append(all, condition())
		}
	}
	add(f.Department != "", func() string { return `m.department = ` + v.arg(f.Department) })
	add(f.State != "", func() string { return v.state + ` = ` + v.arg(f.State) })
	add(f.Open, func() string { return `m.done = 0` })
	add(f.Overdue, v.overdue)
	add(f.Soon, v.soon)
	add(f.Waiting, v.waiting)
	return strings.Join(all, ` AND `)
}

func (v *view) seen() string {
	if _, restricted := v.who.Restricted(); restricted {
		return `m.department = ` + v.arg(v.own) + ` AND (m.source = '` + string(Rating) + `' OR EXISTS (SELECT 1 FROM matter_steps s WHERE s.matter = m.id AND s.action = '` + assign + `'))`
	}
	if v.who.Role.Office() || v.who.Role == access.Leader {
		return `1`
	}
	return `0`
}

// overdue is of those whose deadline has passed.
func (v *view) overdue() string { return `(m.done = 0 AND ` + v.passed(v.now) + `)` }

// soon is of those whose deadline passes by the end of the next working day.
func (v *view) soon() string {
	return `(m.done = 0 AND NOT ` + v.passed(v.now) + ` AND ` + v.passed(horizon(v.cal, v.now)) + `)`
}

// passed asks of a deadline whether it has passed at a moment: whether it began
// before the first day whose deadline of as many days has not.
func (v *view) passed(at time.Time) string {
	var b strings.Builder
	b.WriteString(`(` + v.from + ` < CASE ` + v.days)
	for _, n := range v.lengths {
		first := v.cal.DateOf(at) + 1
		for !at.Truncate(time.Second).After(v.cal.CloseOf(v.cal.AddWorkingDays(first-1, n))) {
			first--
		}
		fmt.Fprintf(&b, ` WHEN %d THEN %d`, n, v.cal.StartOf(first).UnixMicro())
	}
	b.WriteString(` END)`)
	return b.String()
}

// waiting is of those with something to do that is the person's own, not in
// another's place, and not to be left to a second pair of eyes. What can be done
// once or in time only stands beside something that can always be done.
func (v *view) waiting() string {
	roles := actor(v.who).Roles
	ways := []string{`0`}
	for _, source := range []Source{Visit, Review, Rating} {
		for _, a := range flows[source].Actions {
			if a.For != "" || a.Once || a.InTime || !slices.ContainsFunc(a.By, func(r string) bool { return slices.Contains(roles, r) }) {
				continue
			}
			way := `m.source = '` + string(source) + `' AND m.state IN (` + quoted(a.From...) + `)`
			if len(a.NotBy) > 0 {
				way += fmt.Sprintf(` AND %d IS NOT (SELECT s.account FROM matter_steps s WHERE s.matter = m.id AND s.action IN (%s) ORDER BY s.n DESC LIMIT 1)`,
					v.who.Account, quoted(a.NotBy...))
			}
			if !slices.Contains(ways, way) {
				ways = append(ways, way)
			}
		}
	}
	return `(m.done = 0 AND (` + strings.Join(ways, ` OR `) + `))`
}

// quoted lists the flows' own names.
func quoted(names ...string) string { return `'` + strings.Join(names, `', '`) + `'` }
