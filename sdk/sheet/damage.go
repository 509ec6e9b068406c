package sheet

import (
	"regexp"
	"strconv"
	"strings"
)

var (
	scientific = regexp.MustCompile(`^[+-]?[0-9](?:\.[0-9]+)?[Ee]\+?[0-9]{1,3}$`)
	long       = regexp.MustCompile(`^[0-9]{16,}$`)
	formula    = regexp.MustCompile(`^=\s*"((?:[^"]|"")*)"$`)
)

// exact is how many digits Excel keeps of a number.
const exact = 15

// unwrapped is a text without what programs put around it so that Excel leaves it
// alone: an apostrophe before it, or ="…".
func unwrapped(s string) string {
	t := strings.TrimSpace(s)
	if m := formula.FindStringSubmatch(t); m != nil {
		return strings.ReplaceAll(m[1], `""`, `"`)
	}
	if rest, ok := strings.CutPrefix(t, "'"); ok && rest != "" && !strings.Contains(rest, "'") {
		return rest
	}
	return s
}

// plainNumber is a number of a workbook as people write it. One of which Excel
// did not keep every digit stays as the file has it.
func plainNumber(s string) string {
	n, err := strconv.ParseFloat(s, 64)
	if err != nil || n >= 1e15 || n <= -1e15 || !strings.ContainsAny(s, "eE") {
		return s
	}
	return strconv.FormatFloat(n, 'f', -1, 64)
}

// Rounded tells whether a cell is a number in scientific notation, as Excel writes
// what is too long for it: the last digits of a serial number are gone.
func (c Cell) Rounded() bool {
	s := strings.TrimSpace(c.Text)
	if !scientific.MatchString(s) {
		return false
	}
	if !c.Number {
		return true
	}
	n, err := strconv.ParseFloat(s, 64)
	return err == nil && (n >= 1e15 || n <= -1e15)
}

// LongDigits counts a column's numbers of more than 15 digits. Excel keeps 15 and
// writes zeros after them. Of a text that ends so it was Excel where all of its
// column do.
type LongDigits struct{ All, Zeros int }

// Add counts a cell.
func (d *LongDigits) Add(c Cell) {
	if is, zeros := c.long(); is {
		d.All++
		if zeros {
			d.Zeros++
		}
	}
}

func (c Cell) long() (is, zeros bool) {
	s := strings.TrimSpace(c.Text)
	return long.MatchString(s), long.MatchString(s) && strings.Trim(s[exact:], "0") == ""
}

// Cut tells whether a cell of the column lost its last digits to Excel.
func (d *LongDigits) Cut(c Cell) bool {
	_, zeros := c.long()
	return c.Rounded() || zeros && (c.Number || d.All == d.Zeros)
}
