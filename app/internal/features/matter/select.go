package matter

import (
	"cmp"
	"context"
	"database/sql"
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/mingcha-console/mingcha/app/internal/access"
	"github.com/mingcha-console/mingcha/app/internal/list"
	"github.com/mingcha-console/mingcha/app/internal/store"
	"github.com/mingcha-console/mingcha/app/internal/workday"
	"github.com/mingcha-console/mingcha/app/internal/workflow"
)

// List lists matters as somebody may see them.
func (s *Matters) List(ctx context.Context, p access.Principal, ask list.Ask) (store.Page[Matter], error) {
	v, w, err := s.where(ctx, p, ask)
	if err != nil {
		return store.Page[Matter]{}, err
	}
	if ask.Order == byDue {
		return s.byDue(ctx, v, w, ask)
	}
	sorts := slices.ContainsFunc([]string{"text", "source", "state", "open", "overdue", "soon", "waiting"}, func(f string) bool { return ask.Text(f) != "" })
	ids, err := store.Pick(ctx, s.office.Store.Readers(), `matters m`, w, ask.Ascending, sorts, ask.At)
	if err != nil {
		return store.Page[Matter]{}, err
	}
	w = &store.Where{}
	w.Add(`m.id IN (SELECT value FROM json_each(?))`, ids.JSON)
	rows, err := s.seen(ctx, p, w, ask.Ascending)
	return store.Page[Matter]{Rows: rows, Total: ids.Total, Capped: ids.Capped}, err
}

// byDue lists matters by their deadlines. When a deadline ends depends on the calendar:
// it is reckoned of all that are asked for, and no more is read of them than that.
func (s *Matters) byDue(ctx context.Context, v *view, w *store.Where, ask list.Ask) (p store.Page[Matter], err error) {
	type deadline struct {
		id  uint64
		due time.Time
	}
	type limit struct {
		from workday.Date
		days int
	}
	ends := map[limit]time.Time{}
	var all []deadline
	if err := store.EachRow(ctx, s.office.Store.Readers(), func(row *sql.Rows) error {
		var d deadline
		var from int64
		var l limit
		if err := row.Scan(&d.id, &from, &l.days); err != nil {
			return err
		}
		l.from = v.cal.DateOf(store.Time(from))
		end, known := ends[l]
		if !known {
			end = workflow.Limit{From: store.Time(from), Days: l.days}.Due(v.cal)
			ends[l] = end
		}
		d.due = end
		all = append(all, d)
		return nil
	}, `SELECT m.id, `+v.from+`, `+v.days+` FROM matters m`+w.SQL(), w.Args...); err != nil {
		return p, err
	}
	slices.SortFunc(all, func(a, b deadline) int {
		if !ask.Ascending {
			a, b = b, a
		}
		return cmp.Or(a.due.Compare(b.due), cmp.Compare(a.id, b.id))
	})
	shown := store.PageOf(all, ask.At)
	at := map[uint64]int{}
	ids := make([]uint64, len(shown.Rows))
	for i := range shown.Rows {
		ids[i] = shown.Rows[i].id
		at[ids[i]] = i
	}
	chosen, err := json.Marshal(ids)
	if err != nil {
		return p, err
	}
	w = &store.Where{}
	w.Add(`m.id IN (SELECT value FROM json_each(?))`, string(chosen))
	rows, err := s.seen(ctx, v.who, w, ask.Ascending)
	slices.SortFunc(rows, func(a, b Matter) int { return cmp.Compare(at[a.ID], at[b.ID]) })
	return store.Page[Matter]{Rows: rows, Total: shown.Total}, err
}

// Each calls each with every matter that is asked for.
func (s *Matters) Each(ctx context.Context, p access.Principal, ask list.Ask, each func(*Matter) error) error {
	all, err := s.chosen(ctx, p, ask)
	for i := range all {
		if err == nil {
			err = each(&all[i])
		}
	}
	return err
}

