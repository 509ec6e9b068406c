package rules

import (
	"testing"

	"github.com/mingcha-console/mingcha/app/internal/approval"
	"github.com/mingcha-console/mingcha/app/internal/workday"
)

// The case drawn in the design: accepted 22 September 2026, an expert review
// from the 25th to the 28th, Mid-Autumn from the 25th to the 27th, National Day to 7 October.
func mockCase() *Subject {
	return subject(permitItem(),
		received("2026-09-22 08:51"),
		accepted("2026-09-22 09:30"),
		with(paused("2026-09-25 09:00", wd(2)), func(e *approval.Event) { e.EnteredAt = at("2026-10-08 08:40") }),
		with(resumed("2026-09-28 17:00"), func(e *approval.Event) { e.EnteredAt = at("2026-10-08 08:41") }),
		granted("2026-10-09 10:05"),
	)
}

func TestMockCase(t *testing.T) {
	v := expect(t, mockCase(), "2026-10-09 12:00", "V01(superseded) V02 V19:entry")
	p, s := v.Promised, v.Statutory
	// The pause was written down on 8 October, when the promise had run out: that clock
	// goes by what had been registered, the statutory one by the date of the pause.
	if !p.Due.Equal(at("2026-09-30 17:30")) || !p.DueWithoutPauses.Equal(at("2026-09-30 17:30")) || p.Elapsed != 7 || p.Paused != 0 || p.Remaining != -2 {
		t.Errorf("promised: %+v", p)
	}
	if !s.Due.Equal(at("2026-10-28 17:30")) || s.Over || s.Remaining != 14 {
		t.Errorf("statutory: %+v", s)
	}
	f := expectFinding(t, v, "V02", "", Yellow, "2026-09-30 17:30")
	want := "受理 2026-09-22（周二）09:30，起算日不计入。\n" +
		"承诺时限 5 个工作日。\n" +
		"09-23 至 09-24 为第 1–2 日；09-25 至 09-27 中秋节；09-28 至 09-30 为第 3–5 日；10-01 至 10-07 国庆节；10-08 至 10-09 为第 6–7 日。\n" +
		"应不迟于 2026-09-30 17:30 办结；决定于 2026-10-09 10:05，超 2 个工作日。\n" +
		"登记过晚的，按登记时间计；如按其所称日期计，应不迟于 2026-10-08 17:30 办结，超 1 个工作日。"
	if f.WordsZH != want {
		t.Errorf("words:\n%s\nwant:\n%s", f.WordsZH, want)
	}
	wantEN := "Day one is not counted: accepted Tue 2026-09-22 09:30.\n" +
		"Promised limit 5 working days.\n" +
		"09-23 to 09-24: days 1–2; 09-25 to 09-27: holiday 中秋节; 09-28 to 09-30: days 3–5; 10-01 to 10-07: holiday 国庆节; 10-08 to 10-09: days 6–7.\n" +
		"Due by 2026-09-30 17:30; decided 2026-10-09 10:05, 2 working days over.\n" +
		"What was registered too late counts from its registration; by the dates claimed the case would be due by 2026-10-08 17:30, 1 working day over."
	if f.WordsEN != wantEN {
		t.Errorf("words:\n%s\nwant:\n%s", f.WordsEN, wantEN)
	}
	if len(f.Evidence) != 4 || f.Evidence[0] != 2 || f.Evidence[3] != 5 {
		t.Errorf("evidence %v, want acceptance, pause, return and decision", f.Evidence)
	}
	c := v.Case
	if c.State != StateEnded || c.Outcome != Granted || c.Level != Yellow || c.Used != 7 || c.Paused != 0 || c.Requests != 1 || c.Early || c.Window != "3 号窗口" {
		t.Errorf("summary %+v", c)
	}
}

// The published example of one real rule set: accepted Monday 15 October 2018
// at 10:00, promised 7, statutory 10, the start day counting as day one.
func TestPublishedDatesInStrictMode(t *testing.T) {
	set := DefaultSettings()
	set.Mode = workday.Strict
	set.WarnWorkingDays = 3
	strict := New(office, set)
	item := permitItem()
	item.Promised, item.Statutory = wd(7), wd(10)
	s := subject(item, received("2018-10-15 10:00"), accepted("2018-10-15 10:00"))
	for _, c := range []struct{ now, want string }{
		{"2018-10-19 10:00:00", ""},
		{"2018-10-19 10:00:01", "V01"},
		{"2018-10-24 10:00:00", "V01"},
		{"2018-10-24 10:00:01", "V01(superseded) V02"},
		{"2018-10-29 10:00:00", "V01(superseded) V02"},
		{"2018-10-29 10:00:01", "V01(superseded) V02(superseded) V03"},
	} {
		if got := codes(strict.Judge(s, at(c.now))); got != c.want {
			t.Errorf("at %s: %q, want %q", c.now, got, c.want)
		}
	}
	v := strict.Judge(s, at("2018-11-01 09:00"))
	expectFinding(t, v, "V01", "", Warn, "2018-10-19 10:00")
	expectFinding(t, v, "V02", "", Yellow, "2018-10-24 10:00")
	expectFinding(t, v, "V03", "", Red, "2018-10-29 10:00")
}

