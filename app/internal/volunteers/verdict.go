package volunteers

import (
	"context"
	"fmt"

	"github.com/mingcha-console/mingcha/app/internal/access"
	"github.com/mingcha-console/mingcha/app/internal/intake"
)

// SeatOf is the seat that an account has at a review.
func (r *Review) SeatOf(account uint64) (Seat, bool) {
	for _, s := range r.Seats {
		if s.Account == account {
			return s, true
		}
	}
	return Seat{}, false
}

// Declare says whether a reviewer has an interest in the case. Whoever has one
// sees nothing of it, and another takes the place.
func (v *Volunteers) Declare(ctx context.Context, by access.Principal, review uint64, c Conflict, note string) error {
	s, err := v.mySeat(ctx, by, review)
	if err != nil {
		return err
	}
	if _, _, err := v.journal.Act(ctx, intake.Act{Key: fmt.Sprintf("%s/%d/%d", declared, review, s.Seat), Type: declared, By: by.Account,
		Data: declaredData{Review: review, Seat: s.Seat, Conflict: c, Note: note}}); err != nil {
		return err
	}
	if c == None {
		return nil
	}
	_, err = v.Fill(ctx)
	return err
}

// Judge gives a reviewer's verdict. The same verdict again is taken for the
// first one sent twice.
func (v *Volunteers) Judge(ctx context.Context, by access.Principal, review uint64, verdict Verdict, ticked []string, note string) error {
	s, err := v.mySeat(ctx, by, review)
	if err != nil {
		return err
	}
	if _, _, err := v.journal.Act(ctx, intake.Act{Key: fmt.Sprintf("%s/%d/%d", judged, review, s.Seat), Type: judged, By: by.Account,
		Data: judgedData{Review: review, Seat: s.Seat, Verdict: verdict, Reasons: ticked, Note: note}}); err != nil {
		return err
	}
	_, err = v.Fill(ctx)
	return err
}

func (v *Volunteers) mySeat(ctx context.Context, by access.Principal, review uint64) (Seat, error) {
	r, err := v.Review(ctx, review)
	if err != nil {
		return Seat{}, err
	}
	s, ok := r.SeatOf(by.Account)
	if !ok {
		return s, ErrNoReview
	}
	return s, nil
}
