package rules

import (
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/mingcha-console/mingcha/app/internal/approval"
	"github.com/mingcha-console/mingcha/app/internal/workday"
)

// Unless said otherwise: promised 5 and statutory 20 working days under the
// Licensing Law, civil counting, accepted Monday 2026-03-02 09:00, so due Monday
// 2026-03-09 17:30 and Monday 2026-03-30 17:30.
func opened(more ...approval.Event) []approval.Event {
	return append([]approval.Event{received("2026-03-02 09:00"), accepted("2026-03-02 09:00")}, more...)
}

// unentered takes away when the department wrote events down.
func unentered(events []approval.Event) []approval.Event {
	for i := range events {
		events[i].EnteredAt = time.Time{}
	}
	return events
}

func wantDue(t *testing.T, c *Clock, due string, over bool, remaining int) {
	t.Helper()
	if !c.Due.Equal(at(due)) || c.Over != over || c.Remaining != remaining {
		t.Errorf("due %v over %v remaining %d, want %s %v %d", c.Due, c.Over, c.Remaining, due, over, remaining)
	}
}

// R2: registered on Friday 20 March as if decided on the 5th: over by the nine
// working days from the 10th to the 20th, and in time by the date claimed.
func TestR2DecisionDatedBackRunsToItsRegistration(t *testing.T) {
	s := subject(permitItem(), opened(with(granted("2026-03-20 10:00"), func(e *approval.Event) { e.EffectiveAt = at("2026-03-05 10:00") }))...)
	v := expect(t, s, "2026-04-30 09:00", "V01(superseded) V02 V19:backdated")
	wantDue(t, &v.Promised, "2026-03-09 17:30", true, -9)
	if !v.Case.EndedAt.Equal(at("2026-03-20 10:00")) || v.Case.Early {
		t.Errorf("%+v", v.Case)
	}
	f := expectFinding(t, v, "V02", "", Yellow, "2026-03-09 17:30")
	if !strings.Contains(f.WordsZH, "超 9 个工作日。") || !strings.Contains(f.WordsZH, "如按其所称日期计，应不迟于 2026-03-09 17:30 办结，未超时。") {
		t.Errorf("words: %s", f.WordsZH)
	}
	f = expectFinding(t, v, "V19", "backdated", Review, "2026-03-20 10:00")
	if !strings.Contains(f.WordsZH, "承诺时限：按登记时间计，超 9 个工作日。按所称日期计，未超时。") {
		t.Errorf("words: %s", f.WordsZH)
	}
	// Entered late, it is the same; the key says which of the two it was.
	s = subject(permitItem(), opened(with(granted("2026-03-05 10:00"), enteredAt("2026-03-20 10:00")))...)
	v = expect(t, s, "2026-04-30 09:00", "V01(superseded) V02 V19:entry")
	wantDue(t, &v.Promised, "2026-03-09 17:30", true, -9)
	// The next morning is within the office's eight hours: the date of the fact.
	s = subject(permitItem(), opened(with(granted("2026-03-09 17:00"), enteredAt("2026-03-10 09:00")))...)
	v = expect(t, s, "2026-04-30 09:00", "V01(settled)")
	wantDue(t, &v.Promised, "2026-03-09 17:30", false, 0)
}

// observedAt is of a fact that a running source told, as of a moment.
func observedAt(when string) func(*approval.Event) {
	return func(e *approval.Event) { e.ToldAt = at(when) }
}

func enteredAt(when string) func(*approval.Event) {
	return func(e *approval.Event) { e.EnteredAt = at(when) }
}

// R3: over since 9 March; a pause registered on the 20th for the 3rd takes
// nothing back: decided on the 23rd, ten working days late.
func TestR3PauseDatedBackTakesNothingBack(t *testing.T) {
	p := with(paused("2026-03-20 10:00", wd(20)), func(e *approval.Event) { e.EffectiveAt = at("2026-03-03 09:00") })
	s := subject(permitItem(), opened(p, resumed("2026-03-21 09:00"), granted("2026-03-23 10:00"))...)
	v := expect(t, s, "2026-04-30 09:00", "V01(superseded) V02 V19:backdated")
	wantDue(t, &v.Promised, "2026-03-09 17:30", true, -10)
	f := expectFinding(t, v, "V02", "", Yellow, "2026-03-09 17:30")
	if !v.Promised.ByRegistration || !strings.Contains(f.WordsZH, "如按其所称日期计，应不迟于 2026-03-26 17:30 办结，未超时。") {
		t.Errorf("words: %s", f.WordsZH)
	}
	// An extension, a supplement and an acceptance dated back do not either.
	x := with(extended("2026-03-05 10:00", wd(5)), enteredAt("2026-03-20 10:00"))
	v = expect(t, subject(permitItem(), opened(x, granted("2026-03-16 10:00"))...), "2026-04-30 09:00", "V01(superseded) V02 V19:entry")
	wantDue(t, &v.Promised, "2026-03-09 17:30", true, -5)
	a := with(accepted("2026-03-06 10:00"), enteredAt("2026-03-23 10:00"))
	v = civil.Judge(subject(permitItem(), received("2026-03-02 09:00"), a, granted("2026-03-13 10:00")), at("2026-04-30 09:00"))
	expectFinding(t, v, "V05", "", Yellow, "2026-03-09 17:30")
	wantDue(t, &v.Promised, "2026-03-09 17:30", true, -4)
}

