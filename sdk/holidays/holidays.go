// Package holidays holds the statutory holidays and make-up working days of
// mainland China, as announced each autumn by the State Council, and counts
// working days over them. It reads no clock and does no I/O.
//
// The lists come from NateScarlet/holiday-cn (MIT, see data/LICENSE). A list
// is titled by its year, but the days around New Year may belong to the
// December before: the list of 2019 made 29 December 2018 a working Saturday.
package holidays

import (
	"bytes"
	"embed"
	"fmt"
	"slices"
	"sync"
)

// Day is a date that differs from the plain week, or is named by the notice.
type Day struct {
	Date string // civil date in mainland China, "2006-01-02"
	Name string // the holiday it belongs to, zh-CN
	Off  bool   // true: a rest day; false: worked, although a weekend (调休上班)
}

// Year is the list of one title year.
type Year struct {
	Year   int
	Papers []string // addresses of the State Council's notices
	Days   []Day    // empty: not announced yet
}

//go:embed data/*.json
var data embed.FS

var embedded = sync.OnceValue(func() []Year {
	files, err := data.ReadDir("data")
	if err != nil {
		panic(fmt.Sprintf("holidays: embedded lists: %v", err))
	}
	var years []Year
	for _, f := range files { // by name, so by year
		raw, err := data.ReadFile("data/" + f.Name())
		if err != nil {
			panic(fmt.Sprintf("holidays: embedded %s: %v", f.Name(), err))
		}
		y, err := decode(bytes.NewReader(raw))
		if err == nil && len(y.Days) == 0 {
			continue // not announced when this was built
		}
		if err == nil {
			err = y.Validate()
		}
		if err != nil {
			panic(fmt.Sprintf("holidays: embedded %s: %v", f.Name(), err))
		}
		years = append(years, y)
	}
	return years
})

// Embedded returns the lists shipped in the binary, oldest first, announced
// years only. The caller owns the result.
func Embedded() []Year {
	years := slices.Clone(embedded())
	for i := range years {
		years[i].Papers = slices.Clone(years[i].Papers)
		years[i].Days = slices.Clone(years[i].Days)
	}
	return years
}

// Fixed are the days of the year that are holidays by their date alone: the
// Measures on Holidays for Annual Festivals and Memorial Days as amended on
// 2024-11-10 (art. 2: New Year's Day, two days of Labour Day, three of National
// Day), in force since 2025. The festivals of the lunar calendar, and which
// weekends are worked or rested for them, only the year's list tells. Earlier
// years have none here.
func Fixed(year int) Year {
	y := Year{Year: year}
	if year < firstFixed {
		return y
	}
	for _, d := range [...]struct{ date, name string }{
		{"01-01", "元旦"}, {"05-01", "劳动节"}, {"05-02", "劳动节"},
		{"10-01", "国庆节"}, {"10-02", "国庆节"}, {"10-03", "国庆节"},
	} {
		y.Days = append(y.Days, Day{Date: fmt.Sprintf("%04d-%s", year, d.date), Name: d.name, Off: true})
	}
	return y
}

// The years for which WithFixed speaks: from the amended Measures on, as far as
// anything is reckoned ahead.
const firstFixed, lastFixed = 2025, 2100

// WithFixed adds to lists the fixed days of every year up to 2100 that has none.
func WithFixed(years []Year) []Year {
	listed := map[int]bool{}
	for _, y := range years {
		listed[y.Year] = true
	}
	out := slices.Clone(years)
	for year := firstFixed; year <= lastFixed; year++ {
		if !listed[year] {
			out = append(out, Fixed(year))
		}
	}
	return out
}
