package holidaylist

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/mingcha-console/mingcha/sdk/holidays"
)

// Checked is a list held against the Measures.
//
// A statutory day that falls on a weekend is made up for on a working day (art. 6),
// and a weekend day that is worked is given back as a day of rest. So whatever is
// moved about: the working days that are of rest, less the weekend days that are
// worked, are as many as the year has statutory days.
type Checked struct {
	Off, MakeUp int // days that the list names
	Net         int // working days of rest, less weekend days worked
	Statutory   int // days of holiday by the Measures; 0: of that year they are not held here
	Festivals   []Counted
	Doubts      []Sentence // what is missing or too much; empty: the list is whole
}

// Counted is what a list has of a festival, or of festivals that it names together.
type Counted struct {
	Names       []int // in Festivals; empty: the name is of none of them
	Name        string
	Off, MakeUp int
	Net         int
	Statutory   int
}

// Sentence is a sentence in both languages.
type Sentence struct{ ZH, EN string }

// Check holds a list that passes Validate against the Measures.
func Check(y holidays.Year) Checked {
	c := &checker{y: y, Checked: Checked{Statutory: Statutory(y.Year)}}
	if c.Statutory == 0 {
		c.count()
		return c.Checked
	}
	c.count()
	if c.Net != c.Statutory {
		c.total()
	}
	c.missing()
	c.fixed()
	for i := range c.Festivals {
		c.festival(&c.Festivals[i])
	}
	return c.Checked
}

type checker struct {
	Checked
	y holidays.Year
}

func (c *checker) doubt(zh, en string) { c.Doubts = append(c.Doubts, Sentence{zh, en}) }

// count counts the days of each festival. Festivals that one day names together are
// counted together: what was moved for which of them nobody can tell.
func (c *checker) count() {
	first := make([]int, len(Festivals)) // of those that are counted together
	for i := range first {
		first[i] = i
	}
	for _, d := range c.y.Days {
		if all := named(d.Name); len(all) > 1 {
			to, from := first[all[0]], all[1:]
			for _, i := range from {
				for j, was := range first {
					if was == first[i] && j != i {
						first[j] = to
					}
				}
				first[i] = to
			}
		}
	}
	for _, d := range c.y.Days {
		f := c.of(d.Name, first)
		t, err := time.Parse(time.DateOnly, d.Date)
		if err != nil {
			continue // Validate has told
		}
		rest := t.Weekday() == time.Saturday || t.Weekday() == time.Sunday
		if d.Off {
			c.Off++
			f.Off++
			if !rest {
				c.Net++
				f.Net++
			}
			continue
		}
		c.MakeUp++
		f.MakeUp++
		if rest {
			c.Net--
			f.Net--
		}
	}
}

// named are the festivals, by their numbers, that a day's name names.
func named(name string) (ids []int) {
	for i := range Festivals {
		if slices.ContainsFunc(Festivals[i].words, func(w string) bool { return strings.Contains(name, w) }) {
			ids = append(ids, i)
		}
	}
	return ids
}

// of is what a day of a name is counted under.
func (c *checker) of(name string, first []int) *Counted {
	var together []int
	if all := named(name); len(all) > 0 {
		for i := range first {
			if first[i] == first[all[0]] {
				together = append(together, i)
			}
		}
	}
	for i := range c.Festivals {
		if f := &c.Festivals[i]; len(together) > 0 && slices.Equal(f.Names, together) || len(together) == 0 && f.Name == name {
			return f
		}
	}
	f := Counted{Names: together, Name: name}
	for _, i := range together {
		f.Statutory += Festivals[i].in(c.y.Year)
	}
	if len(together) > 0 {
		f.Name = strings.Join(f.names(func(x *Festival) string { return x.ZH }), "、")
	}
	c.Festivals = append(c.Festivals, f)
	return &c.Festivals[len(c.Festivals)-1]
}

func (f *Counted) names(of func(*Festival) string) (out []string) {
	for _, i := range f.Names {
		out = append(out, of(&Festivals[i]))
	}
	return out
}

// EN is what it is called in English.
func (f *Counted) EN() string {
	if len(f.Names) == 0 {
		return f.Name
	}
	return strings.Join(f.names(func(x *Festival) string { return x.EN }), " and ")
}

