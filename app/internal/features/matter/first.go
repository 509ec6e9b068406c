package matter

import (
	"context"
	"encoding/json"
	"slices"
	"time"

	"github.com/mingcha-console/mingcha/app/internal/store"
)

// begunColumn is when a matter's first deadline began, as the index matters_first has it.
const begunColumn = `CASE begun_at WHEN 0 THEN opened_at ELSE begun_at END`

// FirstSteps is an SQL table, with its arguments, of how soon the first step was taken of
// the matters of a source: source_id; department, a code; action, empty where it was not
// taken; and late, where it was taken late, or waits and is late. When a deadline ends
// depends on the calendar: it is reckoned for each day on which some began.
func (s *Matters) FirstSteps(ctx context.Context, source Source) (table string, args []any, err error) {
	var first, last int64
	if err := s.office.Store.Readers().QueryRowContext(ctx, `SELECT
		coalesce((SELECT min(`+begunColumn+`) FROM matters WHERE source = ?1), 0), coalesce((SELECT max(`+begunColumn+`) FROM matters WHERE source = ?1), 0)`,
		string(source)).Scan(&first, &last); err != nil {
		return "", nil, err
	}
	cal, flow := s.office.Calendar(), flows[source]
	days := [][3]int64{} // when a day begins and ends, and when what begins on it is due
	for day := cal.DateOf(store.Time(first)); first > 0 && day <= cal.DateOf(store.Time(last)); day++ {
		begins := cal.StartOf(day)
		begun := flow.Begin(begins)
		days = append(days, [3]int64{begins.UnixMicro(), cal.StartOf(day + 1).UnixMicro(), begun.Limit.Due(cal).UnixMicro()})
	}
	ends, err := json.Marshal(days)
	if err != nil {
		return "", nil, err
	}
	var owed []string // steps by whom the first deadline is on, or in their place
	for i := range flow.Actions {
		if a := &flow.Actions[i]; a.For == flow.On || slices.Contains(a.By, flow.On) {
			owed = append(owed, a.Name)
		}
	}
	now := s.office.Now().Truncate(time.Second).UnixMicro()
	const second = `1000000`
	return `(SELECT m.source_id, m.department, m.first_action AS action,
			CASE m.first_at WHEN 0 THEN ? > day.value ->> 2
				ELSE m.first_at / ` + second + ` * ` + second + ` > day.value ->> 2 AND m.first_action IN (` + quoted(owed...) + `) END AS late
		FROM json_each(?) day CROSS JOIN matters m INDEXED BY matters_first
			ON m.source = ? AND ` + begunColumn + ` >= day.value ->> 0 AND ` + begunColumn + ` < day.value ->> 1)`,
		[]any{now, string(ends), string(source)}, nil
}
