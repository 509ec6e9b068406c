package rules

import (
	"strings"
	"testing"
	"time"

	"github.com/mingcha-console/mingcha/app/internal/approval"
)

// What an independent judge, in another language and from the law, found wrong.
// Unless said otherwise as in rows_test.go: due Monday 2026-03-09 17:30.

func pausedFor(from, to string) []approval.Event {
	return []approval.Event{paused(from, wd(30)), resumed(to)}
}

func many(all ...[]approval.Event) (events []approval.Event) {
	for _, some := range all {
		events = append(events, some...)
	}
	return events
}

// A limit runs out while the clock stands still; what was left of its last day
// is left when it goes on, also if it is paused again on that day. Who works the
// hours of a whole day on days given so has used it up.
func TestAPauseOnTheLastDayLeavesTheRestOfIt(t *testing.T) {
	opening := func(accept string) []approval.Event { return []approval.Event{received(accept), accepted(accept)} }
	for _, c := range []struct {
		name     string
		promised int
		events   []approval.Event
		due      string
	}{
		{"one pause", 5, pausedFor("2026-03-09 14:00", "2026-03-12 12:30"), "2026-03-12 17:30"},
		{"another on the day it ended", 5, many(pausedFor("2026-03-09 14:00", "2026-03-12 12:30"), pausedFor("2026-03-12 15:00", "2026-03-16 10:30")), "2026-03-16 17:30"},
		{"of one day", 1, many(pausedFor("2026-03-03 14:00", "2026-03-05 12:30"), pausedFor("2026-03-05 15:00", "2026-03-06 15:30")), "2026-03-06 17:30"},
		// 08:30 to 12:00 on the 9th, 14:00 to 17:00 on the 12th, 14:00 to 15:00 on the 16th: seven and a half hours.
		{"again and again", 5, many(pausedFor("2026-03-09 14:00", "2026-03-12 12:30"), pausedFor("2026-03-12 17:00", "2026-03-16 12:30"), pausedFor("2026-03-16 15:00", "2026-03-20 09:00")), "2026-03-16 17:30"},
	} {
		it := permitItem()
		it.Promised = wd(c.promised)
		v := civil.Judge(subject(it, append(opening("2026-03-02 12:30"), c.events...)...), at("2026-04-30 09:00"))
		if !v.Promised.Due.Equal(at(c.due)) || !v.Promised.OverAt.Equal(at(c.due)) {
			t.Errorf("%s: due %v, over at %v, want %s", c.name, v.Promised.Due, v.Promised.OverAt, c.due)
		}
	}
}

// D1c: a pause of less than a quarter of the office's day takes nothing out, also
// over a day of rest or past the close.
func TestAShortPauseTakesNothingOut(t *testing.T) {
	for _, c := range []struct{ accept, from, to, due string }{
		{"2026-02-23 17:30", "2026-02-28 16:10", "2026-03-01 10:45", "2026-02-28 17:30"}, // the 28th is a worked Saturday
		{"2026-03-02 09:00", "2026-03-09 16:30", "2026-03-10 08:31", "2026-03-09 17:30"},
		{"2026-03-02 09:00", "2026-03-09 16:30", "2026-03-09 18:30", "2026-03-09 17:30"},
	} {
		v := civil.Judge(subject(permitItem(), append([]approval.Event{received(c.accept), accepted(c.accept)}, pausedFor(c.from, c.to)...)...), at("2026-04-30 09:00"))
		if !v.Promised.Due.Equal(at(c.due)) || v.Promised.Paused != 0 {
			t.Errorf("%s to %s: due %v, paused %d, want %s", c.from, c.to, v.Promised.Due, v.Promised.Paused, c.due)
		}
	}
}

