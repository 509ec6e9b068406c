package rules

import (
	"testing"

	"github.com/mingcha-console/mingcha/app/internal/approval"
)

// Received Monday 2 March 2026: five working days end on Monday the 9th.
func TestNoticeInTime(t *testing.T) {
	r := received("2026-03-02 09:00")
	request := func(when string) approval.Event { return ev(approval.SupplementRequested, when) }
	for _, c := range []struct {
		name   string
		events []approval.Event
		now    string
		want   string
	}{
		{"silence, in time", []approval.Event{r}, "2026-03-09 17:30:00", ""},
		// Deemed accepted on 2 March, so the promise of 5 days runs out at once.
		{"silence", []approval.Event{r}, "2026-03-09 17:30:01", "V01(superseded) V02 V05"},
		{"accepted at the last second", []approval.Event{r, accepted("2026-03-09 17:30:00")}, "2026-03-10 09:00", ""},
		{"accepted a second late", []approval.Event{r, accepted("2026-03-09 17:30:01")}, "2026-03-10 09:00", "V01(superseded) V02 V05"},
		{"told at the last second", []approval.Event{r, request("2026-03-09 17:30:00")}, "2026-03-20 09:00", ""},
		{"told a second late", []approval.Event{r, request("2026-03-09 17:30:01")}, "2026-03-10 09:00", "V01(superseded) V02 V05"},
		{"withdrawn meanwhile", []approval.Event{r, ev(approval.Withdrawn, "2026-03-04 09:00")}, "2026-03-20 09:00", ""},
		{"told twice", []approval.Event{r, request("2026-03-03 09:00"), ev(approval.SupplementReceived, "2026-03-04 09:00"), request("2026-03-05 09:00")}, "2026-03-05 10:00", "V06"},
		{"nothing received", []approval.Event{accepted("2026-03-02 09:00")}, "2026-03-06 09:00", ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			v := expect(t, subject(permitItem(), c.events...), c.now, c.want)
			if f, ok := v.Find("V05", ""); ok {
				expectFinding(t, v, "V05", "", Yellow, "2026-03-09 17:30")
				if !v.Case.DeemedAccepted || !v.Promised.StartedAt.Equal(at("2026-03-02 09:00")) {
					t.Errorf("deemed %v, started %v, %v", v.Case.DeemedAccepted, v.Promised.StartedAt, f)
				}
			}
			if _, ok := v.Find("V06", ""); ok {
				f := expectFinding(t, v, "V06", "", Yellow, "2026-03-05 09:00")
				if len(f.Evidence) != 2 {
					t.Errorf("evidence %v, want both requests", f.Evidence)
				}
			}
		})
	}
}

// Decided Thursday 5 March 2026, 10:00; to be filed by Friday's close.
func TestRejections(t *testing.T) {
	item := permitItem()
	base := func(d approval.Event) *Subject {
		s := subject(item, received("2026-03-02 09:00"), accepted("2026-03-02 09:10"), d)
		s.Duties.Rejections = true
		return s
	}
	filed := func(s *Subject, when string) *Subject {
		s.Filings = append(s.Filings, approval.RejectionFiling{Seq: 90, No: "B-1", CaseNo: "1", FiledAt: at(when)})
		return s
	}
	r := func() approval.Event { return refused("2026-03-05 10:00") }
	for _, c := range []struct {
		name string
		s    *Subject
		now  string
		want string
	}{
		{"granted: nothing to file", base(granted("2026-03-05 10:00")), "2026-03-20 09:00", ""},
		{"unfiled, in time", base(r()), "2026-03-06 17:30:00", ""},
		{"unfiled", base(r()), "2026-03-06 17:30:01", "V08 V27:rejection"},
		{"filed before deciding", filed(base(r()), "2026-03-05 09:00"), "2026-03-20 09:00", ""},
		{"filed with the decision", filed(base(r()), "2026-03-05 10:00:00"), "2026-03-20 09:00", ""},
		{"filed a second after it", filed(base(r()), "2026-03-05 10:00:01"), "2026-03-20 09:00", "V09"},
		{"filed at the last second", filed(base(r()), "2026-03-06 17:30:00"), "2026-03-20 09:00", "V09"},
		{"filed too late", filed(base(r()), "2026-03-06 17:30:01"), "2026-03-20 09:00", "V08(settled) V09 V27:rejection(settled)"},
		{"not filed yet at that moment", filed(base(r()), "2026-03-19 09:00"), "2026-03-18 09:00", "V08 V27:rejection"},
		{"the earlier of two filings counts", filed(filed(base(r()), "2026-03-05 12:00"), "2026-03-05 09:00"), "2026-03-20 09:00", ""},
		{"without any particulars", filed(base(ev(approval.Decided, "2026-03-05 10:00", decision(approval.Decision{Outcome: approval.OutcomeReturned}))), "2026-03-05 09:00"), "2026-03-20 09:00", "V07"},
	} {
		t.Run(c.name, func(t *testing.T) {
			v := expect(t, c.s, c.now, c.want)
			switch c.want {
			case "V08 V27:rejection", "V08(settled) V09 V27:rejection(settled)":
				f := expectFinding(t, v, "V08", "", Yellow, "2026-03-06 17:30")
				if f.State == Settled && !f.SettledAt.Equal(at("2026-03-06 17:30:01")) {
					t.Errorf("settled %v", f.SettledAt)
				}
			case "V07":
				f := expectFinding(t, v, "V07", "", Yellow, "2026-03-05 10:00")
				if f.WordsZH != "2026-03-05 10:00 退件：未说明理由；未写明法律依据；未告知复议、诉讼权利；无书面决定文号。" {
					t.Errorf("words %q", f.WordsZH)
				}
			}
		})
	}
	v := civil.Judge(filed(base(r()), "2026-03-06 12:00"), at("2026-03-20 09:00"))
	expectFinding(t, v, "V09", "", Warn, "2026-03-06 12:00")
}

