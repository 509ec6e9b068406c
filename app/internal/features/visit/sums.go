package visit

import (
	"context"
	"database/sql"
	"encoding/json"
	"time"

	"github.com/mingcha-console/mingcha/app/internal/features/matter"
	"github.com/mingcha-console/mingcha/app/internal/store"
	"github.com/mingcha-console/mingcha/app/internal/workday"
)

// Sums are what a volunteer did by visiting in some days, of which nothing leads
// to single visits. They tell how things stood at the end of the days, and do not
// change afterwards.
type Sums struct {
	Asked    int `json:"asked" doc:"visits that the office asked for, and that were neither cancelled nor declined"`
	Answered int `json:"answered" doc:"of those: a sheet was filed"`
	Filed    int `json:"filed" doc:"sheets filed, of one's own accord or asked for"`

	Findings int `json:"findings" doc:"noted in those sheets"`
	Upheld   int `json:"upheld" doc:"of those: done and upheld"`
	Dropped  int `json:"dropped" doc:"of those: done and not upheld"`
}

// Sums sums up an account's visiting from a day to another, both inclusive, in
// the office's zone.
func (s *Visits) Sums(ctx context.Context, account uint64, from, to workday.Date) (x Sums, err error) {
	cal, db := s.office.Calendar(), s.office.Store.Readers()
	begin, end := cal.StartOf(from), cal.EndOf(to)
	asked, err := s.plans.AskedOf(ctx, account, from, to)
	if err != nil {
		return x, err
	}
	plans, err := json.Marshal(append([]uint64{}, asked...))
	if err != nil {
		return x, err
	}
	x.Asked = len(asked)
	if err := db.QueryRowContext(ctx, `SELECT count(DISTINCT plan) FROM visits WHERE account = ? AND filed_at < ? AND plan IN (SELECT value FROM json_each(?))`,
		int64(account), end.UnixMicro(), string(plans)).Scan(&x.Answered); err != nil {
		return x, err
	}
	var ids []uint64
	if err := store.EachRow(ctx, db, func(row *sql.Rows) error {
		var id uint64
		var findings int
		err := row.Scan(&id, &findings)
		ids, x.Filed, x.Findings = append(ids, id), x.Filed+1, x.Findings+findings
		return err
	}, `SELECT id, findings FROM visits WHERE account = ? AND filed_at >= ? AND filed_at < ?`, int64(account), begin.UnixMicro(), end.UnixMicro()); err != nil {
		return x, err
	}
	x.Upheld, x.Dropped, err = s.matters.Ended(ctx, matter.Visit, ids, end)
	return x, err
}

// Active is when an account last filed a visit or added to one by the end of a
// day of the office's zone; zero: never.
func (s *Visits) Active(ctx context.Context, account uint64, by workday.Date) (time.Time, error) {
	var at sql.NullInt64
	err := s.office.Store.Readers().QueryRowContext(ctx, `SELECT max(at) FROM (
		SELECT filed_at AS at FROM visits WHERE account = ?1
		UNION ALL SELECT s.at FROM visit_supplements s JOIN visits v ON v.id = s.visit WHERE v.account = ?1) WHERE at < ?2`,
		int64(account), s.office.Calendar().EndOf(by).UnixMicro()).Scan(&at)
	return store.Time(at.Int64), err
}
