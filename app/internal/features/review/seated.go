package review

import (
	"slices"
	"time"

	"github.com/mingcha-console/mingcha/app/internal/act"
	"github.com/mingcha-console/mingcha/app/internal/fault"
	"github.com/mingcha-console/mingcha/app/internal/store"
)

type seatedData struct {
	Review  uint64 `json:"review"`
	Account uint64 `json:"account"`
	Instead int    `json:"instead,omitempty"` // the seat that is taken over
}

// seated gives a review a reviewer that it wants. It is told without who it was.
var seated = act.Define(act.Def[seatedData]{
	Type: "review.seated", Group: act.Reviews, Own: true,
	About: func(a act.Of[seatedData]) act.Subject { return act.On(act.Review, a.Data.Review) },
	Words: act.Plain[seatedData]("安排评议人", "Found a reviewer"),
	Check: checkSeated, Fold: foldSeated,
	Example: seatedData{Review: 1, Account: 9},
})

func checkSeated(w *store.Writer, a act.Of[seatedData]) error {
	d := &a.Data
	r, err := load(w, d.Review)
	if err != nil {
		return err
	}
	wanted := r.Missing() > 0
	if d.Instead > 0 { // whoever has declared meanwhile keeps it
		wanted = slices.ContainsFunc(r.Seats, func(s Seat) bool { return s.Seat == d.Instead && s.State == Assigned })
	}
	if !wanted || slices.ContainsFunc(r.Seats, func(s Seat) bool { return s.Account == d.Account }) {
		return fault.New(fault.Conflict, "seat_taken", "这项评议已经有人接手。请刷新。", "Somebody has taken this review meanwhile. Reload.", nil)
	}
	return nil
}

func foldSeated(w *store.Writer, a act.Of[seatedData]) error {
	d := &a.Data
	if d.Instead > 0 {
		if err := w.Exec(`UPDATE review_seats SET state = 'left', done_at = ? WHERE review = ? AND seat = ?`, a.At.UnixMicro(), int64(d.Review), int64(d.Instead)); err != nil {
			return err
		}
	}
	return addSeat(w, d.Review, d.Account, a.At)
}

func addSeat(w *store.Writer, review, account uint64, at time.Time) error {
	return w.Exec(`INSERT INTO review_seats (review, seat, account, state, verdict, reasons, note, conflict, assigned_at, done_at)
		VALUES (?1, (SELECT coalesce(max(seat), 0) + 1 FROM review_seats WHERE review = ?1), ?2, 'assigned', '', '[]', '', '', ?3, 0)`,
		int64(review), int64(account), at.UnixMicro())
}

// seatOf finds the seat of a review that belongs to an account.
func seatOf(w *store.Writer, review uint64, seat int, account uint64) (Review, Seat, error) {
	r, err := load(w, review)
	if err != nil {
		return r, Seat{}, err
	}
	for _, s := range r.Seats {
		if s.Seat == seat && s.Account == account {
			return r, s, nil
		}
	}
	return r, Seat{}, ErrNoReview
}
