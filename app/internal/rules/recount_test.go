package rules

import (
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"github.com/mingcha-console/mingcha/app/internal/approval"
	"github.com/mingcha-console/mingcha/app/internal/workday"
)

// A card as a clerk reads it: with the days that it lists, a limit and its dates can
// be counted again on a wall calendar.
type card struct {
	words   string
	day     map[workday.Date]int // ordinal of every day that is listed as counted
	last    workday.Date         // that is listed, counted or not
	limit   int
	unit    string
	due     []time.Time // "应不迟于 … 办结" of the reading that the days are of
	overAt  time.Time   // "… 于 E，超 n"
	over    int         // n, 0: less than one; -1: not said
	extAt   time.Time   // "T 才延长，其时超 n"
	extOver int
	lastDay string // "末日 MM-DD"
	movedTo string
	summed  bool // pauses count, though they began when the limit had run out
}

var (
	dayRun    = regexp.MustCompile(`^(?:\d{4}-)?(\d\d-\d\d)(?: 至 (?:\d{4}-)?(\d\d-\d\d))?(?:（调休上班）)?(?: )?(为第 (\d+)(?:–(\d+))? 日|.*)$`)
	limitLine = regexp.MustCompile(`(?m)^(?:承诺|法定)时限 (\d+) (个工作日|日（自然日）)(?:，延长 (\d+) (个工作日|日（自然日）))?`)
	dueLine   = regexp.MustCompile(`(?m)^(?:按当时已登记的事实，)?应不迟于 (\S+ [0-9:]+) 办结`)
	endLine   = regexp.MustCompile(`(?m)(?:^|；)(?:决定|撤回|作废|转报)于 (\S+ [0-9:]+)(?: 才登记)?，(?:超 (\d+) (?:个工作日|日（自然日）)|超时不足 1|(未超时))`)
	extLine   = regexp.MustCompile(`(\d{4}-\d\d-\d\d [0-9:]+) 才延长，其时(?:超 (\d+) |超时不足 1 )`)
	lastLine  = regexp.MustCompile(`末日 (\d\d-\d\d) \S+?，为休息日(?:，顺延至 (\d\d-\d\d))?`)
)

func readCard(words string) *card {
	c := &card{words: words, day: map[workday.Date]int{}, over: -1, extOver: -1}
	number := func(s string) int { n, _ := strconv.Atoi(s); return n }
	if m := limitLine.FindStringSubmatch(words); m != nil {
		c.limit, c.unit = number(m[1]), m[2]
		if m[3] != "" && m[4] != m[2] {
			return nil // converted: the law has no table for it
		}
		c.limit += number(m[3])
	}
	for _, line := range strings.Split(words, "\n") {
		if !regexp.MustCompile(`^(?:\d{4}-)?\d\d-\d\d(?: |（| 至)`).MatchString(line) {
			continue
		}
		for _, part := range strings.Split(strings.TrimSuffix(line, "。"), "；") {
			m := dayRun.FindStringSubmatch(part)
			if m == nil {
				return nil
			}
			if m[2] == "" {
				m[2] = m[1]
			}
			from, to := office.DateOf(at("2026-"+m[1]+" 12:00")), office.DateOf(at("2026-"+m[2]+" 12:00"))
			c.last = to
			if m[4] == "" {
				continue
			}
			for d, n := from, number(m[4]); d <= to; d, n = d+1, n+1 {
				c.day[d] = n
			}
		}
	}
	for _, m := range dueLine.FindAllStringSubmatch(words, -1) {
		c.due = append(c.due, at(m[1]))
	}
	if m := endLine.FindStringSubmatch(words); m != nil && m[3] == "" {
		c.overAt, c.over = at(m[1]), number(m[2])
	}
	if m := extLine.FindStringSubmatch(words); m != nil {
		c.extAt, c.extOver = at(m[1]), number(m[2])
	}
	if m := lastLine.FindStringSubmatch(words); m != nil {
		c.lastDay, c.movedTo = m[1], m[2]
	}
	return c
}

// upTo is the highest ordinal of a day up to a date, and how many days are counted from
// the day after it up to another.
func (c *card) upTo(d workday.Date) (most int) {
	for day, n := range c.day {
		if day <= d {
			most = max(most, n)
		}
	}
	return most
}

