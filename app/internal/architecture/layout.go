package architecture

import (
	"cmp"
	"slices"
)

// Measures of the drawing, in its own units; at a README's width one unit is a
// little less than a pixel.
const (
	width     = 1000.0
	left      = 176.0 // of the boxes; beside them stand the layers' names
	right     = width - 18
	boxHeight = 30.0
	between   = 22.0 // boxes of a row
	lane      = 14.0 // beside an arrow that passes a row
	widest    = 520.0
	letter    = 7.4 // of a name
)

// arrange gives every box its row and place, and long arrows a bend in each row
// that they pass. What comes out depends on names and imports alone.
func arrange(bands int, all []*box, arrows map[*box][]*box) [][]*box {
	rows := rowsOf(bands, all, arrows)
	for _, b := range all {
		b.w = boxWidth(b)
	}
	for _, b := range all {
		for _, to := range arrows[b] {
			from := b
			for r := b.row + 1; r < to.row; r++ {
				bend := &box{bend: true, row: r, band: -1, w: 2}
				rows[r] = append(rows[r], bend)
				join(from, bend)
				from = bend
			}
			join(from, to)
		}
	}
	order(rows)
	place(rows)
	return rows
}

func join(upper, lower *box) {
	upper.low = append(upper.low, lower)
	lower.up = append(lower.up, upper)
}

// rowsOf lays a layer's boxes in as many rows as its own arrows need, and more
// where they would not stand beside one another.
func rowsOf(bands int, all []*box, arrows map[*box][]*box) [][]*box {
	var rows [][]*box
	for band := range bands {
		depth := map[*box]int{}
		var deepen func(b *box, at int)
		deepen = func(b *box, at int) {
			if at < depth[b] {
				return
			}
			depth[b] = at
			for _, to := range arrows[b] {
				if to.band == band {
					deepen(to, at+1)
				}
			}
		}
		var mine [][]*box
		for _, b := range all {
			if b.band == band {
				deepen(b, 0)
			}
		}
		for _, b := range all {
			if b.band == band {
				for len(mine) <= depth[b] {
					mine = append(mine, nil)
				}
				mine[depth[b]] = append(mine[depth[b]], b)
			}
		}
		for _, row := range mine {
			for len(row) > 0 {
				n, w := 0, 0.0
				for n < len(row) && (n == 0 || w+boxWidth(row[n]) < right-left-120) {
					w += boxWidth(row[n]) + between
					n++
				}
				for _, b := range row[:n] {
					b.row = len(rows)
				}
				rows, row = append(rows, slices.Clone(row[:n])), row[n:]
			}
		}
	}
	return rows
}

func boxWidth(b *box) float64 {
	w := float64(len(b.name))*letter + 24
	if len(b.parts) > 0 {
		for _, line := range lines(b.parts) {
			w = max(w, float64(len(line))*letter+32)
		}
	}
	return w
}

// lines breaks a group's packages where the box ends.
func lines(parts []string) []string {
	var all []string
	line := ""
	for _, p := range parts {
		switch {
		case line == "":
			line = p
		case float64(len(line)+3+len(p))*letter > widest:
			all, line = append(all, line), p
		default:
			line += "   " + p
		}
	}
	return append(all, line)
}

// order looks for an order in each row under which few arrows cross: boxes go
// where their neighbours are, down and up again, and the best that was seen is
// kept.
func order(rows [][]*box) {
	best, fewest := copied(rows), crossings(rows)
	for sweep := range 40 {
		at := positions(rows)
		for i := range rows {
			r := i
			if sweep%2 == 1 {
				r = len(rows) - 1 - i
			}
			slices.SortStableFunc(rows[r], func(a, b *box) int {
				return cmp.Compare(middle(a, at, sweep), middle(b, at, sweep))
			})
			for j, b := range rows[r] {
				at[b] = (float64(j) + 0.5) / float64(len(rows[r]))
			}
		}
		if n := crossings(rows); n < fewest {
			best, fewest = copied(rows), n
		}
	}
	for i := range rows {
		copy(rows[i], best[i])
	}
}

