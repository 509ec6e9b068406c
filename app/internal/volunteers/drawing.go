package volunteers

import (
	"context"
	"fmt"
	"time"

	"github.com/mingcha-console/mingcha/app/internal/access"
	"github.com/mingcha-console/mingcha/app/internal/draw"
	"github.com/mingcha-console/mingcha/app/internal/drawing"
	"github.com/mingcha-console/mingcha/app/internal/intake"
	"github.com/mingcha-console/mingcha/app/internal/workday"
)

const (
	activity   = "review"
	reviewDays = 5   // working days for two verdicts; the office's practice
	mostDrawn  = 500 // reviews of one draw: more than volunteers could do
)

// DrawRequest is what the office asks a draw for. The sample itself follows
// from the day's first signed checkpoint.
type DrawRequest struct {
	Kind     Kind
	From, To workday.Date // when it came about, both inclusive
	Percent  int          // of each department's
	AtLeast  int          // of each department
}

// Drawn is a draw that was made.
type Drawn = drawing.Drawn

// Draw takes a sample and puts it up for review.
func (v *Volunteers) Draw(ctx context.Context, by access.Principal, q DrawRequest) (Drawn, error) {
	if q.From > q.To {
		return Drawn{}, invalid("to", "截止日期早于起始日期", "the end is before the beginning")
	}
	return v.take(ctx, lot{kind: q.Kind, from: q.From, to: q.To, by: by.Account, most: mostDrawn,
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

func (v *Volunteers) take(ctx context.Context, l lot) (Drawn, error) {
	cal := v.journal.Calendar()
	chance, err := v.drawing.Chance(ctx)
	if err != nil {
		return Drawn{}, err
	}
	all, err := v.candidates(ctx, l.kind, cal.StartOf(l.from), cal.EndOf(l.to), chance.Size)
	if err != nil {
		return Drawn{}, err
	}
	cert, err := v.drawing.Draw(ctx, chance, activity, string(l.kind), population(all), l.wanted(all))
	if err != nil {
		return Drawn{}, err
	}
	if len(cert.Sample) > l.most {
		return Drawn{}, invalid("percent", fmt.Sprintf("将抽出 %d 项，一次至多 %d 项；请降低比例", len(cert.Sample), l.most),
			fmt.Sprintf("%d would be drawn, at most %d at a time; lower the share", len(cert.Sample), l.most))
	}
	reviews, err := v.seatAll(ctx, all, cert.Sample)
	if err != nil {
		return Drawn{}, err
	}
	rec, _, err := v.journal.Act(ctx, intake.Act{Key: cert.Name, Type: putUp, By: l.by, Data: putUpData{Kind: l.kind, Due: v.due(), Draw: &cert,
		Period: l.period, Candidates: len(all), Reviews: reviews}})
	if err != nil {
		return Drawn{}, err
	}
	return Drawn{ID: rec.Seq, Name: cert.Name, Kind: string(l.kind), At: rec.At, Candidates: len(all), Drawn: len(reviews), Period: l.period}, nil
}

// due is when the verdicts of what is put up now are awaited.
func (v *Volunteers) due() time.Time {
	cal := v.journal.Calendar()
	return closing(cal, cal.AddWorkingDays(cal.DateOf(v.now()), reviewDays))
}

// closing is when the office closes on a day.
func closing(cal *workday.Calendar, d workday.Date) time.Time {
	hours := cal.Hours()
	return cal.StartOf(d).Add(hours[len(hours)-1].Close)
}

// seatAll gives each of a sample two reviewers.
func (v *Volunteers) seatAll(ctx context.Context, all []candidate, sample []string) ([]putUpReview, error) {
	free, err := v.reviewers(ctx)
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
func (v *Volunteers) Draws(ctx context.Context) ([]Drawn, error) { return v.drawing.All(ctx, activity) }

// Certificate is what anybody needs to make a draw again.
func (v *Volunteers) Certificate(ctx context.Context, id uint64) (draw.Certificate, error) {
	return v.drawing.Certificate(ctx, id)
}
