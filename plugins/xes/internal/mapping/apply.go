package mapping

import (
	"cmp"
	"crypto/sha256"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/mingcha-console/mingcha/plugins/xes/internal/xeslog"
	"github.com/mingcha-console/mingcha/sdk"
	"github.com/mingcha-console/mingcha/sdk/datetime"
)

// Catalogue lists the items for a department.
func (m *Mapping) Catalogue(department string) []*sdk.Item {
	var out []*sdk.Item
	for i := range m.Items {
		it := m.Items[i].item
		out = append(out, &sdk.Item{Department: department, Code: it.Code, Name: it.Name, CaseType: it.CaseType, Regime: it.Regime,
			Promised: it.Promised, Statutory: it.Statutory, ClockStart: it.ClockStart, SupplementPauses: it.SupplementPauses,
			RestDaysMoveEnd: it.RestDaysMoveEnd})
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

// Result is what a trace became: its records in the order in which they are to be
// sent, and what became of its events.
type Result struct {
	Case    string // its number, empty where there is none
	Records []Translated
	Entries int // events of the log, those in a damaged place included
	Ignored int // left out: no rule fits, and notes are off
	Notes   int // became notes, since no rule fits
}

// entry is one event of a trace on its way.
type entry struct {
	attrs   xeslog.Attrs
	key     string // what it is known by, without its number
	exact   time.Time
	at      time.Time
	entered time.Time
	own     bool // the key is the source's own id
	records []Translated
	kinds   []string // of the rules that made the records; "" for a note
	content [sha256.Size]byte
}

// Trace translates a trace. With the granularity of a date, its records stand by
// date and then as they stand in the log; else as they stand.
func (t *Translator) Trace(tr *xeslog.Trace) (out Result) {
	c := t.caseIn(tr)
	out.Case = c.no
	entries := make([]*entry, len(tr.Events))
	for i, attrs := range tr.Events {
		entries[i] = t.read(c, attrs)
	}
	t.apply(c, entries, &out)
	number(c.name(entries), entries)
	if t.m.Grain == "date" {
		slices.SortStableFunc(entries, func(a, b *entry) int { return a.at.Compare(b.at) })
	}
	for _, e := range entries {
		out.Records = append(out.Records, e.records...)
	}
	out.Entries = len(entries)
	if d := tr.Damage; d != nil {
		out.Entries += d.Events
		out.Records = append(out.Records, damaged(c.no, d))
	}
	return out
}

// theCase is what a trace says of all its events.
type theCase struct {
	tr      *xeslog.Trace
	attrs   xeslog.Attrs
	no      string
	item    string
	illegal string // its number as people can read it, if it holds what no text may
}

// name is what a case is known by in ids: its number, else what it holds.
func (c *theCase) name(entries []*entry) string {
	if c.no != "" {
		return c.no
	}
	var texts []string
	for _, a := range c.tr.Attrs {
		texts = append(texts, a.Key, a.Value)
	}
	for _, e := range entries {
		texts = append(texts, e.key)
	}
	slices.Sort(texts)
	return "trace-" + sum(texts...)
}

func (t *Translator) caseIn(tr *xeslog.Trace) *theCase {
	c := &theCase{tr: tr, attrs: tr.Attrs}
	if tr.Straight && len(tr.Events) > 0 {
		c.attrs = caseAttrs(tr.Events[0])
		c.no = t.CaseOf(tr.Events[0])
	} else {
		c.no = t.m.Case.value(tr.Attrs)
	}
	if tr.Marked {
		c.attrs = slices.Clone(c.attrs)
		for i := range c.attrs {
			c.attrs[i].Value, _ = xeslog.Illegal(c.attrs[i].Value)
		}
		if shown, illegal := xeslog.Illegal(c.no); illegal {
			c.no, c.illegal = "", shown
		}
	}
	c.item = t.item(c.attrs)
	return c
}

// CaseOf names the case of an event that stands straight in the log: programs
// write the attributes of its case as case:KEY, or under another key that the
// mapping names.
func (t *Translator) CaseOf(event xeslog.Attrs) string {
	if no := t.m.Case.value(caseAttrs(event)); no != "" {
		return no
	}
	for _, k := range t.m.Case.keys {
		if v, _ := event.Get(k); v != "" && k != "concept:name" && !slices.Contains(t.m.Activity.keys, k) {
			return v
		}
	}
	return ""
}

// ofCase begins the keys of attributes that an event has of its case.
const ofCase = "case:"

func caseAttrs(event xeslog.Attrs) (out xeslog.Attrs) {
	for _, a := range event {
		if key, of := strings.CutPrefix(a.Key, ofCase); of {
			out = append(out, xeslog.Attr{Key: key, Value: a.Value})
		}
	}
	return out
}

// read reads what an event is known by, and why it cannot be taken, if so.
func (t *Translator) read(c *theCase, attrs xeslog.Attrs) *entry {
	e := &entry{attrs: attrs}
	written := t.m.Time.value(attrs)
	var err error
	e.exact, e.at, err = t.time(written, t.m.Time.Formats)
	e.key, e.own = t.identity(attrs, written, e.exact)
	e.entered = t.dated(t.m.Entered, attrs)
	if zh, en := t.why(c, attrs, err); zh != "" {
		e.records, e.kinds = []Translated{refuse(attrs, zh, en)}, []string{""}
	}
	return e
}

// why says why an event cannot be taken; empty if it can.
func (t *Translator) why(c *theCase, attrs xeslog.Attrs, badTime error) (zh, en string) {
	var p *datetime.Problem
	switch key, shown := illegal(c.tr, attrs); {
	case c.illegal != "":
		return fmt.Sprintf("该轨迹的办件编号含有不能出现在文字里的字符：%s。", c.illegal),
			fmt.Sprintf("The trace's case number holds characters that no text may: %s.", c.illegal)
	case key != "":
		return fmt.Sprintf("属性 %s 含有 XML 不允许的字符，或与声明的编码不符的字节：%s。请部门改正后重新导出。", key, clip(shown)),
			fmt.Sprintf("Attribute %s holds characters that XML forbids, or bytes that do not fit the declared encoding: %s. Ask the department to correct and export it again.", key, clip(shown))
	case c.no == "" && c.tr.Straight:
		return fmt.Sprintf("这个事件直接写在日志里，不属于任何轨迹，也没有办件编号（属性 %s%s）。", ofCase, strings.Join(t.m.Case.keys, "、"+ofCase)),
			fmt.Sprintf("This event stands straight in the log, in no trace, and has no case number (attribute %s%s).", ofCase, strings.Join(t.m.Case.keys, ", "+ofCase))
	case c.no == "":
		return fmt.Sprintf("第 %d 个轨迹没有办件编号（属性 %s）。", c.tr.Index+1, strings.Join(t.m.Case.keys, "、")),
			fmt.Sprintf("Trace %d has no case number (attribute %s).", c.tr.Index+1, strings.Join(t.m.Case.keys, ", "))
	case datetime.HasNone(badTime) && errors.As(badTime, &p):
		return fmt.Sprintf("事件没有时间（属性 %s）：%s请部门补上后重新导出。", strings.Join(t.m.Time.keys, "、"), p.ZH),
			fmt.Sprintf("The event has no time (attribute %s): %s Ask the department to fill it in and export it again.", strings.Join(t.m.Time.keys, ", "), p.EN)
	case errors.As(badTime, &p):
		return fmt.Sprintf("事件的时间读不懂（属性 %s）：%s", strings.Join(t.m.Time.keys, "、"), p.ZH),
			fmt.Sprintf("The event's time cannot be read (attribute %s): %s", strings.Join(t.m.Time.keys, ", "), p.EN)
	case c.item == "":
		return "映射里没有适合该轨迹的事项。请给最后一个事项去掉 when，作为其余情形。",
			"No item of the mapping fits this trace. Leave out when on the last item, to take what is left."
	}
	return "", ""
}

// illegal is the first attribute that holds what no text may.
func illegal(tr *xeslog.Trace, attrs xeslog.Attrs) (key, shown string) {
	if tr.Marked {
		for _, a := range attrs {
			if shown, is := xeslog.Illegal(a.Value); is {
				return a.Key, shown
			}
		}
	}
	return "", ""
}

// clip shortens a text for a sentence.
func clip(text string) string {
	if r := []rune(text); len(r) > 60 {
		return string(r[:60]) + "…"
	}
	return text
}

// refuse is a log event that cannot be expressed, as it stands.
func refuse(e xeslog.Attrs, zh, en string) Translated {
	var raw strings.Builder
	for _, a := range e {
		value, _ := xeslog.Illegal(a.Value)
		fmt.Fprintf(&raw, "%s = %s\n", a.Key, value)
	}
	return Translated{Unreadable: &sdk.Unreadable{Raw: []byte(raw.String()), RawSize: uint64(raw.Len()), ReasonZh: zh, ReasonEn: en}}
}

// damaged is a place of the log that is not well formed.
func damaged(no string, d *xeslog.Damage) Translated {
	sum := sha256.Sum256([]byte(d.Raw))
	return Translated{Unreadable: &sdk.Unreadable{SourceId: fmt.Sprintf("%s#damage-%x", no, sum[:8]), Raw: []byte(d.Raw), RawSize: uint64(d.Size),
		ReasonZh: fmt.Sprintf("日志第 %d 行起格式有误（%v），直到第 %d 行才能继续读；其间约有 %d 个事件没有读入。请部门改正后重新导出，再读一次即可补上。", d.Line, d.Err, d.Until, d.Events),
		ReasonEn: fmt.Sprintf("The log is not well-formed from line %d (%v) and is read on from line %d; some %d events between were not read. Ask the department for a right export: reading it again adds them.", d.Line, d.Err, d.Until, d.Events)}}
}

// apply applies the rules to the events of a case by time, those of one time by
// when they were entered and by what they are: "the first" is then the same in
// every export. Every rule
// that fits gives a record, one a kind; none gives a note.
func (t *Translator) apply(c *theCase, entries []*entry, out *Result) {
	byTime := slices.Clone(entries)
	slices.SortStableFunc(byTime, func(a, b *entry) int {
		if c := cmp.Or(a.exact.Compare(b.exact), a.entered.Compare(b.entered), strings.Compare(a.key, b.key)); c != 0 {
			return c
		}
		return strings.Compare(whole(a.attrs), whole(b.attrs))
	})
	seen := make([]bool, len(t.m.Events))
	for _, e := range byTime {
		if e.records == nil {
			t.event(c, e, seen)
		}
		switch {
		case len(e.records) == 0:
			out.Ignored++
		case len(e.records) == 1 && e.kinds[0] == "" && e.records[0].Event != nil:
			out.Notes++
		}
	}
}

// whole is everything that the log says of an event, whatever the order.
func whole(attrs xeslog.Attrs) string {
	all := make([]string, len(attrs))
	for i, a := range attrs {
		all[i] = a.Key + "=" + a.Value
	}
	slices.Sort(all)
	return strings.Join(all, "\n")
}

func (t *Translator) event(c *theCase, e *entry, seen []bool) {
	base := func(kind sdk.EventKind) *sdk.Event {
		x := &sdk.Event{Department: t.department, CaseNo: c.no, ItemCode: c.item, Kind: kind, OccurredAt: sdk.Time(e.at),
			EnteredAt: sdk.Time(e.entered), Text: t.m.Activity.value(e.attrs)}
		if h := t.m.Handler.value(e.attrs); h != "" {
			x.Handler = &sdk.Person{Name: h, Id: h}
		}
		return x
	}
	done := map[sdk.EventKind]bool{}
	for r := range t.m.Events {
		rule := &t.m.Events[r]
		if done[rule.kind] || rule.First && seen[r] || !holds(rule.When, c.attrs, e.attrs) {
			continue
		}
		seen[r], done[rule.kind] = true, true
		x := base(rule.kind)
		t.fill(x, rule, c.attrs, e.attrs)
		e.records, e.kinds = append(e.records, Translated{Event: x}), append(e.kinds, rule.Kind)
	}
	if len(e.records) == 0 && (t.m.Notes == nil || *t.m.Notes) {
		e.records, e.kinds = []Translated{{Event: base(sdk.Note)}}, []string{""}
	}
}

func (t *Translator) fill(e *sdk.Event, rule *Event, trace, attrs xeslog.Attrs) {
	if eff := t.dated(rule.Effective, attrs); !eff.IsZero() && !eff.Equal(e.OccurredAt.AsTime()) {
		if t.m.Grain == "date" {
			eff = startOfDay(eff)
		}
		e.EffectiveAt = sdk.Time(eff)
	}
	switch rule.kind {
	case sdk.Received:
		if p := t.m.Project.value(trace); p != "" {
			e.Application = &sdk.Application{ProjectName: p}
		}
	case sdk.Decided:
		e.Decision = &sdk.Decision{Outcome: rule.outcome, Signer: e.Handler}
	case sdk.Extended:
		e.Extension = &sdk.Extension{By: rule.by}
	case sdk.Paused:
		e.Pause = &sdk.Pause{Kind: rule.Pause}
		if rule.Pause == otherPause {
			e.Pause.Kind = e.Text
		}
	case sdk.StepStarted, sdk.StepFinished:
		name := rule.Step
		if name == "" {
			name = e.Text
		}
		e.Step = &sdk.StepDetail{Name: name}
	}
}

func (t *Translator) item(trace xeslog.Attrs) string {
	for i := range t.m.Items {
		if holds(t.m.Items[i].When, trace, nil) {
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

// time reads an event's time: to the second and better as it is written, and as
// it counts under the mapping's granularity.
func (t *Translator) time(v string, layouts []string) (exact, at time.Time, err error) {
	if exact, err = (&datetime.Reader{Zone: t.zone, Layouts: layouts}).Read(v); err != nil {
		return exact, at, err
	}
	if t.m.Zone == "as_written" {
		exact = time.Date(exact.Year(), exact.Month(), exact.Day(), exact.Hour(), exact.Minute(), exact.Second(), exact.Nanosecond(), t.zone)
	} else {
		exact = exact.In(t.zone)
	}
	if t.m.Grain == "date" {
		return exact, startOfDay(exact), nil
	}
	return exact, exact, nil
}

// dated reads an attribute with a date of its own; zero where it has none that
// can be read.
func (t *Translator) dated(d Dated, a xeslog.Attrs) time.Time {
	if d.From == "" {
		return time.Time{}
	}
	v, _ := a.Get(d.From)
	if len(d.Formats) == 0 {
		_, at, err := t.time(v, nil)
		if err != nil {
			return time.Time{}
		}
		return at
	}
	at, err := (&datetime.Reader{Zone: t.zone, Layouts: d.Formats}).Read(v)
	if err != nil {
		return time.Time{}
	}
	return at
}

func startOfDay(t time.Time) time.Time {
	return time.Date(t.Year(), t.Month(), t.Day(), 0, 0, 0, 0, t.Location())
}
