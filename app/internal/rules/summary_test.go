package rules

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"github.com/mingcha-console/mingcha/app/internal/approval"
	"github.com/mingcha-console/mingcha/app/internal/workday"
)

// A case on its way, looked at after each event: what happens later is not
// known yet, and Next says when it will be.
func TestStatesOnTheWay(t *testing.T) {
	application := func(e *approval.Event) {
		e.Application = &approval.Application{ApplicantName: "某公司", ProjectName: "新厂房"}
		e.Handler.Name = "李窗口"
	}
	s := subject(permitItem(),
		with(received("2026-03-02 09:00"), application),
		ev(approval.SupplementRequested, "2026-03-03 09:00"),
		ev(approval.SupplementReceived, "2026-03-05 09:00"),
		accepted("2026-03-05 09:10"),
		paused("2026-03-06 09:00", wd(5)),
		with(resumed("2026-03-10 09:00"), func(e *approval.Event) { e.Handler.Name = "赵科员" }),
		granted("2026-03-12 09:00"),
		ev(approval.Delivered, "2026-03-13 09:00"),
	)
	for _, c := range []struct {
		now     string
		state   CaseState
		outcome Outcome
		paused  bool
		handler string
		next    string
	}{
		{"2026-03-02 08:59", StateReceived, Open, false, "", "2026-03-02 09:00"},
		{"2026-03-02 09:00", StateReceived, Open, false, "李窗口", "2026-03-03 09:00"},
		{"2026-03-03 09:00", StateSupplement, Open, false, "李窗口", "2026-03-05 09:00"},
		{"2026-03-05 09:00", StateReceived, Open, false, "李窗口", "2026-03-05 09:10"},
		{"2026-03-05 09:10", StateAccepted, Open, false, "李窗口", "2026-03-06 09:00"},
		{"2026-03-06 09:00", StatePaused, Open, true, "李窗口", "2026-03-10 09:00"},
		{"2026-03-10 09:00", StateAccepted, Open, false, "赵科员", "2026-03-12 09:00"},
		{"2026-03-12 09:00", StateEnded, Granted, false, "赵科员", "2026-03-13 09:00"},
		{"2026-03-13 09:00", StateEnded, Granted, false, "赵科员", ""},
	} {
		v := expect(t, s, c.now, "")
		if v.Case.State != c.state || v.Case.Outcome != c.outcome || v.Case.PausedNow != c.paused || v.Case.Handler != c.handler {
			t.Errorf("at %s: %+v", c.now, v.Case)
		}
		if c.next == "" && !v.Next.IsZero() || c.next != "" && !v.Next.Equal(at(c.next)) {
			t.Errorf("at %s: next %v, want %s", c.now, v.Next, c.next)
		}
	}
	// Accepted on 5 March: 6 and 9, 10 March paused (the 6th counts); the 12th
	// is the third day.
	c := civil.Judge(s, at("2026-03-20 09:00")).Case
	if c.Used != 3 || c.Paused != 2 || c.Requests != 2 || !c.Early || c.Events != 8 {
		t.Errorf("summary %+v", c)
	}
	if !c.ReceivedAt.Equal(at("2026-03-02 09:00")) || !c.AcceptedAt.Equal(at("2026-03-05 09:10")) || !c.StartedAt.Equal(c.AcceptedAt) ||
		!c.EndedAt.Equal(at("2026-03-12 09:00")) || !c.SentAt.Equal(at("2026-03-13 09:00")) || !c.LastAt.Equal(c.SentAt) {
		t.Errorf("times %+v", c)
	}
	if c.Applicant != "某公司" || c.Project != "新厂房" || c.Window != "3 号窗口" {
		t.Errorf("who %+v", c)
	}
}

