package rules

import (
	"strings"
	"testing"

	"github.com/mingcha-console/mingcha/app/internal/approval"
)

// From Monday 2 March 2026, 16:30, there is one opening hour left of the day,
// so eight are over on Wednesday at 8:30: seven of them on Tuesday until its
// close. Tuesday 17:30 is exactly eight.
func TestBackEntry(t *testing.T) {
	for _, c := range []struct{ entered, want string }{
		{"2026-03-02 16:30:00", ""},
		{"2026-03-03 17:30:00", ""},
		{"2026-03-04 08:30:00", ""},
		{"2026-03-04 08:30:01", "V19:entry"},
	} {
		s := subject(permitItem(), received("2026-03-02 16:20"), ev(approval.Accepted, "2026-03-02 16:30", window("1"), entered(c.entered)))
		v := expect(t, s, "2026-03-05 09:00", c.want)
		if c.want != "" {
			f := expectFinding(t, v, "V19", "entry", Review, c.entered)
			if !strings.Contains(f.WordsZH, "相隔办公时间 8:00") {
				t.Errorf("words %q", f.WordsZH)
			}
		}
	}
	// Over the National Day week only opening hours count.
	s := subject(permitItem(), received("2026-09-30 16:00"), accepted("2026-09-30 16:30"), ev(approval.Note, "2026-09-30 17:00", entered("2026-10-08 09:00")))
	expect(t, s, "2026-10-08 10:00", "")
}

func TestAcceptedAndDecidedInOneSecond(t *testing.T) {
	s := subject(permitItem(), received("2026-03-02 09:00"), accepted("2026-03-02 10:00:00"), granted("2026-03-02 10:00:00"))
	v := expect(t, s, "2026-03-02 11:00", "V19:same_second")
	expectFinding(t, v, "V19", "same_second", Review, "2026-03-02 10:00")
	s = subject(permitItem(), received("2026-03-02 09:00"), accepted("2026-03-02 10:00:00"), granted("2026-03-02 10:00:01"))
	expect(t, s, "2026-03-02 11:00", "")
}

