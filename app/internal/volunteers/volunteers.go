// Package volunteers is what the volunteer supervisors (义务监督员) see at visits, and
// who is asked for which. All of it is acts in the journal; the tables follow from
// them.
package volunteers

import (
	"context"
	"database/sql"
	"time"

	"github.com/mingcha-console/mingcha/app/internal/intake"
	"github.com/mingcha-console/mingcha/app/internal/store"
	"github.com/mingcha-console/mingcha/app/internal/workday"
)

// Journal is what journals acts; package intake has it.
type Journal interface {
	Act(ctx context.Context, a intake.Act) (intake.RecordedAct, bool, error)
	Calendar() *workday.Calendar
}

// Volunteers reads and writes the volunteers' work.
type Volunteers struct {
	journal Journal
	db      *sql.DB
	now     func() time.Time // the office clock
}

// New is the volunteers' visits in a data folder.
func New(s *store.Store, j Journal, now func() time.Time) *Volunteers {
	return &Volunteers{journal: j, db: s.Readers(), now: now}
}
