package review

import (
	"context"
	"database/sql"
	"encoding/json"

	"github.com/mingcha-console/mingcha/app/internal/store"
)

const (
	reviewColumns = `id, kind, subject, case_id, department, item, draw, state, verdict, created_at, due_at, done_at, reason`
	seatColumns   = `seat, account, state, verdict, reasons, note, conflict, assigned_at, done_at`
)

// load reads a review on the writer.
func load(w *store.Writer, id uint64) (r Review, err error) {
	found, err := w.One(func(row store.Row) error {
		r = Review{ID: id, Kind: Kind(row.Text(1)), Subject: row.Text(2), CaseID: uint64(row.Int(3)), Department: row.Text(4), Item: row.Text(5),
			Draw: uint64(row.Int(6)), State: row.Text(7), Verdict: Verdict(row.Text(8)), CreatedAt: store.Time(row.Int(9)), DueAt: store.Time(row.Int(10)), DoneAt: store.Time(row.Int(11)), Reason: row.Text(12)}
		return nil
	}, `SELECT `+reviewColumns+` FROM reviews WHERE id = ?`, int64(id))
	if err != nil {
		return r, err
	}
	if !found {
		return r, ErrNoReview
	}
	err = w.Each(func(row store.Row) error {
		x := Seat{Seat: int(row.Int(0)), Account: uint64(row.Int(1)), State: row.Text(2), Verdict: Verdict(row.Text(3)), Note: row.Text(5),
			Conflict: Conflict(row.Text(6)), AssignedAt: store.Time(row.Int(7)), DoneAt: store.Time(row.Int(8))}
		r.Seats = append(r.Seats, x)
		return json.Unmarshal([]byte(row.Text(4)), &r.Seats[len(r.Seats)-1].Reasons)
	}, `SELECT `+seatColumns+` FROM review_seats WHERE review = ? ORDER BY seat`, int64(id))
	return r, err
}

// Review reads a review with all its seats.
func (s *Reviews) Review(ctx context.Context, id uint64) (Review, error) {
	all, err := s.reviews(ctx, `WHERE id = ?`, int64(id))
	if err != nil {
		return Review{}, err
	}
	if len(all) == 0 {
		return Review{}, ErrNoReview
	}
	return all[0], nil
}

// Mine lists the reviews at which an account has a seat, newest first.
func (s *Reviews) Mine(ctx context.Context, account uint64) ([]Review, error) {
	return s.reviews(ctx, `WHERE id IN (SELECT review FROM review_seats WHERE account = ?) ORDER BY id DESC LIMIT 500`, int64(account))
}

// waiting lists the reviews that are not done.
func (s *Reviews) waiting(ctx context.Context) ([]Review, error) {
	return s.reviews(ctx, `WHERE state IN ('open', 'third') ORDER BY id`)
}

func (s *Reviews) reviews(ctx context.Context, where string, args ...any) ([]Review, error) {
	rows, err := s.office.Store.Readers().QueryContext(ctx, `SELECT `+reviewColumns+` FROM reviews `+where, args...)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var out []Review
	for rows.Next() {
		var r Review
		var created, due, done int64
		if err := rows.Scan(&r.ID, &r.Kind, &r.Subject, &r.CaseID, &r.Department, &r.Item, &r.Draw, &r.State, &r.Verdict, &created, &due, &done, &r.Reason); err != nil {
			return nil, err
		}
		r.CreatedAt, r.DueAt, r.DoneAt = store.Time(created), store.Time(due), store.Time(done)
		out = append(out, r)
	}
	if err := rows.Err(); err != nil {
		return nil, err
	}
	rows.Close()
	return out, s.seats(ctx, out)
}

// seats gives reviews their seats.
func (s *Reviews) seats(ctx context.Context, all []Review) error {
	ids, at := make([]uint64, len(all)), map[uint64]*Review{}
	for i := range all {
		ids[i], at[all[i].ID] = all[i].ID, &all[i]
	}
	list, err := json.Marshal(ids)
	if err != nil {
		return err
	}
	rows, err := s.office.Store.Readers().QueryContext(ctx, `SELECT review, `+seatColumns+` FROM review_seats WHERE review IN (SELECT value FROM json_each(?)) ORDER BY review, seat`, string(list))
	if err != nil {
		return err
	}
	defer rows.Close()
	for rows.Next() {
		var review uint64
		var x Seat
		var ticked sql.RawBytes
		var assigned, done int64
		if err := rows.Scan(&review, &x.Seat, &x.Account, &x.State, &x.Verdict, &ticked, &x.Note, &x.Conflict, &assigned, &done); err != nil {
			return err
		}
		if err := json.Unmarshal(ticked, &x.Reasons); err != nil {
			return err
		}
		x.AssignedAt, x.DoneAt = store.Time(assigned), store.Time(done)
		at[review].Seats = append(at[review].Seats, x)
	}
	return rows.Err()
}