func (c *card) between(after, to workday.Date) (n int) {
	for day := range c.day {
		if day > after && day <= to {
			n++
		}
	}
	return n
}

// plain is how many days of the limit's unit the calendar has from the day after one up
// to another.
func (c *card) plain(after, to workday.Date) (n int) {
	for day := after + 1; day <= to; day++ {
		if c.unit != "个工作日" || office.IsWorkday(day) {
			n++
		}
	}
	return n
}

// recount counts a card again, and says what is wrong with it.
func (c *card) recount() string {
	if len(c.due) == 0 || len(c.day) == 0 {
		return ""
	}
	first, due := c.due[0], c.due[len(c.due)-1]
	if n := c.upTo(office.DateOf(first)); n != c.limit {
		return "up to the day on which it is due " + strconv.Itoa(n) + " days are counted"
	}
	if c.over >= 0 && c.summed {
		// What stood still after the limit had run out is added up: the due date says it all.
		if n := c.plain(office.DateOf(due), office.DateOf(c.overAt)); n != c.over {
			return "over by " + strconv.Itoa(n) + " days of the calendar"
		}
	} else if c.over >= 0 && c.between(office.DateOf(first), office.DateOf(c.overAt)) != c.over {
		return "over by what is not listed"
	}
	if c.extOver >= 0 && c.between(office.DateOf(first), office.DateOf(c.extAt)) != c.extOver {
		return "extended when it was over by what is not listed"
	}
	if c.lastDay != "" {
		moved, on := c.lastDay, due.Format("01-02")
		if c.movedTo != "" {
			moved = c.movedTo
		}
		if moved != on {
			return "the last day is another than the day on which it is due"
		}
	}
	return ""
}

var aNumber = regexp.MustCompile(`\d+`)

func numbers(words string) []string {
	all := aNumber.FindAllString(words, -1)
	slices.Sort(all)
	return all
}

// stripCounts counts the days of a strip up to the one on which a clock is due.
func stripCounts(days []StripDay, due func(*StripDay) bool, n func(*StripDay) int) (most int) {
	for i := range days {
		most = max(most, n(&days[i]))
		if due(&days[i]) {
			return most
		}
	}
	return -1
}

// lateCase draws a case of one regime with facts that were registered late, in the
// weeks after Monday 2 March 2026.
func lateCase(t *rapid.T) *Subject {
	item := permitItem()
	item.Regime = rapid.SampledFrom([]approval.Regime{approval.Licensing, approval.LimitsOnly}).Draw(t, "regime")
	item.ClockStart = rapid.SampledFrom([]approval.ClockStart{approval.FromAcceptance, approval.FromReceipt}).Draw(t, "start")
	item.RestDaysMoveEnd = rapid.Bool().Draw(t, "rest days move")
	unit := rapid.SampledFrom([]approval.Unit{approval.WorkingDays, approval.CalendarDays}).Draw(t, "unit")
	item.Promised = approval.Limit{N: rapid.IntRange(2, 12).Draw(t, "promised"), Unit: unit}
	item.Statutory = approval.Limit{N: rapid.IntRange(5, 25).Draw(t, "statutory"), Unit: unit}
	day := func(label string, from, to int) time.Time {
		d := at("2026-03-02 00:00").AddDate(0, 0, rapid.IntRange(from, to).Draw(t, label))
		return d.Add(time.Duration(rapid.SampledFrom([]int{0, 9 * 60, 11*60 + 30, 16 * 60, 18 * 60}).Draw(t, label+" hour")) * time.Minute)
	}
	late := func(e approval.Event) approval.Event {
		if rapid.IntRange(0, 2).Draw(t, "late") == 0 {
			e.EnteredAt = e.OccurredAt.AddDate(0, 0, rapid.IntRange(2, 40).Draw(t, "days later"))
			if rapid.Bool().Draw(t, "claimed") {
				e.EffectiveAt, e.OccurredAt = e.OccurredAt, e.EnteredAt
			}
		} else {
			e.EnteredAt = e.OccurredAt
		}
		return e
	}
	stamp := func(t time.Time) string { return t.Format("2006-01-02 15:04") }
	begun := day("received", 0, 3)
	events := []approval.Event{late(received(stamp(begun))), late(accepted(stamp(begun.Add(time.Hour))))}
	for range rapid.IntRange(0, 3).Draw(t, "pauses") {
		from := day("paused", 1, 50)
		events = append(events, late(paused(stamp(from), wd(10))))
		if rapid.IntRange(0, 4).Draw(t, "resumed") > 0 {
			events = append(events, late(resumed(stamp(from.AddDate(0, 0, rapid.IntRange(0, 20).Draw(t, "paused for"))))))
		}
	}
	for range rapid.IntRange(0, 2).Draw(t, "extensions") {
		by := approval.Limit{N: rapid.IntRange(1, 10).Draw(t, "by"), Unit: unit}
		events = append(events, late(extended(stamp(day("extended", 1, 60)), by)))
	}
	if rapid.IntRange(0, 3).Draw(t, "ended") > 0 {
		events = append(events, late(granted(stamp(day("decided", 5, 80)))))
	}
	return subject(item, events...)
}

