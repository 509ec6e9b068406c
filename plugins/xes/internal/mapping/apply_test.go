package mapping

import (
	"fmt"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/mingcha-console/mingcha/plugins/xes/internal/xeslog"
	"github.com/mingcha-console/mingcha/sdk"
)

var shanghai = time.FixedZone("Asia/Shanghai", 8*3600)

// translate applies a mapping to one trace; an event is written
// "name|time|key=value|…".
func translate(t *testing.T, mapping string, trace xeslog.Attrs, events ...string) []Translated {
	t.Helper()
	m, err := Parse([]byte(mapping))
	if err != nil {
		t.Fatal(err)
	}
	tr := &xeslog.Trace{Index: 6, Attrs: trace}
	for _, e := range events {
		parts := strings.Split(e, "|")
		attrs := xeslog.Attrs{{Key: "concept:name", Value: parts[0]}, {Key: "time:timestamp", Value: parts[1]}}
		for _, p := range parts[2:] {
			k, v, _ := strings.Cut(p, "=")
			attrs = append(attrs, xeslog.Attr{Key: k, Value: v})
		}
		tr.Events = append(tr.Events, attrs)
	}
	return m.Translator("M1", shanghai).Trace(tr).Records
}

var key = regexp.MustCompile(`#x[0-9a-f]{16}(~\d+)?`)

// told writes events as "source id kind occurred [effective] [entered]"; of an id
// without what the event is known by, and its number.
func told(all []Translated) (out []string) {
	for _, x := range all {
		if x.Unreadable != nil {
			out = append(out, "unreadable "+key.ReplaceAllString(x.Unreadable.SourceId, "#"))
			continue
		}
		e := x.Event
		s := fmt.Sprintf("%s %s", strings.TrimPrefix(e.Kind.String(), "EVENT_KIND_"), e.OccurredAt.AsTime().In(shanghai).Format("01-02T15:04"))
		if e.EffectiveAt != nil {
			s += " effective " + e.EffectiveAt.AsTime().In(shanghai).Format("01-02T15:04")
		}
		if e.EnteredAt != nil {
			s += " entered " + e.EnteredAt.AsTime().In(shanghai).Format("01-02T15:04")
		}
		out = append(out, key.ReplaceAllString(e.SourceId, "#")+" "+s)
	}
	return out
}

func wants(t *testing.T, got []Translated, want ...string) {
	t.Helper()
	if !slices.Equal(told(got), want) {
		t.Errorf("got\n %s\nwant\n %s", strings.Join(told(got), "\n "), strings.Join(want, "\n "))
	}
}

var case7 = xeslog.Attrs{{Key: "concept:name", Value: "C7"}, {Key: "kind", Value: "big"}}

func TestEveryFittingRuleGivesAnEventOneAKind(t *testing.T) {
	wants(t, translate(t, least+`  - {kind: accepted, first: true, when: [{attribute: "concept:name", in: [in, again]}]}
  - {kind: received, when: [{attribute: flag, present: true}]}
  - {kind: delivered, when: [{attribute: flag, present: false}, {trace: kind, is: big}]}
  - {kind: withdrawn, when: [{trace: kind, is: small}]}
`, case7,
		"in|2014-03-01T10:00:00+08:00|flag=",       // received by two rules: once
		"again|2014-03-02T10:00:00+08:00|flag=1",   // not the first accepted; received by the third rule
		"other|2014-03-03T10:00:00+08:00",          // delivered: no flag, and the trace is big
		"nothing|2014-03-04T10:00:00+08:00|flag="), // the flag is there, if empty
		"C7#.received RECEIVED 03-01T10:00", "C7#.accepted ACCEPTED 03-01T10:00",
		"C7#.received RECEIVED 03-02T10:00", "C7#.delivered DELIVERED 03-03T10:00", "C7#.received RECEIVED 03-04T10:00")
}

func TestWhatNoRuleFitsIsANoteOrLeftOut(t *testing.T) {
	wants(t, translate(t, least, case7, "x|2014-03-01T10:00:00+08:00"), "C7# NOTE 03-01T10:00")
	wants(t, translate(t, "notes: false\n"+least, case7, "x|2014-03-01T10:00:00+08:00", "in|2014-03-01T11:00:00+08:00"), "C7#.received RECEIVED 03-01T11:00")
}

