package visit

import (
	"context"
	"database/sql"
	"encoding/json"
	"time"

	"github.com/mingcha-console/mingcha/app/internal/feature"
	"github.com/mingcha-console/mingcha/app/internal/features/route"
	"github.com/mingcha-console/mingcha/app/internal/store"
)

// Sheets tell the planning of visits what was filed. They are apart from Visits,
// which in turn ask the plans.
type Sheets struct{ office *feature.Office }

var _ route.Sheets = Sheets{}

// NewSheets are the sheets of an office.
func NewSheets(o *feature.Office) Sheets { return Sheets{o} }

// Filed tells of visits when they were filed and what they found, by number.
func (s Sheets) Filed(ctx context.Context, visits []uint64) (map[uint64]route.Filed, error) {
	chosen, err := json.Marshal(append([]uint64{}, visits...))
	if err != nil {
		return nil, err
	}
	out := map[uint64]route.Filed{}
	return out, store.EachRow(ctx, s.office.Store.Readers(), func(row *sql.Rows) error {
		var id uint64
		var at int64
		var f route.Filed
		err := row.Scan(&id, &at, &f.Findings)
		f.At = store.Time(at)
		out[id] = f
		return err
	}, `SELECT id, filed_at, findings FROM visits WHERE id IN (SELECT value FROM json_each(?))`, string(chosen))
}

// Own tells at which places of plans an account filed a sheet itself.
func (s Sheets) Own(ctx context.Context, account uint64, plans []uint64) (map[route.Place]bool, error) {
	chosen, err := json.Marshal(append([]uint64{}, plans...))
	if err != nil {
		return nil, err
	}
	out := map[route.Place]bool{}
	return out, store.EachRow(ctx, s.office.Store.Readers(), func(row *sql.Rows) error {
		var p route.Place
		err := row.Scan(&p.Plan, &p.Stop, &p.Department)
		out[p] = true
		return err
	}, `SELECT DISTINCT plan, stop, department FROM visits WHERE account = ? AND plan > 0 AND plan IN (SELECT value FROM json_each(?))`, int64(account), string(chosen))
}

// Latest tells when each department was visited last, by its code; zero: never.
func (s Sheets) Latest(ctx context.Context) (map[string]time.Time, error) {
	out := map[string]time.Time{}
	return out, store.EachRow(ctx, s.office.Store.Readers(), func(row *sql.Rows) error {
		var department string
		var at int64
		err := row.Scan(&department, &at)
		out[department] = store.Time(at)
		return err
	}, `SELECT d.code, coalesce((SELECT max(arrived_at) FROM visits v WHERE v.department = d.code), 0) FROM departments d`)
}