func (c *checker) total() {
	zh, en := fmt.Sprintf("还差 %d 天", c.Statutory-c.Net), fmt.Sprintf("%d too few", c.Statutory-c.Net)
	if c.Net > c.Statutory {
		zh, en = fmt.Sprintf("多出 %d 天", c.Net-c.Statutory), fmt.Sprintf("%d too many", c.Net-c.Statutory)
	}
	c.doubt(fmt.Sprintf("按《全国年节及纪念日放假办法》，%d 年法定节假日共 %d 天。这份安排放假 %d 天、调休上班 %d 天，放假的工作日减去上班的周末是 %d 天，%s。",
		c.y.Year, c.Statutory, c.Off, c.MakeUp, c.Net, zh),
		fmt.Sprintf("By the Measures on Holidays %d has %d statutory days. This list has %d days of rest and %d make-up days; the working days of rest less the weekend days worked are %d, %s.",
			c.y.Year, c.Statutory, c.Off, c.MakeUp, c.Net, en))
}

// missing names the festivals of which there is no day of rest.
func (c *checker) missing() {
	var zh, en []string
	for i := range Festivals {
		if !slices.ContainsFunc(c.Festivals, func(f Counted) bool { return f.Off > 0 && slices.Contains(f.Names, i) }) {
			n := Festivals[i].in(c.y.Year)
			zh, en = append(zh, fmt.Sprintf("%s（%d 天）", Festivals[i].ZH, n)), append(en, fmt.Sprintf("%s (%d)", Festivals[i].EN, n))
		}
	}
	if len(zh) > 0 {
		c.doubt("缺少的节日："+strings.Join(zh, "、")+"。", "Festivals that are missing, with their statutory days: "+strings.Join(en, ", ")+".")
	}
}

// fixed names the days that are holidays by their date and are not of rest.
func (c *checker) fixed() {
	rest := map[string]bool{}
	for _, d := range c.y.Days {
		rest[d.Date] = d.Off
	}
	for i := range Festivals {
		f := &Festivals[i]
		var lacks []string
		for _, md := range f.fixed[:min(len(f.fixed), f.in(c.y.Year))] {
			if !rest[fmt.Sprintf("%04d-%s", c.y.Year, md)] {
				lacks = append(lacks, md)
			}
		}
		if len(lacks) > 0 {
			c.doubt(fmt.Sprintf("%s：%s 是法定节假日，没有标为放假。", f.ZH, strings.Join(lacks, "、")),
				fmt.Sprintf("%s: %s is a statutory holiday and not marked as of rest.", f.EN, strings.Join(lacks, ", ")))
		}
	}
}

// festival holds what a list has of one against what it should.
func (c *checker) festival(f *Counted) {
	switch {
	case len(f.Names) == 0:
		c.doubt(fmt.Sprintf("“%s”不是《全国年节及纪念日放假办法》规定的全体公民放假的节日。", f.Name),
			fmt.Sprintf("%q is no holiday of all citizens by the Measures on Holidays.", f.Name))
		return
	case f.Off == 0:
		return // told as missing
	case f.Net < f.Statutory:
		c.doubt(fmt.Sprintf("%s：法定 %d 天，放假的工作日减去上班的周末只有 %d 天，少标了放假日，或多标了调休上班日。", f.Name, f.Statutory, f.Net),
			fmt.Sprintf("%s: %d statutory days, but working days of rest less weekend days worked are %d: a day of rest is missing, or a make-up day is too much.", f.EN(), f.Statutory, f.Net))
	case f.Net > f.Statutory:
		c.doubt(fmt.Sprintf("%s：法定 %d 天，放假的工作日减去上班的周末有 %d 天，少标了调休上班日，或多标了放假日。", f.Name, f.Statutory, f.Net),
			fmt.Sprintf("%s: %d statutory days, but working days of rest less weekend days worked are %d: a make-up day is missing, or a day of rest is too much.", f.EN(), f.Statutory, f.Net))
	}
	for _, i := range f.Names {
		m := &Festivals[i]
		if m.from != "" && !c.restIn(m.from, m.to) {
			c.doubt(fmt.Sprintf("%s应在 %s 至 %s 之间，这份安排在这段时间没有放假。", m.ZH, m.from, m.to),
				fmt.Sprintf("%s lies between %s and %s, and there is no day of rest then.", m.EN, m.from, m.to))
		}
	}
}

// restIn tells whether a day of rest of the list lies between two days of its year.
func (c *checker) restIn(from, to string) bool {
	a, b := fmt.Sprintf("%04d-%s", c.y.Year, from), fmt.Sprintf("%04d-%s", c.y.Year, to)
	return slices.ContainsFunc(c.y.Days, func(d holidays.Day) bool { return d.Off && d.Date >= a && d.Date <= b })
}
