package volunteers

import (
	"context"
	"database/sql"
	"time"

	"github.com/mingcha-console/mingcha/app/internal/features/matter"
	"github.com/mingcha-console/mingcha/app/internal/workday"
)

// Span is some days of the office, both inclusive.
type Span struct{ From, To workday.Date }

// Record is what a volunteer did at visits in a span: sums, of which nothing leads
// to single visits. It tells how things stood at the end of the span, and does not
// change afterwards.
type Record struct {
	Asked    int `json:"asked" doc:"visits that the office asked for, and that were neither cancelled nor declined"`
	Answered int `json:"answered" doc:"of those: a sheet was filed"`
	Filed    int `json:"filed" doc:"sheets filed, of one's own accord or asked for"`

	Findings int `json:"findings" doc:"noted in those sheets"`
	Upheld   int `json:"upheld" doc:"of those: done and upheld"`
	Dropped  int `json:"dropped" doc:"of those: done and not upheld"`
}

// Record sums up a volunteer's visiting.
func (v *Volunteers) Record(ctx context.Context, account uint64, s Span) (r Record, err error) {
	cal := v.journal.Calendar()
	from, end := cal.StartOf(s.From).UnixMicro(), cal.EndOf(s.To).UnixMicro()
	if err := v.db.QueryRowContext(ctx, `SELECT count(*), coalesce(sum(EXISTS (SELECT 1 FROM visits v WHERE v.plan = p.id AND v.account = ?1 AND v.filed_at < ?4)), 0)
		FROM visit_plans p JOIN visit_plan_members m ON m.plan = p.id WHERE m.account = ?1 AND m.declined = '' AND p.cancelled = '' AND p.date >= ?2 AND p.date <= ?3`,
		int64(account), s.From.String(), s.To.String(), end).Scan(&r.Asked, &r.Answered); err != nil {
		return r, err
	}
	err = v.db.QueryRowContext(ctx, `SELECT count(*), coalesce(sum(findings), 0) FROM visits WHERE account = ? AND filed_at >= ? AND filed_at < ?`,
		int64(account), from, end).Scan(&r.Filed, &r.Findings)
	if err != nil {
		return r, err
	}
	return r, v.db.QueryRowContext(ctx, `SELECT coalesce(sum(m.state <> ?5), 0), coalesce(sum(m.state = ?5), 0) FROM visits v CROSS JOIN matters m ON m.source = ?4 AND m.source_id = v.id
		WHERE v.account = ?1 AND v.filed_at >= ?2 AND v.filed_at < ?3 AND +m.done = 1 AND (SELECT max(at) FROM matter_steps s WHERE s.matter = m.id) < ?3`,
		int64(account), from, end, string(matter.Visit), matter.Dropped).Scan(&r.Upheld, &r.Dropped)
}

// Active is when a volunteer last visited or supplemented by the end of a day;
// zero: never.
func (v *Volunteers) Active(ctx context.Context, account uint64, by workday.Date) (time.Time, error) {
	var at sql.NullInt64
	err := v.db.QueryRowContext(ctx, `SELECT max(at) FROM (
		SELECT filed_at AS at FROM visits WHERE account = ?1
		UNION ALL SELECT s.at FROM visit_supplements s JOIN visits v ON v.id = s.visit WHERE v.account = ?1) WHERE at < ?2`,
		int64(account), v.journal.Calendar().EndOf(by).UnixMicro()).Scan(&at)
	return when(at.Int64), err
}

// Asked tells whether a volunteer was asked for a visit on some days, both
// inclusive.
func (v *Volunteers) Asked(ctx context.Context, account uint64, from, to workday.Date) (asked bool, err error) {
	err = v.db.QueryRowContext(ctx, `SELECT EXISTS (SELECT 1 FROM visit_plans p JOIN visit_plan_members m ON m.plan = p.id
		WHERE m.account = ?1 AND m.declined = '' AND p.cancelled = '' AND p.date >= ?2 AND p.date <= ?3)`,
		int64(account), from.String(), to.String()).Scan(&asked)
	return asked, err
}