// R4: what the department does not say is as the console saw it, where it had
// read all there was before; of a history read for the first time nobody knows.
func TestR4ToldWeeksLater(t *testing.T) {
	events := unentered(opened(granted("2026-03-05 10:00")))
	expect(t, subject(permitItem(), events...), "2026-04-30 09:00", "")
	events[2].ObservedAt = at("2026-04-20 10:00")
	expect(t, subject(permitItem(), events...), "2026-04-30 09:00", "")
	events[2].ToldAt = at("2026-03-24 10:00")
	v := expect(t, subject(permitItem(), events...), "2026-04-30 09:00", "V01(superseded) V02 V19:entry")
	expectFinding(t, v, "V19", "entry", Review, "2026-03-24 10:00")
	wantDue(t, &v.Promised, "2026-03-09 17:30", true, -11)
	// What it says itself does not go before what the console knows, but for more.
	events[2].EnteredAt = at("2026-03-05 10:05")
	v = expect(t, subject(permitItem(), events...), "2026-04-30 09:00", "V01(superseded) V02 V19:entry")
	wantDue(t, &v.Promised, "2026-03-09 17:30", true, -11)
	if f, _ := v.Find("V19", "entry"); !strings.Contains(f.WordsZH, "不予采信，以本台收到的时间为准") {
		t.Errorf("words: %s", f.WordsZH)
	}
	events[2].EnteredAt = at("2026-03-25 10:00")
	v = expect(t, subject(permitItem(), events...), "2026-04-30 09:00", "V01(superseded) V02 V19:entry")
	wantDue(t, &v.Promised, "2026-03-09 17:30", true, -12)
}

// R5: paused and resumed at one instant, in either order; asked and brought at
// one instant, in either order; one pause ends and the next begins on one day.
func TestR5DatesOnly(t *testing.T) {
	midnight := func(k approval.EventKind, day string) approval.Event { return ev(k, day+" 00:00") }
	pause := func(day string) approval.Event { return paused(day+" 00:00", wd(10)) }
	for _, c := range []struct {
		name   string
		events []approval.Event
		paused int
		now    bool
	}{
		{"paused and resumed", []approval.Event{pause("2026-03-03"), midnight(approval.Resumed, "2026-03-03")}, 0, false},
		{"resumed and paused again", []approval.Event{pause("2026-03-03"), midnight(approval.Resumed, "2026-03-05"), pause("2026-03-05"), midnight(approval.Resumed, "2026-03-06")}, 3, false},
	} {
		for i := range 24 {
			events := opened(c.events...)
			for k := 2; k < len(events); k++ { // every order
				n := k - 1
				swap := 2 + i%n
				events[k], events[swap] = events[swap], events[k]
			}
			v := civil.Judge(subject(permitItem(), events...), at("2026-03-09 09:00"))
			if v.Promised.Paused != c.paused || v.Case.PausedNow != c.now || codes(v) != "" && codes(v) != "V01" {
				t.Errorf("%s, order %d: paused %d now %v, %s", c.name, i, v.Promised.Paused, v.Case.PausedNow, codes(v))
			}
		}
	}
	item := permitItem()
	item.ClockStart = approval.FromReceipt
	asked, came := midnight(approval.SupplementRequested, "2026-03-03"), midnight(approval.SupplementReceived, "2026-03-03")
	for _, events := range [][]approval.Event{{asked, came}, {came, asked}} {
		v := expect(t, subject(item, append([]approval.Event{received("2026-03-02 00:00")}, events...)...), "2026-03-04 09:00", "")
		if v.Case.PausedNow || v.Case.State != StateReceived || v.Promised.Paused != 0 {
			t.Errorf("%+v", v.Case)
		}
	}
}

