// Package mapping says, in a declarative file, what the attributes of a log
// mean in the words of the contract. The shipped mappings are in this folder.
package mapping

import (
	"embed"
	"errors"
	"fmt"
	"math"
	"os"
	"path"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"github.com/goccy/go-yaml"

	"github.com/mingcha-console/mingcha/sdk"
	"github.com/mingcha-console/mingcha/sdk/datetime"
)

//go:embed *.yaml
var shipped embed.FS

// Mapping is a mapping file.
type Mapping struct {
	Title    string  `yaml:"title"`
	TitleEN  string  `yaml:"title_en"`
	Zone     string  `yaml:"zone"`        // "as_written": times are read in the office's zone as they stand; "instant" (default)
	Grain    string  `yaml:"granularity"` // "date": only the date counts; "instant" (default)
	Case     Source  `yaml:"case"`        // trace attribute with the case number
	ID       Source  `yaml:"id"`          // event attribute with the source's own number of the event; default identity:id
	Time     Moment  `yaml:"time"`        // event attribute with the time; default time:timestamp
	Activity Source  `yaml:"activity"`    // event attribute that names what was done; default concept:name
	Handler  Source  `yaml:"handler"`
	Entered  Dated   `yaml:"entered_at"`
	Project  Source  `yaml:"project"` // trace attribute
	Notes    *bool   `yaml:"notes"`   // events that no rule matches become notes; default true
	Items    []Item  `yaml:"items"`
	Events   []Event `yaml:"events"`
}

// Source is an attribute, or the first that is there of several.
type Source struct {
	From any `yaml:"from"` // a key or a list of keys
	keys []string
}

// Moment is the attribute that holds an event's time. Formats are as in Dated;
// with none, times are read in every form that has one reading (sdk/datetime).
type Moment struct {
	Source  `yaml:",inline"`
	Formats []string `yaml:"formats"`
}

// Dated is an attribute that holds a date or time.
type Dated struct {
	From    string   `yaml:"from"`
	Formats []string `yaml:"formats"` // Go layouts: 2006-01-02, 2-1-2006 15:04:05; none = ISO 8601
}

// Item is an approval item, with the condition that a trace belongs to it.
// The first that fits counts.
type Item struct {
	Code             string      `yaml:"code"`
	Name             string      `yaml:"name"`
	When             []Condition `yaml:"when"`
	Promised         string      `yaml:"promised"`    // "5 working_days"
	Statutory        string      `yaml:"statutory"`   // "56 calendar_days"
	Regime           string      `yaml:"regime"`      // "licensing" or "limits_only" (default)
	ClockStart       string      `yaml:"clock_start"` // "acceptance" or "receipt" (default)
	SupplementPauses bool        `yaml:"supplement_pauses"`
	RestDaysMoveEnd  *bool       `yaml:"rest_days_move_end"` // default true

	item *sdk.Item
}

// Event is a rule: a log event that fits becomes an event of the kind.
type Event struct {
	Kind      string      `yaml:"kind"`
	When      []Condition `yaml:"when"`
	First     bool        `yaml:"first"`        // only the first that fits in a trace
	Effective Dated       `yaml:"effective_at"` // where it does not parse, the event's own date
	Outcome   string      `yaml:"outcome"`      // with decided
	By        string      `yaml:"by"`           // with extended: "42 calendar_days"
	Step      string      `yaml:"step"`         // with step_started, step_finished; empty = the activity
	Pause     string      `yaml:"pause"`        // with paused: its kind, a key of pauses

	kind    sdk.EventKind
	outcome sdk.Outcome
	by      *sdk.Limit
}

// Condition is one test; all of a list must hold.
type Condition struct {
	Attribute string   `yaml:"attribute"` // of the event
	Trace     string   `yaml:"trace"`     // of the trace, instead
	Is        *string  `yaml:"is"`
	In        []string `yaml:"in"`
	Present   *bool    `yaml:"present"`
}

// Problem is what is wrong with a mapping, for the clerk.
type Problem struct{ ZH, EN string }

func (p *Problem) Error() string { return p.EN }

func problem(zh, en string, args ...any) error {
	inZH := slices.Clone(args)
	for i, a := range args {
		if p, is := a.(*datetime.Problem); is {
			inZH[i] = p.ZH
		}
	}
	return &Problem{fmt.Sprintf(zh, inZH...), fmt.Sprintf(en, args...)}
}