// chosen reads all that is asked for.
func (s *Matters) chosen(ctx context.Context, p access.Principal, ask list.Ask) ([]Matter, error) {
	_, w, err := s.where(ctx, p, ask)
	if err != nil {
		return nil, err
	}
	all, err := s.seen(ctx, p, w, ask.Ascending)
	if ask.Order == byDue {
		slices.SortStableFunc(all, func(a, b Matter) int {
			if !ask.Ascending {
				a, b = b, a
			}
			return cmp.Or(s.Due(&a).Compare(s.Due(&b)), cmp.Compare(a.ID, b.ID))
		})
	}
	return all, err
}

// where is how the person sees matters, what is asked for, and that the person may see at all.
func (s *Matters) where(ctx context.Context, p access.Principal, ask list.Ask) (v *view, w *store.Where, err error) {
	if v, err = s.view(ctx, p); err != nil {
		return nil, nil, err
	}
	if w, err = Listed.Where(ask, v); err != nil {
		return nil, nil, err
	}
	w.If(ask.Order == byDue, `m.done = 0`)
	v.visible(w)
	return v, w, nil
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

// Counts are figures of what somebody may see. What is late or soon due counts
// for a department only where it is its turn: what the office owes is nothing that
// a liaison could do.
type Counts struct{ Waiting, Overdue, Soon, Open int }

// Counts counts what is not done.
func (s *Matters) Counts(ctx context.Context, p access.Principal) (c Counts, err error) {
	v, err := s.view(ctx, p)
	if err != nil {
		return c, err
	}
	w := &store.Where{}
	w.Add(`m.done = 0`)
	v.visible(w)
	turn := ``
	if v.own != "" {
		turn = ` AND ` + v.waiting()
	}
	query := `SELECT coalesce(sum(` + v.waiting() + `), 0), coalesce(sum(` + v.overdue() + turn + `), 0), coalesce(sum(` + v.soon() + turn + `), 0), count(*) FROM matters m` + w.SQL()
	err = s.office.Store.Readers().QueryRowContext(ctx, query, w.Args...).Scan(&c.Waiting, &c.Overdue, &c.Soon, &c.Open)
	return c, err
}

// view is how somebody sees matters, in SQL: of SeenBy, Overdue and Waits the
// same in the database, so that a list costs what it shows.
type view struct {
	who        access.Principal
	own        string // the department that they are restricted to
	state      string // expressions
	fact       string
	from, days string
	cal        *workday.Calendar
	now        time.Time
	lengths    []int // of the deadlines that run
}

func (s *Matters) view(ctx context.Context, p access.Principal) (*view, error) {
	v := &view{who: p, state: `m.state`, fact: `m.fact`, from: `m.limit_from`, days: `m.limit_days`, cal: s.office.Calendar(), now: s.office.Now()}
	if own, restricted := p.Restricted(); restricted {
		v.own = own
		v.fact = `CASE m.source WHEN '` + string(Rating) + `' THEN m.fact ELSE (SELECT s.fields ->> '$.task' FROM matter_steps s WHERE s.matter = m.id AND s.action = '` + assign + `' ORDER BY s.n DESC LIMIT 1) END`
		hidden := `CASE WHEN m.state IN ('` + Revisit + `', '` + Revisited + `') THEN `
		v.state = hidden + `'` + Replied + `' ELSE m.state END`
		v.days = hidden + fmt.Sprint(officeDays) + ` ELSE m.limit_days END`
		v.from = hidden + `(SELECT max(at) FROM matter_steps s WHERE s.matter = m.id AND s.action IN (` + quoted(reply, replyFor) + `)) ELSE m.limit_from END`
	}
	rows, err := s.office.Store.Readers().QueryContext(ctx, `SELECT DISTINCT limit_days FROM matters WHERE done = 0`)
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

// visible keeps to what the person may see at all.
func (v *view) visible(w *store.Where) {
	if _, restricted := v.who.Restricted(); restricted {
		w.Add(`m.department = ? AND (m.source = '`+string(Rating)+`' OR EXISTS (SELECT 1 FROM matter_steps s WHERE s.matter = m.id AND s.action = '`+assign+`'))`, v.own)
	} else if !v.who.Role.Office() && v.who.Role != access.Leader {
		w.Add(`0`)
	}
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
			if a.For != "" || a.Once || a.InTime || a.Late || !slices.ContainsFunc(a.By, func(r string) bool { return slices.Contains(roles, r) }) {
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