func copied(rows [][]*box) [][]*box {
	c := make([][]*box, len(rows))
	for i := range rows {
		c[i] = slices.Clone(rows[i])
	}
	return c
}

func positions(rows [][]*box) map[*box]float64 {
	at := map[*box]float64{}
	for _, row := range rows {
		for j, b := range row {
			at[b] = (float64(j) + 0.5) / float64(len(row))
		}
	}
	return at
}

// middle is where a box's neighbours are on the side that a sweep comes from;
// every third one looks at both.
func middle(b *box, at map[*box]float64, sweep int) float64 {
	near := b.up
	if sweep%2 == 1 {
		near = b.low
	}
	if sweep%3 == 2 {
		near = slices.Concat(b.up, b.low)
	}
	if len(near) == 0 {
		return at[b]
	}
	sum := 0.0
	for _, n := range near {
		sum += at[n]
	}
	return sum / float64(len(near))
}

func crossings(rows [][]*box) int {
	at := positions(rows)
	n := 0
	for _, row := range rows {
		for i, a := range row {
			for _, b := range row[i+1:] {
				for _, x := range a.low {
					for _, y := range b.low {
						if at[y] < at[x] {
							n++
						}
					}
				}
			}
		}
	}
	return n
}

// place moves every box as near to its neighbours as its row's order and the
// page allow.
func place(rows [][]*box) {
	for _, row := range rows {
		spread(row, func(b *box) float64 { return 0 })
	}
	for pass := range 200 {
		for i := range rows {
			r := i
			if pass%2 == 1 {
				r = len(rows) - 1 - i
			}
			spread(rows[r], func(b *box) float64 {
				near := slices.Concat(b.up, b.low)
				if len(near) == 0 {
					return (left + right) / 2
				}
				sum, weight := 0.05*(left+right)/2, 0.05 // or all would drift to one side
				for _, n := range near {
					w := 1.0
					if b.bend && n.bend { // long arrows go straight first
						w = 24
					}
					sum, weight = sum+w*n.x, weight+w
				}
				return sum / weight
			})
		}
	}
	centre(rows)
}

// centre moves the whole into the middle of the page.
func centre(rows [][]*box) {
	lo, hi := right, left
	for _, row := range rows {
		for _, b := range row {
			lo, hi = min(lo, b.x-b.w/2), max(hi, b.x+b.w/2)
		}
	}
	for _, row := range rows {
		for _, b := range row {
			b.x += (left + right - lo - hi) / 2
		}
	}
}

// spread puts a row's boxes as near to where each wants to be as can be done
// without changing their order or letting them touch: least squares, by joining
// neighbours that are in each other's way.
func spread(row []*box, wish func(*box) float64) {
	type block struct{ sum, n float64 }
	offset := make([]float64, len(row))
	for i := 1; i < len(row); i++ {
		gap := between
		if row[i].bend || row[i-1].bend {
			gap = lane
		}
		offset[i] = offset[i-1] + (row[i-1].w+row[i].w)/2 + gap
	}
	var blocks []block
	for i, b := range row {
		blocks = append(blocks, block{wish(b) - offset[i], 1})
		for k := len(blocks) - 1; k > 0 && blocks[k-1].sum/blocks[k-1].n > blocks[k].sum/blocks[k].n; k-- {
			blocks[k-1] = block{blocks[k-1].sum + blocks[k].sum, blocks[k-1].n + blocks[k].n}
			blocks = blocks[:k]
		}
	}
	last := len(row) - 1
	lo, hi := left+row[0].w/2, right-row[last].w/2-offset[last]
	i := 0
	for _, bl := range blocks {
		x := max(lo, min(bl.sum/bl.n, max(lo, hi)))
		for range int(bl.n) {
			row[i].x = x + offset[i]
			i++
		}
	}
}