// Early is a whole unit to spare: promised until Monday 9 March.
func TestEarly(t *testing.T) {
	for ended, want := range map[string]bool{
		"2026-03-06 17:00": true, "2026-03-08 12:00": true, "2026-03-09 08:00": false, "2026-03-10 08:00": false,
	} {
		s := subject(permitItem(), received("2026-03-02 09:00"), accepted("2026-03-02 09:10"), granted(ended))
		if v := civil.Judge(s, at("2026-03-20 09:00")); v.Case.Early != want {
			t.Errorf("ended %s: early %v", ended, v.Case.Early)
		}
	}
}

// A case that ended without being accepted is counted from its receipt; with
// nothing promised the statutory clock is the main one.
func TestStartAndMainClock(t *testing.T) {
	item := permitItem()
	item.Promised = approval.Limit{}
	s := subject(item, received("2026-03-02 09:00"), ev(approval.Withdrawn, "2026-03-05 09:00"))
	v := expect(t, s, "2026-03-20 09:00", "")
	if !v.Case.StartedAt.Equal(at("2026-03-02 09:00")) || v.Case.Used != 3 || v.Case.Limit != wd(20) || v.Case.Outcome != Withdrawn {
		t.Errorf("summary %+v", v.Case)
	}
	open := subject(item, received("2026-03-02 09:00"))
	if v := civil.Judge(open, at("2026-03-04 09:00")); !v.Case.StartedAt.IsZero() || v.Statutory.Running {
		t.Errorf("runs before acceptance: %+v", v.Statutory)
	}
}

// The strip of the case drawn in the design.
func TestMockStrip(t *testing.T) {
	strip := civil.Strip(mockCase(), at("2026-10-09 12:00"))
	var got []string
	for _, d := range strip.Days {
		s := d.Date.String()[5:]
		for _, mark := range []struct {
			on   bool
			text string
		}{
			{d.Kind == workday.Holiday, " " + d.Name}, {d.Kind == workday.MakeUp, " 班"}, {d.Kind == workday.Weekend, " 周末"},
			{d.Start, " 起"}, {d.Works() && d.Paused, " 挂起"}, {d.Promised > 0, fmt.Sprintf(" %d", d.Promised)}, {d.Over, " 超"},
			{d.DuePromised, " 承诺到期"}, {d.DueStatutory, " 法定到期"}, {d.Ended, " 办结"}, {d.Now, " 今"},
		} {
			if mark.on {
				s += mark.text
			}
		}
		got = append(got, s)
	}
	want := []string{"09-22 起", "09-23 1", "09-24 2", "09-25 中秋节", "09-26 中秋节", "09-27 中秋节", "09-28 挂起 3", "09-29 4", "09-30 5 承诺到期",
		"10-01 国庆节 超", "10-02 国庆节 超", "10-03 国庆节 超", "10-04 国庆节 超", "10-05 国庆节 超", "10-06 国庆节 超", "10-07 国庆节 超",
		"10-08 6 超", "10-09 7 超 办结 今", "10-10 班", "10-11 周末"}
	if len(got) != 37 || !slices.Equal(got[:len(want)], want) || !strings.HasSuffix(got[36], "10-28 法定到期") {
		t.Errorf("%d days: %q", len(got), got)
	}
	if strip.Cut || strip.Days[36].Statutory != 20 {
		t.Errorf("cut %v, last day %+v", strip.Cut, strip.Days[36])
	}
}

// A strip of years is cut in its middle and says by how much.
func TestLongStripIsCut(t *testing.T) {
	s := subject(permitItem(), received("2020-03-02 09:00"), accepted("2020-03-02 09:10"))
	strip := civil.Strip(s, at("2026-10-09 12:00"))
	skipped := 0
	for _, d := range strip.Days {
		skipped += d.Skipped
	}
	if total := int(office.DateOf(at("2026-10-09 12:00"))-office.DateOf(at("2020-03-02 09:10"))) + 1; !strip.Cut || skipped+len(strip.Days) != total {
		t.Errorf("cut %v, %d days and %d left out of %d", strip.Cut, len(strip.Days), skipped, total)
	}
}