// An extension lengthens a promise if it was made and told before that ran out.
func TestAnExtensionToldTooLateLengthensNoPromise(t *testing.T) {
	told := func(when string) approval.Event {
		e := extended("2026-03-04 09:00", wd(5))
		e.Extension.NotifiedAt = at(when)
		return e
	}
	v := civil.Judge(subject(permitItem(), opened(told("2026-03-12 09:00"), granted("2026-03-16 09:00"))...), at("2026-04-30 09:00"))
	wantDue(t, &v.Promised, "2026-03-09 17:30", true, -5)
	v = civil.Judge(subject(permitItem(), opened(told("2026-03-09 17:30"), granted("2026-03-16 09:00"))...), at("2026-04-30 09:00"))
	wantDue(t, &v.Promised, "2026-03-16 17:30", false, 0)
}

// A pause of no length takes nothing from another.
func TestAPauseOfNoLengthChangesNothing(t *testing.T) {
	one := pausedFor("2026-03-04 14:10", "2026-03-05 16:00")
	v := civil.Judge(subject(permitItem(), opened(many(one, pausedFor("2026-03-05 16:01", "2026-03-05 16:01"))...)...), at("2026-03-06 09:00"))
	if v.Promised.Paused != 1 || !v.Promised.Due.Equal(at("2026-03-10 17:30")) {
		t.Errorf("paused %d, due %v", v.Promised.Paused, v.Promised.Due)
	}
}

// Papers that came when others were asked for answer the request before; the
// case waits for the others, and nobody is silent.
func TestPapersAndARequestAtOneInstant(t *testing.T) {
	came, asked := ev(approval.SupplementReceived, "2026-03-10 10:00"), ev(approval.SupplementRequested, "2026-03-10 10:00")
	for _, both := range [][]approval.Event{{came, asked}, {asked, came}} {
		events := append([]approval.Event{received("2026-03-02 09:00"), ev(approval.SupplementRequested, "2026-03-03 09:00")}, both...)
		v := civil.Judge(subject(permitItem(), append(events, ev(approval.SupplementReceived, "2026-03-25 09:00"))...), at("2026-03-30 09:00"))
		if _, silent := v.Find("V05", ""); silent || !v.Case.StartedAt.IsZero() {
			t.Errorf("silence was found, started %v", v.Case.StartedAt)
		}
	}
}

// D11: under other laws, too, an extension after the end takes nothing back: the
// overrun stands from when the limit ran out first.
func TestD11AnExtensionAfterTheEndMovesNoOverrun(t *testing.T) {
	it := permitItem()
	it.Regime, it.Statutory = approval.LimitsOnly, approval.Limit{}
	v := civil.Judge(subject(it, opened(extended("2026-03-10 09:00", wd(5)))...), at("2026-03-28 09:00"))
	expectFinding(t, v, "V02", "", Yellow, "2026-03-09 17:30")
}

// D12: who accepts an application says that its papers are complete, also where the
// office lets supplements of the item stop the clock: accepted on Saturday 1 August,
// five working days end on Friday the 7th.
func TestD12AcceptanceEndsTheWaitForPapers(t *testing.T) {
	set := DefaultSettings()
	set.SupplementPauses = []string{"GH/GH-01"}
	s := subject(permitItem(), received("2026-07-23 09:00"), ev(approval.SupplementRequested, "2026-07-24 12:00"), accepted("2026-08-01 16:00"))
	v := New(office, set).Judge(s, at("2026-09-09 09:00"))
	if !v.Promised.Due.Equal(at("2026-08-07 17:30")) || v.Promised.Paused != 0 || v.Case.PausedNow {
		t.Errorf("due %v, paused %d, now %v", v.Promised.Due, v.Promised.Paused, v.Case.PausedNow)
	}
}

// D13: records were written down late from the first of them on, in whichever order
// they happened.
func TestD13BackEntryIsFoundWithTheFirst(t *testing.T) {
	s := subject(permitItem(), received("2026-02-06 09:00"), with(accepted("2026-02-07 09:00"), enteredAt("2026-02-18 17:30")), with(ev(approval.Withdrawn, "2026-02-10 09:00"), enteredAt("2026-02-17 11:00")))
	expectFinding(t, civil.Judge(s, at("2026-04-30 09:00")), "V19", "entry", Review, "2026-02-17 11:00")
}