// 23:30 at +02:00 is 05:30 of the next day in the office.
func TestZoneAndGranularity(t *testing.T) {
	const late = "in|2014-03-01T23:30:00+02:00"
	for head, want := range map[string]string{
		"":                                      "03-02T05:30",
		"zone: as_written\n":                    "03-01T23:30",
		"granularity: date\n":                   "03-02T00:00",
		"zone: as_written\ngranularity: date\n": "03-01T00:00",
	} {
		wants(t, translate(t, head+least, case7, late), "C7#.received RECEIVED "+want)
	}
	// Without an offset a time is the office's.
	wants(t, translate(t, least, case7, "in|2014-03-01T23:30:00.250"), "C7#.received RECEIVED 03-01T23:30")
}

// By date, events stand in order of date and then as in the log; else as in
// the log.
func TestOrder(t *testing.T) {
	events := []string{"in|2014-03-03T08:00:00+08:00", "b|2014-03-01T09:00:00+08:00", "c|2014-03-03T07:00:00+08:00", "d|2014-03-01T08:00:00+08:00"}
	wants(t, translate(t, least, case7, events...), "C7#.received RECEIVED 03-03T08:00", "C7# NOTE 03-01T09:00", "C7# NOTE 03-03T07:00", "C7# NOTE 03-01T08:00")
	wants(t, translate(t, "granularity: date\n"+least, case7, events...), "C7# NOTE 03-01T00:00", "C7# NOTE 03-01T00:00", "C7#.received RECEIVED 03-03T00:00", "C7# NOTE 03-03T00:00")
}

func TestEffectiveAndEnteredTimes(t *testing.T) {
	const rule = `  - {kind: supplement_received, when: [{attribute: "concept:name", is: back}], effective_at: {from: q, formats: ["2-1-2006", "2-1-2006 15:04:05"]}}
`
	m := "entered_at: {from: done}\n" + least + rule
	wants(t, translate(t, m, case7,
		"back|2014-03-05T10:00:00+08:00|q=3-2-2014|done=2014-03-06T00:00:00+02:00",
		"back|2014-03-05T10:00:00+08:00|q=13-12-2014 09:30:00",
		"back|2014-03-05T10:00:00+08:00|q=True",         // no date: the event's own
		"back|2014-03-05T10:00:00+08:00|done=yesterday", // no time: left out
		"back|2014-03-05T00:00:00+08:00|q=5-3-2014"),    // the same: nothing to add
		"C7#.supplement_received SUPPLEMENT_RECEIVED 03-05T10:00 effective 02-03T00:00 entered 03-06T06:00",
		"C7#.supplement_received SUPPLEMENT_RECEIVED 03-05T10:00 effective 12-13T09:30",
		"C7#.supplement_received SUPPLEMENT_RECEIVED 03-05T10:00",
		"C7#.supplement_received SUPPLEMENT_RECEIVED 03-05T10:00",
		"C7#.supplement_received SUPPLEMENT_RECEIVED 03-05T00:00")
	wants(t, translate(t, "granularity: date\n"+least+rule, case7, "back|2014-03-05T10:00:00+08:00|q=13-12-2014 09:30:00"),
		"C7#.supplement_received SUPPLEMENT_RECEIVED 03-05T00:00 effective 12-13T00:00")
}

// What cannot be expressed is handed over as it stands, with the reason.
func TestUnreadable(t *testing.T) {
	for _, c := range []struct {
		mapping    string
		trace      xeslog.Attrs
		event      string
		id, reason string
	}{
		{least, case7, "in|yesterday", "C7#", "time cannot be read"},
		{least, nil, "in|2014-03-01T10:00:00+08:00", "trace-", "Trace 7 has no case number"},
		{strings.Replace(least, "name: 甲", "name: 甲, when: [{trace: kind, is: small}]", 1), case7, "in|2014-03-01T10:00:00+08:00", "C7#", "No item"},
	} {
		got := translate(t, c.mapping, c.trace, c.event)
		if len(got) != 1 || got[0].Unreadable == nil {
			t.Errorf("%s: %v", c.reason, told(got))
			continue
		}
		u := got[0].Unreadable
		if !strings.HasPrefix(u.SourceId, c.id) || !strings.Contains(u.ReasonEn, c.reason) || u.ReasonZh == "" || !strings.Contains(string(u.Raw), "concept:name = in\n") {
			t.Errorf("%s: %+v", c.reason, u)
		}
	}
}

