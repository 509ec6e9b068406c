package rules

import (
	"strings"
	"testing"

	"github.com/mingcha-console/mingcha/app/internal/approval"
)

// instead is an event that took the place of another, as it was told from a moment on.
func instead(was, now approval.Event, told string) approval.Event {
	now.EnteredAt, now.Seq = now.OccurredAt, was.Seq
	now.Corrects(&was, at(told))
	return now
}

// R2, R3: a decision of 20 April that is corrected in August to 6 March counts as it
// stood: due 2026-03-09, ended on 20 April, thirty working days later. By an id or without
// one (then it is a decision beside the other) the verdict is the same.
func TestR2ACorrectionToldLateTakesNothingBack(t *testing.T) {
	was, now := granted("2026-04-20 10:00"), granted("2026-03-06 10:00")
	for _, regime := range regimes {
		it := outside()
		it.Regime = regime
		for name, events := range map[string][]approval.Event{
			"with an id": opened(instead(was, now, "2026-08-03 10:00")),
			"without":    opened(was, with(now, observedAt("2026-08-03 10:00"))),
		} {
			v := civil.Judge(subject(it, events...), at("2026-09-01 09:00"))
			for rule, raised := range map[string]string{"V01": "2026-03-06 17:30", "V02": "2026-03-09 17:30", "V03": "2026-03-30 17:30"} {
				f, found := v.Find(rule, "")
				if rule == "V01" && regime != approval.Licensing && name == "without" {
					continue
				}
				if !found || !f.RaisedAt.Equal(at(raised)) {
					t.Errorf("%v, %s: %s at %v, %s", regime, name, rule, f.RaisedAt, codes(v))
				}
			}
			expectFinding(t, v, "V19", "entry", Review, "2026-08-03 10:00")
			if regime != approval.Licensing && name == "without" {
				continue // logs of other laws know their own dates, and what had run out is found
			}
			if wantDue(t, &v.Promised, "2026-03-09 17:30", true, -29); !v.Case.EndedAt.Equal(at("2026-04-20 10:00")) {
				t.Errorf("%s: ended %v", name, v.Case.EndedAt)
			}
			// Until August it stands as if nothing else had been told.
			if name == "without" {
				continue // of that the register says already when it will have been told
			}
			v = civil.Judge(subject(it, events...), at("2026-07-01 09:00"))
			if _, late := v.Find("V19", "entry"); late || !v.Statutory.Over {
				t.Errorf("%v, %s, before: %s", regime, name, codes(v))
			}
		}
	}
	// What it was and is corrected to stands in the words.
	v := civil.Judge(subject(outside(), opened(instead(was, now, "2026-08-03 10:00"))...), at("2026-09-01 09:00"))
	if f, _ := v.Find("V19", "entry"); !strings.Contains(f.WordsZH, "决定 发生于 2026-03-06 10:00，2026-08-03 10:00 录入（更正，原报 2026-04-20 10:00）") {
		t.Errorf("words: %s", f.WordsZH)
	}
	// What makes it worse counts at once, and words alone change nothing.
	v = civil.Judge(subject(outside(), opened(instead(now, was, "2026-08-03 10:00"))...), at("2026-09-01 09:00"))
	wantDue(t, &v.Promised, "2026-03-09 17:30", true, -29)
	v = expect(t, subject(outside(), opened(instead(now, now, "2026-08-03 10:00"))...), "2026-09-01 09:00", "")
	wantDue(t, &v.Promised, "2026-03-09 17:30", false, 1)
}