// D14: who may sign is asked for when a decision dated back counts.
func TestD14AuthorityIsAskedForWhenTheDecisionCounts(t *testing.T) {
	it := permitItem()
	it.WindowSignOff = true
	s := subject(it, opened(with(granted("2026-03-20 10:00"), func(e *approval.Event) { e.EffectiveAt = at("2026-03-05 10:00") }))...)
	s.Duties.Authorizations = true
	s.Authorizations = []approval.Authorization{{Seq: 9, Rep: approval.Person{Name: "陈首席", ID: "GH001"}, Powers: []approval.Power{approval.PowerSign}, ValidFrom: at("2026-01-01 00:00"), ValidTo: at("2026-03-10 00:00")}}
	expectFinding(t, civil.Judge(s, at("2026-04-30 09:00")), "V22", "", Yellow, "2026-03-20 10:00")
}

// D16: an extension written down when the case had ended lengthens nothing.
func TestD16AnExtensionAfterTheEndLengthensNothing(t *testing.T) {
	s := subject(permitItem(), opened(with(extended("2026-03-03 09:00", wd(5)), enteredAt("2026-03-12 09:00")), granted("2026-03-06 09:00"))...)
	v := civil.Judge(s, at("2026-04-30 09:00"))
	wantDue(t, &v.Promised, "2026-03-09 17:30", false, 1)
	if v.Case.Extended != 0 {
		t.Errorf("extended by %d", v.Case.Extended)
	}
}

// D17: under other laws, too, a pause entered after the limit had run out takes
// nothing back; the due time shown goes by the dates of the facts.
func TestD17APauseEnteredAfterTheEndTakesNothingBack(t *testing.T) {
	it := permitItem()
	it.Regime, it.Statutory = approval.LimitsOnly, approval.Limit{}
	s := subject(it, received("2026-06-09 15:10"), accepted("2026-06-09 15:10"), with(paused("2026-06-14 12:30", wd(9)), enteredAt("2026-06-20 09:00")), resumed("2026-06-18 16:59:59"),
		with(ev(approval.Decided, "2026-06-18 18:00"), enteredAt("2026-06-24 09:00")))
	for _, now := range []string{"2026-06-17 09:00", "2026-06-19 09:00", "2026-06-21 09:00", "2026-06-30 09:00"} {
		expectFinding(t, civil.Judge(s, at(now)), "V02", "", Yellow, "2026-06-16 17:30")
	}
}

// D18: how near the end a pause began is seen from its moment.
func TestD18ALaterExtensionUnsaysNoPauseNearTheEnd(t *testing.T) {
	set := DefaultSettings()
	set.PauseNearEnd = 20
	s := subject(permitItem(), received("2026-08-17 16:45"), accepted("2026-08-17 16:45"), paused("2026-08-21 15:59", wd(30)), extended("2026-09-04 09:00", wd(10)))
	expectFinding(t, New(office, set).Judge(s, at("2026-09-30 09:00")), "V12", "1", Review, "2026-08-21 15:59")
}

// D15: what lies behind the end of a case is none of it: told on Monday 9 March as of
// Friday 12:00, it was not paused on Saturday, and asked for no papers.
func TestD15WhatLiesBehindTheEndIsNoneOfTheCase(t *testing.T) {
	s := subject(permitItem(), opened(with(paused("2026-03-07 13:00", wd(1)), func(e *approval.Event) { e.Pause.Approver = "" }), ev(approval.SupplementRequested, "2026-03-07 14:00"), ev(approval.SupplementRequested, "2026-03-08 14:00"),
		extended("2026-03-08 15:00", wd(10)), with(granted("2026-03-09 09:00"), func(e *approval.Event) { e.EffectiveAt = at("2026-03-06 12:00") }))...)
	v := expect(t, s, "2026-04-30 09:00", "")
	if v.Case.Requests != 0 || v.Case.Extended != 0 || !v.Case.EndedAt.Equal(at("2026-03-06 12:00")) {
		t.Errorf("%+v", v.Case)
	}
	// Nor is a pause or a step over its time after that, whenever its end was entered.
	item := permitItem()
	item.Steps = []approval.Step{{Name: "审查", Limit: wd(4)}}
	v = civil.Judge(subject(item, opened(ev(approval.StepStarted, "2026-03-03 09:00", step("审查")), paused("2026-03-03 10:00", wd(4)),
		with(resumed("2026-03-05 10:00"), enteredAt("2026-03-13 10:00")), with(ev(approval.StepFinished, "2026-03-05 10:00", step("审查")), enteredAt("2026-03-13 10:00")),
		ev(approval.Voided, "2026-03-06 10:00"))...), at("2026-04-30 09:00"))
	for _, rule := range []string{"V04", "V11"} {
		for _, f := range v.Findings {
			if f.Rule == rule {
				t.Errorf("%s raised %v", rule, f.RaisedAt)
			}
		}
	}
}

