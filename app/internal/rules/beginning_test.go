package rules

import (
	"strings"
	"testing"

	"github.com/mingcha-console/mingcha/app/internal/approval"
)

func decided(when string, o approval.Outcome) approval.Event {
	return ev(approval.Decided, when, decision(approval.Decision{Outcome: o, Signer: approval.Person{Name: "陈首席", ID: "GH001"}}))
}

// outside is an item that no hall accepts.
func outside() *approval.Item {
	it := permitItem()
	it.InHall = false
	return it
}

func saysV20(t *testing.T, v Verdict, words string) {
	t.Helper()
	if f, found := v.Find("V20", ""); !found || !strings.Contains(f.WordsZH, words) {
		t.Errorf("V20 %v: %s; want %q", found, f.WordsZH, words)
	}
}

// R2, R3: after what was told as the end a decision is made all the same. It is the
// end: the limit of five working days from Monday 2026-03-02 ran out on the ninth,
// that of twenty on the thirtieth.
func TestR3AnEndThatWasNoneEndsNoClock(t *testing.T) {
	for name, told := range map[string]approval.Event{
		"forwarded":     ev(approval.Forwarded, "2026-03-03 09:00"),
		"withdrawn":     ev(approval.Withdrawn, "2026-03-06 09:00"),
		"voided":        ev(approval.Voided, "2026-03-06 09:00"),
		"granted":       granted("2026-03-06 09:00"),
		"not accepted":  decided("2026-03-06 09:00", approval.OutcomeNotAccepted),
		"decided, only": decided("2026-03-06 09:00", approval.OutcomeDecided),
	} {
		t.Run(name, func(t *testing.T) {
			v := civil.Judge(subject(permitItem(), opened(told, granted("2026-04-28 09:00"))...), at("2026-05-08 09:00"))
			expectFinding(t, v, "V03", "", Red, "2026-03-30 17:30")
			saysV20(t, v, "其后又作出决定（2026-04-28 09:00）")
			if v.Case.Outcome != Granted || !v.Case.EndedAt.Equal(at("2026-04-28 09:00")) {
				t.Errorf("%+v", v.Case)
			}
			// Until then it had ended.
			v = civil.Judge(subject(permitItem(), opened(told, granted("2026-04-28 09:00"))...), at("2026-04-27 09:00"))
			if _, over := v.Find("V03", ""); over || v.Case.State != StateEnded {
				t.Errorf("before: %+v", v.Case)
			}
		})
	}
	// The same decision told twice on its day is one.
	expect(t, subject(permitItem(), opened(granted("2026-03-06 09:00"), granted("2026-03-06 16:00"))...), "2026-05-08 09:00", "")
}

// A refusal that was not filed, and a signature without power, stand though another
// decision follows.
func TestR3WhatTheFirstDecisionLackedStands(t *testing.T) {
	item := permitItem()
	item.WindowSignOff = true
	by := func(e approval.Event, signer string) approval.Event {
		e.Decision.Signer = approval.Person{Name: signer}
		return e
	}
	s := subject(item, opened(by(decided("2026-03-05 09:00", approval.OutcomeRefused), "赵六"), by(granted("2026-03-06 09:00"), "张三"))...)
	s.Duties = Duties{Rejections: true, Authorizations: true}
	s.Authorizations = []approval.Authorization{{Seq: 9, Rep: approval.Person{Name: "张三"}, Powers: []approval.Power{approval.PowerSign}, ValidFrom: at("2026-01-01 00:00")}}
	v := civil.Judge(s, at("2026-05-08 09:00"))
	for _, rule := range []string{"V07", "V08", "V20", "V21"} {
		if _, found := v.Find(rule, ""); !found {
			t.Errorf("%s is missing", rule)
		}
	}
	if v.Case.Outcome != Granted {
		t.Errorf("%+v", v.Case)
	}
}

