package volunteers

import (
	"context"
	"database/sql"
	"time"

	"github.com/mingcha-console/mingcha/app/internal/workday"
)

// Span is some days of the office, both inclusive.
type Span struct{ From, To workday.Date }

// Record is what a volunteer did by reviewing in a span: sums, of which nothing
// leads to single reviews. It tells how things stood at the end of the span,
// and does not change afterwards.
type Record struct {
	Assigned   int `json:"assigned" doc:"reviews that came to them: the sum of the next six"`
	InTime     int `json:"in_time" doc:"verdicts given in time"`
	Late       int `json:"late" doc:"verdicts given late"`
	Open       int `json:"open" doc:"verdicts awaited"`
	OpenLate   int `json:"open_late" doc:"verdicts awaited that are late"`
	Interests  int `json:"interests" doc:"an interest was declared"`
	HandedOver int `json:"handed_over" doc:"taken over by others when the term ended"`
}

// Record sums up a volunteer's reviewing.
func (v *Volunteers) Record(ctx context.Context, account uint64, s Span) (r Record, err error) {
	cal := v.journal.Calendar()
	err = v.seatsOf(ctx, account, cal.StartOf(s.From).UnixMicro(), cal.EndOf(s.To).UnixMicro(), &r)
	return r, err
}

// seatsOf counts the reviews that came to an account in [from, end), as they
// stood at the end.
func (v *Volunteers) seatsOf(ctx context.Context, account uint64, from, end int64, r *Record) error {
	rows, err := v.db.QueryContext(ctx, `SELECT s.state, s.assigned_at, s.done_at, r.due_at, coalesce(d.at, 0)
		FROM review_seats s JOIN reviews r ON r.id = s.review LEFT JOIN review_declarations d ON d.review = s.review AND d.seat = s.seat
		WHERE s.account = ? AND s.assigned_at >= ? AND s.assigned_at < ?`, int64(account), from, end)
	if err != nil {
		return err
	}
	defer rows.Close()
	for rows.Next() {
		var state string
		var assigned, done, due, declared int64
		if err := rows.Scan(&state, &assigned, &done, &due, &declared); err != nil {
			return err
		}
		limit := v.limit(when(assigned), when(due)).UnixMicro()
		r.Assigned++
		switch {
		case state == In && done < end && done <= limit:
			r.InTime++
		case state == In && done < end:
			r.Late++
		case state == Left && done < end:
			r.HandedOver++
		case state == Refused && declared < end:
			r.Interests++
		case limit < end:
			r.OpenLate++
		default:
			r.Open++
		}
	}
	return rows.Err()
}

// limit is when a verdict is awaited of somebody: when the review is due, but
// whoever came to it later has the same working days as the first.
func (v *Volunteers) limit(assigned, due time.Time) time.Time {
	cal := v.journal.Calendar()
	if own := closing(cal, cal.AddWorkingDays(cal.DateOf(assigned), reviewDays)); own.After(due) {
		return own
	}
	return due
}

// Active is when a volunteer last reviewed or declared by the end of a day; zero:
// never.
func (v *Volunteers) Active(ctx context.Context, account uint64, by workday.Date) (time.Time, error) {
	var at sql.NullInt64
	err := v.db.QueryRowContext(ctx, `SELECT max(at) FROM (
		SELECT done_at AS at FROM review_seats WHERE account = ?1 AND state = 'in'
		UNION ALL SELECT at FROM review_declarations WHERE account = ?1) WHERE at < ?2`,
		int64(account), v.journal.Calendar().EndOf(by).UnixMicro()).Scan(&at)
	return when(at.Int64), err
}

// Owes tells whether by the end of a day a review of a volunteer was overdue.
func (v *Volunteers) Owes(ctx context.Context, account uint64, by workday.Date) (owes bool, err error) {
	err = v.db.QueryRowContext(ctx, `SELECT EXISTS (SELECT 1 FROM review_seats s JOIN reviews r ON r.id = s.review LEFT JOIN review_declarations d ON d.review = s.review AND d.seat = s.seat
		WHERE s.account = ?1 AND r.due_at < ?2 AND (s.state IN ('assigned', 'declared') OR s.state = 'in' AND s.done_at >= ?2 OR s.state = 'refused' AND d.at >= ?2))`,
		int64(account), v.journal.Calendar().EndOf(by).UnixMicro()).Scan(&owes)
	return owes, err
}