// D20: deemed accepted on the day of its receipt (art. 32), an on-the-spot case that was
// decided on the day of its acceptance was not done on the spot, and not early.
func TestD20DeemedAcceptedIsNotDoneOnTheSpot(t *testing.T) {
	it := permitItem()
	it.CaseType, it.Promised, it.Statutory = approval.OnTheSpot, approval.Limit{}, approval.Limit{}
	v := expect(t, subject(it, received("2026-03-02 09:00"), accepted("2026-03-10 23:00"), granted("2026-03-10 23:30")), "2026-03-20 09:00", "V05 V24")
	expectFinding(t, v, "V24", "", Yellow, "2026-03-03 00:00")
	if v.Case.Early {
		t.Error("early")
	}
	// So it is with papers: asked for on the 3rd, they came on the 4th.
	v = expect(t, subject(it, received("2026-03-02 09:00"), ev(approval.SupplementRequested, "2026-03-03 09:00"), ev(approval.SupplementReceived, "2026-03-04 09:00"), accepted("2026-03-12 23:00"), granted("2026-03-12 23:30")), "2026-03-20 09:00", "V05 V24")
	expectFinding(t, v, "V24", "", Yellow, "2026-03-05 00:00")
	if v.Case.Early {
		t.Error("early, with papers")
	}
}

// D22: where a limit had run out by what was registered, the row's due time is that of
// the finding; the dates claimed stand in the words.
func TestR3RowAndFindingHaveOneDueTime(t *testing.T) {
	dated := with(paused("2026-03-20 10:00", wd(10)), func(e *approval.Event) { e.EffectiveAt = at("2026-03-03 10:00") })
	v := civil.Judge(subject(permitItem(), opened(dated, resumed("2026-03-21 10:00"))...), at("2026-03-31 09:00"))
	wantDue(t, &v.Promised, "2026-03-09 17:30", true, -16)
	if f := expectFinding(t, v, "V02", "", Yellow, "2026-03-09 17:30"); v.Promised.Paused != 0 || v.Case.Used != 21 || !strings.Contains(f.WordsZH, "如按其所称日期计，应不迟于 2026-03-26 17:30 办结") {
		t.Errorf("paused %d, used %d, words: %s", v.Promised.Paused, v.Case.Used, f.WordsZH)
	}
	for entered, decided := range map[string]string{"2026-03-13 15:00": "2026-03-12 10:00", "2026-03-06 15:00": "2026-03-12 10:00"} {
		v = civil.Judge(subject(permitItem(), opened(with(paused("2026-03-04 10:00", wd(10)), enteredAt(entered)), resumed("2026-03-06 10:00"), granted(decided))...), at("2026-04-30 09:00"))
		wantDue(t, &v.Promised, "2026-03-09 17:30", true, -3)
		expectFinding(t, v, "V02", "", Yellow, "2026-03-09 17:30")
	}
	// So it is with whatever else came late: papers that came on the 4th and were
	// entered on the 20th, when the case had been decided.
	item := permitItem()
	item.ClockStart = approval.FromReceipt
	v = civil.Judge(subject(item, received("2026-03-02 09:00"), accepted("2026-03-02 09:10"), with(paused("2026-03-03 09:00", wd(30)), enteredAt("2026-03-12 10:00")), resumed("2026-03-13 09:00"), granted("2026-03-13 10:00")), at("2026-04-30 09:00"))
	wantDue(t, &v.Promised, "2026-03-09 17:30", true, -4)
}

