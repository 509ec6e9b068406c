package rules

import (
	"strings"
	"testing"
	"time"

	"github.com/mingcha-console/mingcha/app/internal/approval"
)

// under is an item of a law, its limits in calendar days: promised 5, statutory 20.
func under(regime approval.Regime) *approval.Item {
	it := outside()
	it.Regime, it.Promised, it.Statutory, it.RestDaysMoveEnd = regime, cd(5), cd(20), true
	return it
}

var regimes = []approval.Regime{approval.Licensing, approval.LimitsOnly}

// nights are so many pauses, one an evening, each over in the morning or after midnight.
func nights(n int, from, to string) (events []approval.Event) {
	for i := range n {
		day := at("2026-03-02 00:00").AddDate(0, 0, i)
		events = append(events, pausedFor(day.Format("2006-01-02 ")+from, day.AddDate(0, 0, 1).Format("2006-01-02 ")+to)...)
	}
	return events
}

// R8: in calendar days, too, a night buys no day, under whichever law: five days from
// Monday 2026-03-02 end on Saturday the 7th, so on Monday the 9th at the close.
func TestR8NightlyPausesBuyNoCalendarDay(t *testing.T) {
	for _, regime := range regimes {
		for _, hours := range [][2]string{{"23:59", "00:01"}, {"17:29", "08:31"}, {"18:00", "08:00"}} {
			s := subject(under(regime), opened(append(nights(79, hours[0], hours[1]), granted("2026-05-20 10:00"))...)...)
			v := civil.Judge(s, at("2026-05-25 09:00"))
			// The 9th to 20 May are 72 days, and every one of them was worked on. At 18:00 the
			// office is closed, as it is on the days of rest between: nights to 08:00 leave those.
			wantDue(t, &v.Promised, "2026-03-09 17:30", true, -72)
			if v.Promised.Paused != 0 || v.Promised.Elapsed != 79 {
				t.Errorf("%v, %v: paused %d, used %d", regime, hours, v.Promised.Paused, v.Promised.Elapsed)
			}
			expectFinding(t, v, "V02", "", Yellow, "2026-03-09 17:30")
			if f, found := v.Find("V12", "repeated"); !found || f.Level != Review {
				t.Errorf("%v, %v: nobody looks at %s", regime, hours, codes(v))
			}
		}
	}
}

// R8: the last day ends though it is paused again and again. What a pause leaves of it goes
// on on the day on which it ends, and is that day, no other; who worked a day's hours on
// such days has used it up. Used, due and overdue say the same.
func TestR8TheLastDayEndsUnderEveryLaw(t *testing.T) {
	again := many(pausedFor("2026-03-09 14:00", "2026-03-10 10:00"), pausedFor("2026-03-10 14:00", "2026-03-11 10:00"),
		pausedFor("2026-03-11 14:00", "2026-03-12 10:00"), pausedFor("2026-03-12 14:00", "2026-03-13 10:00"))
	for _, regime := range regimes {
		for _, unit := range []approval.Limit{wd(5), cd(5)} {
			it := under(regime)
			it.Promised, it.Statutory = unit, approval.Limit{}
			judge := func(now string) *Clock {
				v := civil.Judge(subject(it, append(opened(again...), granted("2026-03-13 16:00"))...), at(now))
				return &v.Promised
			}
			// 3:30 on the 9th, and 2:00 on the 10th: not yet seven hours. With 2:00 on the 11th they are.
			if c := judge("2026-03-10 12:00"); c.Over || !c.Due.Equal(at("2026-03-10 17:30")) || c.Remaining != 0 {
				t.Errorf("%v, %v: %+v", regime, unit, c)
			}
			if c := judge("2026-03-11 11:00"); c.Over || !c.Due.Equal(at("2026-03-11 17:30")) || c.Remaining != 0 {
				t.Errorf("%v, %v: %+v", regime, unit, c)
			}
			c := judge("2026-05-25 09:00")
			if !c.Over || !c.OverAt.Equal(at("2026-03-11 17:30")) {
				t.Errorf("%v, %v: over %v at %v", regime, unit, c.Over, c.OverAt)
			}
			if regime == approval.Licensing && (!c.Due.Equal(c.OverAt) || c.Remaining != -2) {
				t.Errorf("%v: due %v, remaining %d", unit, c.Due, c.Remaining)
			}
		}
		// No more is used than there was, while it is not over.
		it := outside()
		it.Regime = regime
		v := civil.Judge(subject(it, append(opened(again[:4]...), granted("2026-03-11 16:00"))...), at("2026-05-25 09:00"))
		if c := &v.Promised; c.Over || c.Elapsed != 5 || c.Paused != 2 {
			t.Errorf("%v: %+v", regime, c)
		}
	}
}

