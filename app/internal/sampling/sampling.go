// Package sampling takes the office's draws from its journal's own chance, the
// day's first signed checkpoint, and keeps them with the certificates by which
// anybody can make them again. What is drawn, and what for, is for the packages
// whose acts the draws are: reviews and call-backs.
package sampling

import (
	"context"
	"database/sql"
	"errors"
	"time"

	"github.com/mingcha-console/mingcha/app/internal/draw"
	"github.com/mingcha-console/mingcha/app/internal/fault"
	"github.com/mingcha-console/mingcha/app/internal/feature"
	"github.com/mingcha-console/mingcha/app/internal/journal"
	"github.com/mingcha-console/mingcha/app/internal/workday"
)

// Sampler draws in a data folder.
type Sampler struct{ office *feature.Office }

// New draws the samples of an office.
func New(o *feature.Office) *Sampler { return &Sampler{o} }

// ErrNothing says that there is nothing to draw from.
var ErrNothing = fault.New(fault.Conflict, "nothing_to_draw", "这段时间里没有可抽取的内容（今天进来的要到明天才能抽取）。请放宽日期。",
	"There is nothing to draw in that time (what came in today can be drawn tomorrow). Choose other days.", nil)

// Chance is what a day's draws follow from.
type Chance struct {
	note string
	at   time.Time
	Size uint64 // what stands in the journal behind it cannot be drawn
}

// Chance is the first checkpoint that was signed since the beginning of the
// day, by itself and not at anybody's wish; before there is one, nothing is
// drawn.
func (s *Sampler) Chance(ctx context.Context) (c Chance, err error) {
	today := s.office.Calendar().StartOf(s.office.Today())
	err = s.office.Store.Readers().QueryRowContext(ctx, `SELECT note FROM checkpoints WHERE at >= ? ORDER BY at LIMIT 1`, today.UnixMicro()).Scan(&c.note)
	if errors.Is(err, sql.ErrNoRows) {
		return c, fault.New(fault.Unavailable, "no_checkpoint_today", "今天的检查点还没有签署，抽取以它为准。请稍候一分钟再试。",
			"Today's checkpoint, from which the sample follows, is not signed yet. Try again in a minute.", nil)
	}
	if err != nil {
		return c, err
	}
	cp, err := journal.Open(c.note, s.office.PublicKey)
	c.at, c.Size = cp.At, uint64(cp.Size)
	return c, err
}

// Draw draws, or refuses with a fault what cannot be drawn. Activity and kind are
// the program's fixed words; see draw.Name.
func (s *Sampler) Draw(ctx context.Context, c Chance, activity, kind string, population []draw.Candidate, wanted draw.Wanted) (draw.Certificate, error) {
	if len(population) == 0 {
		return draw.Certificate{}, ErrNothing
	}
	name, err := s.name(ctx, activity, kind, s.office.Calendar().DateOf(c.at))
	if err != nil {
		return draw.Certificate{}, err
	}
	cert, err := draw.Draw(draw.Request{Name: name, Note: c.note, PublicKey: s.office.PublicKey, Population: population, Wanted: wanted})
	if refused := (*draw.Refusal)(nil); errors.As(err, &refused) {
		err = fault.New(fault.Invalid, "draw_refused", refused.ZH, refused.EN, refused.Err)
	}
	return cert, err
}

// name is the next draw's of an activity, kind and day.
func (s *Sampler) name(ctx context.Context, activity, kind string, day workday.Date) (string, error) {
	for n := 1; ; n++ {
		name, err := draw.Name(activity, kind, "", day.String(), n)
		if err != nil {
			return "", err
		}
		var one int
		err = s.office.Store.Readers().QueryRowContext(ctx, `SELECT 1 FROM draws WHERE name = ?`, name).Scan(&one)
		if errors.Is(err, sql.ErrNoRows) {
			return name, nil
		}
		if err != nil {
			return "", err
		}
	}
}
