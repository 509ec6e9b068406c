package rules

import (
	"cmp"
	"slices"
	"time"

	"github.com/mingcha-console/mingcha/app/internal/approval"
	"github.com/mingcha-console/mingcha/app/internal/workday"
)

// Judge returns the verdict on the subject as of now.
func (j *Judge) Judge(s *Subject, now time.Time) Verdict {
	g := j.take(s, now)
	for _, f := range finders {
		if !f.licensed || s.Item.Regime == approval.Licensing {
			f.find(g)
		}
	}
	if len(g.v.Findings) > 1 {
		slices.SortFunc(g.v.Findings, func(a, b Finding) int {
			return cmp.Or(cmp.Compare(a.Rule, b.Rule), cmp.Compare(a.Key, b.Key))
		})
	}
	g.summarize()
	v := g.v
	j.give(g)
	return v
}

// judgement is one case being judged.
type judgement struct {
	*Judge
	s      *Subject
	now    time.Time
	second int64 // now in whole seconds
	fold

	noticeFrom *approval.Event // the papers that wait for an answer (art. 32); nil where nothing was received
	noticeDue  time.Time       // by when they are answered
	deemed     bool            // and by then nothing was said

	started   *approval.Event
	startedBy startReason
	v         Verdict
}

// take folds the subject and sets its clocks, on a judgement used before if
// there is one.
func (j *Judge) take(s *Subject, now time.Time) *judgement {
	g := j.fresh(s, now)
	g.clocks()
	if g.anyLate() {
		g.whatWasKnown()
		g.hold(&g.v.Promised)
		g.hold(&g.v.Statutory)
	}
	g.lapse(&g.v.Promised)
	g.lapse(&g.v.Statutory)
	return g
}

// fresh folds the subject.
func (j *Judge) fresh(s *Subject, now time.Time) *judgement {
	g, _ := j.scratch.Get().(*judgement)
	if g == nil {
		g = &judgement{Judge: j}
	}
	g.s, g.now, g.second = s, now, now.Unix()
	g.reset()
	if next := g.order(s.Events, now); !next.IsZero() {
		g.waitFor(next)
	}
	g.run()
	return g
}

func (j *Judge) give(g *judgement) {
	g.reset()
	*g = judgement{Judge: j, fold: g.fold}
	j.scratch.Put(g)
}

// passed reports whether the deadline is over: the second of the deadline is
// still in time. Until then the verdict must be given anew when it is, which
// the caller says by wait.
func (g *judgement) passed(deadline time.Time) bool { return g.second > deadline.Unix() }

// wait lets Next be no later than the first second after the deadline.
func (g *judgement) wait(deadline time.Time) { g.waitFor(justAfter(deadline)) }

// waitFor lets Next be no later than t, if that is still to come.
func (g *judgement) waitFor(t time.Time) {
	if t.After(g.now) && (g.v.Next.IsZero() || t.Before(g.v.Next)) {
		g.v.Next = t
	}
}

// justAfter is the first second that is not in time any more.
func justAfter(deadline time.Time) time.Time {
	return time.Unix(deadline.Unix()+1, 0).In(deadline.Location())
}

// later reports whether t is past the deadline, in whole seconds.
func later(t, deadline time.Time) bool { return t.Unix() > deadline.Unix() }

// lasts reports whether what the event finishes is still going on: there is no
// such event, or it takes effect only later.
func (g *judgement) lasts(finish *approval.Event) bool {
	return finish == nil || g.counted(finish).After(g.now)
}

// workingDaysAfter is the close of business on the n-th working day after the
// date of t, in either counting mode.
func (g *judgement) workingDaysAfter(t time.Time, n int) time.Time {
	return g.cal.CloseOf(g.cal.AddWorkingDays(g.cal.DateOf(t), n))
}

// find adds a finding.
func (g *judgement) find(f Finding, w words) {
	if f.State == 0 {
		f.State = Active
	}
	slices.Sort(f.Evidence)
	f.Evidence = slices.Compact(f.Evidence)
	f.WordsZH, f.WordsEN = w.zh.String(), w.en.String()
	g.v.Findings = append(g.v.Findings, f)
}