// R6: who leaves out what a case begins with has its limits counted from its
// earliest record all the same.
func TestR6WithoutAReceiptTheEarliestRecordCounts(t *testing.T) {
	step := ev(approval.StepStarted, "2026-03-02 09:00", func(e *approval.Event) { e.Step = &approval.StepDetail{Name: "审查"} })
	fromReceipt := outside()
	fromReceipt.ClockStart = approval.FromReceipt
	for name, c := range map[string]struct {
		item   *approval.Item
		events []approval.Event
		want   string
	}{
		"only steps":                 {outside(), []approval.Event{step}, "V01(superseded) V02(superseded) V03 V05 V20"},
		"steps, then a decision":     {outside(), []approval.Event{step, granted("2026-04-28 09:00")}, "V01(superseded) V02(superseded) V03 V05 V20"},
		"steps, accepted much later": {outside(), []approval.Event{step, accepted("2026-04-20 09:00"), granted("2026-04-22 09:00")}, "V01(superseded) V02(superseded) V03 V05 V20"},
		"only a decision":            {outside(), []approval.Event{granted("2026-04-28 09:00")}, "V20"},
		"only accepted, from receipt": {fromReceipt, []approval.Event{accepted("2026-03-02 09:00"), granted("2026-04-20 09:00")},
			"V01(superseded) V02(superseded) V03 V20"},
		"only papers asked for": {outside(), []approval.Event{ev(approval.SupplementRequested, "2026-03-02 09:00")}, "V20"},
		"accepted":              {outside(), []approval.Event{accepted("2026-03-02 09:00"), granted("2026-03-06 09:00")}, ""},
		"a note before":         {outside(), []approval.Event{ev(approval.Note, "2026-02-02 09:00"), accepted("2026-03-02 09:00"), granted("2026-03-06 09:00")}, ""},
	} {
		t.Run(name, func(t *testing.T) { expect(t, subject(c.item, c.events...), "2026-05-08 09:00", c.want) })
	}
	// What begins a case may be told a moment later than what follows.
	v := expect(t, subject(outside(), step), "2026-03-02 10:00", "")
	if !v.Next.Equal(at("2026-03-03 17:30:01")) {
		t.Errorf("next %v", v.Next)
	}
	if !v.Case.ReceivedAt.IsZero() {
		t.Errorf("received %v, though nothing was", v.Case.ReceivedAt)
	}
}

// R6, R4: until a receipt is told, the earliest record stands for it. What had run out by
// then stays so, though a receipt of a later day is told in time, and even where by all
// that is known now the clock has not begun.
func TestR6AReceiptToldAfterwardsTakesNothingBack(t *testing.T) {
	step := ev(approval.StepStarted, "2026-03-02 09:00", func(e *approval.Event) { e.Step = &approval.StepDetail{Name: "审查"} })
	v := civil.Judge(subject(outside(), step, received("2026-04-20 09:00"), accepted("2026-04-20 10:00"), granted("2026-04-22 09:00")), at("2026-05-08 09:00"))
	expectFinding(t, v, "V03", "", Red, "2026-03-30 17:30")
	wantDue(t, &v.Statutory, "2026-03-30 17:30", true, -16)
	asked := ev(approval.SupplementRequested, "2026-03-02 09:00", enteredAt("2026-04-17 10:00"))
	v = civil.Judge(subject(outside(), asked, received("2026-04-20 09:00")), at("2026-05-08 09:00"))
	expectFinding(t, v, "V03", "", Red, "2026-03-30 17:30")
	// One that was told a moment after what follows it changes nothing.
	expect(t, subject(outside(), step, received("2026-03-02 09:05"), accepted("2026-03-02 10:00"), granted("2026-03-04 09:00")), "2026-05-08 09:00", "")
}

// R2: a date of effect that lies later than the day on which papers came, or were
// accepted, moves no beginning: 2026-03-02 it is, and the ninth is the last day.
func TestR2ALaterDateMovesNoBeginning(t *testing.T) {
	for name, events := range map[string][]approval.Event{
		"received": {ev(approval.Received, "2026-03-02 08:40", effectiveAt("2026-03-20 08:00")), accepted("2026-03-20 09:00"), granted("2026-03-24 09:00")},
		"accepted": {received("2026-03-02 08:40"), ev(approval.Accepted, "2026-03-02 09:00", effectiveAt("2026-03-20 09:00"), window("3")), granted("2026-03-24 09:00")},
		"papers came": {received("2026-02-25 08:40"), ev(approval.SupplementRequested, "2026-02-25 09:00"),
			ev(approval.SupplementReceived, "2026-03-02 09:00", effectiveAt("2026-03-19 09:00")), accepted("2026-03-20 09:00"), granted("2026-03-24 09:00")},
	} {
		t.Run(name, func(t *testing.T) {
			v := civil.Judge(subject(permitItem(), events...), at("2026-05-08 09:00"))
			expectFinding(t, v, "V02", "", Yellow, "2026-03-09 17:30")
			saysV20(t, v, "自前者起算")
		})
	}
	// Handed in on Saturday, and taken in when the office opened on Monday.
	v := expect(t, subject(permitItem(), ev(approval.Received, "2026-03-07 22:00", effectiveAt("2026-03-09 08:30")), accepted("2026-03-09 09:00"), granted("2026-03-13 09:00")), "2026-05-08 09:00", "")
	if !v.Case.ReceivedAt.Equal(at("2026-03-09 08:30")) {
		t.Errorf("received %v", v.Case.ReceivedAt)
	}
}