// R6: papers asked for in time, brought on Tuesday 10 March, and then nothing:
// by Tuesday the 17th the application counts as accepted on the 10th.
func TestR6SilenceAfterASupplement(t *testing.T) {
	base := []approval.Event{received("2026-03-02 09:00"), ev(approval.SupplementRequested, "2026-03-04 09:00"), ev(approval.SupplementReceived, "2026-03-10 09:00")}
	expect(t, subject(permitItem(), base...), "2026-03-17 17:30:00", "")
	v := expect(t, subject(permitItem(), base...), "2026-03-17 17:30:01", "V01(superseded) V02 V05")
	expectFinding(t, v, "V05", "", Yellow, "2026-03-17 17:30")
	if !v.Case.StartedAt.Equal(at("2026-03-10 09:00")) || !v.Case.DeemedAccepted {
		t.Errorf("%+v", v.Case)
	}
	wantDue(t, &v.Promised, "2026-03-17 17:30", true, 0)
	// Accepted seven and a half months later: not early.
	late := append(append([]approval.Event{}, base...), accepted("2026-10-22 09:00"), granted("2026-10-23 09:00"))
	v = civil.Judge(subject(permitItem(), late...), at("2026-10-30 09:00"))
	if v.Case.Early || !v.Promised.Over || !v.Statutory.Over || v.Case.Level != Red {
		t.Errorf("%+v", v.Case)
	}
	// Accepted, or asked again, within the five days: no silence.
	expect(t, subject(permitItem(), append(append([]approval.Event{}, base...), accepted("2026-03-17 17:30:00"))...), "2026-03-18 09:00", "")
	expect(t, subject(permitItem(), append(append([]approval.Event{}, base...), ev(approval.SupplementRequested, "2026-03-17 09:00"))...), "2026-06-18 09:00", "V06")
	// While the papers are awaited it is the applicant's turn.
	expect(t, subject(permitItem(), base[:2]...), "2026-06-18 09:00", "")
}

// R7: art. 45 has the applicant told how long it takes.
func TestR7PauseWithoutATime(t *testing.T) {
	s := subject(permitItem(), opened(paused("2026-03-03 09:00", approval.Limit{}))...)
	v := expect(t, s, "2026-11-03 09:00", "V10:1")
	if f := expectFinding(t, v, "V10", "1", Yellow, "2026-03-03 09:00"); !strings.Contains(f.WordsZH, "未告知所需时间") {
		t.Errorf("words: %s", f.WordsZH)
	}
}

// R8: paused each evening and resumed each morning, 65 times: every day was
// worked, and counts.
func TestR8NightlyPauses(t *testing.T) {
	events := opened()
	day := office.DateOf(at("2026-03-02 09:00"))
	for range 65 {
		next := office.AddWorkingDays(day, 1)
		events = append(events, paused(day.String()+" 17:29", wd(1)), resumed(next.String()+" 08:31"))
		day = next
	}
	now := day.String() + " 12:00"
	v := civil.Judge(subject(permitItem(), events...), at(now))
	if v.Promised.Elapsed < 65 || v.Promised.Paused != 0 || !v.Statutory.Over {
		t.Errorf("used %d, paused %d", v.Promised.Elapsed, v.Promised.Paused)
	}
	expectFinding(t, v, "V03", "", Red, "2026-03-30 17:30")
	expectFinding(t, v, "V12", "repeated", Review, "2026-03-04 17:29") // the third: each day before had one
}

// R8: twenty pauses in a row that leave nothing of 140 days stand out from the
// third on, by their share of the days.
func TestR8PausesInARow(t *testing.T) {
	events := opened()
	day := office.DateOf(at("2026-03-03 09:00"))
	for range 20 {
		events = append(events, paused(day.String()+" 09:00", wd(8)), resumed((day+7).String()+" 09:00"))
		day += 7
	}
	v := civil.Judge(subject(permitItem(), events...), at("2026-07-22 09:00"))
	expectFinding(t, v, "V12", "repeated", Review, "2026-03-17 09:00")
}

