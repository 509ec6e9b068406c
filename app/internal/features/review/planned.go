package review

import (
	"context"
	"errors"

	"github.com/mingcha-console/mingcha/app/internal/draw"
	"github.com/mingcha-console/mingcha/app/internal/sampling"
	"github.com/mingcha-console/mingcha/app/internal/workday"
)

// DrawPlanned draws what the plan wants of the week or month that ended last,
// as far as it is not drawn yet. It may be called at any time; before the day's
// checkpoint is signed it refuses.
func (s *Reviews) DrawPlanned(ctx context.Context) (drawn []sampling.Drawn, err error) {
	p, err := s.Plan(ctx)
	if err != nil || p.Every == "" {
		return nil, err
	}
	cal := s.office.Calendar()
	from, to := lastPeriod(p.Every, cal.DateOf(s.office.Now()))
	if to < cal.DateOf(p.Since) {
		return nil, nil // the office knew of it what was in it when it set the shares
	}
	for _, kind := range Kinds {
		if !p.wants(kind) {
			continue
		}
		d, err := s.drawPlanned(ctx, &p.ReviewPlan, kind, from, to)
		switch {
		case errors.Is(err, sampling.ErrNothing), errors.Is(err, errDrawnBefore):
		case err != nil:
			return drawn, err
		default:
			drawn = append(drawn, d)
		}
	}
	return drawn, nil
}

var errDrawnBefore = errors.New("review: the period is drawn")

func (s *Reviews) drawPlanned(ctx context.Context, p *ReviewPlan, k Kind, from, to workday.Date) (sampling.Drawn, error) {
	var n int
	if err := s.office.Store.Readers().QueryRowContext(ctx, `SELECT count(*) FROM draws WHERE period = ? AND kind = ?`, from.String(), string(k)).Scan(&n); err != nil {
		return sampling.Drawn{}, err
	}
	if n > 0 {
		return sampling.Drawn{}, errDrawnBefore
	}
	return s.take(ctx, lot{kind: k, from: from, to: to, most: mostPlanned, period: from.String(), wanted: func(all []candidate) draw.Wanted { return p.wanted(k, all) }})
}

// mostPlanned is no more than a record of the journal holds with ease.
const mostPlanned = 10_000

func (p *ReviewPlan) wants(k Kind) bool {
	for _, s := range p.Shares {
		if s.Kind == k && (s.Percent > 0 || s.AtLeast > 0) {
			return true
		}
	}
	return false
}

// wanted is what the plan wants of candidates. Without departments of their own
// shares it says so by the share, which is easier to re-check.
func (p *ReviewPlan) wanted(k Kind, all []candidate) draw.Wanted {
	own := false
	for _, s := range p.Shares {
		own = own || s.Kind == k && s.Department != ""
	}
	if s, ok := p.share(k, ""); ok && !own {
		return draw.Share(s.Percent, s.AtLeast)
	}
	numbers := map[string]int{}
	for _, c := range all {
		if _, ok := numbers[c.department]; !ok {
			s, _ := p.share(k, c.department) // none: nothing is wanted of it
			numbers[c.department] = draw.Share(s.Percent, s.AtLeast).Numbers(population(all))[c.department]
		}
	}
	return draw.PerStratum(numbers)
}