// R7: art. 45 wants the time told. Told when the pause was over, or before there was
// a case, it was not.
func TestR7APauseToldTooLateOrBeforehand(t *testing.T) {
	pause := func(told string) []approval.Event {
		p := paused("2026-03-03 09:00", wd(30))
		p.Pause.NotifiedAt = at(told)
		return opened(p, resumed("2026-04-10 10:00"), granted("2026-04-13 09:00"))
	}
	for told, want := range map[string]string{
		"2026-03-03 09:00":    "",
		"2026-03-04 09:00":    "", // within the hours of an entry
		"2026-03-10 17:30":    "", // the fifth working day
		"2026-03-10 17:30:01": "V10:1",
		"2026-04-10 09:00":    "V10:1",     // an hour before its end
		"2026-04-20 09:00":    "V10:1",     // after it
		"2026-03-01 09:00":    "V10:1 V20", // a day before it was received
		"1999-01-01 09:00":    "V10:1 V20",
	} {
		t.Run(told, func(t *testing.T) { expect(t, subject(permitItem(), pause(told)...), "2026-05-08 09:00", want) })
	}
	// A pause of two days, told on the day on which it ended.
	p := paused("2026-03-03 09:00", wd(2))
	p.Pause.NotifiedAt = at("2026-03-05 09:00")
	v := expect(t, subject(permitItem(), opened(p, resumed("2026-03-05 10:00"), granted("2026-03-06 09:00"))...), "2026-05-08 09:00", "V10:1")
	f := expectFinding(t, v, "V10", "1", Yellow, "2026-03-05 10:00")
	if !strings.Contains(f.WordsZH, "过晚才书面告知申请人") {
		t.Errorf("words: %s", f.WordsZH)
	}
	// An extension that was told before there was a case was not told (art. 42).
	x := extended("2026-03-05 09:00", wd(5))
	x.Extension.NotifiedAt = at("1999-01-01 09:00")
	expect(t, subject(permitItem(), opened(x, granted("2026-03-06 09:00"))...), "2026-05-08 09:00", "V13:1 V20")
}

// R4: an acceptance that is told when the case was decided makes it no case of the
// hall.
func TestR4AnAcceptanceToldAfterwardsIsNone(t *testing.T) {
	events := opened(granted("2026-03-05 10:00"))
	expect(t, subject(permitItem(), events...), "2026-05-08 09:00", "")
	events[1].ToldAt = at("2026-04-20 10:00")
	v := civil.Judge(subject(permitItem(), events...), at("2026-05-08 09:00"))
	f := expectFinding(t, v, "V17", "", Red, "2026-03-05 10:00")
	if !strings.Contains(f.WordsZH, "2026-04-20 10:00 才报来受理") {
		t.Errorf("words: %s", f.WordsZH)
	}
}

// What stands beside the first day of a strip: the acceptance, or what takes its
// place. Pages do not infer it from dates.
func TestTheStripSaysWhatTheClocksRunFrom(t *testing.T) {
	fromReceipt := permitItem()
	fromReceipt.ClockStart = approval.FromReceipt
	for _, c := range []struct {
		name  string
		of    *Subject
		day   string
		begun Beginning
	}{
		{"accepted a day later", subject(permitItem(), received("2026-03-02 09:00"), accepted("2026-03-03 09:00")), "2026-03-03", BegunByAccept},
		{"accepted at once, counted from the receipt", subject(fromReceipt, received("2026-03-02 09:00"), accepted("2026-03-02 09:00")), "2026-03-02", BegunByReceipt},
		{"nothing said for five working days", subject(permitItem(), received("2026-03-02 09:00")), "2026-03-02", BegunAsAccepted},
		{"no receipt was told", subject(fromReceipt, ev(approval.StepStarted, "2026-03-02 09:00", func(e *approval.Event) { e.Step = &approval.StepDetail{Name: "审查"} })), "2026-03-02", BegunByRecord},
		{"ended unaccepted", subject(permitItem(), received("2026-03-02 09:00"), granted("2026-03-04 09:00")), "2026-03-02", BegunByReceipt},
	} {
		days := civil.Strip(c.of, at("2026-03-11 09:00")).Days
		if len(days) < 2 || days[0].Date.String() != c.day || days[0].Begun != c.begun {
			t.Errorf("%s: begins %+v", c.name, days[:min(1, len(days))])
		}
		for _, d := range days[min(1, len(days)):] {
			if d.Begun != NotBegun {
				t.Errorf("%s: begins again %v", c.name, d.Date)
			}
		}
	}
}