// V12: two pauses of 40 days one after another: begun on 2 March 2026, paused from the
// 4th to 13 April and again from the 14th; 40 of 43 days are out, and the limit of 20
// working days is 28. Two inquiries of 20 days in a row are looked at by nobody; nor are two
// long ones where the office looks at no share.
func TestV12TwoLongPausesInARow(t *testing.T) {
	twice := func(days int) []approval.Event {
		first := office.DateOf(at("2026-03-04 09:00"))
		second := first + workday.Date(days) + 1
		return append(opened(), paused(first.String()+" 09:00", wd(60)), resumed((second-1).String()+" 09:00"),
			paused(second.String()+" 09:00", wd(60)), resumed((second+workday.Date(days)).String()+" 09:00"))
	}
	v := civil.Judge(subject(permitItem(), twice(40)...), at("2026-06-01 09:00"))
	expectFinding(t, v, "V12", "repeated", Review, "2026-04-14 09:00")
	for _, v := range []Verdict{civil.Judge(subject(permitItem(), twice(20)...), at("2026-06-01 09:00")), New(office, func() Settings {
		s := DefaultSettings()
		s.PausedShare = 0
		return s
	}()).Judge(subject(permitItem(), twice(40)...), at("2026-06-01 09:00"))} {
		if slices.ContainsFunc(v.Findings, func(f Finding) bool { return f.Rule == "V12" && f.Key == "repeated" }) {
			t.Errorf("%+v", v.Findings)
		}
	}
}

// R8: a request for papers after acceptance stops no clock, unless the office
// decided so for the item; the finding says which.
func TestR8SupplementAfterAcceptance(t *testing.T) {
	events := opened(ev(approval.SupplementRequested, "2026-03-03 09:00"))
	v := expect(t, subject(permitItem(), events...), "2026-03-31 09:00", "V01(superseded) V02(superseded) V03")
	if f := expectFinding(t, v, "V03", "", Red, "2026-03-30 17:30"); !strings.Contains(f.WordsZH, "不属第45条所列情形，时限照算（本台设置：从法）") {
		t.Errorf("words: %s", f.WordsZH)
	}
	// Nor does one before it, once the application is accepted all the same.
	item := permitItem()
	item.ClockStart = approval.FromReceipt
	s := subject(item, received("2026-03-02 09:00"), ev(approval.SupplementRequested, "2026-03-03 09:00"), accepted("2026-03-05 09:00"))
	if v := civil.Judge(s, at("2026-03-31 09:00")); v.Promised.Paused != 2 || !v.Promised.Over {
		t.Errorf("promised %+v", v.Promised)
	}
	set := DefaultSettings()
	set.SupplementPauses = []string{"GH/GH-01"}
	v = New(office, set).Judge(subject(permitItem(), events...), at("2026-03-31 09:00"))
	if v.Promised.Over || !v.Case.PausedNow {
		t.Errorf("promised %+v", v.Promised)
	}
	set.SupplementPauses = []string{"GH/GH-02"}
	if v = New(office, set).Judge(subject(permitItem(), events...), at("2026-03-31 09:00")); !v.Promised.Over {
		t.Errorf("promised %+v", v.Promised)
	}
}

// R9: the hearing ends on Sunday of National Day's week with nothing left: due at
// the close of Thursday the 9th, the first working day after the holiday.
func TestR9TermEndsOnNoDayOfRest(t *testing.T) {
	p := with(paused("2025-09-29 08:44", wd(3)), func(e *approval.Event) { e.Pause.Kind = approval.PauseHearing })
	s := subject(permitItem(), received("2025-09-23 09:00"), accepted("2025-09-23 09:00"), p, resumed("2025-10-05 16:38"), granted("2025-10-09 09:00"))
	v := civil.Judge(s, at("2025-10-31 09:00"))
	wantDue(t, &v.Promised, "2025-10-09 17:30", false, 0)
	if !v.Promised.MovedFrom.Equal(at("2025-10-05 17:30")) {
		t.Errorf("moved from %v", v.Promised.MovedFrom)
	}
	if _, over := v.Find("V02", ""); over {
		t.Error("V02")
	}
}

// R10: over on the 9th; a pause on the 11th moves nothing: five days over.
func TestR10DueDateOfACaseThatHadRunOutStays(t *testing.T) {
	s := subject(permitItem(), opened(paused("2026-03-11 09:00", wd(2)), resumed("2026-03-12 09:00"), granted("2026-03-16 10:00"))...)
	v := expect(t, s, "2026-04-30 09:00", "V01(superseded) V02")
	wantDue(t, &v.Promised, "2026-03-09 17:30", true, -5)
	if f := expectFinding(t, v, "V02", "", Yellow, "2026-03-09 17:30"); !strings.Contains(f.WordsZH, "应不迟于 2026-03-09 17:30 办结；决定于 2026-03-16 10:00，超 5 个工作日。") {
		t.Errorf("words: %s", f.WordsZH)
	}
	// Logs of other laws add every pause up.
	s.Item.Regime = approval.LimitsOnly
	v = civil.Judge(s, at("2026-04-30 09:00"))
	wantDue(t, &v.Promised, "2026-03-10 17:30", true, -4)
}

