package rules

import (
	"testing"

	"github.com/mingcha-console/mingcha/app/internal/approval"
)

// Papers dated before their request answer nothing: they are still awaited,
// and the clock stands still.
func TestEarlyPapersDoNotRestartTheClock(t *testing.T) {
	item := permitItem()
	item.ClockStart = approval.FromReceipt
	s := subject(item, received("2026-03-02 09:00"),
		ev(approval.SupplementRequested, "2026-03-03 09:00"),
		ev(approval.SupplementReceived, "2026-03-04 09:00", effectiveAt("2026-03-02 10:00")))
	v := expect(t, s, "2026-03-12 09:00", "V20")
	if !v.Case.PausedNow || v.Case.State != StateSupplement || v.Case.Paused != 7 {
		t.Errorf("%+v", v.Case)
	}
	// Papers of the day of the request, by an earlier hour, do answer it.
	s.Events[2].EffectiveAt = at("2026-03-03 08:00")
	v = civil.Judge(s, at("2026-03-05 09:00"))
	if v.Case.PausedNow || v.Case.State != StateReceived || v.Case.Paused != 0 || v.Case.Requests != 1 {
		t.Errorf("%+v", v.Case)
	}
}

// While the clock stands still nothing stops it again, and only what stopped
// it starts it.
func TestPausesWithinPauses(t *testing.T) {
	item := permitItem()
	item.ClockStart = approval.FromReceipt
	s := subject(item, received("2026-03-02 09:00"),
		ev(approval.SupplementRequested, "2026-03-03 09:00"),
		paused("2026-03-04 09:00", wd(1)),
		resumed("2026-03-05 09:00"),
		ev(approval.SupplementReceived, "2026-03-06 09:00"),
		accepted("2026-03-06 09:10"))
	v := expect(t, s, "2026-03-06 10:00", "")
	if v.Case.Requests != 1 || v.Case.Paused != 3 || v.Case.Used != 1 {
		t.Errorf("%+v", v.Case)
	}
	// A pause told within a pause is no pause of its own: the approval of the
	// first one counts, and the return ends it.
	s = subject(permitItem(), received("2026-03-02 09:00"), accepted("2026-03-02 09:10"),
		paused("2026-03-03 09:00", wd(5)), paused("2026-03-04 09:00", wd(1)), resumed("2026-03-10 17:00"))
	v = expect(t, s, "2026-03-10 18:00", "")
	if v.Case.Requests != 1 || v.Case.Paused != 5 || v.Case.State != StateAccepted {
		t.Errorf("%+v", v.Case)
	}
}

// In hours a clock paused at its very end stays in time to the second, and its
// due time, moving on from second to second, is not waited for.
func TestPausedAtTheLastSecond(t *testing.T) {
	item := permitItem()
	item.Promised, item.Statutory = wh(4), approval.Limit{}
	s := subject(item, received("2026-03-02 09:00"), accepted("2026-03-02 09:00"), paused("2026-03-02 15:00:00", approval.Limit{}))
	v := expect(t, s, "2026-03-02 16:00", "V10:1 V12:1")
	if !v.Next.IsZero() || !v.Promised.OverWithoutPauses {
		t.Errorf("next %v, promised %+v", v.Next, v.Promised)
	}
	// A return registered with a later hour counts when it was registered.
	s = subject(item, received("2026-03-02 09:00"), accepted("2026-03-02 09:00"), paused("2026-03-02 15:00:00", approval.Limit{}),
		ev(approval.Resumed, "2026-03-02 15:30", effectiveAt("2026-03-03 09:00")))
	v = expect(t, s, "2026-03-02 16:00", "V02 V10:1 V12:1 V20")
	if v.Case.PausedNow || !v.Promised.OverAt.Equal(at("2026-03-02 15:30")) {
		t.Errorf("paused now %v, over at %v", v.Case.PausedNow, v.Promised.OverAt)
	}
}

// What was written down later counts from its own date, in the order of the
// writing down: received on Friday, registered on Monday.
func TestEffectiveDates(t *testing.T) {
	s := subject(permitItem(), received("2026-03-02 09:00"),
		with(accepted("2026-03-10 09:00"), func(e *approval.Event) { e.EffectiveAt = at("2026-03-09 17:00") }))
	v := expect(t, s, "2026-03-10 10:00", "")
	if v.Case.DeemedAccepted || !v.Case.StartedAt.Equal(at("2026-03-09 17:00")) {
		t.Errorf("%+v", v.Case)
	}
}

// The applicant told of an extension after the statutory limit, though the case
// had ended by then: the extension was unlawful.
func TestExtensionToldAfterTheEnd(t *testing.T) {
	x := extended("2026-03-05 09:00", wd(5))
	x.Extension.NotifiedAt = at("2026-04-30 09:00")
	expect(t, subject(permitItem(), received("2026-03-02 09:00"), accepted("2026-03-02 09:10"), x, granted("2026-03-06 09:00")),
		"2026-05-08 09:00", "V13:1")
}

// With the statutory limit the shorter one, the report is owed from it on.
func TestReportIsOwedFromTheFirstClock(t *testing.T) {
	item := permitItem()
	item.Promised, item.Statutory = wd(8), wd(3)
	s := subject(item, received("2026-03-02 09:00"), accepted("2026-03-02 09:10"))
	s.Duties.Overdue = true
	v := civil.Judge(s, at("2026-03-31 09:00"))
	expectFinding(t, v, "V27", "overdue", Data, "2026-03-06 17:30") // over on Thursday the 5th
}

// Grounds recorded before the decision: the filing is owed from them on.
func TestFilingIsOwedFromTheGrounds(t *testing.T) {
	s := subject(permitItem(), received("2026-03-02 09:00"), accepted("2026-03-02 09:10"),
		ev(approval.RefusalGrounds, "2026-03-03 09:00"), refused("2026-03-05 10:00"))
	s.Duties.Rejections = true
	v := expect(t, s, "2026-03-31 09:00", "V08 V27:rejection")
	f := expectFinding(t, v, "V27", "rejection", Data, "2026-03-04 17:30")
	if len(f.Evidence) != 1 || f.Evidence[0] != 3 {
		t.Errorf("evidence %v, want the grounds", f.Evidence)
	}
}

// An extension in another unit is converted: 10 working days are 14 calendar
// days, and the warning moves with them.
func TestExtensionInAnotherUnit(t *testing.T) {
	item := permitItem()
	item.Promised, item.Statutory = cd(30), approval.Limit{}
	s := subject(item, received("2026-03-02 09:00"), accepted("2026-03-02 09:10"), extended("2026-03-05 09:00", wd(10)))
	// 2 March + 44 = Wednesday 15 April; 7 days before it, the 8th.
	v := expect(t, s, "2026-04-08 17:30", "")
	if !v.Promised.Due.Equal(at("2026-04-15 17:30")) {
		t.Errorf("due %v", v.Promised.Due)
	}
	expect(t, s, "2026-04-08 17:30:01", "V01")
}

// A limit as short as the lead warns once it is extended.
func TestShortLimitExtended(t *testing.T) {
	item := permitItem()
	item.Promised = wd(1)
	s := subject(item, received("2026-03-02 09:00"), accepted("2026-03-02 09:10"), extended("2026-03-03 09:00", wd(3)))
	expect(t, s, "2026-03-05 17:30:00", "")
	expectFinding(t, expect(t, s, "2026-03-05 17:30:01", "V01"), "V01", "", Warn, "2026-03-05 17:30")
}