// D29: who asks for papers and accepts at one instant has asked before: acceptance says
// that the papers are complete (art. 32), in whichever order the two were told.
func TestD29AskedAndAcceptedAtOneInstant(t *testing.T) {
	set := DefaultSettings()
	set.SupplementPauses = []string{"GH/GH-01"}
	asked, taken := ev(approval.SupplementRequested, "2026-03-03 00:00"), accepted("2026-03-03 00:00")
	for _, both := range [][]approval.Event{{asked, taken}, {taken, asked}} {
		v := New(office, set).Judge(subject(permitItem(), append([]approval.Event{received("2026-03-02 00:00")}, both...)...), at("2026-03-20 09:00"))
		wantDue(t, &v.Promised, "2026-03-10 17:30", true, -8)
		if v.Case.PausedNow || v.Case.Paused != 0 {
			t.Errorf("%+v", v.Case)
		}
	}
}

// Who has used the last day up before pausing again pauses in vain, and the pause
// before it keeps its day: of one day from the 14th, 5:40 h on the 15th and 1:30 h on the 16th.
func TestAPauseInVainTakesNothingFromTheOneBefore(t *testing.T) {
	item := permitItem()
	item.Promised = wd(1)
	events := []approval.Event{received("2026-07-14 14:10"), accepted("2026-07-14 14:10")}
	events = append(events, append(pausedFor("2026-07-15 16:10", "2026-07-16 14:00"), paused("2026-07-16 15:30", wd(8)))...)
	v := civil.Judge(subject(item, events...), at("2026-07-20 09:00"))
	wantDue(t, &v.Promised, "2026-07-16 17:30", true, -2)
	if v.Promised.Paused != 1 || v.Promised.Elapsed != 3 {
		t.Errorf("paused %d, used %d", v.Promised.Paused, v.Promised.Elapsed)
	}
}

// R5: what is of one instant with the acceptance is no sign that the case began before
// it: the limit counts from the acceptance (Licensing Law arts. 32, 42), and facts of one
// instant agree in any order. A second earlier it is one, and the receipt is missing.
func TestR5AskedAndAcceptedAtOneInstantIsNoContradiction(t *testing.T) {
	asked, taken := ev(approval.SupplementRequested, "2026-03-02 09:00"), accepted("2026-03-02 09:00")
	for _, events := range [][]approval.Event{{asked, taken}, {taken, asked}} {
		v := expect(t, subject(permitItem(), events...), "2026-03-05 09:00", "")
		wantDue(t, &v.Promised, "2026-03-09 17:30", false, 2)
	}
	before := with(ev(approval.SupplementRequested, "2026-03-02 09:00"), func(e *approval.Event) { e.OccurredAt = e.OccurredAt.Add(-time.Second) })
	expect(t, subject(permitItem(), before, taken), "2026-03-05 09:00", "V20")
}

// R5: a pause that ends and begins anew at one instant, on a Saturday, is one pause: art.
// 45 counts none of the time that its procedures take, in one record or in two. Five
// working days from Sunday 25 January would end on the 30th; it goes on from 4 February.
func TestR5APauseThatBeginsAnewAsItEndsGoesOn(t *testing.T) {
	first, anew := paused("2026-01-30 16:00", wd(30)), paused("2026-01-31 08:59", wd(30))
	gap, ended := resumed("2026-01-31 08:59"), resumed("2026-02-04 10:00")
	for _, pauses := range [][]approval.Event{{first, ended}, {first, gap, anew, ended}, {first, anew, gap, ended}} {
		v := civil.Judge(subject(permitItem(), append([]approval.Event{accepted("2026-01-25 16:59")}, pauses...)...), at("2026-02-04 12:00"))
		wantDue(t, &v.Promised, "2026-02-04 17:30", false, 0)
		if v.Promised.Paused != 3 {
			t.Errorf("paused %d", v.Promised.Paused)
		}
	}
}