// R8: a calendar day is taken off that lies wholly within a pause. From Tuesday 10:00 to
// Friday 15:00 those are Wednesday and Thursday; at midnight a source of dates tells as much.
func TestR8WholeCalendarDaysAreTakenOff(t *testing.T) {
	for _, c := range []struct {
		from, to string
		paused   int
		due      string
	}{
		{"2026-03-03 10:00", "2026-03-06 15:00", 2, "2026-03-09 17:30"}, // Saturday the 7th and two
		{"2026-03-03 08:30", "2026-03-06 17:30", 4, "2026-03-11 17:30"}, // not open on either
		{"2026-03-03 00:00", "2026-03-06 00:00", 3, "2026-03-10 17:30"},
		{"2026-03-03 10:00", "2026-03-04 15:00", 0, "2026-03-09 17:30"},
		{"2026-03-06 18:00", "2026-03-09 08:00", 2, "2026-03-09 17:30"}, // a weekend
	} {
		for _, regime := range regimes {
			v := civil.Judge(subject(under(regime), opened(pausedFor(c.from, c.to)...)...), at("2026-03-31 09:00"))
			if !v.Promised.Due.Equal(at(c.due)) || v.Promised.Paused != c.paused {
				t.Errorf("%v, %s to %s: due %v, paused %d, want %s and %d", regime, c.from, c.to, v.Promised.Due, v.Promised.Paused, c.due, c.paused)
			}
		}
	}
}

// R8: pauses that stop a clock of another law are looked at, too: one longer than approved
// or never resumed (V11), one near the end and those one after another (V12).
func TestR8PausesOfOtherLawsAreLookedAt(t *testing.T) {
	it := outside()
	it.Regime = approval.LimitsOnly
	long := []approval.Event{paused("2026-03-04 09:00", wd(2)), resumed("2026-03-13 09:00"), paused("2026-03-17 09:00", wd(1))}
	v := expect(t, subject(it, opened(append(long, granted("2026-03-17 10:00"))...)...), "2026-03-31 09:00", "V11:1 V11:2")
	if f := expectFinding(t, v, "V11", "1", Red, "2026-03-06 17:30"); Lookup("V11").Under(it.Regime).BasisEN == Lookup("V11").BasisEN || strings.Contains(f.WordsZH, "第45条") {
		t.Errorf("words: %s", f.WordsZH)
	}
}

// R18, Civil Code art. 203: what comes after the close counts from when the office opens
// next, and no due time lies after a close.
func TestR18WhatComesAfterTheCloseIsOfTheNextWorkingDay(t *testing.T) {
	for _, regime := range regimes {
		it := outside()
		it.Regime, it.Promised, it.Statutory = regime, approval.Limit{N: 0, Unit: approval.WorkingDays}, approval.Limit{}
		v := civil.Judge(subject(it, received("2026-03-06 18:00"), accepted("2026-03-06 18:00")), at("2026-03-07 09:00"))
		wantDue(t, &v.Promised, "2026-03-09 17:30", false, 0)
		for _, unit := range []approval.Limit{wd(5), cd(7)} { // Monday the 9th
			it.Promised = unit
			v = civil.Judge(subject(it, opened(pausedFor("2026-03-09 09:00", "2026-03-13 18:00")...)...), at("2026-03-16 17:30"))
			if !v.Promised.Due.Equal(at("2026-03-16 17:30")) || v.Promised.Over {
				t.Errorf("%v, %v: due %v, over %v", regime, unit, v.Promised.Due, v.Promised.Over)
			}
		}
	}
}