// R14: what a department does not send cannot be missed, and a filing's number
// is a filing.
func TestR14FilingIsOwedWhereDeclared(t *testing.T) {
	s := subject(permitItem(), opened(refused("2026-03-05 10:00"))...)
	expect(t, s, "2026-04-30 09:00", "")
	s.Duties.Rejections = true
	expect(t, s, "2026-04-30 09:00", "V08 V27:rejection")
	s.Events[2].Decision.FilingNo = "税务局否备〔2026〕7号"
	expect(t, s, "2026-04-30 09:00", "V27:rejection") // the report itself was left out
}

// R15: an extension without approver uses up nothing: the right one counts.
func TestR15TheRightExtensionCounts(t *testing.T) {
	wrong := with(extended("2026-03-04 10:00", wd(10)), func(e *approval.Event) { e.Extension.Approver = "" })
	s := subject(permitItem(), opened(wrong, extended("2026-03-05 10:00", wd(10)), granted("2026-03-20 10:00"))...)
	v := expect(t, s, "2026-04-30 09:00", "V13:1")
	wantDue(t, &v.Promised, "2026-03-23 17:30", false, 1)
	// A second right one is one too many.
	s = subject(permitItem(), opened(wrong, extended("2026-03-05 10:00", wd(10)), extended("2026-03-06 10:00", wd(10)))...)
	v = civil.Judge(s, at("2026-03-09 09:00"))
	if got := codes(v); got != "V13:1 V13:3" {
		t.Errorf("findings %q", got)
	}
}

// Case d_m_lx2, R5, R6: an extension six working days after the statutory end takes
// nothing back, under either regime and however rest days are: the warning of the 6th,
// both overruns and by how much stay as they were, and the words say the same.
func TestLateExtensionTakesNothingBack(t *testing.T) {
	for _, of := range []struct {
		regime approval.Regime
		moves  bool
		why    string
	}{{approval.Licensing, false, "违规或已超时"}, {approval.LimitsOnly, false, "批准时已超时或已办结"}, {approval.LimitsOnly, true, "批准时已超时或已办结"}} {
		item := permitItem()
		item.Regime, item.RestDaysMoveEnd = of.regime, of.moves
		x := with(extended("2026-04-08 15:00", wd(10)), func(e *approval.Event) { e.Extension.NotifiedAt = e.OccurredAt })
		s := subject(item, opened(x, granted("2026-04-10 10:00"))...)
		for _, c := range []struct {
			now      string
			overBy   int // 10–13, 16–20, 23–27, 30–3 make 19 days; then 7, 8, 9, 10 April
			lawOver  int // 31 March to 3 April, then 7, 8, 9, 10
			extended bool
		}{{"2026-04-07 23:59", -20, -5, false}, {"2026-04-08 23:59", -21, -6, true}, {"2026-04-30 09:00", -23, -8, true}} {
			v := civil.Judge(s, at(c.now))
			wantDue(t, &v.Promised, "2026-03-09 17:30", true, c.overBy)
			wantDue(t, &v.Statutory, "2026-03-30 17:30", true, c.lawOver)
			expectFinding(t, v, "V01", "", Warn, "2026-03-06 17:30")
			expectFinding(t, v, "V02", "", Yellow, "2026-03-09 17:30")
			f := expectFinding(t, v, "V03", "", Red, "2026-03-30 17:30")
			if f.State != Active || v.Case.Extended != 0 || strings.Contains(f.WordsZH, "延长") != c.extended {
				t.Errorf("at %s: %v, extended by %d, words: %s", c.now, f.State, v.Case.Extended, f.WordsZH)
			}
		}
		f := expectFinding(t, civil.Judge(s, at("2026-04-30 09:00")), "V03", "", Red, "2026-03-30 17:30")
		if !strings.Contains(f.WordsZH, "法定时限 20 个工作日（延长不计："+of.why+"）。") || !strings.HasSuffix(f.WordsZH, "应不迟于 2026-03-30 17:30 办结；决定于 2026-04-10 10:00，超 8 个工作日。") ||
			!strings.HasSuffix(f.WordsEN, "Due by 2026-03-30 17:30; decided 2026-04-10 10:00, 8 working days over.") {
			t.Errorf("words: %s\n%s", f.WordsZH, f.WordsEN)
		}
	}
}