// Accepted Monday 2 March 2026; nothing but weekends until the 30th.
func TestLimitsOfAnOpenCase(t *testing.T) {
	s := subject(permitItem(), received("2026-03-02 09:00"), accepted("2026-03-02 09:10"))
	for _, c := range []struct{ now, want, next string }{
		{"2026-03-02 09:10:00", "", "2026-03-06 17:30:01"},
		{"2026-03-06 17:30:00", "", "2026-03-06 17:30:01"},
		{"2026-03-06 17:30:01", "V01", "2026-03-09 17:30:01"},
		{"2026-03-09 17:30:00", "V01", "2026-03-09 17:30:01"},
		{"2026-03-09 17:30:01", "V01(superseded) V02", "2026-03-30 17:30:01"},
		{"2026-03-30 17:30:00", "V01(superseded) V02", "2026-03-30 17:30:01"},
		{"2026-03-30 17:30:01", "V01(superseded) V02(superseded) V03", ""},
	} {
		v := expect(t, s, c.now, c.want)
		if c.next == "" && !v.Next.IsZero() || c.next != "" && !v.Next.Equal(at(c.next)) {
			t.Errorf("at %s: next %v, want %s", c.now, v.Next, c.next)
		}
	}
	v := civil.Judge(s, at("2026-04-30 09:00"))
	expectFinding(t, v, "V01", "", Warn, "2026-03-06 17:30")
	expectFinding(t, v, "V02", "", Yellow, "2026-03-09 17:30")
	expectFinding(t, v, "V03", "", Red, "2026-03-30 17:30")
}

func TestLimitsOfAnEndedCase(t *testing.T) {
	for _, c := range []struct{ ended, want string }{
		{"2026-03-06 17:30:00", ""},
		{"2026-03-06 17:30:01", "V01(settled)"},
		{"2026-03-09 17:30:00", "V01(settled)"},
		{"2026-03-09 17:30:01", "V01(superseded) V02"},
		{"2026-03-30 17:30:00", "V01(superseded) V02"},
		{"2026-03-30 17:30:01", "V01(superseded) V02(superseded) V03"},
	} {
		s := subject(permitItem(), received("2026-03-02 09:00"), accepted("2026-03-02 09:10"), granted(c.ended))
		v := expect(t, s, "2026-06-01 09:00", c.want)
		if !v.Next.IsZero() {
			t.Errorf("ended %s: next %v", c.ended, v.Next)
		}
		if f, ok := v.Find("V01", ""); ok && f.State == Settled && !f.SettledAt.Equal(at(c.ended)) {
			t.Errorf("settled at %v, want %s", f.SettledAt, c.ended)
		}
	}
}

// V01 leads: seven calendar days, four working hours, and none for a limit no
// longer than the lead.
func TestWarningLeads(t *testing.T) {
	for _, c := range []struct {
		name, start, before, after string
		limit                      approval.Limit
		want                       string
	}{
		// 20 March + 30 = 19 April, a Sunday, so 20 April; less the lead 13 April.
		{"calendar days that roll over", "2026-03-20 09:00", "2026-04-13 17:30:00", "2026-04-13 17:30:01", cd(30), "V01"},
		// 14:00 + 10 opening hours: 3:30 on Monday, 6:30 on Tuesday; 4 hours
		// before 17:00 on Tuesday, less the noon break, it is 11:00.
		{"working hours", "2026-03-02 14:00", "2026-03-03 11:00:00", "2026-03-03 11:00:01", wh(10), "V01"},
		{"as short as the lead", "2026-03-02 09:00", "2026-03-03 17:30:00", "2026-03-03 17:30:01", wd(1), "V02"},
	} {
		item := permitItem()
		item.Promised, item.Statutory = c.limit, approval.Limit{}
		s := subject(item, received(c.start), accepted(c.start))
		if got := codes(civil.Judge(s, at(c.before))); got != "" {
			t.Errorf("%s: at %s %q", c.name, c.before, got)
		}
		if got := codes(civil.Judge(s, at(c.after))); got != c.want {
			t.Errorf("%s: at %s %q, want %q", c.name, c.after, got, c.want)
		}
	}
}

