package record

import (
	"context"
	"database/sql"
	"encoding/json"
	"math"

	"github.com/mingcha-console/mingcha/app/internal/access"
	"github.com/mingcha-console/mingcha/app/internal/intake"
	"github.com/mingcha-console/mingcha/app/internal/store"
)

// span is the records during which an account was a volunteer supervisor's: it is
// the role at the time that seals an act, not the one that somebody has now.
type span struct {
	account  uint64
	from, to uint64 // journal numbers; to is exclusive
}

func (s span) holds(a *intake.RecordedAct) bool {
	return s.account == a.By && s.from <= a.Seq && a.Seq < s.to
}

// MarshalJSON writes a span as SQL reads it.
func (s span) MarshalJSON() ([]byte, error) {
	return json.Marshal([3]uint64{s.account, s.from, s.to})
}

// volunteering reads from the acts on accounts when which were volunteers'.
func (s *Acts) volunteering(ctx context.Context) ([]span, error) {
	out := []span{}
	open := map[uint64]int{} // accounts that are volunteers', by their span
	err := store.EachRow(ctx, s.db(), func(r *sql.Rows) error {
		var seq, account uint64
		var role access.Role
		if err := r.Scan(&seq, &account, &role); err != nil {
			return err
		}
		i, is := open[account]
		switch {
		case role == access.Volunteer && !is:
			open[account] = len(out)
			out = append(out, span{account, seq, math.MaxInt64})
		case role != access.Volunteer && is:
			out[i].to = seq
			delete(open, account)
		}
		return nil
	}, `SELECT seq, coalesce(act ->> '$.data.id', seq), act ->> '$.data.role' FROM (
		SELECT seq, CAST(body AS TEXT) AS act FROM journal INDEXED BY journal_act_types WHERE kind = 9 AND `+typeColumn+` = 'account.created'
		UNION ALL SELECT seq, CAST(body AS TEXT) FROM journal INDEXED BY journal_act_types WHERE kind = 9 AND `+typeColumn+` = 'account.changed')
		ORDER BY seq`)
	return out, err
}