// A pause within the last day takes no day out (Civil Code art. 201), and a limit does not
// run out while it stands still (Licensing Law art. 45): it is due as it goes on, and
// after the close that is when the office opens again.
func TestAPauseWithinTheLastDayIsDueAsItGoesOn(t *testing.T) {
	noon := paused("2026-03-09 12:30", wd(30))
	for _, c := range []struct {
		events   []approval.Event
		now, due string
	}{
		{[]approval.Event{noon}, "2026-03-09 17:00", "2026-03-09 17:30"},
		{[]approval.Event{noon}, "2026-03-09 23:59:59", "2026-03-10 17:30"},
		{[]approval.Event{noon}, "2026-03-10 08:00", "2026-03-10 17:30"},
		{[]approval.Event{noon, resumed("2026-03-09 20:00")}, "2026-03-09 20:00", "2026-03-10 17:30"},
		{[]approval.Event{noon, resumed("2026-03-10 10:00")}, "2026-03-10 12:00", "2026-03-10 17:30"},
	} {
		v := civil.Judge(subject(permitItem(), opened(c.events...)...), at(c.now))
		wantDue(t, &v.Promised, c.due, false, 0)
	}
}

// R8: a day between two pauses counts if the case was open on it, but until the second
// began nobody could know of that: on the evening of Thursday 24 September the limit ran
// until Monday the 28th (the 25th is a holiday). So the review that began then stands
// (art. 45), and a limit does not run out while it lasts.
func TestR8APauseThatBeganInTimeStands(t *testing.T) {
	item := permitItem()
	item.Promised = wd(1)
	first := pausedFor("2026-09-23 16:30", "2026-09-24 14:00")
	for _, regime := range []approval.Regime{approval.Licensing, approval.LimitsOnly} {
		item.Regime = regime
		begun := append([]approval.Event{received("2026-09-23 16:30"), accepted("2026-09-23 16:30")}, first...)
		v := civil.Judge(subject(item, begun...), at("2026-09-24 18:59"))
		wantDue(t, &v.Promised, "2026-09-28 17:30", false, 1)
		begun = append(begun, pausedFor("2026-09-24 19:00", "2026-11-10 10:00")...)
		v = civil.Judge(subject(item, begun...), at("2026-11-10 12:00"))
		wantDue(t, &v.Promised, "2026-11-10 17:30", false, 0)
		v = civil.Judge(subject(item, begun...), at("2026-11-11 12:00"))
		wantDue(t, &v.Promised, "2026-11-10 17:30", true, -1)
	}
}

// V12 looks at how near the end a pause began as it stood then: an extension of which the
// applicant was told only afterwards (art. 42) had lengthened nothing yet.
func TestAnExtensionToldAfterwardsUnsaysNoPauseNearTheEnd(t *testing.T) {
	told := func(when string) []approval.Event {
		x := extended("2026-03-04 09:00", wd(10))
		x.Extension.NotifiedAt = at(when)
		return opened(x, paused("2026-03-09 15:00", wd(30)), resumed("2026-03-12 10:00"), granted("2026-03-16 10:00"))
	}
	expectFinding(t, civil.Judge(subject(permitItem(), told("2026-03-09 16:00")...), at("2026-04-30 09:00")), "V12", "1", Review, "2026-03-09 15:00")
	expect(t, subject(permitItem(), told("2026-03-09 14:00")...), "2026-04-30 09:00", "")
}

