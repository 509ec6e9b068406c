package review

import (
	"context"
	"database/sql"

	"github.com/mingcha-console/mingcha/app/internal/feature"
	"github.com/mingcha-console/mingcha/app/internal/features/term"
	"github.com/mingcha-console/mingcha/app/internal/store"
)

// interested are the seats of reviewers who said that the department employs or
// employed them, which it will have done the next time too.
const interested = ` FROM review_seats s CROSS JOIN reviews r ON r.id = s.review WHERE s.conflict = '` + string(Employer) + `'`

// Interests calls f with every account and each department that it was found at
// reviews to be kept from.
func Interests(ctx context.Context, o *feature.Office, f func(account uint64, department string)) error {
	return store.EachRow(ctx, o.Store.Readers(), func(row *sql.Rows) error {
		var account uint64
		var department string
		err := row.Scan(&account, &department)
		f(account, department)
		return err
	}, `SELECT DISTINCT s.account, r.department`+interested)
}

// Interested tells on the writer whether an account is kept from a department so.
func Interested(w *store.Writer, account uint64, department string) (bool, error) {
	return w.Exists(`SELECT 1`+interested+` AND s.account = ? AND r.department = ?`, int64(account), department)
}

// interests notes who is kept from which department: by their appointment, or
// because they declared an interest in it before, at a review or a visit.
func (s *Reviews) interests(ctx context.Context, all []reviewer) error {
	of := byAccount(all)
	keep := func(account uint64, department string) {
		if r := of[account]; r != nil {
			r.not[department] = true
		}
	}
	if err := term.Barred(ctx, s.office, keep); err != nil {
		return err
	}
	if err := Interests(ctx, s.office, keep); err != nil {
		return err
	}
	return s.visiting(ctx, keep)
}