// R2: receipt and acceptance moved from 2 to 16 March when the limit had run out, by which
// the decision of the 20th would be in time: it stays out, under any law.
func TestR2ABeginningCorrectedLateMovesNoClock(t *testing.T) {
	for _, regime := range regimes {
		for _, told := range []string{"2026-03-17 10:00", "2026-08-03 10:00"} {
			it := outside()
			it.Regime = regime
			s := subject(it, instead(received("2026-03-02 09:00"), received("2026-03-16 09:00"), told),
				instead(accepted("2026-03-02 09:00"), accepted("2026-03-16 09:00"), told), granted("2026-03-20 10:00"))
			v := civil.Judge(s, at("2026-09-01 09:00"))
			expectFinding(t, v, "V02", "", Yellow, "2026-03-09 17:30")
			if told > "2026-08" {
				expectFinding(t, v, "V19", "entry", Review, told)
			}
			if told > "2026-08" || regime == approval.Licensing {
				wantDue(t, &v.Promised, "2026-03-09 17:30", true, -9)
			}
			// A version of the item that was published between the two does not hold.
			held := civil.Held(s, []approval.Published{{Item: *it}, {Item: *permitItem(), From: at("2026-03-10 00:00")}}, at("2026-09-01 09:00"))
			if held.Item.InHall {
				t.Error("the later version holds")
			}
		}
	}
	// Told before anything had run out, within the hours of an entry, it counts.
	s := subject(outside(), instead(received("2026-03-02 09:00"), received("2026-03-03 09:00"), "2026-03-03 10:00"),
		instead(accepted("2026-03-02 09:00"), accepted("2026-03-03 09:00"), "2026-03-03 10:00"), granted("2026-03-10 10:00"))
	v := civil.Judge(s, at("2026-09-01 09:00"))
	wantDue(t, &v.Promised, "2026-03-10 17:30", false, 0)
	if _, late := v.Find("V19", "entry"); late {
		t.Errorf("%s", codes(v))
	}
}

// R3: a pause that was of no listed kind and is corrected to a hearing afterwards, an
// extension that gets its approver then, and an entry that is put earlier: what had run
// out stays.
func TestR3ACorrectionMakesNothingLawfulBefore(t *testing.T) {
	leave := with(paused("2026-03-04 09:00", wd(30)), func(e *approval.Event) { p := *e.Pause; p.Kind = "leave"; e.Pause = &p })
	unapproved := with(extended("2026-03-04 09:00", wd(10)), func(e *approval.Event) { x := *e.Extension; x.Approver = ""; e.Extension = &x })
	late := with(granted("2026-03-06 09:00"), enteredAt("2026-03-20 09:00"))
	for name, events := range map[string][]approval.Event{
		"a pause":      {instead(leave, paused("2026-03-04 09:00", wd(30)), "2026-03-18 10:00"), resumed("2026-03-19 09:00"), granted("2026-03-20 09:00")},
		"an extension": {instead(unapproved, extended("2026-03-04 09:00", wd(10)), "2026-03-18 10:00"), granted("2026-03-20 09:00")},
		"an entry":     {instead(late, granted("2026-03-06 09:00"), "2026-03-24 10:00")},
	} {
		v := civil.Judge(subject(outside(), opened(events...)...), at("2026-09-01 09:00"))
		if wantDue(t, &v.Promised, "2026-03-09 17:30", true, -9); t.Failed() {
			t.Fatal(name, codes(v))
		}
	}
	// A refusal that is called a grant in August owes what it owed.
	v := civil.Judge(subject(outside(), opened(instead(decided("2026-03-05 09:00", approval.OutcomeRefused), granted("2026-03-05 09:00"), "2026-08-03 10:00"))...), at("2026-09-01 09:00"))
	if got := codes(v); got != "V07 V20" || v.Case.Outcome != Granted {
		t.Errorf("%s, %v", got, v.Case.Outcome)
	}
}

// Corrections of one fact without end are kept to a bound, the first among them.
func TestCorrectionsWithoutEnd(t *testing.T) {
	e := granted("2026-04-20 10:00")
	for range 1000 {
		e = instead(e, granted("2026-03-06 10:00"), "2026-08-03 10:00")
	}
	depth, last := 0, &e
	for ; last.Was != nil; last = last.Was {
		depth++
	}
	if depth > 16 || !last.OccurredAt.Equal(at("2026-04-20 10:00")) {
		t.Errorf("%d kept, the first of %v", depth, last.OccurredAt)
	}
	v := civil.Judge(subject(outside(), opened(e)...), at("2026-09-01 09:00"))
	wantDue(t, &v.Promised, "2026-03-09 17:30", true, -29)
}
