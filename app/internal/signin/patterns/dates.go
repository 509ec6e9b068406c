package patterns

import (
	"regexp"
	"strconv"

	"github.com/trustelem/zxcvbn/match"
	"github.com/trustelem/zxcvbn/scoring"
)

// What zxcvbn takes for a year.
const (
	earliest = 1000
	latest   = 2050
)

var (
	recentYear = regexp.MustCompile(`19\d\d|20[01]\d`)
	digits     = regexp.MustCompile(`^\d{4,8}$`)
	separated  = regexp.MustCompile(`^(\d{1,4})([\s\v/\\_.-])(\d{1,2})([\s\v/\\_.-])(\d{1,4})$`)
)

// recentYears finds the years that zxcvbn calls recent.
func recentYears(password string) (found []*match.Match) {
	for _, at := range recentYear.FindAllStringIndex(password, -1) {
		found = append(found, &match.Match{Pattern: "regex", RegexName: "recent_year", I: at[0], J: at[1] - 1, Token: password[at[0]:at[1]]})
	}
	return found
}

// dates finds a day, a month and a year in any order in which the year is first or
// last, of two digits or four, with one sign between or none. Those within another
// are left out: 15_06_04 of 2015_06_04.
func dates(password string) (found []*match.Match) {
	var some []*match.Match
	for i := range password {
		for j := i + 3; j < min(i+10, len(password)); j++ {
			if year, separator, ok := date(password[i : j+1]); ok {
				some = append(some, &match.Match{Pattern: "date", I: i, J: j, Token: password[i : j+1], Separator: separator, Year: year})
			}
		}
	}
	for _, m := range some {
		within := false
		for _, other := range some {
			within = within || other != m && other.I <= m.I && other.J >= m.J
		}
		if !within {
			found = append(found, m)
		}
	}
	return found
}

// splits are where digits without separators divide, by how many there are.
var splits = map[int][][2]int{
	4: {{1, 2}, {2, 3}},
	5: {{1, 3}, {2, 3}},
	6: {{1, 2}, {2, 4}, {4, 5}},
	7: {{1, 3}, {2, 3}, {4, 5}, {4, 6}},
	8: {{2, 4}, {4, 6}},
}

// date reads the whole of a text as a date. Of several readings it is the one whose
// year is the nearest, the first of them.
func date(s string) (year int, separator string, ok bool) {
	if digits.MatchString(s) {
		for _, at := range splits[len(s)] {
			y, fits := yearOf(s[:at[0]], s[at[0]:at[1]], s[at[1]:])
			if fits && (!ok || distance(y) < distance(year)) {
				year, ok = y, true
			}
		}
		return year, "", ok
	}
	if m := separated.FindStringSubmatch(s); len(s) >= 6 && m != nil && m[2] == m[4] {
		year, ok = yearOf(m[1], m[3], m[5])
		return year, m[2], ok
	}
	return 0, "", false
}

func distance(year int) int { return max(year-scoring.ReferenceYear, scoring.ReferenceYear-year) }

// yearOf is the year of three numbers that may be a date; ok is false where they
// are none.
func yearOf(first, middle, last string) (year int, ok bool) {
	var n [3]int
	for i, s := range []string{first, middle, last} {
		n[i], _ = strconv.Atoi(s) // digits, four at most
		if n[i] > 99 && n[i] < earliest || n[i] > latest {
			return 0, false
		}
	}
	if n[1] == 0 || n[0] == 0 && n[2] == 0 {
		return 0, false
	}
	// A year of four digits is one; of two it may be the last number, or the first.
	switch {
	case n[2] >= earliest:
		return n[2], dayAndMonth(n[0], n[1])
	case n[0] >= earliest:
		return n[0], dayAndMonth(n[1], n[2])
	case dayAndMonth(n[0], n[1]):
		return century(n[2]), true
	case dayAndMonth(n[1], n[2]):
		return century(n[0]), true
	}
	return 0, false
}

// dayAndMonth tells whether two numbers are a day and a month, in either order.
func dayAndMonth(a, b int) bool { return a <= 31 && b <= 12 || b <= 31 && a <= 12 }

// century is the year that two digits mean.
func century(year int) int {
	if year > 50 {
		return 1900 + year
	}
	return 2000 + year
}
