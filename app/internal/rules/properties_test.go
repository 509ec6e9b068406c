package rules

import (
	"math/rand"
	"reflect"
	"strings"
	"sync"
	"testing"
	"time"

	"pgregory.net/rapid"

	"github.com/mingcha-console/mingcha/app/internal/approval"
	"github.com/mingcha-console/mingcha/app/internal/workday"
)

// begin is a Monday, and spring 2026 has Qingming and Labour Day with its
// make-up day in the weeks that random cases cover.
var begin = at("2026-03-30 00:00")

const span = 45 * 24 * time.Hour

// instant draws a moment of the span: any second, or one that deadlines fall on.
func instant(t *rapid.T, label string) time.Time {
	d := begin.Add(time.Duration(rapid.Int64Range(0, int64(span/time.Second)).Draw(t, label)) * time.Second)
	switch rapid.IntRange(0, 3).Draw(t, label+" kind") {
	case 0:
		return office.CloseOf(office.DateOf(d))
	case 1:
		return office.StartOf(office.DateOf(d))
	}
	return d
}

func drawLimit(t *rapid.T, label string, most int) approval.Limit {
	return approval.Limit{
		N:    rapid.IntRange(0, most).Draw(t, label),
		Unit: rapid.SampledFrom([]approval.Unit{approval.WorkingDays, approval.CalendarDays, approval.WorkingHours}).Draw(t, label+" unit"),
	}
}

func drawItem(t *rapid.T) *approval.Item {
	flag := func(label string) bool { return rapid.Bool().Draw(t, label) }
	return &approval.Item{
		Department: "GH", Code: "GH-01",
		CaseType:         rapid.SampledFrom([]approval.CaseType{approval.OnTheSpot, approval.Committed, approval.Joint}).Draw(t, "type"),
		Regime:           rapid.SampledFrom([]approval.Regime{approval.Licensing, approval.LimitsOnly}).Draw(t, "regime"),
		Promised:         drawLimit(t, "promised", 8),
		Statutory:        drawLimit(t, "statutory", 15),
		ClockStart:       rapid.SampledFrom([]approval.ClockStart{approval.FromAcceptance, approval.FromReceipt}).Draw(t, "start"),
		SupplementPauses: flag("supplement pauses"), InHall: flag("hall"), WindowSignOff: flag("sign-off"),
		Steps: []approval.Step{{Name: "审查", Limit: drawLimit(t, "step", 3)}},
	}
}

func drawEvent(t *rapid.T, seq uint64) approval.Event {
	e := approval.Event{Seq: seq, OccurredAt: instant(t, "occurred")}
	e.Kind = approval.EventKind(rapid.IntRange(int(approval.Received), int(approval.Note)).Draw(t, "kind"))
	if n := rapid.IntRange(0, 9).Draw(t, "first kinds"); seq <= 2 && n > 2 {
		e.Kind = approval.EventKind(seq) // most cases are received and accepted
	}
	e.EnteredAt = e.OccurredAt.Add(time.Duration(rapid.SampledFrom([]int{0, 60, -400, 7200, 200000}).Draw(t, "entered")) * time.Second)
	if rapid.IntRange(0, 5).Draw(t, "effective") == 0 {
		e.EffectiveAt = instant(t, "effective at")
	}
	told := time.Time{}
	if rapid.Bool().Draw(t, "told") {
		told = instant(t, "told at")
	}
	switch e.Kind {
	case approval.Paused:
		e.Pause = &approval.Pause{
			Kind:     rapid.SampledFrom([]approval.PauseKind{approval.PauseExpert, approval.PauseTest, "leave"}).Draw(t, "ground"),
			Approver: "王", Approved: drawLimit(t, "approved", 4), NotifiedAt: told,
		}
	case approval.Extended:
		e.Extension = &approval.Extension{By: drawLimit(t, "by", 16), Approver: "王", Reason: "复杂", NotifiedAt: told}
		if rapid.Bool().Draw(t, "lawful") {
			e.Extension.By, e.Extension.NotifiedAt = wd(5), e.OccurredAt
		}
	case approval.Decided:
		e.Decision = &approval.Decision{
			Outcome: approval.Outcome(rapid.IntRange(1, 5).Draw(t, "outcome")),
			Signer:  approval.Person{Name: rapid.SampledFrom([]string{"陈", "赵"}).Draw(t, "signer")},
		}
	case approval.StepStarted, approval.StepFinished:
		e.Step = &approval.StepDetail{Name: rapid.SampledFrom([]string{"审查", "制证"}).Draw(t, "step name")}
	case approval.Accepted:
		e.Window = rapid.SampledFrom([]string{"", "3"}).Draw(t, "window")
	}
	return e
}