// R5: facts of one midnight that claim later dates are said in the order of kinds, in
// whichever order they were told.
func TestR5FactsThatClaimLaterDatesAreSaidInOneOrder(t *testing.T) {
	ahead := func(e approval.Event, to string) approval.Event { e.EffectiveAt = at(to); return e }
	came, again := ahead(received("2026-03-30 00:00"), "2026-04-13 00:00"), ahead(received("2026-03-30 00:00"), "2026-04-14 00:00")
	papers := ahead(ev(approval.SupplementReceived, "2026-03-30 00:00"), "2026-04-01 00:00")
	taken := accepted("2026-03-30 00:00")
	for _, events := range [][]approval.Event{{came, again, papers, taken}, {again, came, papers, taken}, {papers, again, taken, came}, {taken, papers, came, again}} {
		v := civil.Judge(subject(permitItem(), events...), at("2026-03-31 09:00"))
		f := expectFinding(t, v, "V20", "", Data, "2026-03-30 00:00")
		want := "收件于 2026-03-30 00:00，所称日期却是其后的 2026-04-13 00:00：自前者起算。\n收件于 2026-03-30 00:00，所称日期却是其后的 2026-04-14 00:00：自前者起算。\n补正于 2026-03-30 00:00，所称日期却是其后的 2026-04-01 00:00：自前者起算。"
		if !strings.HasPrefix(f.WordsZH, want) {
			t.Errorf("words: %s", f.WordsZH)
		}
	}
}

// R8: a day counts if the case was open on it in office hours between pauses, also where a
// short one lies between: on 15 May from 15:01 to 16:10.
func TestR8ADayOpenBetweenPausesCounts(t *testing.T) {
	item := permitItem()
	item.Promised, item.Statutory = cd(10), approval.Limit{}
	events := many(pausedFor("2026-05-11 18:00", "2026-05-15 13:00"), pausedFor("2026-05-15 13:01", "2026-05-15 15:01"), pausedFor("2026-05-15 16:10", "2026-05-18 10:00"))
	v := civil.Judge(subject(item, append([]approval.Event{received("2026-05-11 10:45"), accepted("2026-05-11 10:45")}, events...)...), at("2026-05-19 09:00"))
	// The 12th to 14th, 16th and 17th stood still; the 18th from 10:00 on did not: the 21st and five.
	if wantDue(t, &v.Promised, "2026-05-26 17:30", false, 7); v.Promised.Paused != 5 {
		t.Errorf("paused %d", v.Promised.Paused)
	}
}

// R5: acceptances of one midnight, one of which claims a later day and one a second later,
// begin the case by the same moment in whichever order they were told.
func TestR5AcceptancesOfOneInstantBeginACaseOnce(t *testing.T) {
	claims := func(when string) approval.Event {
		return with(accepted("2026-03-30 00:00"), func(e *approval.Event) { e.EffectiveAt = at(when) })
	}
	item := permitItem()
	item.ClockStart = approval.FromReceipt
	second, evening := claims("2026-03-30 00:00:01"), claims("2026-03-30 17:30")
	for _, events := range [][]approval.Event{{second, evening}, {evening, second}} {
		v := civil.Judge(subject(item, events...), at("2026-03-31 09:00"))
		if !v.Case.StartedAt.Equal(at("2026-03-30 00:00")) {
			t.Errorf("started %v", v.Case.StartedAt)
		}
	}
}

// A limit in office hours of which nothing is left when it is paused is due when it goes
// on, and office hours go on when the office is open (Licensing Law art. 45, Civil Code
// art. 203): eight hours from Monday 09:00 are used up on Tuesday at 10:00.
func TestHoursWithNothingLeftAreDueWhenTheOfficeIsOpen(t *testing.T) {
	item := permitItem()
	item.Promised, item.Statutory = approval.Limit{N: 8, Unit: approval.WorkingHours}, approval.Limit{}
	for to, due := range map[string]string{
		"2026-03-04 10:00": "2026-03-04 10:00", "2026-03-04 13:00": "2026-03-04 14:00", "2026-03-04 20:00": "2026-03-05 08:30",
		"2026-03-04 06:00": "2026-03-04 08:30", "2026-03-07 10:00": "2026-03-09 08:30", "2026-03-04 12:00": "2026-03-04 12:00",
	} {
		v := civil.Judge(subject(item, opened(pausedFor("2026-03-03 10:00", to)...)...), at("2026-03-12 09:00"))
		if !v.Promised.Due.Equal(at(due)) {
			t.Errorf("paused until %s: due %v", to, v.Promised.Due)
		}
	}
}
