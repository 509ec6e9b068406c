package review

import (
	"context"
	"database/sql"
	"time"

	"github.com/mingcha-console/mingcha/app/internal/store"
	"github.com/mingcha-console/mingcha/app/internal/workday"
)

// Tally is what came to a volunteer in a span of days: numbers, of which nothing
// leads to single reviews. It tells how things stood at the end of the span, and
// does not change afterwards.
type Tally struct {
	Assigned   int `json:"assigned" doc:"reviews that came to them: the sum of the next six"`
	InTime     int `json:"in_time" doc:"verdicts given in time"`
	Late       int `json:"late" doc:"verdicts given late"`
	Open       int `json:"open" doc:"verdicts awaited"`
	OpenLate   int `json:"open_late" doc:"verdicts awaited that are late"`
	Interests  int `json:"interests" doc:"an interest was declared"`
	HandedOver int `json:"handed_over" doc:"taken over by others when the term ended"`
}

// Tally sums up a volunteer's reviews that came to them on some days of the
// office, both inclusive.
func (s *Reviews) Tally(ctx context.Context, account uint64, first, last workday.Date) (sums Tally, err error) {
	cal := s.office.Calendar()
	from, end := cal.StartOf(first).UnixMicro(), cal.EndOf(last).UnixMicro()
	rows, err := s.office.Store.Readers().QueryContext(ctx, `SELECT s.state, s.assigned_at, s.done_at, r.due_at, coalesce(d.at, 0)
		FROM review_seats s JOIN reviews r ON r.id = s.review LEFT JOIN review_declarations d ON d.review = s.review AND d.seat = s.seat
		WHERE s.account = ? AND s.assigned_at >= ? AND s.assigned_at < ?`, int64(account), from, end)
	if err != nil {
		return sums, err
	}
	defer rows.Close()
	for rows.Next() {
		var state string
		var assigned, done, due, declared int64
		if err := rows.Scan(&state, &assigned, &done, &due, &declared); err != nil {
			return sums, err
		}
		limit := s.limit(store.Time(assigned), store.Time(due)).UnixMicro()
		sums.Assigned++
		switch {
		case state == In && done < end && done <= limit:
			sums.InTime++
		case state == In && done < end:
			sums.Late++
		case state == Left && done < end:
			sums.HandedOver++
		case state == Refused && declared < end:
			sums.Interests++
		case limit < end:
			sums.OpenLate++
		default:
			sums.Open++
		}
	}
	return sums, rows.Err()
}

// limit is when a verdict is awaited of somebody: when the review is due, but
// whoever came to it later has the same working days as the first.
func (s *Reviews) limit(assigned, due time.Time) time.Time {
	cal := s.office.Calendar()
	if own := cal.CloseOf(cal.AddWorkingDays(cal.DateOf(assigned), reviewDays)); own.After(due) {
		return own
	}
	return due
}

// Active is when a volunteer last gave a verdict or declared by the end of a day;
// zero: never.
func (s *Reviews) Active(ctx context.Context, account uint64, by workday.Date) (time.Time, error) {
	var at sql.NullInt64
	err := s.office.Store.Readers().QueryRowContext(ctx, `SELECT max(at) FROM (
		SELECT done_at AS at FROM review_seats WHERE account = ?1 AND state = 'in'
		UNION ALL SELECT at FROM review_declarations WHERE account = ?1) WHERE at < ?2`,
		int64(account), s.office.Calendar().EndOf(by).UnixMicro()).Scan(&at)
	return store.Time(at.Int64), err
}

// Owes tells whether at the end of a day a review was overdue that a volunteer
// had not answered yet.
func (s *Reviews) Owes(ctx context.Context, account uint64, by workday.Date) (owes bool, err error) {
	err = s.office.Store.Readers().QueryRowContext(ctx, `SELECT EXISTS (SELECT 1 FROM review_seats s JOIN reviews r ON r.id = s.review
		LEFT JOIN review_declarations d ON d.review = s.review AND d.seat = s.seat
		WHERE s.account = ?1 AND r.due_at < ?2 AND (s.state IN ('assigned', 'declared') OR s.state = 'in' AND s.done_at >= ?2 OR s.state = 'refused' AND d.at >= ?2))`,
		int64(account), s.office.Calendar().EndOf(by).UnixMicro()).Scan(&owes)
	return owes, err
}