// R2, R3: whatever was registered late, a card's days, its due date, how far it
// is over and its last day are of one reading: counted again from the days that it
// lists, they are what it says, and what lists show. A clerk found thirty-four of 623
// cards of a real office on which they were not.
func TestR2ACardIsCountedAgainFromItsOwnDays(t *testing.T) {
	cards, lapsed := 0, 0
	rapid.Check(t, func(t *rapid.T) {
		s := lateCase(t)
		v := civil.Judge(s, at("2026-07-20 09:00"))
		for _, of := range []struct {
			rule  string
			clock *Clock
		}{{"V02", &v.Promised}, {"V03", &v.Statutory}} {
			f, found := v.Find(of.rule, "")
			if !found {
				continue
			}
			c := readCard(f.WordsZH)
			if c == nil {
				continue
			}
			cards++
			c.summed = s.Item.Regime == approval.LimitsOnly && !of.clock.LapsedOnly && of.clock.Paused > 0
			fail := func(what string) { t.Fatalf("%s %s\n%s", of.rule, what, f.WordsZH) }
			if what := c.recount(); what != "" {
				fail(what)
			}
			if len(c.due) == 0 {
				fail("names no due date")
			}
			if zh, en := numbers(f.WordsZH), numbers(f.WordsEN); !slices.Equal(zh, en) {
				fail("says other numbers in English: " + f.WordsEN)
			}
			if said := c.due[0].Format("2006-01-02 15:04"); !c.due[0].Equal(f.RaisedAt) && !strings.Contains(f.WordsZH, "已于 "+f.RaisedAt.In(office.Zone()).Format("2006-01-02 15:04")) {
				fail("became true when no date of it says, but " + said)
			}
			by := -of.clock.Remaining
			if of.clock.LapsedOnly {
				lapsed++
				by = of.clock.LapsedUnits
				if of.clock.Over || strings.Count(f.WordsZH, "未超时") == 0 {
					fail("does not say what all facts give")
				}
			} else if !of.clock.Due.Equal(c.due[len(c.due)-1]) && v.Case.State == StateEnded {
				fail("is due at another time than lists say, " + of.clock.Due.String())
			}
			if held := of.clock.DueByFacts; !held.IsZero() {
				strip := civil.Strip(s, at("2026-07-20 09:00")).Days
				n := stripCounts(strip, func(d *StripDay) bool { return d.DuePromised }, func(d *StripDay) int { return d.Promised })
				if of.rule == "V03" {
					n = stripCounts(strip, func(d *StripDay) bool { return d.DueStatutory }, func(d *StripDay) int { return d.Statutory })
				}
				if n != c.limit {
					fail("is due on day " + strconv.Itoa(n) + " of the strip")
				}
			}
			if c.over >= 0 && c.over != by {
				fail("is over by another number than lists say, " + strconv.Itoa(by))
			}
		}
	})
	if cards == 0 || lapsed == 0 {
		t.Errorf("%d cards, %d of them by registration alone", cards, lapsed)
	}
}
