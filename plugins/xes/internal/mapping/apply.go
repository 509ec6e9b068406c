package mapping

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/mingcha-console/mingcha/plugins/xes/internal/xeslog"
	"github.com/mingcha-console/mingcha/sdk"
)

// Catalogue lists the items for a department.
func (m *Mapping) Catalogue(department string) []*sdk.Item {
	var out []*sdk.Item
	for i := range m.Items {
		it := m.Items[i].item
		out = append(out, &sdk.Item{Department: department, Code: it.Code, Name: it.Name, CaseType: it.CaseType, Regime: it.Regime,
			Promised: it.Promised, Statutory: it.Statutory, ClockStart: it.ClockStart, SupplementPauses: it.SupplementPauses})
	}
	return out
}

// Translated is what one log event became: contract events, or the reason why
// it cannot be expressed.
type Translated struct {
	Event      *sdk.Event
	Unreadable *sdk.Unreadable
}

// Translator turns traces into contract events.
type Translator struct {
	m          *Mapping
	department string
	zone       *time.Location
}

// Translator makes a translator for a department; zone is the office's.
func (m *Mapping) Translator(department string, zone *time.Location) *Translator {
	return &Translator{m, department, zone}
}

// Trace translates a trace: its contract events in the order they are to be
// sent. With the granularity of a date, that is by date and then as they stand
// in the log; else as they stand.
func (t *Translator) Trace(tr *xeslog.Trace) []Translated {
	no := t.m.Case.value(tr.Attrs)
	item := t.item(tr)
	order := make([]int, len(tr.Events))
	times := make([]time.Time, len(tr.Events))
	errs := make([]error, len(tr.Events))
	for i, e := range tr.Events {
		order[i] = i
		times[i], errs[i] = t.time(t.m.Time.value(e))
	}
	if t.m.Grain == "date" {
		slices.SortStableFunc(order, func(a, b int) int { return times[a].Compare(times[b]) })
	}
	seen := make([]bool, len(t.m.Events))
	var out []Translated
	for _, i := range order {
		id := fmt.Sprintf("%s#%d", no, i)
		switch {
		case no == "":
			out = append(out, refuse(fmt.Sprintf("trace %d#%d", tr.Index, i), tr.Events[i],
				fmt.Sprintf("第 %d 个轨迹没有办件编号（属性 %s）。", tr.Index+1, strings.Join(t.m.Case.keys, "、")),
				fmt.Sprintf("Trace %d has no case number (attribute %s).", tr.Index+1, strings.Join(t.m.Case.keys, ", "))))
		case errs[i] != nil:
			out = append(out, refuse(id, tr.Events[i],
				fmt.Sprintf("事件的时间读不懂：%q（属性 %s）。", t.m.Time.value(tr.Events[i]), strings.Join(t.m.Time.keys, "、")),
				fmt.Sprintf("The event's time cannot be read: %q (attribute %s).", t.m.Time.value(tr.Events[i]), strings.Join(t.m.Time.keys, ", "))))
		case item == "":
			out = append(out, refuse(id, tr.Events[i], "映射里没有适合该轨迹的事项。请给最后一个事项去掉 when，作为其余情形。",
				"No item of the mapping fits this trace. Leave out when on the last item, to take what is left."))
		default:
			out = append(out, t.event(tr, i, id, no, item, times[i], seen)...)
		}
	}
	return out
}

// refuse is a log event that cannot be expressed, as it stands.
func refuse(id string, e xeslog.Attrs, zh, en string) Translated {
	var raw strings.Builder
	for _, a := range e {
		fmt.Fprintf(&raw, "%s = %s\n", a.Key, a.Value)
	}
	return Translated{Unreadable: &sdk.Unreadable{SourceId: id, Raw: []byte(raw.String()), RawSize: uint64(raw.Len()), ReasonZh: zh, ReasonEn: en}}
}

