// Package volunteers is the work of the volunteer supervisors (义务监督员): what
// they review, who reviews it, and what they found. All of it is acts in the
// journal; the tables follow from them.
//
// Two people review the same thing, each without knowing of the other. Where
// they differ, a third decides. Who has an interest in a case is refused it
// before seeing anything of it.
package volunteers

import (
	"context"
	"database/sql"
	"time"

	"github.com/mingcha-console/mingcha/app/internal/drawing"
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
	drawing *drawing.Drawing
}

// New is the volunteers' work in a data folder. publicKey checks the journal's
// checkpoints.
func New(s *store.Store, j Journal, publicKey string, now func() time.Time) *Volunteers {
	return &Volunteers{journal: j, db: s.Readers(), now: now, drawing: drawing.New(s, j, publicKey, now)}
}