// R5, R6: what an extension lengthens is decided of each limit by itself, by when it was
// told: due 9 March by the promise, 30 March by law.
func TestR6AnExtensionCountsWhileThereIsSomethingToExtend(t *testing.T) {
	decided := granted("2026-04-24 10:00")
	for _, c := range []struct {
		name         string
		events       []approval.Event
		promise, law string // when each is due in the end
		extended     int    // by how many units the promise was
	}{
		{"before either ran out", []approval.Event{extended("2026-03-09 17:30", wd(5)), decided}, "2026-03-16 17:30", "2026-04-07 17:30", 5},
		{"between the two", []approval.Event{extended("2026-03-10 09:00", wd(5)), decided}, "2026-03-09 17:30", "2026-04-07 17:30", 0},
		{"after both", []approval.Event{extended("2026-04-01 09:00", wd(5)), decided}, "2026-03-09 17:30", "2026-03-30 17:30", 0},
		{"one too late, one later still", []approval.Event{extended("2026-03-10 09:00", wd(5)), extended("2026-03-11 09:00", wd(10)), decided}, "2026-03-09 17:30", "2026-04-07 17:30", 0},
		{"two in time: once", []approval.Event{extended("2026-03-04 09:00", wd(5)), extended("2026-03-05 09:00", wd(10)), decided}, "2026-03-16 17:30", "2026-04-07 17:30", 5},
		{"one told late, one in time", []approval.Event{with(extended("2026-03-04 09:00", wd(10)), observedAt("2026-03-11 09:00")), extended("2026-03-05 09:00", wd(5)), decided}, "2026-03-16 17:30", "2026-04-14 17:30", 5},
		{"dated before, seen after", []approval.Event{with(extended("2026-03-12 09:00", wd(5)), func(e *approval.Event) { e.EffectiveAt = at("2026-03-04 09:00") }), decided}, "2026-03-09 17:30", "2026-04-07 17:30", 0},
		{"entered when the case had ended", []approval.Event{with(extended("2026-03-04 09:00", wd(5)), enteredAt("2026-03-09 16:00")), granted("2026-03-06 10:00")}, "2026-03-09 17:30", "2026-03-30 17:30", 0},
		{"after a pause that began too late", many(pausedFor("2026-03-10 09:00", "2026-03-12 09:00"), []approval.Event{extended("2026-03-11 10:00", wd(5)), decided}), "2026-03-11 17:30", "2026-04-09 17:30", 0},
	} {
		for _, moves := range []bool{false, true} {
			item := permitItem()
			item.Regime, item.RestDaysMoveEnd = approval.LimitsOnly, moves
			s := subject(item, opened(c.events...)...)
			v := civil.Judge(s, at("2026-04-30 09:00"))
			if !v.Promised.Due.Equal(at(c.promise)) || !v.Statutory.Due.Equal(at(c.law)) || v.Case.Extended != c.extended {
				t.Errorf("%s: due %v and %v, extended by %d", c.name, v.Promised.Due, v.Statutory.Due, v.Case.Extended)
			}
			// What had run out is found with the end that stood, and was so on the day.
			for _, now := range []string{"2026-03-10 08:00", "2026-04-30 09:00"} {
				then := civil.Judge(s, at(now))
				if f, over := then.Find("V02", ""); v.Promised.Over && c.promise < "2026-03-12" && (!over || !f.RaisedAt.Equal(at("2026-03-09 17:30"))) {
					t.Errorf("%s, at %s: V02 %v, raised %v", c.name, now, over, f.RaisedAt)
				}
			}
		}
	}
}

// Case d_roll: ten calendar days from 21 September end on 1 October, a holiday,
// so on the 8th; what is left at the warning adds up with that.
func TestWarningAddsUpWithTheShift(t *testing.T) {
	item := permitItem()
	item.Promised, item.Statutory = cd(10), approval.Limit{}
	s := subject(item, received("2026-09-21 10:00"), accepted("2026-09-21 10:00"), granted("2026-10-08 16:00"))
	v := civil.Judge(s, at("2026-11-01 09:00"))
	wantDue(t, &v.Promised, "2026-10-08 17:30", false, 0)
	f, ok := v.Find("V01", "")
	if !ok || !strings.Contains(f.WordsZH, "至 2026-09-24 17:30 只剩 14 日（自然日）") ||
		!strings.Contains(f.WordsZH, "末日 10-01 周四（国庆节），为休息日，顺延至 10-08 周四（民法典第203条）。") {
		t.Errorf("words: %s", f.WordsZH)
	}
	for _, d := range civil.Strip(s, at("2026-11-01 09:00")).Days {
		if d.Promised > 10 || d.Moved != (d.Date > office.DateOf(at("2026-10-01 12:00")) && d.Date <= office.DateOf(at("2026-10-08 12:00"))) {
			t.Errorf("%v: %d, moved %v", d.Date, d.Promised, d.Moved)
		}
	}
}