// Each particular of a refusal on its own.
func TestMissingParticulars(t *testing.T) {
	for i, blank := range []func(*approval.Decision){
		func(d *approval.Decision) { d.Reason = "" },
		func(d *approval.Decision) { d.LegalBasis = "" },
		func(d *approval.Decision) { d.RemediesTold = false },
		func(d *approval.Decision) { d.NoticeNo = "" },
		func(d *approval.Decision) { d.DecisionNo, d.CertNo, d.FilingNo = "", "", "" },
	} {
		d := refused("2026-03-05 10:00")
		blank(d.Decision)
		want := "V07"
		if i == 4 {
			want = ""
		}
		expect(t, subject(permitItem(), accepted("2026-03-02 09:10"), d), "2026-03-05 11:00", want)
	}
}

func TestSelfReports(t *testing.T) {
	// Promise over Monday 9 March 17:30; to be reported by Tuesday's close.
	late := func(reports ...string) *Subject {
		s := subject(permitItem(), received("2026-03-02 09:00"), accepted("2026-03-02 09:10"), granted("2026-03-11 09:00"))
		s.Duties.Overdue = true
		for i, r := range reports {
			s.OverdueReports = append(s.OverdueReports, approval.OverdueReport{Seq: uint64(80 + i), ReportedAt: at(r)})
		}
		return s
	}
	const v02 = "V01(superseded) V02"
	for _, c := range []struct {
		s         *Subject
		now, want string
	}{
		{late(), "2026-03-11 10:00", v02 + " V27:overdue"},
		{late("2026-03-10 17:30:00"), "2026-03-20 09:00", v02},
		{late("2026-03-10 17:30:01"), "2026-03-20 09:00", v02 + " V27:overdue(settled)"},
		{late("2026-03-09 09:00"), "2026-03-20 09:00", v02},
		{late("2026-03-12 09:00"), "2026-03-11 10:00", v02 + " V27:overdue"},
	} {
		v := expect(t, c.s, c.now, c.want)
		if _, ok := v.Find("V27", "overdue"); ok {
			expectFinding(t, v, "V27", "overdue", Data, "2026-03-10 17:30")
		}
	}
	unbound := late()
	unbound.Duties = Duties{}
	expect(t, unbound, "2026-03-20 09:00", v02)

	// An open case falls due for its report by time alone.
	open := late()
	open.Events = open.Events[:2]
	expect(t, open, "2026-03-10 17:30:00", v02)
	v := expect(t, open, "2026-03-10 17:30:01", v02+" V27:overdue")
	if !v.Next.Equal(at("2026-03-30 17:30:01")) {
		t.Errorf("next %v, want the statutory limit", v.Next)
	}
}

func TestRejectionsReported(t *testing.T) {
	item := permitItem()
	item.Regime = approval.LimitsOnly
	s := subject(item, received("2026-03-02 09:00"), accepted("2026-03-02 09:10"),
		granted("2026-03-05 10:00"), ev(approval.RefusalGrounds, "2026-03-06 09:00"))
	s.Duties.Rejections = true
	// Grounds recorded on Friday the 6th, after the end: by Monday's close.
	expect(t, s, "2026-03-09 17:30:00", "")
	v := expect(t, s, "2026-03-09 17:30:01", "V27:rejection")
	expectFinding(t, v, "V27", "rejection", Data, "2026-03-09 17:30")
	if !v.Case.RefusalGrounds {
		t.Error("grounds of refusal not told")
	}
	s.Filings = []approval.RejectionFiling{{Seq: 9, FiledAt: at("2026-03-10 09:00")}}
	expect(t, s, "2026-03-10 08:59:59", "V27:rejection")
	v = expect(t, s, "2026-03-10 09:00", "V27:rejection(settled)")
	if f, _ := v.Find("V27", "rejection"); !f.SettledAt.Equal(at("2026-03-10 09:00")) {
		t.Errorf("settled %v", f.SettledAt)
	}
	// A negative decision before the grounds counts from the decision.
	s.Events[2] = refused("2026-03-05 10:00")
	s.Events[2].Seq = 3
	v = civil.Judge(s, at("2026-03-20 09:00"))
	expectFinding(t, v, "V27", "rejection", Data, "2026-03-06 17:30")
	s.Duties = Duties{}
	expect(t, s, "2026-03-20 09:00", "")
}