// Warnings are what the office should know of a mapping that is right in form. An
// item that names no regime is judged by its limits alone: whether that is meant
// must not be left to silence.
func (m *Mapping) Warnings() []sdk.FieldError {
	var silent []string
	for _, it := range m.Items {
		if it.Regime == "" {
			silent = append(silent, it.Code+" "+it.Name)
		}
	}
	if len(silent) == 0 {
		return nil
	}
	return []sdk.FieldError{{Field: "mapping",
		ZH: fmt.Sprintf("映射没有写明以下事项的 regime，按 limits_only 办理，即只核对时限，不核对《行政许可法》规定的受理、告知、补正等义务：%s。行政许可事项请写 regime: licensing；确属其他事项，请写 regime: limits_only。无论写哪一种，按自然日计的期限末日是休息日的都顺延（民法典第203条）；适用的规定不顺延的，另写 rest_days_move_end: false。", strings.Join(silent, "、")),
		EN: fmt.Sprintf("The mapping names no regime for these items, so they are taken as limits_only: their limits are judged, the duties of the Administrative Licensing Law (acceptance, notices, supplements) are not: %s. Write regime: licensing for a licence, or regime: limits_only if that is meant. With either, a term in calendar days that ends on a day of rest is moved on (Civil Code art. 203); where the law that applies does not move it, write rest_days_move_end: false as well.", strings.Join(silent, ", "))}}
}

// Names lists the shipped mappings.
func Names() []string {
	files, err := shipped.ReadDir(".")
	if err != nil {
		return nil
	}
	var out []string
	for _, f := range files {
		out = append(out, strings.TrimSuffix(f.Name(), ".yaml"))
	}
	return out
}

var shippedName = regexp.MustCompile(`^[a-z0-9_-]+$`)

// Load reads a shipped mapping by its name, or a mapping file. resolve makes a
// path of the configuration absolute.
func Load(name string, resolve func(string) string) (*Mapping, error) {
	if shippedName.MatchString(name) {
		if b, err := shipped.ReadFile(path.Join(name + ".yaml")); err == nil {
			return Parse(b)
		}
	}
	b, err := os.ReadFile(resolve(name))
	if err != nil {
		return nil, problem("没有名为 %q 的映射，也读不到这个文件。随附的映射有：%s。", "There is no mapping named %q, and no such file can be read. Shipped mappings: %s.",
			name, strings.Join(Names(), "、"))
	}
	return Parse(b)
}

// Parse reads a mapping; a mistake is named with its line.
func Parse(b []byte) (*Mapping, error) {
	var m Mapping
	if err := yaml.UnmarshalWithOptions(b, &m, yaml.Strict()); err != nil {
		detail := yaml.FormatError(err, false, true)
		return nil, problem("映射文件有误：%s", "The mapping file is wrong: %s", detail)
	}
	if err := m.compile(); err != nil {
		return nil, err
	}
	return &m, nil
}

func (m *Mapping) compile() error {
	for _, s := range []struct {
		field     string
		source    *Source
		otherwise string
	}{
		{"case", &m.Case, "concept:name"}, {"id", &m.ID, "identity:id"}, {"time", &m.Time.Source, "time:timestamp"}, {"activity", &m.Activity, "concept:name"},
		{"handler", &m.Handler, "org:resource"}, {"project", &m.Project, ""},
	} {
		if err := s.source.compile(s.field, s.otherwise); err != nil {
			return err
		}
	}
	if err := oneOf("zone", m.Zone, "", "instant", "as_written"); err != nil {
		return err
	}
	if err := oneOf("granularity", m.Grain, "", "instant", "date"); err != nil {
		return err
	}
	if err := m.Entered.compile("entered_at"); err != nil {
		return err
	}
	if err := formats("time", m.Time.Formats); err != nil {
		return err
	}
	if len(m.Items) == 0 {
		return problem("映射缺少 items：至少要有一个事项。", "The mapping lacks items: at least one is needed.")
	}
	for i := range m.Items {
		if err := m.Items[i].compile(i); err != nil {
			return err
		}
		if slices.ContainsFunc(m.Items[:i], func(it Item) bool { return it.Code == m.Items[i].Code }) {
			return problem("映射的 items[%d].code 与前面的事项重复：%q。", "items[%d].code in the mapping is that of an item above: %q.", i, m.Items[i].Code)
		}
	}
	for i := range m.Events {
		if err := m.Events[i].compile(i); err != nil {
			return err
		}
	}
	return nil
}

func (s *Source) compile(field, otherwise string) error {
	switch from := s.From.(type) {
	case nil:
		if otherwise != "" {
			s.keys = []string{otherwise}
		}
	case string:
		s.keys = []string{from}
	case []any:
		for _, k := range from {
			key, is := k.(string)
			if !is {
				return problem("映射的 %s.from 应为属性名。", "%s.from in the mapping must name attributes.", field)
			}
			s.keys = append(s.keys, key)
		}
	default:
		return problem("映射的 %s.from 应为属性名。", "%s.from in the mapping must name attributes.", field)
	}
	if s.From != nil && (len(s.keys) == 0 || slices.Contains(s.keys, "")) {
		return problem("映射的 %s.from 应为属性名。", "%s.from in the mapping must name attributes.", field)
	}
	return nil
}

