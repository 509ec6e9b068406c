package route

import (
	"context"
	"database/sql"

	"github.com/mingcha-console/mingcha/app/internal/features/term"
	"github.com/mingcha-console/mingcha/app/internal/store"
	"github.com/mingcha-console/mingcha/app/internal/workday"
)

// interests are who is kept from which department: by their appointment, since it
// employs or employed them, or because they declared an interest in it before,
// which will be so again. Conditions on account and department may follow.
const interests = `SELECT account, department FROM (SELECT account, department FROM visit_interests
	UNION SELECT s.account, r.department FROM review_seats s JOIN reviews r ON r.id = s.review WHERE s.conflict = 'employer'
	UNION SELECT t.account, b.value FROM terms t, json_each(t.barred) b) WHERE 1`

// isBarred tells on the writer whether somebody is kept from a department.
func isBarred(w *store.Writer, account uint64, department string) (bool, error) {
	return w.Exists(`SELECT 1 WHERE EXISTS (`+interests+` AND account = ?1 AND department = ?2)`, int64(account), department)
}

// serving lists the active volunteers who are in term today and on a day, with
// the departments that they are kept from.
func (s *Plans) serving(ctx context.Context, day workday.Date) (out []volunteer, err error) {
	serving, err := term.InTerm(ctx, s.people, s.office.Today(), day)
	if err != nil {
		return nil, err
	}
	of := map[uint64]*volunteer{}
	for i := range serving {
		out = append(out, volunteer{account: serving[i].ID, not: map[string]bool{}})
	}
	for i := range out {
		of[out[i].account] = &out[i]
	}
	return out, store.EachRow(ctx, s.office.Store.Readers(), func(row *sql.Rows) error {
		var account uint64
		var department string
		err := row.Scan(&account, &department)
		if x := of[account]; x != nil {
			x.not[department] = true
		}
		return err
	}, interests)
}
