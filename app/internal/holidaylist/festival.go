package holidaylist

import (
	"strings"
)

// Festival is a holiday of all citizens by the Measures, art. 2.
type Festival struct {
	ZH, EN string
	words  []string // that name it, in notices and tables
	days   int      // since 2025 (State Council Decree 795)
	before int      // 2008 to 2024 (Decrees 513 and 644)
	fixed  []string // "01-02": by their date alone, as far as days reaches
	// from and to bound a moving festival's own day; empty: see fixed.
	from, to string
}

// Festivals are those of the Measures, in the order of the year.
var Festivals = []Festival{
	{ZH: "元旦", EN: "New Year's Day", words: []string{"元旦", "新年"}, days: 1, before: 1, fixed: []string{"01-01"}},
	{ZH: "春节", EN: "Spring Festival", words: []string{"春节"}, days: 4, before: 3, from: "01-21", to: "02-21"},
	{ZH: "清明节", EN: "Qingming", words: []string{"清明"}, days: 1, before: 1, from: "04-04", to: "04-06"},
	{ZH: "劳动节", EN: "Labour Day", words: []string{"劳动节", "五一"}, days: 2, before: 1, fixed: []string{"05-01", "05-02"}},
	{ZH: "端午节", EN: "Dragon Boat Festival", words: []string{"端午"}, days: 1, before: 1, from: "05-27", to: "06-26"},
	{ZH: "中秋节", EN: "Mid-Autumn Festival", words: []string{"中秋"}, days: 1, before: 1, from: "09-07", to: "10-08"},
	{ZH: "国庆节", EN: "National Day", words: []string{"国庆"}, days: 3, before: 3, fixed: []string{"10-01", "10-02", "10-03"}},
}

// The years in which the Measures were as Festival says: before 2008 other
// festivals were holidays, which nobody imports any more.
const (
	firstSeven = 2008
	firstNow   = 2025
)

// in is how many days a festival has in a year, by the Measures then.
func (f *Festival) in(year int) int {
	if year < firstNow {
		return f.before
	}
	return f.days
}

// Statutory is how many days of holiday a year has: 13 since 2025, 11 from 2008 on;
// 0 before.
func Statutory(year int) (n int) {
	if year < firstSeven {
		return 0
	}
	for i := range Festivals {
		n += Festivals[i].in(year)
	}
	return n
}

// festivalsIn are those that a text names, as a list has their names: 国庆节、中秋节.
// At is where the first name begins, in bytes; -1 where there is none.
func festivalsIn(text string) (name string, at int) {
	at = -1
	var all []string
	for i := range Festivals {
		for _, w := range Festivals[i].words {
			if n := strings.Index(text, w); n >= 0 {
				all = append(all, Festivals[i].ZH)
				if at < 0 || n < at {
					at = n
				}
				break
			}
		}
	}
	return strings.Join(all, "、"), at
}