// The same for an item of no named law; one of another law ends where it ends.
func TestRestDaysMoveEnds(t *testing.T) {
	item := permitItem()
	item.Regime, item.Promised, item.Statutory = approval.LimitsOnly, approval.Limit{}, cd(10)
	s := subject(item, received("2026-09-21 10:00"), accepted("2026-09-21 10:00"), granted("2026-10-08 16:00"))
	v := civil.Judge(s, at("2026-11-01 09:00"))
	wantDue(t, &v.Statutory, "2026-10-01 17:30", true, -7)
	item.RestDaysMoveEnd = true
	v = civil.Judge(s, at("2026-11-01 09:00"))
	wantDue(t, &v.Statutory, "2026-10-08 17:30", false, 0)
}

// R16: New Year's Day is known without the list of 2027, and the words say that
// the list is missing.
func TestR16WordsSayThatTheListIsMissing(t *testing.T) {
	item := permitItem()
	item.Promised = wd(2)
	v := civil.Judge(subject(item, received("2026-12-30 09:00"), accepted("2026-12-30 09:00")), at("2027-01-05 09:00"))
	f := expectFinding(t, v, "V02", "", Yellow, "2027-01-04 17:30")
	if !v.Case.Unlisted || !strings.Contains(f.WordsZH, "01-01 元旦；01-02 至 01-03 周末；01-04 为第 2 日") || !strings.Contains(f.WordsZH, "缺 2027 年节假日表") {
		t.Errorf("words: %s", f.WordsZH)
	}
}

// R10, R8: of a pause that took nothing off, because the limit had run out or because it
// was too short, it is not said that it does not count, beside days that do.
func TestR10WordsOfPausesThatTookNothing(t *testing.T) {
	events := opened(pausedFor("2026-03-03 17:00", "2026-03-04 08:40")...)
	events = append(events, pausedFor("2026-03-05 09:00", "2026-03-06 09:00")...)
	events = append(events, append(pausedFor("2026-04-02 10:00", "2026-04-20 10:00"), granted("2026-04-21 10:00"))...)
	v := civil.Judge(subject(permitItem(), events...), at("2026-04-30 09:00"))
	want := "挂起 2026-03-03 17:00 → 2026-03-04 08:40（专家评审）按计时办法未占时限，不予扣除。\n" +
		"挂起 2026-03-05 09:00 → 2026-03-06 09:00 不计（专家评审）。\n" +
		"挂起 2026-04-02 10:00 → 2026-04-20 10:00（专家评审）在时限届满之后，不予扣除，时限照算。\n" +
		"03-03 至 03-05 为第 1–3 日；03-06 挂起；03-07 至 03-08 周末；03-09 至 03-13 为第 4–8 日；"
	if f := expectFinding(t, v, "V02", "", Yellow, "2026-03-10 17:30"); !strings.Contains(f.WordsZH, want) {
		t.Errorf("words: %s", f.WordsZH)
	}
}

// Case d_roll: of a last day of rest that is not moved the words say so, and why.
func TestRestDaysThatDoNotMoveAreSaid(t *testing.T) {
	item := permitItem()
	item.Regime, item.Promised, item.Statutory = approval.LimitsOnly, approval.Limit{}, cd(10)
	s := subject(item, received("2026-09-21 10:00"), accepted("2026-09-21 10:00"), granted("2026-10-08 16:00"))
	if f := expectFinding(t, civil.Judge(s, at("2026-11-01 09:00")), "V03", "", Red, "2026-10-01 17:30"); !strings.Contains(f.WordsZH, "末日 10-01 周四（国庆节），为休息日；该事项适用的规定不顺延。") {
		t.Errorf("words: %s", f.WordsZH)
	}
	set := DefaultSettings()
	set.RollOver, item.Regime = false, approval.Licensing
	if f := expectFinding(t, New(office, set).Judge(s, at("2026-11-01 09:00")), "V03", "", Red, "2026-10-01 17:30"); !strings.Contains(f.WordsZH, "为休息日；本台设置：不顺延。") {
		t.Errorf("words: %s", f.WordsZH)
	}
}