// compile checks that the formats are ones that dates can be read with: a
// yyyy-mm-dd would be taken for plain letters and never fit.
func (d *Dated) compile(field string) error {
	if d.From == "" && len(d.Formats) > 0 {
		return problem("映射的 %s 有 formats，却没有写属性名 from。", "%s in the mapping has formats, but names no attribute in from.", field)
	}
	return formats(field, d.Formats)
}

func formats(field string, all []string) error {
	for _, layout := range all {
		var p *datetime.Problem
		if errors.As(datetime.CheckLayout(layout), &p) {
			return problem("映射的 %s.formats 有误：%s", "%s.formats in the mapping is wrong: %s", field, p)
		}
	}
	return nil
}

func oneOf(field, value string, allowed ...string) error {
	for _, a := range allowed {
		if value == a {
			return nil
		}
	}
	words := strings.Join(allowed[1:], "、")
	return problem("映射的 %s 写着 %q，只能是：%s。", "%s in the mapping says %q; it can be: %s.", field, value, words)
}

func (it *Item) compile(i int) (err error) {
	field := fmt.Sprintf("items[%d]", i)
	if it.Code == "" || it.Name == "" {
		return problem("映射的 %s 缺少 code 或 name。", "%s in the mapping lacks its code or name.", field)
	}
	it.item = &sdk.Item{Code: it.Code, Name: it.Name, CaseType: sdk.Committed, Regime: sdk.LimitsOnly, ClockStart: sdk.FromReceipt, SupplementPauses: it.SupplementPauses,
		// Civil Code art. 203 is of no one law: it takes saying that another one applies.
		RestDaysMoveEnd: it.RestDaysMoveEnd == nil || *it.RestDaysMoveEnd}
	if it.item.Promised, err = limit(field+".promised", it.Promised); err != nil {
		return err
	}
	if it.item.Statutory, err = limit(field+".statutory", it.Statutory); err != nil {
		return err
	}
	if err := oneOf(field+".regime", it.Regime, "", "limits_only", "licensing"); err != nil {
		return err
	}
	if err := oneOf(field+".clock_start", it.ClockStart, "", "receipt", "acceptance"); err != nil {
		return err
	}
	if it.Regime == "licensing" {
		if !it.item.RestDaysMoveEnd {
			return problem("映射的 %s 写了 rest_days_move_end: false：许可事项的期限末日是休息日的，依民法典第203条一律顺延。请删去这一行。",
				"%s in the mapping says rest_days_move_end: false; the terms of a licence are always moved off days of rest (Civil Code art. 203). Take the line out.", field)
		}
		it.item.Regime, it.item.RestDaysMoveEnd = sdk.Licensing, false // which goes without saying
	}
	if it.ClockStart == "acceptance" {
		it.item.ClockStart = sdk.FromAcceptance
	}
	return conditions(field, it.When, true)
}

var outcomes = map[string]sdk.Outcome{
	"granted": sdk.OutcomeGranted, "refused": sdk.OutcomeRefused, "not_accepted": sdk.OutcomeNotAccepted,
	"returned": sdk.OutcomeReturned, "decided": sdk.OutcomeDecided,
}

// pauses are the grounds of a pause that art. 45 of the Administrative Licensing Law lists,
// and other for one that it does not: then the log's own word is the ground.
var pauses = []string{"hearing", "tender", "auction", "inspection", "test", "quarantine", "appraisal", "expert", otherPause}

const otherPause = "other"

// besides checks that a rule says nothing that is of another kind of event: it would be
// left out without a word.
func (e *Event) besides(field string) error {
	for _, b := range []struct {
		name, value string
		of          []sdk.EventKind
	}{
		{"outcome", e.Outcome, []sdk.EventKind{sdk.Decided}}, {"by", e.By, []sdk.EventKind{sdk.Extended}}, {"pause", e.Pause, []sdk.EventKind{sdk.Paused}},
		{"step", e.Step, []sdk.EventKind{sdk.StepStarted, sdk.StepFinished}},
	} {
		if b.value != "" && !slices.Contains(b.of, e.kind) {
			of := strings.ToLower(strings.TrimPrefix(b.of[0].String(), "EVENT_KIND_"))
			return problem("映射的 %s.%s 只用于 %s，不用于 %s。请删去这一项，或改正 kind。", "%s.%s in the mapping goes with %s, not with %s. Take it out, or put the kind right.", field, b.name, of, e.Kind)
		}
	}
	return nil
}