func TestContradictions(t *testing.T) {
	r, a := received("2026-03-02 09:00"), accepted("2026-03-02 09:10")
	started := ev(approval.StepStarted, "2026-03-02 10:00", step("审查"))
	finished := func(when string) approval.Event { return ev(approval.StepFinished, when, step("审查")) }
	request := ev(approval.SupplementRequested, "2026-03-02 09:30")
	came := func(when string, o ...option) approval.Event { return ev(approval.SupplementReceived, when, o...) }
	for _, c := range []struct {
		name   string
		events []approval.Event
		raised string // empty: no contradiction
		words  string
	}{
		{"none", []approval.Event{r, a, started, finished("2026-03-02 11:00"), granted("2026-03-03 09:00"), ev(approval.Delivered, "2026-03-03 10:00")}, "", ""},
		{"accepted a second before received", []approval.Event{accepted("2026-03-02 08:59:59"), r}, "2026-03-02 09:00", "受理（2026-03-02 08:59:59）早于收件（2026-03-02 09:00）。"},
		{"accepted with the receipt", []approval.Event{accepted("2026-03-02 09:00"), r}, "", ""},
		{"decided before accepted", []approval.Event{r, granted("2026-03-02 09:09:59"), a}, "2026-03-02 09:10", "决定（2026-03-02 09:09:59）早于受理（2026-03-02 09:10）。"},
		{"delivered before decided", []approval.Event{r, a, ev(approval.Delivered, "2026-03-03 08:59:59"), granted("2026-03-03 09:00")}, "2026-03-03 09:00", "送达（2026-03-03 08:59:59）早于决定（2026-03-03 09:00）。"},
		{"delivered, not decided", []approval.Event{r, a, ev(approval.Delivered, "2026-03-03 09:00")}, "", ""},
		{"step finished before its start", []approval.Event{r, a, finished("2026-03-02 09:59:59"), started}, "2026-03-02 09:59:59", "环节“审查”完成（2026-03-02 09:59:59），此前没有开始。"},
		{"step finished with its start", []approval.Event{r, a, finished("2026-03-02 10:00"), started}, "", ""},
		{"step finished twice", []approval.Event{r, a, started, finished("2026-03-02 11:00"), finished("2026-03-02 12:00")}, "2026-03-02 12:00", "环节“审查”完成（2026-03-02 12:00），此前没有开始。"},
		{"resumed while not paused", []approval.Event{r, a, resumed("2026-03-03 09:00")}, "2026-03-03 09:00", "恢复（2026-03-03 09:00），当时没有挂起。"},
		{"resumed twice", []approval.Event{r, a, paused("2026-03-03 09:00", wd(3)), resumed("2026-03-03 10:00"), resumed("2026-03-03 11:00")}, "2026-03-03 11:00", "恢复（2026-03-03 11:00），当时没有挂起。"},
		{"papers without a request", []approval.Event{r, a, came("2026-03-03 09:00")}, "2026-03-03 09:00", "补正（2026-03-03 09:00），此前没有要求补正。"},
		{"papers in two parcels", []approval.Event{r, request, came("2026-03-03 09:00"), came("2026-03-04 09:00"), accepted("2026-03-04 09:10")}, "", ""},
		{"papers of an earlier hour of the day", []approval.Event{r, request, came("2026-03-03 09:00", effectiveAt("2026-03-02 09:00")), accepted("2026-03-04 09:10")}, "", ""},
		{"papers dated before the request", []approval.Event{r, request, came("2026-03-03 09:00", effectiveAt("2026-03-01 23:59"))}, "2026-03-03 09:00", "补正日期 2026-03-01 23:59 早于要求补正（2026-03-02 09:30）。"},
		{"ended before received", []approval.Event{ev(approval.Withdrawn, "2026-03-02 08:00"), r}, "2026-03-02 09:00", "办结（2026-03-02 08:00）早于收件（2026-03-02 09:00）。"},
		{"entered six minutes before", []approval.Event{r, ev(approval.Accepted, "2026-03-02 10:00", window("1"), entered("2026-03-02 09:54:59"))}, "2026-03-02 10:00", "受理发生于 2026-03-02 10:00，却在 2026-03-02 09:54:59 已录入。"},
		{"entered five minutes before", []approval.Event{r, ev(approval.Accepted, "2026-03-02 10:00", window("1"), entered("2026-03-02 09:55:00"))}, "", ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			v := civil.Judge(subject(permitItem(), c.events...), at("2026-03-04 12:00"))
			f, ok := v.Find("V20", "")
			if ok != (c.raised != "") {
				t.Fatalf("findings %q", codes(v))
			}
			if ok {
				expectFinding(t, v, "V20", "", Data, c.raised)
				if f.WordsZH != c.words {
					t.Errorf("words %q, want %q", f.WordsZH, c.words)
				}
			}
		})
	}
}

// All contradictions stand in one finding, raised by the first of them.
func TestContradictionsTogether(t *testing.T) {
	s := subject(permitItem(), granted("2026-03-02 08:00"), accepted("2026-03-02 08:30"), received("2026-03-02 09:00"))
	v := civil.Judge(s, at("2026-03-04 12:00"))
	f := expectFinding(t, v, "V20", "", Data, "2026-03-02 08:30")
	if n := strings.Count(f.WordsZH, "\n") + 1; n != 3 {
		t.Errorf("%d contradictions, want decided/accepted, accepted/received, ended/received: %q", n, f.WordsZH)
	}
	if !v.Case.OutOfOrder {
		t.Error("receipt after the end not told")
	}
}

func TestUnlistedYearIsTold(t *testing.T) {
	s := subject(permitItem(), received("2031-03-03 09:00"), accepted("2031-03-03 09:10"))
	if v := civil.Judge(s, at("2031-03-04 09:00")); !v.Case.Unlisted {
		t.Error("a year without a list was counted in silence")
	}
	if v := civil.Judge(mockCase(), at("2026-10-09 12:00")); v.Case.Unlisted {
		t.Error("2026 has a list")
	}
}
