package sheet

import (
	"bufio"
	"bytes"
	"errors"
	"io"
	"regexp"
	"slices"
	"strconv"
	"strings"
)

// area is a merged cell: columns from 0, lines from 1, all inclusive.
type area struct{ left, top, right, bottom int }

// mostMerges bounds the merged cells of a sheet.
const mostMerges = 100_000

var mergeTag = regexp.MustCompile(`^<(?:[A-Za-z][\w.-]*:)?mergeCell\s[^>]*?ref\s*=\s*["']([A-Za-z]+[0-9]+):([A-Za-z]+[0-9]+)["']`)

// merged finds a sheet's merged cells, by their top. They stand in the file after
// the rows, so they are looked for before the rows are read: by their tag, since
// in a text there is no "<".
func (w *workbook) merged(part string) ([]area, error) {
	r, err := w.open(part)
	if err != nil {
		return nil, err
	}
	defer r.Close()
	var out []area
	in := bufio.NewReaderSize(r, 64<<10)
	for {
		if err := skipTo(in, '<'); err != nil {
			if errors.Is(err, io.EOF) {
				slices.SortStableFunc(out, func(a, b area) int { return a.top - b.top })
				return out, nil
			}
			return nil, err
		}
		head, err := in.Peek(40)
		if err != nil && !errors.Is(err, io.EOF) && len(head) == 0 {
			return nil, err
		}
		if name, _, _ := bytes.Cut(head, []byte(" ")); !bytes.HasSuffix(name, []byte("mergeCell")) {
			continue
		}
		tag, err := in.ReadSlice('>')
		if err != nil {
			continue // no tag of a merged cell is as long
		}
		m := mergeTag.FindSubmatch(append([]byte("<"), tag...))
		if m == nil {
			continue
		}
		left, top, ok1 := place(string(m[1]))
		right, bottom, ok2 := place(string(m[2]))
		if ok1 && ok2 && left < mostColumns {
			out = append(out, area{min(left, right), min(top, bottom), min(max(left, right), mostColumns-1), max(top, bottom)})
		}
		if len(out) > mostMerges {
			return nil, errTooBig
		}
	}
}

// skipTo reads past the next such byte.
func skipTo(in *bufio.Reader, c byte) error {
	for {
		_, err := in.ReadSlice(c)
		if !errors.Is(err, bufio.ErrBufferFull) {
			return err
		}
	}
}

// place reads where a cell stands: B7 is column 1, line 7.
func place(ref string) (column, line int, ok bool) {
	i := 0
	for i < len(ref) && ref[i]|0x20 >= 'a' && ref[i]|0x20 <= 'z' {
		column = column*26 + int(ref[i]|0x20-'a') + 1
		if i++; i > 3 {
			return 0, 0, false
		}
	}
	line, err := strconv.Atoi(strings.TrimSpace(ref[i:]))
	return column - 1, line, err == nil && i > 0 && line > 0
}

// spreader lays merged cells over the rows that they cover, as these come.
type spreader struct {
	coming []area
	open   []spread
}

type spread struct {
	area
	cell Cell
}

// lay completes a row.
func (s *spreader) lay(r *Row) {
	for len(s.coming) > 0 && s.coming[0].top <= r.Line {
		a := s.coming[0]
		s.coming = s.coming[1:]
		m := spread{area: a}
		if a.top == r.Line && a.left < len(r.Cells) {
			m.cell = r.Cells[a.left]
		}
		// Excel has none that overlap; a file made to have them costs without end.
		if !slices.ContainsFunc(s.open, func(o spread) bool { return o.bottom >= a.top && o.left <= a.right && a.left <= o.right }) {
			s.open = append(s.open, m)
		}
	}
	s.open = slices.DeleteFunc(s.open, func(m spread) bool { return m.bottom < r.Line })
	r.across = nil
	for _, m := range s.open {
		if m.cell.Text == "" {
			continue
		}
		if m.top < r.Line {
			r.Cells = padded(r.Cells, m.left+1)
			if r.Cells[m.left].Text == "" {
				r.Cells[m.left] = m.cell
			}
		}
	}
	for _, m := range s.open {
		if m.cell.Text == "" || m.right == m.left {
			continue
		}
		if r.across == nil {
			r.across = slices.Clone(r.Cells)
		}
		r.across = padded(r.across, m.right+1)
		for i := m.left; i <= m.right; i++ {
			if r.across[i].Text == "" {
				r.across[i] = m.cell
			}
		}
	}
}

func padded(cells []Cell, n int) []Cell {
	for len(cells) < n {
		cells = append(cells, Cell{})
	}
	return cells
}
