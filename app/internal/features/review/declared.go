package review

import (
	"context"
	"errors"
	"slices"
	"unicode/utf8"

	"github.com/mingcha-console/mingcha/app/internal/access"
	"github.com/mingcha-console/mingcha/app/internal/act"
	"github.com/mingcha-console/mingcha/app/internal/store"
)

type declaredData struct {
	Review   uint64   `json:"review"`
	Seat     int      `json:"seat"`
	Conflict Conflict `json:"conflict"`
	Note     string   `json:"note,omitempty"`
}

// declared says whether a reviewer has an interest. It is told without who it was
// and without what it was about: of both together one could tell who reviewed.
var declared = act.Define(act.Def[declaredData]{
	Type: "review.declared", Group: act.Reviews, Sealed: true,
	Words: act.Plain[declaredData]("声明是否回避", "Said whether they have an interest in what they review"),
	Check: checkDeclared, Fold: foldDeclared,
	Example: declaredData{Review: 1, Seat: 1, Conflict: None},
})

func checkDeclared(w *store.Writer, a act.Of[declaredData]) error {
	d := &a.Data
	_, s, err := seatOf(w, d.Review, d.Seat, a.By)
	if err != nil {
		return err
	}
	switch s.State {
	case Assigned:
	case Left:
		return errLeft
	default:
		return errDeclared
	}
	if !slices.Contains(Conflicts, d.Conflict) {
		return invalid("conflict", "请选择是否需要回避", "say whether you have an interest in it")
	}
	return checkNote(d.Note)
}

// noteLength bounds free text, in characters.
const noteLength = 2000

func checkNote(note string) error {
	if utf8.RuneCountInString(note) > noteLength {
		return invalid("note", "说明不超过 2000 字", "at most 2000 characters")
	}
	return nil
}

func foldDeclared(w *store.Writer, a act.Of[declaredData]) error {
	d := &a.Data
	state, why := Declared, ""
	if d.Conflict != None {
		state, why = Refused, string(d.Conflict)
	}
	return errors.Join(
		w.Exec(`UPDATE review_seats SET state = ?, conflict = ?, note = ? WHERE review = ? AND seat = ?`, state, why, d.Note, int64(d.Review), int64(d.Seat)),
		w.Exec(`INSERT INTO review_declarations (review, seat, account, at) VALUES (?,?,?,?)`, int64(d.Review), int64(d.Seat), int64(a.By), a.At.UnixMicro()))
}

// Declare says whether a reviewer has an interest in the case. Whoever has one
// sees nothing of it, and another takes the place.
func (s *Reviews) Declare(ctx context.Context, by access.Principal, review uint64, c Conflict, note string) error {
	mine, err := s.mySeat(ctx, by, review)
	if err != nil {
		return err
	}
	if _, _, err := declared.Do(ctx, s.office.Journal, act.Done(declared.Name(), review, mine.Seat), by.Account,
		declaredData{Review: review, Seat: mine.Seat, Conflict: c, Note: note}); err != nil {
		return err
	}
	if c == None {
		return nil
	}
	_, err = s.Fill(ctx)
	return err
}

func (s *Reviews) mySeat(ctx context.Context, by access.Principal, review uint64) (Seat, error) {
	r, err := s.Review(ctx, review)
	if err != nil {
		return Seat{}, err
	}
	mine, ok := r.SeatOf(by.Account)
	if !ok {
		return mine, ErrNoReview
	}
	return mine, nil
}
