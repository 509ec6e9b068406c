package rules

import (
	"strings"
	"testing"
	"time"

	"github.com/mingcha-console/mingcha/app/internal/approval"
	"github.com/mingcha-console/mingcha/app/internal/workday"
)

var (
	office = workday.Default()
	civil  = New(office, DefaultSettings())
)

// at reads "2026-09-22 09:30" or with seconds, in the office's zone.
func at(s string) time.Time {
	layout := "2006-01-02 15:04"
	if len(s) > len(layout) {
		layout += ":05"
	}
	t, err := time.ParseInLocation(layout, s, office.Zone())
	if err != nil {
		panic(err)
	}
	return t
}

func wd(n int) approval.Limit { return approval.Limit{N: n, Unit: approval.WorkingDays} }
func cd(n int) approval.Limit { return approval.Limit{N: n, Unit: approval.CalendarDays} }
func wh(n int) approval.Limit { return approval.Limit{N: n, Unit: approval.WorkingHours} }

// permitItem is the mock's item: promised 5, statutory 20 working days.
func permitItem() *approval.Item {
	return &approval.Item{
		Department: "GH", Code: "GH-01", Name: "建设用地规划许可证核发",
		CaseType: approval.Committed, Regime: approval.Licensing, ClockStart: approval.FromAcceptance,
		Promised: wd(5), Statutory: wd(20), SupplementPauses: true, InHall: true,
	}
}

// option changes an event made by ev.
type option func(*approval.Event)

// ev is an event entered as it happened.
func ev(kind approval.EventKind, when string, options ...option) approval.Event {
	t := at(when)
	e := approval.Event{Kind: kind, CaseNo: "1", Department: "GH", OccurredAt: t, EnteredAt: t}
	for _, o := range options {
		o(&e)
	}
	return e
}

func received(when string) approval.Event { return ev(approval.Received, when, window("3 号窗口")) }
func accepted(when string) approval.Event { return ev(approval.Accepted, when, window("3 号窗口")) }
func resumed(when string) approval.Event  { return ev(approval.Resumed, when) }

func granted(when string) approval.Event {
	return ev(approval.Decided, when, decision(approval.Decision{
		Outcome: approval.OutcomeGranted, Signer: approval.Person{Name: "陈首席", ID: "GH001"}}))
}

// refused is a refusal with all its particulars.
func refused(when string) approval.Event {
	return ev(approval.Decided, when, decision(approval.Decision{
		Outcome: approval.OutcomeRefused, Signer: approval.Person{Name: "陈首席", ID: "GH001"},
		Reason: "不符合规划", LegalBasis: "城乡规划法第38条", RemediesTold: true, NoticeNo: "不许字1号"}))
}

// paused is a lawful expert review.
func paused(when string, approved approval.Limit) approval.Event {
	e := ev(approval.Paused, when)
	e.Pause = &approval.Pause{
		Kind: approval.PauseExpert, Reason: "专家评审", Approver: "王局长",
		Approved: approved, NotifiedAt: e.OccurredAt, NoticeNo: "告字1号",
	}
	return e
}

// extended is a lawful extension.
func extended(when string, by approval.Limit) approval.Event {
	e := ev(approval.Extended, when)
	e.Extension = &approval.Extension{By: by, Approver: "王局长", Reason: "案情复杂", NotifiedAt: e.OccurredAt}
	return e
}

func window(w string) option              { return func(e *approval.Event) { e.Window = w } }
func entered(when string) option          { return func(e *approval.Event) { e.EnteredAt = at(when) } }
func effectiveAt(when string) option      { return func(e *approval.Event) { e.EffectiveAt = at(when) } }
func decision(d approval.Decision) option { return func(e *approval.Event) { e.Decision = &d } }
func step(name string) option {
	return func(e *approval.Event) { e.Step = &approval.StepDetail{Name: name} }
}

// with changes an event further.
func with(e approval.Event, change func(*approval.Event)) approval.Event {
	change(&e)
	return e
}

// subject numbers the events from 1 in the order given.
func subject(item *approval.Item, events ...approval.Event) *Subject {
	for i := range events {
		events[i].Seq = uint64(i + 1)
	}
	return &Subject{Item: item, Events: events}
}

// codes lists a verdict's findings as "V02" or "V19:entry", with the state
// where it is not active.
func codes(v Verdict) string {
	var list []string
	for _, f := range v.Findings {
		s := f.Rule
		if f.Key != "" {
			s += ":" + f.Key
		}
		if f.State != Active {
			s += "(" + f.State.String() + ")"
		}
		list = append(list, s)
	}
	return strings.Join(list, " ")
}

// expect judges and compares the findings' codes.
func expect(t *testing.T, s *Subject, now, want string) Verdict {
	t.Helper()
	v := civil.Judge(s, at(now))
	if got := codes(v); got != want {
		t.Errorf("at %s: findings %q, want %q", now, got, want)
	}
	return v
}

// expectFinding checks the level and the moment of a finding, and that it has
// words in both languages and evidence.
func expectFinding(t *testing.T, v Verdict, rule, key string, level Level, raised string) Finding {
	t.Helper()
	f, ok := v.Find(rule, key)
	if !ok {
		t.Fatalf("no %s %q among %q", rule, key, codes(v))
	}
	if f.Level != level || !f.RaisedAt.Equal(at(raised)) {
		t.Errorf("%s %s: level %v raised %v, want %v %s", rule, key, f.Level, f.RaisedAt, level, raised)
	}
	if f.WordsZH == "" || f.WordsEN == "" || len(f.Evidence) == 0 {
		t.Errorf("%s %s: words %q / %q, evidence %v", rule, key, f.WordsZH, f.WordsEN, f.Evidence)
	}
	if s := f.WordsZH + f.WordsEN; strings.Contains(s, "%!") {
		t.Errorf("%s %s: broken words %q", rule, key, s)
	}
	return f
}