// before the receipt of Monday 2026-03-02 09:00, by an instant or by years.
var beforehand = []string{"2026-03-02 08:59", "2026-02-27 09:00", "1970-01-02 08:00"}

// R6, R5: what lies before the receipt is of no procedure: papers asked for, pauses and
// extensions stop nothing and lengthen nothing, under any law, and V20 names them. Due
// 2026-03-09 as without them.
func TestR6WhatLiesBeforeTheReceiptStopsNothing(t *testing.T) {
	for _, regime := range regimes {
		for _, when := range beforehand {
			for name, event := range map[string]approval.Event{
				"papers asked for": ev(approval.SupplementRequested, when),
				"paused":           paused(when, wd(300)),
				"extended":         extended(when, wd(10)),
			} {
				it := outside()
				it.Regime, it.ClockStart = regime, approval.FromReceipt
				v := civil.Judge(subject(it, event, received("2026-03-02 09:00"), resumed("2026-03-20 09:00"), ev(approval.SupplementReceived, "2026-03-20 09:00")), at("2026-03-25 09:00"))
				if !v.Promised.Due.Equal(at("2026-03-09 17:30")) || !v.Promised.Over || v.Promised.Paused != 0 || v.Case.Extended != 0 {
					t.Errorf("%v, %s at %s: %+v", regime, name, when, v.Promised)
				}
				saysV20(t, v, "早于收件（2026-03-02 09:00）：不属本件，不停止计时，也不延长时限。")
				for _, rule := range []string{"V06", "V10", "V11", "V12", "V13"} {
					for _, f := range v.Findings {
						if f.Rule == rule {
							t.Errorf("%v, %s at %s: %s", regime, name, when, codes(v))
						}
					}
				}
			}
		}
	}
	// Silence is silence (art. 32): five working days from the receipt.
	v := civil.Judge(subject(outside(), ev(approval.SupplementRequested, "2026-02-27 09:00"), received("2026-03-02 09:00")), at("2026-03-25 09:00"))
	expectFinding(t, v, "V05", "", Yellow, "2026-03-09 17:30")
	// At the instant of the receipt it is of the case, in either order.
	for _, events := range [][]approval.Event{
		{received("2026-03-02 09:00"), ev(approval.SupplementRequested, "2026-03-02 09:00")},
		{ev(approval.SupplementRequested, "2026-03-02 09:00"), received("2026-03-02 09:00")},
	} {
		expect(t, subject(outside(), events...), "2026-03-25 09:00", "")
	}
}

// R2, arts. 29, 32, 37: a decision or withdrawal that lies before the receipt ends a case
// when it was written down; where nobody knows that, it ends no case under the Licensing
// Law, and in the logs of others at its receipt.
func TestR2AnEndBeforeTheReceiptFreezesNoClock(t *testing.T) {
	for _, when := range beforehand {
		for _, end := range []approval.Event{granted(when), ev(approval.Withdrawn, when)} {
			for _, regime := range regimes {
				if when > "2026-03-02" && (end.Kind == approval.Withdrawn || regime == approval.LimitsOnly) {
					continue // within the hours of an entry: below
				}
				it := outside()
				it.Regime = regime
				s := subject(it, opened(with(end, enteredAt("2026-03-23 10:00")))...)
				v := civil.Judge(s, at("2026-05-08 09:00"))
				if wantDue(t, &v.Promised, "2026-03-09 17:30", true, -10); !v.Case.EndedAt.Equal(at("2026-03-23 10:00")) {
					t.Errorf("%v, %s: ended %v", regime, when, v.Case.EndedAt)
				}
				saysV20(t, v, "早于收件（2026-03-02 09:00）。")
				for _, entered := range []time.Time{at(when), {}} {
					end.EnteredAt = entered
					v = civil.Judge(subject(it, opened(end)...), at("2026-05-08 09:00"))
					if over := regime == approval.Licensing; v.Statutory.Over != over || (v.Case.State == StateEnded) == over || !v.Case.OutOfOrder {
						t.Errorf("%v, %s entered %v: %+v", regime, when, entered, v.Case)
					}
					saysV20(t, v, "早于收件（2026-03-02 09:00）。")
				}
			}
			if when > "2026-03-02" && end.Kind == approval.Withdrawn {
				v := expect(t, subject(outside(), opened(end)...), "2026-05-08 09:00", "V20")
				if v.Case.State != StateEnded || !v.Case.EndedAt.Equal(at(when)) || !v.Case.OutOfOrder {
					t.Errorf("%+v", v.Case)
				}
				continue
			}
			// Another decision follows.
			v := civil.Judge(subject(outside(), opened(end, granted("2026-03-05 10:00"))...), at("2026-05-08 09:00"))
			if wantDue(t, &v.Promised, "2026-03-09 17:30", false, 2); v.Case.Outcome != Granted {
				t.Errorf("%s: %+v", when, v.Case)
			}
		}
	}
}