func drawSubject(t *rapid.T) *Subject {
	s := &Subject{Item: drawItem(t), Duties: Duties{Rejections: true, Overdue: true, Authorizations: true}}
	n := rapid.IntRange(0, 12).Draw(t, "events")
	for i := range n {
		s.Events = append(s.Events, drawEvent(t, uint64(i+1)))
	}
	for i := range rapid.IntRange(0, 2).Draw(t, "filings") {
		s.Filings = append(s.Filings, approval.RejectionFiling{Seq: uint64(100 + i), FiledAt: instant(t, "filed")})
	}
	for i := range rapid.IntRange(0, 2).Draw(t, "reports") {
		s.OverdueReports = append(s.OverdueReports, approval.OverdueReport{Seq: uint64(200 + i), ReportedAt: instant(t, "reported")})
	}
	for i := range rapid.IntRange(0, 2).Draw(t, "authorizations") {
		from := instant(t, "from")
		s.Authorizations = append(s.Authorizations, approval.Authorization{
			Seq: uint64(300 + i), Rep: approval.Person{Name: "陈"}, Powers: []approval.Power{approval.PowerSign},
			ValidFrom: from, ValidTo: from.Add(20 * 24 * time.Hour),
		})
	}
	return s
}

func drawJudge(t *rapid.T) *Judge {
	set := DefaultSettings()
	set.Mode = rapid.SampledFrom([]workday.Mode{workday.Civil, workday.Strict}).Draw(t, "mode")
	return New(office, set)
}

// A verdict does not depend on the order in which the facts lie, on what the
// judge judged before, or on who else is using it.
func TestVerdictIsPure(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s, j, now := drawSubject(t), drawJudge(t), instant(t, "now")
		want := j.Judge(s, now)
		shuffled := &Subject{Item: s.Item, Duties: s.Duties}
		shuffled.Events = append(shuffled.Events, s.Events...)
		shuffled.Filings = append(shuffled.Filings, s.Filings...)
		shuffled.OverdueReports = append(shuffled.OverdueReports, s.OverdueReports...)
		shuffled.Authorizations = append(shuffled.Authorizations, s.Authorizations...)
		r := rand.New(rand.NewSource(rapid.Int64().Draw(t, "seed")))
		r.Shuffle(len(s.Events), reflect.Swapper(shuffled.Events))
		r.Shuffle(len(s.Filings), reflect.Swapper(shuffled.Filings))
		r.Shuffle(len(s.OverdueReports), reflect.Swapper(shuffled.OverdueReports))
		r.Shuffle(len(s.Authorizations), reflect.Swapper(shuffled.Authorizations))
		other := drawSubject(t)
		j.Judge(other, now)
		if got := j.Judge(shuffled, now); !reflect.DeepEqual(got, want) {
			t.Fatalf("shuffled: %+v\nwant: %+v", got, want)
		}
	})
}

func TestJudgeIsSafeForConcurrentUse(t *testing.T) {
	mock, now := mockCase(), at("2026-10-09 12:00")
	plain := subject(permitItem(), received("2026-03-02 09:00"), accepted("2026-03-02 09:10"), granted("2026-03-04 09:00"))
	wantMock, wantPlain := civil.Judge(mock, now), civil.Judge(plain, now)
	var wg sync.WaitGroup
	for range 4 {
		wg.Go(func() {
			for range 200 {
				if !reflect.DeepEqual(civil.Judge(mock, now), wantMock) || !reflect.DeepEqual(civil.Judge(plain, now), wantPlain) {
					t.Error("verdicts got mixed up")
					return
				}
			}
		})
	}
	wg.Wait()
}

// state is everything of a verdict that Next answers for.
type state struct {
	Findings                             []Finding
	State                                CaseState
	Outcome                              Outcome
	Level                                Level
	Deemed, PausedNow                    bool
	Promised, PromisedBare               bool
	Statutory, StatutoryBare             bool
	PromisedOver, StatutoryOver, Started time.Time
}

func stateOf(v Verdict) state {
	return state{
		v.Findings, v.Case.State, v.Case.Outcome, v.Case.Level, v.Case.DeemedAccepted, v.Case.PausedNow,
		v.Promised.Over, v.Promised.OverWithoutPauses, v.Statutory.Over, v.Statutory.OverWithoutPauses,
		v.Promised.OverAt, v.Statutory.OverAt, v.Case.StartedAt,
	}
}

