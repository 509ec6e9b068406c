package sheet

import (
	"errors"
	"regexp"
	"slices"
	"strings"
	"unicode/utf8"
)

// Head is the rows of a table that name its columns: one row, or up to three of
// which the upper ones name groups.
type Head struct {
	First, Last int       // lines; 0: there is none
	Headings    []Heading // by column
	Above       []string  // what stands in the rows before it: a title, notes
}

// Heading is what a column is called.
type Heading struct {
	Text string // as it is shown
	// Readings are what it may be called, the one that says most first: “评价” above
	// “时间” is 评价时间, or else 时间.
	Readings []string
}

const (
	headWithin = 30 // rows; above the headings stands at most a title and some notes
	mostHeads  = 3  // rows
	longHead   = 40 // characters of a heading
)

// errEnough ends the reading of a sheet of which enough was read.
var errEnough = errors.New("sheet: enough was read")

// looksLikeData is what no heading is: dates, times, numbers.
var looksLikeData = regexp.MustCompile(`^[0-9０-９.,:：/\-年月日时分秒%+ ]+$|[0-9]{5,}|^[0-9]{2,4}[-/.年][0-9]{1,2}`)

// FindHead finds the rows near a sheet's top that name its columns best; known says
// how much of some headings is understood. Of those that say as much the shortest
// is it, and of these the uppermost.
func (b *Book) FindHead(sheet int, known func([]Heading) int) (Head, error) {
	type line struct {
		n     int
		cells []Cell
		own   []Cell
	}
	var rows []line
	err := b.Each(sheet, func(r *Row) error {
		rows = append(rows, line{r.Line, slices.Clone(r.Across()), slices.Clone(r.Cells)})
		if len(rows) >= headWithin {
			return errEnough
		}
		return nil
	})
	if err != nil && !errors.Is(err, errEnough) {
		return Head{}, err
	}
	var best Head
	most, shortest := 0, 0
	for i := range rows {
		for depth := 1; depth <= mostHeads && i+depth <= len(rows); depth++ {
			last := rows[i+depth-1]
			if depth > 1 && (last.n != rows[i+depth-2].n+1 || !headingLike(last.cells)) {
				break
			}
			var above [][]Cell
			for _, r := range rows[i : i+depth] {
				above = append(above, r.cells)
			}
			headings := joined(above)
			if n := known(headings); n > most || n > 0 && n == most && depth < shortest {
				best, most, shortest = Head{First: rows[i].n, Last: last.n, Headings: headings}, n, depth
			}
		}
	}
	for _, r := range rows {
		if r.n >= best.First {
			break
		}
		for _, c := range r.own {
			if t := strings.TrimSpace(c.Text); t != "" {
				best.Above = append(best.Above, t)
			}
		}
	}
	return best, nil
}

// headingLike tells whether a row may belong to a head: nothing in it looks like
// what stands under one.
func headingLike(cells []Cell) bool {
	for _, c := range cells {
		t := strings.TrimSpace(c.Text)
		if t != "" && (c.Number || looksLikeData.MatchString(t) || utf8.RuneCountInString(t) > longHead) {
			return false
		}
	}
	return true
}

// joined reads the rows of a head column by column.
func joined(rows [][]Cell) []Heading {
	width := 0
	for _, r := range rows {
		width = max(width, len(r))
	}
	out := make([]Heading, width)
	for i := range out {
		var parts []string
		for _, r := range rows {
			if i >= len(r) {
				continue
			}
			if t := strings.Join(strings.Fields(r[i].Text), " "); t != "" && (len(parts) == 0 || parts[len(parts)-1] != t) {
				parts = append(parts, t)
			}
		}
		out[i].Text = strings.Join(parts, " / ")
		for from := range parts {
			out[i].Readings = append(out[i].Readings, strings.Join(parts[from:], ""))
		}
	}
	return out
}