// R3: of two decisions the first ends the clocks; one of another outcome contradicts it,
// on its day, too, and what a refusal owes is owed. The same once more is one.
func TestR3TwoDecisionsOfOneDayThatDiffer(t *testing.T) {
	for _, regime := range regimes {
		it := outside()
		it.Regime = regime
		for _, both := range [][]approval.Event{
			{granted("2026-03-05 09:00"), decided("2026-03-05 16:00", approval.OutcomeRefused)},
			{decided("2026-03-05 16:00", approval.OutcomeRefused), granted("2026-03-05 09:00")},
		} {
			s := subject(it, opened(both...)...)
			s.Duties.Rejections = true
			want := "V07 V08 V20 V27:rejection"
			if regime != approval.Licensing {
				want = "V20 V27:rejection"
			}
			v := expect(t, s, "2026-05-08 09:00", want)
			if v.Case.Outcome != Granted || !v.Case.EndedAt.Equal(at("2026-03-05 09:00")) {
				t.Errorf("%+v", v.Case)
			}
			saysV20(t, v, "同一办件作出两个不同的决定：准予（2026-03-05 09:00），不予许可（2026-03-05 16:00）。")
		}
		expect(t, subject(it, opened(granted("2026-03-05 09:00"), granted("2026-03-05 16:00"))...), "2026-05-08 09:00", "")
	}
}

// R2: an effect that is said to come after a registration begins no clock later, nor has
// one stand still for longer: resumed on the 4th with effect of the 20th, it went on on the
// 4th. The limit of five working days ends on the 10th: the 4th was taken out.
func TestR2AnEffectAfterRegistrationIsNone(t *testing.T) {
	for _, regime := range regimes {
		it := outside()
		it.Regime = regime
		late := ev(approval.Resumed, "2026-03-04 16:00", effectiveAt("2026-03-20 09:00"))
		v := civil.Judge(subject(it, opened(paused("2026-03-03 09:00", wd(30)), late)...), at("2026-03-25 09:00"))
		wantDue(t, &v.Promised, "2026-03-10 17:30", true, -11)
		saysV20(t, v, "恢复于 2026-03-04 16:00，所称日期却是其后的 2026-03-20 09:00：自前者起算。")
		it.ClockStart = approval.FromReceipt
		v = civil.Judge(subject(it, ev(approval.Received, "2026-03-02 09:00", effectiveAt("2026-03-16 09:00"))), at("2026-03-25 09:00"))
		wantDue(t, &v.Promised, "2026-03-09 17:30", true, -12)
		saysV20(t, v, "自前者起算。")
		// Of a pause's beginning the later counts: the department works on until then.
		v = civil.Judge(subject(it, received("2026-03-02 09:00"), with(paused("2026-03-03 09:00", wd(30)), func(e *approval.Event) { e.EffectiveAt = at("2026-03-05 09:00") }), resumed("2026-03-06 09:00")), at("2026-03-09 09:00"))
		wantDue(t, &v.Promised, "2026-03-10 17:30", false, 1)
	}
}