// evidence collects the journal numbers of the events that there are.
func evidence(events ...*approval.Event) []uint64 {
	seqs := make([]uint64, 0, len(events))
	for _, e := range events {
		if e != nil {
			seqs = append(seqs, e.Seq)
		}
	}
	return seqs
}

// summarize fills in the verdict's case.
func (g *judgement) summarize() {
	c, main := &g.v.Case, g.v.Main()
	c.Outcome = g.outcome()
	c.State = g.state()
	for i := range g.v.Findings {
		if f := &g.v.Findings[i]; f.State == Active {
			c.Level = max(c.Level, f.Level)
		}
	}
	c.ReceivedAt, c.AcceptedAt = effective(g.unassumed()), effective(g.accepted)
	c.EndedAt, c.SentAt = g.countedAt(g.end), effective(g.delivered)
	if g.started != nil {
		c.StartedAt = g.started.Effective()
	}
	c.Limit, c.Used, c.Paused, c.PausedNow = main.Limit, main.Elapsed, main.Paused, main.PausedNow
	c.Extended = main.Extension.N
	c.Requests = len(g.pauses)
	c.RefusalGrounds = g.grounds != nil
	c.OutOfOrder = g.endedAhead || g.unassumed() != nil && g.end != nil && g.compare()(g.end, g.received) < 0
	c.DeemedAccepted = g.deemed
	c.Unlisted = g.v.Promised.Unlisted || g.v.Statutory.Unlisted
	c.Early = g.early(main)
	c.Events = len(g.events)
	for _, e := range g.events {
		c.LastAt = e.OccurredAt
		if e.Handler.Name != "" {
			c.Handler = e.Handler.Name
		}
		if e.Window != "" {
			c.Window = e.Window
		}
		if a := e.Application; a != nil && c.Applicant == "" && c.Project == "" {
			c.Applicant, c.Project = a.ApplicantName, a.ProjectName
		}
	}
}

func (g *judgement) state() CaseState {
	switch {
	case g.end != nil:
		return StateEnded
	case g.underway >= 0:
		return StatePaused
	case g.awaited != nil:
		return StateSupplement
	case g.accepted != nil:
		return StateAccepted
	}
	return StateReceived
}

// early reports whether the case ended with at least a unit of the main limit
// to spare, or, for an on-the-spot item, on the day it was begun.
func (g *judgement) early(main *Clock) bool {
	if g.end == nil {
		return false
	}
	over := g.v.Promised.ranOut() || g.v.Statutory.ranOut()
	if g.s.Item.CaseType == approval.OnTheSpot {
		begun := g.begun()
		return begun != nil && !over && g.cal.DateOf(begun.Effective()) == g.cal.DateOf(g.counted(g.end))
	}
	return !main.Limit.IsZero() && !main.StartedAt.IsZero() && !over && main.Remaining >= 1
}

// begun is the acceptance, or the receipt where nothing was accepted, or only
// afterwards so; where by art. 32 the application counts as accepted, the receipt or the
// papers with which it does.
func (g *judgement) begun() *approval.Event {
	if g.deemed {
		return g.noticeFrom
	}
	if g.accepted != nil && (g.received == nil || !g.made(g.accepted)) {
		return g.accepted
	}
	return g.received
}

func effective(e *approval.Event) time.Time {
	if e == nil {
		return time.Time{}
	}
	return e.Effective()
}

// question is the case's question of a limit, without an extension.
func (g *judgement) question(limit approval.Limit) workday.Question {
	return workday.Question{
		Start:    effective(g.started),
		Limit:    limit,
		Pauses:   g.pauses,
		End:      g.countedAt(g.end),
		RollOver: g.rollOver(limit),

		RunOutStays: g.s.Item.Regime == approval.Licensing,
	}
}

func (g *judgement) rollOver(limit approval.Limit) bool {
	return g.set.RollOver && g.s.Item.RestDaysMove() && limit.Unit == approval.CalendarDays
}

func (g *judgement) reckon(q workday.Question, now time.Time) workday.Answer {
	return g.cal.Reckon(g.set.Mode, q, now)
}
