// Package demonstration is what people did in the demonstration city before its
// day begins: who serves, what volunteers saw and reviewed, what departments
// answered and what they owe. All of it is done by the functions that a person's
// request calls, at the office's moments of those days, so that the journal, the
// tables and every figure are as if people had been at work. Everybody in it is
// made up, and plainly so.
//
// It is the same in every demonstration but for what is drawn: draws follow from
// the folder's own checkpoints, as they do in an office.
package demonstration

import (
	"context"
	"log/slog"
	"time"

	"github.com/mingcha-console/mingcha/app/internal/features/account"
	"github.com/mingcha-console/mingcha/app/internal/features/callback"
	"github.com/mingcha-console/mingcha/app/internal/features/matter"
	"github.com/mingcha-console/mingcha/app/internal/features/notefeedback"
	"github.com/mingcha-console/mingcha/app/internal/features/rating"
	"github.com/mingcha-console/mingcha/app/internal/features/review"
	"github.com/mingcha-console/mingcha/app/internal/features/route"
	"github.com/mingcha-console/mingcha/app/internal/features/term"
	"github.com/mingcha-console/mingcha/app/internal/features/visit"
	"github.com/mingcha-console/mingcha/app/internal/workday"
)

// Office is the open folder of the demonstration.
type Office struct {
	Dir      string
	Calendar *workday.Calendar
	Day      workday.Date // the day on which the demonstration begins

	People   *account.People
	Terms    *term.Terms
	Plans    *route.Plans
	Visits   *visit.Visits
	Matters  *matter.Matters
	Reviews  *review.Reviews
	Ratings  *rating.Ratings
	Calls    *callback.Callbacks
	Feedback *notefeedback.Feedback

	At   func(time.Time)             // sets the office's clock
	Read func(context.Context) error // has the city's departments send what they have up to it
	Sign func(context.Context) error // signs the day's checkpoint
	Log  *slog.Logger
}

// Before is the morning that lies so many working days before the demonstration's
// first day, when stage n of the story begins.
func Before(cal *workday.Calendar, day workday.Date, n int) time.Time {
	return cal.StartOf(cal.AddWorkingDays(day, -stages[n].before)).Add(opening)
}

// Stages is how many stages the story has.
func Stages() int { return len(stages) }

// opening is when the office begins its day.
const opening = 9 * time.Hour

// Tell does what people did in one stage. What is refused, since it was done before
// the console was ended in the middle of the stage, is left as it is.
func (o *Office) Tell(ctx context.Context, n int) error {
	t := &teller{Office: o, ctx: ctx, stage: n, moment: Before(o.Calendar, o.Day, n)}
	o.At(t.moment)
	for _, step := range stages[n].steps {
		if err := ctx.Err(); err != nil {
			return err
		}
		step(t)
		if t.err != nil {
			return t.err
		}
	}
	return nil
}

// stages are the days on which somebody does something, in their order.
var stages = []struct {
	before int // working days before the demonstration's first day
	steps  []func(*teller)
}{
	{15, []func(*teller){(*teller).read, (*teller).found}},
	{14, []func(*teller){(*teller).sign, (*teller).drawOverdue, (*teller).planFirst}},
	{13, []func(*teller){(*teller).sign, (*teller).visitUnmanned, (*teller).judgeFirst}},
	{12, []func(*teller){(*teller).sign, (*teller).visitTwo, (*teller).standAside}},
	{11, []func(*teller){(*teller).sign, (*teller).judgeSecond}},
	{10, []func(*teller){(*teller).sign, (*teller).assess, (*teller).answerUnmanned}},
	{9, []func(*teller){(*teller).read, (*teller).closeUnmanned, (*teller).drawCalls}},
	{8, []func(*teller){(*teller).sign, (*teller).call, (*teller).answerRatings, (*teller).planDeclined}},
	{7, []func(*teller){(*teller).sign, (*teller).visitAttitude}},
	{6, []func(*teller){(*teller).sign, (*teller).visitUnasked}},
	{5, []func(*teller){(*teller).sign, (*teller).press, (*teller).drawRejections, (*teller).planMissed}},
	{4, []func(*teller){(*teller).sign, (*teller).judgeRejections, (*teller).planAgain}},
	{3, []func(*teller){(*teller).read, (*teller).visitAgain, (*teller).drawMoreCalls}},
	{2, []func(*teller){(*teller).sign, (*teller).recordAgain, (*teller).visitThree, (*teller).answerRatings, (*teller).putUp}},
	{1, []func(*teller){(*teller).sign, (*teller).answers, (*teller).plansAhead, (*teller).visitLast}},
}
