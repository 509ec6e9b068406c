package review

import (
	"context"
	"fmt"
	"time"

	"github.com/mingcha-console/mingcha/app/internal/access"
	"github.com/mingcha-console/mingcha/app/internal/draw"
	"github.com/mingcha-console/mingcha/app/internal/sampling"
	"github.com/mingcha-console/mingcha/app/internal/workday"
)

const (
	activity   = "review"
	reviewDays = 5   // working days for two verdicts; the office's practice
	mostDrawn  = 500 // reviews of one draw: more than volunteers could do
)

// Sample is what the office asks a draw for. Which ones are drawn follows from
// the day's first signed checkpoint.
type Sample struct {
	Kind     Kind
	From, To workday.Date // when it came about, both inclusive
	Percent  int          // of each department's
	AtLeast  int          // of each department
}

// Draw takes a sample and puts it up for review.
func (s *Reviews) Draw(ctx context.Context, by access.Principal, q Sample) (sampling.Drawn, error) {
	if q.From > q.To {
		return sampling.Drawn{}, invalid("to", "截止日期早于起始日期", "the end is before the beginning")
	}
	return s.take(ctx, lot{kind: q.Kind, from: q.From, to: q.To, by: by.Account, most: mostDrawn,
		wanted: func([]candidate) draw.Wanted { return draw.Share(q.Percent, q.AtLeast) }})
}

// lot is what a draw is made of.
type lot struct {
	kind     Kind
	from, to workday.Date
	by       uint64 // 0: the plan
	wanted   func([]candidate) draw.Wanted
	most     int
	period   string // of a planned draw: its first day
}

func (s *Reviews) take(ctx context.Context, l lot) (sampling.Drawn, error) {
	cal := s.office.Calendar()
	chance, err := s.sampling.Chance(ctx)
	if err != nil {
		return sampling.Drawn{}, err
	}
	all, err := s.candidates(ctx, l.kind, cal.StartOf(l.from), cal.EndOf(l.to), chance.Size)
	if err != nil {
		return sampling.Drawn{}, err
	}
	cert, err := s.sampling.Draw(ctx, chance, activity, string(l.kind), population(all), l.wanted(all))
	if err != nil {
		return sampling.Drawn{}, err
	}
	if len(cert.Sample) > l.most {
		return sampling.Drawn{}, invalid("percent", fmt.Sprintf("将抽出 %d 项，一次至多 %d 项；请降低比例", len(cert.Sample), l.most),
			fmt.Sprintf("%d would be drawn, at most %d at a time; lower the share", len(cert.Sample), l.most))
	}
	reviews, err := s.seatAll(ctx, all, cert.Sample)
	if err != nil {
		return sampling.Drawn{}, err
	}
	done, _, err := putUp.Do(ctx, s.office.Journal, cert.Name, l.by, putUpData{Kind: l.kind, Due: s.due(), Draw: &cert,
		Period: l.period, Candidates: len(all), Reviews: reviews})
	if err != nil {
		return sampling.Drawn{}, err
	}
	return sampling.Drawn{ID: done.Seq, Name: cert.Name, Kind: string(l.kind), At: done.At, Candidates: len(all), Drawn: len(reviews), Period: l.period}, nil
}

// due is when the verdicts of what is put up now are awaited.
func (s *Reviews) due() time.Time {
	cal := s.office.Calendar()
	return cal.CloseOf(cal.AddWorkingDays(s.office.Today(), reviewDays))
}

// seatAll gives each of a sample two reviewers.
func (s *Reviews) seatAll(ctx context.Context, all []candidate, sample []string) ([]putUpReview, error) {
	free, err := s.reviewers(ctx)
	if err != nil {
		return nil, err
	}
	bySubject := map[string]candidate{}
	for _, c := range all {
		bySubject[c.subject] = c
	}
	out := make([]putUpReview, len(sample))
	for i, subject := range sample {
		c := bySubject[subject]
		out[i] = putUpReview{Subject: subject, CaseID: c.caseID, Department: c.department, Item: c.item, Reviewers: seat(free, subject, c.department, 2)}
	}
	return out, nil
}

// Draws lists the draws, newest first.
func (s *Reviews) Draws(ctx context.Context) ([]sampling.Drawn, error) {
	return s.sampling.All(ctx, activity)
}

// Certificate is what anybody needs to make a draw again.
func (s *Reviews) Certificate(ctx context.Context, id uint64) (draw.Certificate, error) {
	return s.sampling.Certificate(ctx, id)
}
