package route

import (
	"context"
	"database/sql"

	"github.com/mingcha-console/mingcha/app/internal/features/review"
	"github.com/mingcha-console/mingcha/app/internal/features/term"
	"github.com/mingcha-console/mingcha/app/internal/store"
	"github.com/mingcha-console/mingcha/app/internal/workday"
)

// Who is kept from which department is told by three features: terms, whom it
// employs or employed by their appointment; reviews and routes, who declared an
// interest in it before, which will be so again.

// Interests calls f with every account and each department in which it declared an
// interest at a visit.
func (s *Plans) Interests(ctx context.Context, f func(account uint64, department string)) error {
	return store.EachRow(ctx, s.office.Store.Readers(), func(row *sql.Rows) error {
		var account uint64
		var department string
		err := row.Scan(&account, &department)
		f(account, department)
		return err
	}, `SELECT account, department FROM visit_interests`)
}

// isBarred tells on the writer whether somebody is kept from a department.
func isBarred(w *store.Writer, account uint64, department string) (bool, error) {
	if barred, err := w.Exists(`SELECT 1 FROM visit_interests WHERE account = ? AND department = ?`, int64(account), department); err != nil || barred {
		return barred, err
	}
	if barred, err := review.Interested(w, account, department); err != nil || barred {
		return barred, err
	}
	return term.Bars(w, account, department)
}

// serving lists the active volunteers who are in term today and on a day, with
// the departments that they are kept from.
func (s *Plans) serving(ctx context.Context, day workday.Date) ([]volunteer, error) {
	serving, err := term.InTerm(ctx, s.people, s.office.Today(), day)
	if err != nil {
		return nil, err
	}
	out, of := make([]volunteer, len(serving)), map[uint64]*volunteer{}
	for i := range serving {
		out[i] = volunteer{account: serving[i].ID, not: map[string]bool{}}
		of[out[i].account] = &out[i]
	}
	keep := func(account uint64, department string) {
		if x := of[account]; x != nil {
			x.not[department] = true
		}
	}
	if err := s.Interests(ctx, keep); err != nil {
		return nil, err
	}
	if err := review.Interests(ctx, s.office, keep); err != nil {
		return nil, err
	}
	return out, term.Barred(ctx, s.office, keep)
}