// Case d_month, R10: logs of another law add pauses up, whenever those were, and where
// rest days move its end, too. What had run out before stays a finding with its own date,
// and row, words and finding say so of both.
func TestLatePauseRowAndFindingSayTheSame(t *testing.T) {
	item := permitItem()
	item.Regime = approval.LimitsOnly
	for _, move := range []bool{false, true} {
		item.RestDaysMoveEnd = move
		v := civil.Judge(subject(item, opened(many(pausedFor("2026-03-11 09:00", "2026-03-13 09:00"), []approval.Event{granted("2026-03-16 10:00")})...)...), at("2026-04-30 09:00"))
		wantDue(t, &v.Promised, "2026-03-11 17:30", true, -3)
		if f := expectFinding(t, v, "V02", "", Yellow, "2026-03-09 17:30"); !strings.Contains(f.WordsZH, "应不迟于 2026-03-09 17:30 办结，届时仍未办结，已超时；此后停止计时的时间，按该事项的计算办法仍予累加。\n应不迟于 2026-03-11 17:30 办结；决定于 2026-03-16 10:00，超 3 个工作日。") {
			t.Errorf("words: %s", f.WordsZH)
		}
	}
}

// The published reference of BPIC 2015, another country's law, in calendar days that no
// day of rest moves, counts every extension in: receipt + limit + extension + pauses. What
// had run out before it came is found all the same, and so is the warning of it.
func TestR6ASummedExtensionTakesNothingBackEither(t *testing.T) {
	item := permitItem()
	item.Regime, item.ClockStart = approval.LimitsOnly, approval.FromReceipt
	item.Promised, item.Statutory = approval.Limit{}, cd(20)
	s := subject(item, received("2026-03-02 09:00"), accepted("2026-03-02 09:10"), extended("2026-03-25 09:00", cd(10)), granted("2026-03-26 16:00"))
	v := expect(t, s, "2026-04-30 09:00", "V01(superseded) V03")
	wantDue(t, &v.Statutory, "2026-04-01 17:30", false, 6)
	expectFinding(t, v, "V01", "", Warn, "2026-03-15 17:30")
	f := expectFinding(t, v, "V03", "", Red, "2026-03-22 17:30")
	if v.Case.Early || !strings.Contains(f.WordsZH,
		"应不迟于 2026-03-22 17:30 办结；2026-03-25 09:00 才延长，其时超 3 日（自然日）。事后延长不能使已超时的变为未超时。\n决定于 2026-03-26 16:00，超 4 日（自然日）。\n按延长后的时限和全部事实所称的日期计，应不迟于 2026-04-01 17:30 办结；决定于 2026-03-26 16:00，未超时。") {
		t.Errorf("early %v, words: %s", v.Case.Early, f.WordsZH)
	}
	item.RestDaysMoveEnd = true // 22 March is a Sunday: Monday the 23rd
	v = expect(t, s, "2026-04-30 09:00", "V01(superseded) V03")
	wantDue(t, &v.Statutory, "2026-03-23 17:30", true, -3)
}

// Domain §3, art. 42: a licence without a declared limit has the law's, and the words
// say so: twenty working days from 2 March end on the 30th.
func TestArt42LimitOfTheLawIsFoundAndSaid(t *testing.T) {
	item := permitItem()
	item.Promised, item.Statutory = approval.Limit{}, approval.Limit{N: 500, Unit: approval.WorkingDays}
	item.LawfulLimits()
	v := civil.Judge(subject(item, opened(granted("2026-11-20 09:00"))...), at("2026-11-30 09:00"))
	f := expectFinding(t, v, "V03", "", Red, "2026-03-30 17:30")
	if v.Case.Limit != wd(20) || !strings.Contains(f.WordsZH, "法定时限 20 个工作日（部门申报的 500 个工作日无法律依据，不予采用，按行政许可法第42条）。") {
		t.Errorf("limit %v, words: %s", v.Case.Limit, f.WordsZH)
	}
}

// What is under no named law breaks none: V03 of such an item cites the limit that was
// published for it.
func TestBasisIsTheLawThatApplies(t *testing.T) {
	for _, code := range []string{"V01", "V03", "V24"} {
		licence, other := Lookup(code).Under(approval.Licensing), Lookup(code).Under(approval.LimitsOnly)
		if licence != Lookup(code) || strings.HasPrefix(other.BasisZH, "行政许可法") || other.BasisZH == licence.BasisZH || other.BasisEN == licence.BasisEN {
			t.Errorf("%s: %+v, %+v", code, licence, other)
		}
	}
	if v := Lookup("V20"); v.Under(approval.LimitsOnly) != v {
		t.Error("V20 has another basis")
	}
}
