package review

import (
	"context"
	"errors"
	"time"

	"github.com/mingcha-console/mingcha/app/internal/fault"
	"github.com/mingcha-console/mingcha/app/internal/feature"
	"github.com/mingcha-console/mingcha/app/internal/workday"
)

// jobs look every minute whether the plan wants a draw and whether a review wants
// a reviewer: those for whom nobody was free get one once volunteers join.
func (s *Reviews) jobs() []feature.Job {
	var drawn workday.Date // the day on which the plan's draws were made last
	return []feature.Job{{Name: "review", Every: time.Minute, Do: func(ctx context.Context) error {
		failed := s.drawToday(ctx, &drawn)
		_, err := s.Fill(ctx)
		return errors.Join(failed, err)
	}}}
}

// drawToday draws what the plan wants, once a day after its checkpoint.
func (s *Reviews) drawToday(ctx context.Context, drawn *workday.Date) error {
	today := s.office.Today()
	if today == *drawn {
		return nil
	}
	draws, err := s.DrawPlanned(ctx)
	for _, d := range draws {
		s.office.Log.InfoContext(ctx, "drawn by plan", "draw", d.Name, "period", d.Period, "drawn", d.Drawn, "of", d.Candidates)
	}
	if f, ok := fault.As(err); ok && f.Kind == fault.Unavailable {
		return nil // the day's checkpoint is not signed yet
	}
	if err == nil {
		*drawn = today
	}
	return err
}