// R6: under other laws, too, a limit is extended once, and the words say of the second why
// it was not added: 2026-03-09 and three working days are the 12th.
func TestR6ASecondExtensionIsSaidNotToCount(t *testing.T) {
	it := outside()
	it.Regime = approval.LimitsOnly
	v := civil.Judge(subject(it, opened(extended("2026-03-04 09:00", wd(3)), extended("2026-03-11 09:00", wd(10)))...), at("2026-03-25 09:00"))
	wantDue(t, &v.Promised, "2026-03-12 17:30", true, -9)
	f := expectFinding(t, v, "V02", "", Yellow, "2026-03-12 17:30")
	if !strings.Contains(f.WordsZH, "2026-03-11 09:00 再次延长 10 个工作日，不计：时限只能延长一次（参照行政许可法第42条）。") || v.Case.Extended != 3 {
		t.Errorf("extended %d, words: %s", v.Case.Extended, f.WordsZH)
	}
}

// V19 wonders at two facts of one second, but not of a source that knows dates alone.
func TestR5DatesAloneAreNoSameSecond(t *testing.T) {
	expect(t, subject(outside(), received("2026-03-02 00:00"), accepted("2026-03-03 00:00"), granted("2026-03-03 00:00")), "2026-05-08 09:00", "")
	expect(t, subject(outside(), received("2026-03-02 00:01"), accepted("2026-03-03 00:00"), granted("2026-03-03 00:00")), "2026-05-08 09:00", "V19:same_second")
}

// R3: a warning does not move with a pause that was written down afterwards, under other
// laws as well: one working day before the 9th, at the close of Friday the 6th.
func TestR3AWarningOfOtherLawsStands(t *testing.T) {
	it := outside()
	it.Regime = approval.LimitsOnly
	made := with(paused("2026-03-04 09:00", wd(30)), enteredAt("2026-03-10 17:00"))
	v := civil.Judge(subject(it, opened(made, resumed("2026-03-11 09:00"), granted("2026-03-11 10:00"))...), at("2026-05-08 09:00"))
	expectFinding(t, v, "V01", "", Warn, "2026-03-06 17:30")
	v = civil.Judge(subject(it, opened(paused("2026-03-04 09:00", wd(30)), resumed("2026-03-11 09:00"), granted("2026-03-11 10:00"))...), at("2026-05-08 09:00"))
	if _, warned := v.Find("V01", ""); warned {
		t.Error("a pause in time is warned of")
	}
}

// The mapping of BPIC 2015: of a log of another law paused days are return date less request
// date, also of a request on the day of receipt, and papers came when the clerk wrote. Ten
// days from 06-01 end on 06-11; four and seven days on.
func TestR9PausedDaysOfOtherLawsAreReturnLessRequest(t *testing.T) {
	it := outside()
	it.Regime, it.ClockStart, it.Promised, it.Statutory = approval.LimitsOnly, approval.FromReceipt, approval.Limit{N: 10, Unit: approval.CalendarDays}, approval.Limit{}
	for _, c := range []struct {
		back   approval.Event
		ended  string
		due    string
		paused int
	}{
		{ev(approval.SupplementReceived, "2026-06-05 00:00"), "2026-06-15 00:00", "2026-06-15 17:30", 4},
		{ev(approval.SupplementReceived, "2026-06-03 00:00", effectiveAt("2026-12-10 00:00")), "2026-06-08 00:00", "2026-06-18 17:30", 7},
	} {
		v := civil.Judge(subject(it, received("2026-06-01 00:00"), ev(approval.SupplementRequested, "2026-06-01 00:00"), c.back, granted(c.ended)), at("2026-08-31 09:00"))
		if !v.Promised.Due.Equal(at(c.due)) || v.Promised.Paused != c.paused || v.Promised.Over {
			t.Errorf("due %v, paused %d, over %v; want %s, %d", v.Promised.Due, v.Promised.Paused, v.Promised.Over, c.due, c.paused)
		}
	}
}