// Arithmetic in the other ways of counting.
func TestArithmeticOfOtherClocks(t *testing.T) {
	item := permitItem()
	item.Statutory = approval.Limit{}
	events := []approval.Event{received("2026-03-02 14:00"), accepted("2026-03-02 14:00")}
	item.Promised = wh(10)
	v := civil.Judge(subject(item, events...), at("2026-03-09 09:00"))
	f := expectFinding(t, v, "V02", "", Yellow, "2026-03-03 17:00")
	if !strings.Contains(f.WordsZH, "自当时起算。\n承诺时限 10 个工作小时。\n03-02 累计 3:30；03-03 累计 10:00。\n应不迟于 2026-03-03 17:00 办结，届时仍未办结，已超时。") {
		t.Errorf("hours: %s", f.WordsZH)
	}
	item.Promised = cd(5)
	v = civil.Judge(subject(item, events...), at("2026-03-12 09:00"))
	// 2 March + 5 = Saturday the 7th, so Monday the 9th.
	f = expectFinding(t, v, "V02", "", Yellow, "2026-03-09 17:30")
	if !strings.Contains(f.WordsEN, "Promised limit 5 calendar days.\n03-03 to 03-07: days 1–5; 03-08 to 03-09: moved on.\n"+
		"The last day, Sat 03-07, is a day of rest: moved to Mon 03-09 (Civil Code art. 203).\nDue by 2026-03-09 17:30; still open then: over the limit.") {
		t.Errorf("calendar days: %s", f.WordsEN)
	}
}

// Everything that Judge finds stands in the catalogue, in order and once.
func TestFindingsAreOfTheCatalogue(t *testing.T) {
	known := map[string]Rule{}
	for _, r := range Catalogue() {
		if r.NameZH == "" || r.NameEN == "" || r.BasisZH == "" || r.BasisEN == "" || r.Level == 0 {
			t.Errorf("%+v has blanks", r)
		}
		known[r.Code] = r
	}
	found := 0
	rapid.Check(t, func(t *rapid.T) {
		v := drawJudge(t).Judge(drawSubject(t), begin.Add(2*span))
		for i, f := range v.Findings {
			found++
			r, ok := known[f.Rule]
			if !ok || r != Lookup(f.Rule) || f.Level < r.Level {
				t.Fatalf("%+v is not of the catalogue", f)
			}
			if f.WordsZH == "" || f.WordsEN == "" || strings.Contains(f.WordsZH+f.WordsEN, "%!") || len(f.Evidence) == 0 || !slices.IsSorted(f.Evidence) {
				t.Fatalf("%+v", f)
			}
			if (f.State == Settled) != !f.SettledAt.IsZero() || f.RaisedAt.IsZero() {
				t.Fatalf("%+v", f)
			}
			if i > 0 && v.Findings[i-1].Rule+"\x00"+v.Findings[i-1].Key >= f.Rule+"\x00"+f.Key {
				t.Fatalf("%s %s after %s %s", f.Rule, f.Key, v.Findings[i-1].Rule, v.Findings[i-1].Key)
			}
			if f.State == Active && f.Level > v.Case.Level {
				t.Fatalf("level %v, yet %+v", v.Case.Level, f)
			}
		}
	})
	if found == 0 {
		t.Error("nothing was found in any case")
	}
}

// An end registered ahead of its date ends the case on that date.
func TestEndAheadOfItsDate(t *testing.T) {
	s := subject(permitItem(), received("2026-03-02 09:00"), accepted("2026-03-02 09:10"),
		with(granted("2026-03-04 09:00"), func(e *approval.Event) { e.EffectiveAt = at("2026-03-05 09:00") }))
	v := civil.Judge(s, at("2026-03-04 10:00"))
	if v.Case.State != StateAccepted || !v.Next.Equal(at("2026-03-05 09:00")) {
		t.Errorf("%+v, next %v", v.Case, v.Next)
	}
	if v = civil.Judge(s, at("2026-03-05 09:00")); v.Case.State != StateEnded || !v.Next.Equal(time.Time{}) {
		t.Errorf("%+v, next %v", v.Case, v.Next)
	}
}