// Going from Next to Next, nothing that changes by time alone is missed: at
// any moment between two of them the verdict is that of the first.
func TestNextMissesNothing(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s, j := drawSubject(t), drawJudge(t)
		end := begin.Add(span + 30*24*time.Hour)
		// Every case is looked at just after each midnight and close of business,
		// at both, and at random moments, besides just before each Next.
		var probes []time.Time
		for d := office.DateOf(begin); d <= office.DateOf(end); d++ {
			for _, p := range []time.Time{office.StartOf(d), office.CloseOf(d)} {
				probes = append(probes, p, p.Add(time.Nanosecond), p.Add(time.Second))
			}
			probes = append(probes, office.StartOf(d).Add(time.Duration(rapid.Int64Range(0, 86399).Draw(t, "probe"))*time.Second))
		}
		now, i := begin.Add(-time.Hour), 0
		for steps := 0; now.Before(end); steps++ {
			if steps > 60 {
				t.Fatal("Next does not get on")
			}
			v := j.Judge(s, now)
			if !v.Next.IsZero() && !v.Next.After(now) {
				t.Fatalf("at %v: next %v is not ahead", now, v.Next)
			}
			until := v.Next
			if until.IsZero() {
				until = end
			}
			want := stateOf(v)
			probe := func(p time.Time) {
				if got := stateOf(j.Judge(s, p)); !reflect.DeepEqual(got, want) {
					t.Fatalf("at %v, before next %v:\n%+v\nat %v:\n%+v", p, v.Next, got, now, want)
				}
			}
			for ; i < len(probes) && probes[i].Before(until); i++ {
				if !probes[i].Before(now) {
					probe(probes[i])
				}
			}
			if last := until.Add(-time.Nanosecond); last.After(now) {
				probe(last)
			}
			now = until
		}
	})
}

// Once every fact is known, time only adds findings: none goes, none is raised
// at another moment, none gets milder, and none is raised in the future.
func TestFindingsOnlyGrow(t *testing.T) {
	found := 0
	rapid.Check(t, func(t *rapid.T) {
		s, j := drawSubject(t), drawJudge(t)
		now := begin.Add(span + 24*time.Hour)
		before := j.Judge(s, now)
		for range 12 {
			now = now.Add(time.Duration(rapid.Int64Range(1, 10*86400).Draw(t, "later")) * time.Second)
			after := j.Judge(s, now)
			for _, b := range before.Findings {
				found++
				a, ok := after.Find(b.Rule, b.Key)
				if !ok || !a.RaisedAt.Equal(b.RaisedAt) || a.Level < b.Level || a.State < b.State {
					t.Fatalf("at %v: %+v became %+v", now, b, a)
				}
			}
			for _, a := range after.Findings {
				if a.Rule != "V19" && a.RaisedAt.After(now) {
					t.Fatalf("at %v raised at %v: %+v", now, a.RaisedAt, a)
				}
			}
			before = after
		}
	})
	if found == 0 {
		t.Error("nothing was found in any case")
	}
}

// The strip covers every day once, in order, and marks what falls on them.
func TestStripCoversTheDays(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s, j, now := drawSubject(t), drawJudge(t), instant(t, "now")
		v, strip := j.Judge(s, now), j.Strip(s, now)
		if (len(strip.Days) > 0) != !v.Case.StartedAt.IsZero() {
			t.Fatalf("%d days for %+v", len(strip.Days), v)
		}
		for i, d := range strip.Days {
			if i > 0 && d.Date != strip.Days[i-1].Date+1 {
				t.Fatalf("%v follows %v", d.Date, strip.Days[i-1].Date)
			}
			if v.Promised.Limit.N > 0 && d.DuePromised != (office.DateOf(v.Promised.Due) == d.Date) {
				t.Fatalf("promised due %v, marked on %v", v.Promised.Due, d.Date)
			}
			if v.Statutory.Limit.N > 0 && d.DueStatutory != (office.DateOf(v.Statutory.Due) == d.Date) {
				t.Fatalf("statutory due %v, marked on %v", v.Statutory.Due, d.Date)
			}
			if d.Now != (office.DateOf(now) == d.Date) {
				t.Fatalf("now marked on %v", d.Date)
			}
		}
	})
}

// Words are sentences: no line of a finding is empty, or a full stop alone.
func TestNoFindingSaysNothing(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		for _, f := range drawJudge(t).Judge(drawSubject(t), begin.Add(3*span)).Findings {
			for _, line := range strings.Split(f.WordsZH+"\n"+f.WordsEN, "\n") {
				if len(strings.Trim(line, " 。.")) < 2 {
					t.Fatalf("%s: the line %q in %q, %q", f.Rule, line, f.WordsZH, f.WordsEN)
				}
			}
		}
	})
}