func TestDetailsOfEvents(t *testing.T) {
	got := translate(t, `handler: {from: [who, "org:resource"]}
project: {from: title}
`+least+`  - {kind: decided, outcome: refused, when: [{attribute: "concept:name", is: no}]}
  - {kind: extended, by: 42 calendar_days, when: [{attribute: "concept:name", is: longer}]}
  - {kind: paused, pause: hearing, when: [{attribute: "concept:name", is: wait}]}
  - {kind: step_started, when: [{attribute: "concept:name", is: check}]}
  - {kind: step_finished, step: 核查, when: [{attribute: "concept:name", is: checked}]}
`, append(case7, xeslog.Attr{Key: "title", Value: "新建住宅"}),
		"in|2014-03-01T10:00:00+08:00|org:resource=张三|who=", "no|2014-03-01T10:00:00+08:00|who=李四|org:resource=张三",
		"longer|2014-03-01T10:00:00+08:00", "wait|2014-03-01T10:00:00+08:00", "check|2014-03-01T10:00:00+08:00", "checked|2014-03-01T10:00:00+08:00")
	if len(got) != 6 {
		t.Fatal(told(got))
	}
	if e := got[0].Event; e.Application.GetProjectName() != "新建住宅" || e.Handler.GetName() != "张三" || e.Department != "M1" || e.ItemCode != "A" || e.CaseNo != "C7" {
		t.Errorf("received: %v", e)
	}
	if e := got[1].Event; e.Decision.GetOutcome() != sdk.OutcomeRefused || e.Decision.GetSigner().GetName() != "李四" {
		t.Errorf("decided: %v", e)
	}
	if by := got[2].Event.Extension.GetBy(); by.GetN() != 42 || by.GetUnit() != sdk.CalendarDays {
		t.Errorf("extended by %v", by)
	}
	if got[3].Event.Pause.GetKind() != "hearing" || got[4].Event.Step.GetName() != "check" || got[5].Event.Step.GetName() != "核查" {
		t.Errorf("pause, steps: %v %v %v", got[3].Event, got[4].Event, got[5].Event)
	}
}

// The first item that fits counts; limits and regime reach the contract.
func TestCatalogueAndItems(t *testing.T) {
	m := strings.Replace(least, "[{code: A, name: 甲}]", `
  - {code: B, name: 乙, when: [{trace: kind, is: big}], promised: 5 working_days, statutory: 56 calendar_days, regime: licensing, clock_start: acceptance, supplement_pauses: true}
  - {code: A, name: 甲, promised: 4 working_hours}`, 1)
	if got := translate(t, m, case7, "in|2014-03-01T10:00:00+08:00"); got[0].Event.ItemCode != "B" {
		t.Errorf("item %s", got[0].Event.ItemCode)
	}
	if got := translate(t, m, case7[:1], "in|2014-03-01T10:00:00+08:00"); got[0].Event.ItemCode != "A" {
		t.Errorf("item %s", got[0].Event.ItemCode)
	}
	parsed, err := Parse([]byte(m))
	if err != nil {
		t.Fatal(err)
	}
	c := parsed.Catalogue("M1")
	b, a := c[0], c[1]
	if b.Promised.N != 5 || b.Promised.Unit != sdk.WorkingDays || b.Statutory.N != 56 || b.Statutory.Unit != sdk.CalendarDays || b.Regime != sdk.Licensing || b.ClockStart != sdk.FromAcceptance || !b.SupplementPauses || b.Department != "M1" {
		t.Errorf("item B: %v", b)
	}
	if a.Promised.N != 4 || a.Promised.Unit != sdk.WorkingHours || a.Statutory != nil || a.Regime != sdk.LimitsOnly || a.ClockStart != sdk.FromReceipt || a.SupplementPauses {
		t.Errorf("item A: %v", a)
	}
}

// What a program writes where it has no date is none: an event without a time is set aside
// with what stands in the log, one without a date of entry has none.
func TestAnEventWithoutADateIsToldAndNotOf1970(t *testing.T) {
	m := "entered_at: {from: entered}\n" + strings.Replace(least, "kind: received,", "kind: received, effective_at: {from: effective},", 1)
	for _, none := range []string{"0000-00-00", "0000-00-00 00:00:00", "1970-01-01T00:00:00Z", "1970-01-01 08:00:00", "1899-12-30", "1900-01-00", "0001-01-01T00:00:00", "NULL"} {
		got := translate(t, m, case7, "in|"+none, "in|2014-03-01T10:00:00+08:00|entered="+none+"|effective="+none)
		if len(got) != 2 || got[0].Unreadable == nil || !strings.Contains(got[0].Unreadable.ReasonZh, "没有时间（属性 time:timestamp）：\""+none+"\"") || !strings.Contains(got[0].Unreadable.ReasonEn, `"`+none+`"`) {
			t.Errorf("%s: %v", none, got)
		}
		wants(t, got[1:], "C7#.received RECEIVED 03-01T10:00")
	}
}
