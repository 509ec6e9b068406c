package demonstration

import (
	"github.com/mingcha-console/mingcha/app/internal/features/callback"
	"github.com/mingcha-console/mingcha/app/internal/features/notefeedback"
	"github.com/mingcha-console/mingcha/app/internal/features/rating"
)

func rated(facts, fairness int, word string) notefeedback.NoteRating {
	return notefeedback.NoteRating{Facts: facts, Fairness: fairness, Word: word}
}

// drawCalls draws ratings to call back.
func (t *teller) drawCalls() {
	ctx, staff := t.as("banyi")
	t.next()
	_, err := t.Calls.Draw(ctx, staff, callback.DrawRequest{First: t.today() - 30, Last: t.today() - 1, Percent: 3})
	t.done(err)
}

// Levels beside rating.Content.
const (
	satisfied    = 2
	dissatisfied = 4
)

// called is what came of calling somebody back, in turn.
var called = []callback.Call{
	{Reached: true, Own: true, Now: satisfied, Said: "挺快的，没有跑第二趟。"},
	{Reached: true, Own: true, Now: rating.Content, Said: "还可以，就是停车难。"},
	{Reached: true, Own: true, Now: satisfied, Said: "满意。"},
	{},
	{Reached: true, Own: true, Now: dissatisfied, Said: "评价是窗口的人替我按的，其实等了两个小时。"},
	{Reached: true, Own: false, Said: "没有评过，号码是中介留的。"},
}

// call calls most of them: some are not reached, some are still to be called.
func (t *teller) call() {
	draws, err := t.Calls.Draws(t.ctx)
	if !t.done(err) || len(draws) == 0 {
		return
	}
	all, err := t.Calls.List(t.ctx, draws[len(draws)-1].ID)
	if !t.done(err) {
		return
	}
	ctx, staff := t.as("banyi")
	for i := range all[:min(len(all), mostCalls)] {
		c := called[i%len(called)]
		tries := 1
		if !c.Reached {
			tries = callback.MostTries
		}
		if i == len(all)-1 || i == mostCalls-1 {
			c, tries = callback.Call{}, 1 // once, in vain; it stays open and is late
		}
		for c.Tries = range tries {
			t.next()
			t.done(t.Calls.Record(ctx, staff, all[i].ID, c))
		}
	}
}

// mostCalls are made in the first round.
const mostCalls = 20

// drawMoreCalls draws ratings that are still to be called back.
func (t *teller) drawMoreCalls() {
	ctx, staff := t.as("banyi")
	t.next()
	_, err := t.Calls.Draw(ctx, staff, callback.DrawRequest{First: t.today() - 14, Last: t.today() - 1, Percent: 2})
	t.done(err)
}
