package volunteers

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"time"

	"github.com/mingcha-console/mingcha/app/internal/access"
	"github.com/mingcha-console/mingcha/app/internal/draw"
	"github.com/mingcha-console/mingcha/app/internal/fault"
	"github.com/mingcha-console/mingcha/app/internal/intake"
	"github.com/mingcha-console/mingcha/app/internal/journal"
	"github.com/mingcha-console/mingcha/app/internal/workday"
)

const (
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
type Drawn struct {
	ID                uint64
	Name              string
	Kind              Kind
	At                time.Time
	Candidates, Drawn int
	Period            string // of a planned draw: the first day of its week or month
}

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
	today := cal.DateOf(v.now())
	note, err := v.checkpoint(ctx, cal.StartOf(today))
	if err != nil {
		return Drawn{}, err
	}
	cp, err := journal.Open(note, v.key)
	if err != nil {
		return Drawn{}, err
	}
	all, err := v.candidates(ctx, l.kind, cal.StartOf(l.from), cal.EndOf(l.to), uint64(cp.Size))
	if err != nil {
		return Drawn{}, err
	}
	if len(all) == 0 {
		return Drawn{}, errNothingToDraw
	}
	name, err := v.name(ctx, l.kind, cal.DateOf(cp.At))
	if err != nil {
		return Drawn{}, err
	}
	cert, err := draw.Draw(draw.Request{Name: name, Note: note, PublicKey: v.key, Population: population(all), Wanted: l.wanted(all)})
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
	rec, _, err := v.journal.Act(ctx, intake.Act{Key: name, Type: putUp, By: l.by, Data: putUpData{Kind: l.kind, Due: v.due(), Draw: &cert,
		Period: l.period, Candidates: len(all), Reviews: reviews}})
	if err != nil {
		return Drawn{}, err
	}
	return Drawn{ID: rec.Seq, Name: name, Kind: l.kind, At: rec.At, Candidates: len(all), Drawn: len(reviews), Period: l.period}, nil
}

var errNothingToDraw = fault.New(fault.Conflict, "nothing_to_draw", "这段时间里没有可抽取的内容（今天进来的要到明天才能抽取）。请放宽日期。",
	"There is nothing to draw in that time (what came in today can be drawn tomorrow). Choose other days.", nil)

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

// checkpoint is the first that was signed since the beginning of the day, by
// itself and not at anybody's wish; before there is one, nothing is drawn.
func (v *Volunteers) checkpoint(ctx context.Context, since time.Time) (note string, err error) {
	err = v.db.QueryRowContext(ctx, `SELECT note FROM checkpoints WHERE at >= ? ORDER BY at LIMIT 1`, since.UnixMicro()).Scan(&note)
	if errors.Is(err, sql.ErrNoRows) {
		err = fault.New(fault.Unavailable, "no_checkpoint_today", "今天的检查点还没有签署，抽取以它为准。请稍候一分钟再试。",
			"Today's checkpoint, from which the sample follows, is not signed yet. Try again in a minute.", nil)
	}
	return note, err
}

// name is the next draw's of a kind and day.
func (v *Volunteers) name(ctx context.Context, k Kind, day workday.Date) (string, error) {
	for n := 1; ; n++ {
		name, err := draw.Name("review", string(k), "", day.String(), n)
		if err != nil {
			return "", err
		}
		var one int
		err = v.db.QueryRowContext(ctx, `SELECT 1 FROM draws WHERE name = ?`, name).Scan(&one)
		if errors.Is(err, sql.ErrNoRows) {
			return name, nil
		}
		if err != nil {
			return "", err
		}
	}
}

// Draws lists the draws, newest first.
func (v *Volunteers) Draws(ctx context.Context) ([]Drawn, error) {
	rows, err := v.db.QueryContext(ctx, `SELECT id, name, kind, at, candidates, drawn, period FROM draws ORDER BY id DESC LIMIT 500`)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	out := []Drawn{}
	for rows.Next() {
		var d Drawn
		var at int64
		if err := rows.Scan(&d.ID, &d.Name, &d.Kind, &at, &d.Candidates, &d.Drawn, &d.Period); err != nil {
			return nil, err
		}
		d.At = when(at)
		out = append(out, d)
	}
	return out, rows.Err()
}

// Certificate is what anybody needs to make a draw again.
func (v *Volunteers) Certificate(ctx context.Context, id uint64) (c draw.Certificate, err error) {
	var text string
	err = v.db.QueryRowContext(ctx, `SELECT certificate FROM draws WHERE id = ?`, int64(id)).Scan(&text)
	if errors.Is(err, sql.ErrNoRows) {
		return c, fault.New(fault.NotFound, "unknown_draw", "没有这次抽取。请刷新列表。", "There is no such draw. Reload the list.", nil)
	}
	if err == nil {
		err = json.Unmarshal([]byte(text), &c)
	}
	return c, err
}
