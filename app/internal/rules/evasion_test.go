package rules

import (
	"fmt"
	"math/rand"
	"reflect"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"github.com/mingcha-console/mingcha/app/internal/approval"
	"github.com/mingcha-console/mingcha/app/internal/workday"
)

// drawTold is an event that may be registered long after its date, in any of the
// ways that there are: by what the department says, or by what the console saw.
func drawTold(t *rapid.T, seq uint64, datesOnly bool) approval.Event {
	e := drawEvent(t, seq)
	if datesOnly {
		e.OccurredAt = office.StartOf(office.DateOf(e.OccurredAt))
		if !e.EffectiveAt.IsZero() {
			e.EffectiveAt = office.StartOf(office.DateOf(e.EffectiveAt))
		}
	}
	e.EnteredAt = time.Time{}
	lag := time.Duration(rapid.SampledFrom([]int64{0, 60, 20_000, 200_000, 900_000, 2_000_000}).Draw(t, "lag")) * time.Second
	switch rapid.IntRange(0, 2).Draw(t, "told how") {
	case 0:
		e.EnteredAt = e.OccurredAt.Add(lag)
	case 1:
		e.ToldAt = e.OccurredAt.Add(lag)
	}
	return e
}

// ranOver tells whether an overrun of a clock is shown.
func ranOver(v *Verdict, rule string) bool {
	for i := range v.Findings {
		if v.Findings[i].Rule == rule {
			return true
		}
	}
	return false
}

// What had run out by what was known stays run out, whatever is told later for
// whatever date: pauses, extensions, ends, acceptances, papers. The office bears
// entries late by its own setting; what had been over for longer is safe from
// them, and with no such time, everything is.
func TestNothingToldLaterMakesTimelyWhatHadRunOut(t *testing.T) {
	over := 0
	rapid.Check(t, func(t *rapid.T) {
		s := &Subject{Item: drawItem(t)}
		set := DefaultSettings()
		set.BackEntry = rapid.SampledFrom([]time.Duration{0, 8 * time.Hour}).Draw(t, "borne")
		set.Mode = rapid.SampledFrom([]workday.Mode{workday.Civil, workday.Strict}).Draw(t, "mode")
		j := New(office, set)
		at := instant(t, "at")
		var known, later []approval.Event
		datesOnly := rapid.Bool().Draw(t, "dates only")
		for i := range rapid.IntRange(2, 12).Draw(t, "events") {
			e := drawTold(t, uint64(i+1), datesOnly)
			r := registered(&e)
			switch {
			case !r.After(at):
				known = append(known, e)
			case office.WorkingTime(at, r) <= set.BackEntry:
			default:
				later = append(later, e)
			}
		}
		s.Events = known
		before := j.Judge(s, at)
		corrected := append([]approval.Event{}, known...)
		for i := range corrected {
			if rapid.IntRange(0, 4).Draw(t, "corrected") > 0 {
				continue
			}
			e := drawTold(t, corrected[i].Seq, datesOnly)
			if rapid.Bool().Draw(t, "of the same kind") {
				e.Kind, e.Pause, e.Extension, e.Decision = known[i].Kind, known[i].Pause, known[i].Extension, known[i].Decision
			}
			told := instant(t, "corrected at")
			if office.WorkingTime(at, told) <= set.BackEntry {
				continue
			}
			e.EnteredAt = time.Time{}
			e.Corrects(&known[i], told)
			corrected[i] = e
		}
		s.Events = append(corrected, later...)
		for _, now := range []time.Time{at, instant(t, "now"), begin.Add(3 * span)} {
			if now.Before(at) {
				continue
			}
			after := j.Judge(s, now)
			for _, c := range []struct {
				rule          string
				before, after *Clock
			}{{"V02", &before.Promised, &after.Promised}, {"V03", &before.Statutory, &after.Statutory}} {
				if !c.before.ranOut() {
					continue
				}
				over++
				if !c.after.ranOut() || !ranOver(&after, c.rule) {
					t.Fatalf("%s at %v: over since %v; at %v, with %d more events, it is not:\nbefore %+v\nafter  %+v\nknown %s\nlater %s", c.rule, at, c.before.ranOutAt(), now, len(later), *c.before, *c.after, story(known), story(later))
				}
			}
		}
	})
	if over == 0 {
		t.Error("no case ran over")
	}
}

// R5: sources with dates only tell everything at midnight, in any order. Each
// order of arrival gives the same verdict, word for word.
func TestR5EqualInstantsGiveOneVerdict(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s, j, now := &Subject{Item: drawItem(t), Duties: Duties{Rejections: true, Overdue: true, Authorizations: true}}, drawJudge(t), instant(t, "now")
		s.Item.Regime = approval.Licensing
		for i := range rapid.IntRange(0, 12).Draw(t, "events") {
			s.Events = append(s.Events, drawTold(t, uint64(i+1), true))
		}
		want := numberless(j.Judge(s, now))
		r := rand.New(rand.NewSource(rapid.Int64().Draw(t, "seed")))
		other := &Subject{Item: s.Item, Duties: s.Duties, Events: append([]approval.Event{}, s.Events...)}
		r.Shuffle(len(other.Events), reflect.Swapper(other.Events))
		for i := range other.Events {
			other.Events[i].Seq = uint64(i + 1)
		}
		if got := numberless(j.Judge(other, now)); !reflect.DeepEqual(got, want) {
			t.Fatalf("in another order: %+v\nwant: %+v", got, want)
		}
	})
}

// numberless is a verdict without journal numbers.
func numberless(v Verdict) Verdict {
	for i := range v.Findings {
		v.Findings[i].Evidence = nil
	}
	return v
}

// story writes events in short.
func story(events []approval.Event) string {
	var b strings.Builder
	for i := range events {
		e := &events[i]
		name, _ := kindWords(e.Kind)
		fmt.Fprintf(&b, "\n  %s %s, effective %s, registered %s", name, e.OccurredAt.Format(time.DateTime), e.Effective().Format(time.DateTime), registered(e).Format(time.DateTime))
	}
	return b.String()
}