func (e *Event) compile(i int) (err error) {
	field := fmt.Sprintf("events[%d]", i)
	if e.kind = sdk.ParseKind(e.Kind); e.kind == 0 {
		return problem("映射的 %s.kind 写着 %q，契约里没有这种事件。", "%s.kind in the mapping says %q, which is no kind of event.", field, e.Kind)
	}
	if err := e.besides(field); err != nil {
		return err
	}
	if e.kind == sdk.Paused && e.Pause != "" && !slices.Contains(pauses, e.Pause) {
		words := strings.Join(pauses, "、")
		return problem("映射的 %s.pause 写着 %q，只能是：%s。不属于《行政许可法》第45条所列情形的，写 other，即以日志里的活动名称为种类。",
			"%s.pause in the mapping says %q; it can be: %s. For a ground that art. 45 of the Administrative Licensing Law does not list write other: the activity's name in the log is then its kind.", field, e.Pause, words)
	}
	if e.kind == sdk.Decided {
		var known bool
		if e.outcome, known = outcomes[e.Outcome]; !known {
			return problem("映射的 %s.outcome 应为 granted、refused、not_accepted、returned 或 decided。", "%s.outcome in the mapping must be granted, refused, not_accepted, returned or decided.", field)
		}
	}
	if e.by, err = limit(field+".by", e.By); err == nil && e.by.GetSameDay() {
		err = problem("映射的 %s 写着 %q：延长 0 日不是延长。", "%s in the mapping says %q: an extension by 0 days is none.", field+".by", e.By)
	}
	if err != nil {
		return err
	}
	if e.kind == sdk.Extended && e.by == nil {
		return problem("映射的 %s.by 缺少延长的天数。", "%s.by in the mapping lacks how long the extension is.", field)
	}
	if err := e.Effective.compile(field + ".effective_at"); err != nil {
		return err
	}
	if len(e.When) == 0 {
		return problem("映射的 %s.when 是空的，会匹配所有事件。", "%s.when in the mapping is empty and would match every event.", field)
	}
	return conditions(field, e.When, false)
}

// conditions checks a list of tests; an item's are about the trace only.
func conditions(field string, all []Condition, traceOnly bool) error {
	for i, c := range all {
		name := fmt.Sprintf("%s.when[%d]", field, i)
		if (c.Attribute == "") == (c.Trace == "") || traceOnly && c.Trace == "" {
			return problem("映射的 %s 要写一个属性：事项用 trace，事件用 attribute 或 trace。", "%s in the mapping must name one attribute: trace for items, attribute or trace for events.", name)
		}
		n := 0
		for _, has := range []bool{c.Is != nil, len(c.In) > 0, c.Present != nil} {
			if has {
				n++
			}
		}
		if n != 1 {
			return problem("映射的 %s 要且只要写 is、in、present 之一。", "%s in the mapping must have exactly one of is, in, present.", name)
		}
	}
	return nil
}

var units = map[string]sdk.Unit{"working_days": sdk.WorkingDays, "calendar_days": sdk.CalendarDays, "working_hours": sdk.WorkingHours,
	"seconds": sdk.Seconds, "working_seconds": sdk.WorkingSeconds}

// limit reads "56 calendar_days"; an empty text is no limit, and 0 days are the
// same day.
func limit(field, text string) (*sdk.Limit, error) {
	if text == "" {
		return nil, nil
	}
	number, unit, _ := strings.Cut(text, " ")
	n, err := strconv.Atoi(number)
	u, known := units[strings.TrimSpace(unit)]
	sameDay := n == 0 && (u == sdk.WorkingDays || u == sdk.CalendarDays)
	if err != nil || n <= 0 && !sameDay || n > math.MaxInt32 || !known {
		return nil, problem("映射的 %s 写着 %q，应写成“5 working_days”“56 calendar_days”“4 working_hours”“5400 seconds”或“5400 working_seconds”；当日办结的写“0 working_days”。",
			"%s in the mapping says %q; write it like \"5 working_days\", \"56 calendar_days\", \"4 working_hours\", \"5400 seconds\" or \"5400 working_seconds\"; for the same day, \"0 working_days\".", field, text)
	}
	return &sdk.Limit{N: int32(n), Unit: u, SameDay: sameDay}, nil
}

// AsProblem finds the sentences for people in an error.
func AsProblem(err error) (*Problem, bool) {
	var p *Problem
	ok := errors.As(err, &p)
	return p, ok
}
