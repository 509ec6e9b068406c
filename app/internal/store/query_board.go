package store

import (
	"context"
	"database/sql"
	"slices"
	"time"

	"github.com/mingcha-console/mingcha/app/internal/workday"
)

// dueSlot and dueHours shape the board's picture of what comes due.
const (
	dueSlot  = 10 * time.Minute
	dueHours = 8
)

// Board computes the live board at a moment of the office clock. All but what
// comes due is read from counters, so it costs the same for a thousand cases
// and for a million.
func (s *Store) Board(ctx context.Context, now time.Time) (*Board, error) {
	return s.board(ctx, now, nil)
}

// BoardOf is the board as if there were one department only.
func (s *Store) BoardOf(ctx context.Context, now time.Time, department string) (*Board, error) {
	id, err := s.department(ctx, department)
	if err != nil {
		return nil, err
	}
	return s.board(ctx, now, &only{department, id})
}

// only is the department that a board is kept to.
type only struct {
	code string
	id   int64
}

// open is the condition of a department's open cases; of all, if there is none.
func (o *only) open() (condition string, id int64) {
	if o == nil {
		return "ended_at = 0", 0
	}
	return "ended_at = 0 AND dept = ?5", o.id
}

func (s *Store) board(ctx context.Context, now time.Time, of *only) (*Board, error) {
	tx, err := s.db.BeginTx(ctx, &sql.TxOptions{ReadOnly: true})
	if err != nil {
		return nil, err
	}
	defer tx.Rollback() //nolint:errcheck // nothing was written
	b := &Board{Now: now.UTC(), Due: []DueSlot{}, Warnings: []Warning{}}
	if err := tx.QueryRowContext(ctx, `SELECT coalesce(max(seq), 0) FROM journal`).Scan(&b.Seq); err != nil {
		return nil, err
	}
	if err := tx.QueryRowContext(ctx, `SELECT coalesce(max(seq), 0) FROM journal INDEXED BY journal_acts WHERE kind = 9`).Scan(&b.ActSeq); err != nil {
		return nil, err
	}
	today := s.cal.DateOf(now)
	if b.Departments, err = departments(ctx, tx, today); err != nil {
		return nil, err
	}
	if of != nil {
		b.Departments = slices.DeleteFunc(b.Departments, func(d Department) bool { return d.Code != of.code })
	}
	var used float64
	for i := range b.Departments {
		f := &b.Departments[i].Figures
		b.City.add(f)
		used += f.AverageDays * float64(f.Committed)
	}
	b.City.rates(used)
	open, id := of.open()
	if err := tx.QueryRowContext(ctx, `SELECT count(*) FROM (SELECT 1 FROM cases WHERE `+open+` AND due_at >= ?1 AND due_at < ?2 LIMIT ?3)`,
		s.cal.StartOf(today).UnixMicro(), s.cal.EndOf(today).UnixMicro(), TotalCap, nil, id).Scan(&b.City.DueToday); err != nil {
		return nil, err
	}
	b.Due, err = dueSlots(ctx, tx, now, of)
	return b, err
}

// dueSlots counts open cases by when they come due.
func dueSlots(ctx context.Context, tx *sql.Tx, now time.Time, of *only) ([]DueSlot, error) {
	open, id := of.open()
	from := now.UTC().Truncate(dueSlot)
	out := make([]DueSlot, dueHours*int(time.Hour/dueSlot))
	levels := make([]int64, len(out))
	for i := range out {
		out[i].From = from.Add(time.Duration(i) * dueSlot)
	}
	rows, err := tx.QueryContext(ctx, `SELECT (due_at - ?1) / ?2, count(*), max(level) FROM (
		SELECT due_at, level FROM cases WHERE `+open+` AND due_at >= ?1 AND due_at < ?3 LIMIT ?4) GROUP BY 1`,
		from.UnixMicro(), dueSlot.Microseconds(), from.Add(dueHours*time.Hour).UnixMicro(), TotalCap, id)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	for rows.Next() {
		var slot int
		var count, level int64
		if err := rows.Scan(&slot, &count, &level); err != nil {
			return nil, err
		}
		out[slot].Count, levels[slot] = int(count), level
	}
	for i, l := range levels {
		if l < int64(LevelWarn) {
			l = int64(LevelNone)
		}
		out[i].Level = word(levelWords, l)
	}
	return out, rows.Err()
}

// Departments lists departments with their figures of today.
func (s *Store) Departments(ctx context.Context, now time.Time) ([]Department, error) {
	tx, err := s.db.BeginTx(ctx, &sql.TxOptions{ReadOnly: true})
	if err != nil {
		return nil, err
	}
	defer tx.Rollback() //nolint:errcheck // nothing was written
	return departments(ctx, tx, s.cal.DateOf(now))
}

func departments(ctx context.Context, tx *sql.Tx, today workday.Date) ([]Department, error) {
	rows, err := tx.QueryContext(ctx, `SELECT d.code, d.name, d.name_en, d.adapter, d.watermark,
		coalesce(t.open, 0), coalesce(t.paused, 0), coalesce(t.warn, 0), coalesce(t.yellow, 0), coalesce(t.red, 0),
		coalesce(t.received, 0), coalesce(t.ended, 0), coalesce(t.on_the_spot, 0), coalesce(t.committed, 0), coalesce(t.early, 0), coalesce(t.used, 0),
		coalesce(n.received, 0), coalesce(n.ended, 0), coalesce(n.rejected, 0), coalesce(n.findings, 0)
		FROM departments d LEFT JOIN figures t ON t.dept = d.id AND t.day = 0 LEFT JOIN figures n ON n.dept = d.id AND n.day = ? ORDER BY d.id`, int64(today))
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	out := []Department{}
	for rows.Next() {
		var d Department
		var last int64
		var used float64
		f := &d.Figures
		if err := rows.Scan(&d.Code, &d.Name, &d.NameEN, &d.Adapter, &last, &f.Open, &f.Paused, &f.Warn, &f.Yellow, &f.Red,
			&f.Total, &f.Ended, &f.OnTheSpot, &f.Committed, &f.CommittedEarly, &used,
			&f.ReceivedToday, &f.EndedToday, &f.RejectedToday, &f.FindingsToday); err != nil {
			return nil, err
		}
		d.LastAt = when(last)
		f.rates(used)
		out = append(out, d)
	}
	return out, rows.Err()
}

func (f *Figures) add(o *Figures) {
	f.Open += o.Open
	f.Paused += o.Paused
	f.Warn += o.Warn
	f.Yellow += o.Yellow
	f.Red += o.Red
	f.ReceivedToday += o.ReceivedToday
	f.EndedToday += o.EndedToday
	f.RejectedToday += o.RejectedToday
	f.FindingsToday += o.FindingsToday
	f.Total += o.Total
	f.Ended += o.Ended
	f.OnTheSpot += o.OnTheSpot
	f.Committed += o.Committed
	f.CommittedEarly += o.CommittedEarly
}

// rates derives the shares; used is the sum of days of ended committed cases.
func (f *Figures) rates(used float64) {
	if f.Committed > 0 {
		f.EarlyRate = float64(f.CommittedEarly) / float64(f.Committed)
		f.AverageDays = used / float64(f.Committed)
	}
}
