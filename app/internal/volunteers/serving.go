package volunteers

import (
	"context"
	"database/sql"
	"time"

	"github.com/mingcha-console/mingcha/app/internal/features/term"
	"github.com/mingcha-console/mingcha/app/internal/store"
	"github.com/mingcha-console/mingcha/app/internal/workday"
)

// reviewer is a volunteer who can be asked for a visit.
type reviewer struct {
	account uint64
	not     map[string]bool // departments that employ or employed them, or for which they declared so
}

// serving lists the active volunteers who are in term today and on a day.
func (v *Volunteers) serving(ctx context.Context, day workday.Date) (out []reviewer, err error) {
	today := v.journal.Calendar().DateOf(v.now())
	of := map[uint64]map[string]bool{}
	if err := store.EachRow(ctx, v.db, func(rows *sql.Rows) error {
		r := reviewer{not: map[string]bool{}}
		err := rows.Scan(&r.account)
		of[r.account] = r.not
		out = append(out, r)
		return err
	}, `SELECT a.id FROM accounts a WHERE a.role = 'volunteer' AND a.active = 1 AND `+term.Serves("a.id", "?1")+` AND `+term.Serves("a.id", "?2")+` ORDER BY a.id`,
		today.String(), day.String()); err != nil {
		return nil, err
	}
	return out, store.EachRow(ctx, v.db, func(rows *sql.Rows) error {
		var account uint64
		var department string
		err := rows.Scan(&account, &department)
		if not := of[account]; not != nil {
			not[department] = true
		}
		return err
	}, `SELECT account, department FROM (`+declaredInterests+`)`)
}

func when(micros int64) time.Time {
	if micros == 0 {
		return time.Time{}
	}
	return time.UnixMicro(micros).UTC()
}