// event applies the rules to one log event. Every rule that fits gives an
// event, one a kind; none gives a note.
func (t *Translator) event(tr *xeslog.Trace, i int, id, no, item string, at time.Time, seen []bool) (out []Translated) {
	attrs := tr.Events[i]
	base := func(id string, kind sdk.EventKind) *sdk.Event {
		e := &sdk.Event{SourceId: id, Department: t.department, CaseNo: no, ItemCode: item, Kind: kind, OccurredAt: sdk.Time(at),
			EnteredAt: sdk.Time(t.dated(t.m.Entered, attrs)), Text: t.m.Activity.value(attrs)}
		if h := t.m.Handler.value(attrs); h != "" {
			e.Handler = &sdk.Person{Name: h, Id: h}
		}
		return e
	}
	done := map[sdk.EventKind]bool{}
	for r := range t.m.Events {
		rule := &t.m.Events[r]
		if done[rule.kind] || rule.First && seen[r] || !holds(rule.When, tr.Attrs, attrs) {
			continue
		}
		seen[r], done[rule.kind] = true, true
		e := base(fmt.Sprintf("%s.%s", id, rule.Kind), rule.kind)
		t.fill(e, rule, tr, attrs)
		out = append(out, Translated{Event: e})
	}
	if len(out) == 0 && (t.m.Notes == nil || *t.m.Notes) {
		out = append(out, Translated{Event: base(id, sdk.Note)})
	}
	return out
}

func (t *Translator) fill(e *sdk.Event, rule *Event, tr *xeslog.Trace, attrs xeslog.Attrs) {
	if eff := t.dated(rule.Effective, attrs); !eff.IsZero() && !eff.Equal(e.OccurredAt.AsTime()) {
		if t.m.Grain == "date" {
			eff = startOfDay(eff)
		}
		e.EffectiveAt = sdk.Time(eff)
	}
	switch rule.kind {
	case sdk.Received:
		if p := t.m.Project.value(tr.Attrs); p != "" {
			e.Application = &sdk.Application{ProjectName: p}
		}
	case sdk.Decided:
		e.Decision = &sdk.Decision{Outcome: rule.outcome, Signer: e.Handler}
	case sdk.Extended:
		e.Extension = &sdk.Extension{By: rule.by}
	case sdk.Paused:
		e.Pause = &sdk.Pause{Kind: rule.Pause}
	case sdk.StepStarted, sdk.StepFinished:
		name := rule.Step
		if name == "" {
			name = e.Text
		}
		e.Step = &sdk.StepDetail{Name: name}
	}
}

func (t *Translator) item(tr *xeslog.Trace) string {
	for i := range t.m.Items {
		if holds(t.m.Items[i].When, tr.Attrs, nil) {
			return t.m.Items[i].Code
		}
	}
	return ""
}

func holds(all []Condition, trace, event xeslog.Attrs) bool {
	for i := range all {
		c := &all[i]
		var v string
		var has bool
		if c.Trace != "" {
			v, has = trace.Get(c.Trace)
		} else {
			v, has = event.Get(c.Attribute)
		}
		switch {
		case c.Is != nil && (!has || v != *c.Is),
			len(c.In) > 0 && (!has || !slices.Contains(c.In, v)),
			c.Present != nil && has != *c.Present:
			return false
		}
	}
	return true
}

// value is the first attribute that is there and not empty.
func (s *Source) value(a xeslog.Attrs) string {
	for _, k := range s.keys {
		if v, _ := a.Get(k); v != "" {
			return v
		}
	}
	return ""
}

// time reads an event's time: XES writes ISO 8601.
func (t *Translator) time(v string) (time.Time, error) {
	at, err := time.Parse(time.RFC3339Nano, v)
	if err != nil {
		if at, err = time.ParseInLocation("2006-01-02T15:04:05.999999999", v, t.zone); err != nil {
			return at, err
		}
	}
	if t.m.Zone == "as_written" {
		at = time.Date(at.Year(), at.Month(), at.Day(), at.Hour(), at.Minute(), at.Second(), at.Nanosecond(), t.zone)
	} else {
		at = at.In(t.zone)
	}
	if t.m.Grain == "date" {
		at = startOfDay(at)
	}
	return at, nil
}

// dated reads an attribute with a date of its own; zero where it has none that
// parses.
func (t *Translator) dated(d Dated, a xeslog.Attrs) time.Time {
	if d.From == "" {
		return time.Time{}
	}
	v, _ := a.Get(d.From)
	if len(d.Formats) == 0 {
		at, err := t.time(v)
		if err != nil {
			return time.Time{}
		}
		return at
	}
	for _, layout := range d.Formats {
		if at, err := time.ParseInLocation(layout, v, t.zone); err == nil {
			return at
		}
	}
	return time.Time{}
}

func startOfDay(t time.Time) time.Time {
	return time.Date(t.Year(), t.Month(), t.Day(), 0, 0, 0, 0, t.Location())
}