// While paused nothing new is said, and what was said stands.
func TestWarningAndPause(t *testing.T) {
	// Due 9 March, warned 6 March 17:30; paused on the 6th before that, or on
	// the 9th after it.
	early := subject(permitItem(), received("2026-03-02 09:00"), accepted("2026-03-02 09:10"), paused("2026-03-06 10:00", wd(60)))
	expect(t, early, "2026-03-31 09:00", "")
	late := subject(permitItem(), received("2026-03-02 09:00"), accepted("2026-03-02 09:10"), paused("2026-03-09 10:00", wd(60)))
	for _, now := range []string{"2026-03-09 11:00", "2026-03-12 11:00", "2026-03-31 09:00"} {
		v := expect(t, late, now, "V01 V12:1") // paused on the last day
		expectFinding(t, v, "V01", "", Warn, "2026-03-06 17:30")
	}
}

func TestStepLimits(t *testing.T) {
	item := permitItem()
	item.Steps = []approval.Step{{Name: "审查", Limit: wd(2)}, {Name: "制证"}}
	base := []approval.Event{received("2026-03-02 09:00"), accepted("2026-03-02 09:10")}
	begun := ev(approval.StepStarted, "2026-03-02 10:00", step("审查"))
	end := func(when string) approval.Event { return ev(approval.StepFinished, when, step("审查")) }
	for _, c := range []struct {
		name   string
		events []approval.Event
		now    string
		want   string
	}{
		{"open, in time", []approval.Event{begun}, "2026-03-04 17:30:00", ""},
		{"open, late", []approval.Event{begun}, "2026-03-04 17:30:01", "V04:审查"},
		{"finished at the last second", []approval.Event{begun, end("2026-03-04 17:30:00")}, "2026-03-05 09:00", ""},
		{"finished a second late", []approval.Event{begun, end("2026-03-04 17:30:01")}, "2026-03-05 09:00", "V04:审查"},
		{"a pause is taken off", []approval.Event{begun, paused("2026-03-03 09:00", wd(1)), resumed("2026-03-04 09:00"), end("2026-03-05 17:30:00")}, "2026-03-05 18:00", ""},
		{"and no more than it", []approval.Event{begun, paused("2026-03-03 09:00", wd(1)), resumed("2026-03-04 09:00"), end("2026-03-05 17:30:01")}, "2026-03-05 18:00", "V04:审查"},
		{"unfinished, ends with the case", []approval.Event{begun, granted("2026-03-04 17:00")}, "2026-03-31 09:00", ""},
		{"unfinished when the case ended late for it", []approval.Event{begun, granted("2026-03-05 09:00")}, "2026-03-31 09:00", "V04:审查"},
		{"a step without a limit", []approval.Event{ev(approval.StepStarted, "2026-03-02 10:00", step("制证"))}, "2026-03-06 09:00", ""},
		{"the second start", []approval.Event{begun, end("2026-03-02 11:00"), ev(approval.StepStarted, "2026-03-02 12:00", step("审查"))}, "2026-03-05 09:00", "V04:审查#2"},
	} {
		t.Run(c.name, func(t *testing.T) {
			s := subject(item, append(append([]approval.Event{}, base...), c.events...)...)
			v := civil.Judge(s, at(c.now))
			if got := codes(v); got != c.want {
				t.Errorf("findings %q, want %q", got, c.want)
			}
			if c.want == "V04:审查" && c.name != "and no more than it" {
				expectFinding(t, v, "V04", "审查", Warn, "2026-03-04 17:30")
			}
		})
	}
}

func TestOnTheSpot(t *testing.T) {
	item := permitItem()
	item.CaseType, item.Promised, item.Statutory = approval.OnTheSpot, approval.Limit{}, approval.Limit{}
	base := []approval.Event{received("2026-03-02 16:00"), accepted("2026-03-02 16:05")}
	for _, c := range []struct{ ended, now, want string }{
		{"", "2026-03-02 23:59:59", ""},
		{"", "2026-03-03 00:00:00", "V24"}, // midnight is of the next day
		{"2026-03-02 16:20", "2026-03-09 09:00", ""},
		{"2026-03-02 23:59:59", "2026-03-09 09:00", ""},
		{"2026-03-03 00:00:00", "2026-03-09 09:00", "V24"},
	} {
		events := append([]approval.Event{}, base...)
		if c.ended != "" {
			events = append(events, granted(c.ended))
		}
		v := expect(t, subject(item, events...), c.now, c.want)
		if c.want != "" {
			expectFinding(t, v, "V24", "", Yellow, "2026-03-03 00:00")
		}
		if early := c.ended != "" && c.want == ""; v.Case.Early != early {
			t.Errorf("ended %s: early %v", c.ended, v.Case.Early)
		}
	}
	// Without an acceptance the day of receipt counts.
	v := expect(t, subject(item, received("2026-03-02 16:00")), "2026-03-04 09:00", "V24")
	if !v.Next.Equal(at("2026-03-09 17:30:01")) { // then V05
		t.Errorf("next %v", v.Next)
	}
}
