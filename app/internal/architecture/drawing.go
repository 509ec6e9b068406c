package architecture

import (
	"cmp"
	"fmt"
	"html"
	"slices"
	"strings"
)

// style is the drawing's own: it stands alone in a README, in light and dark,
// with whatever fonts there are.
const style = `
    svg { --paper: #ffffff; --band: #f5f8fc; --rim: #dbe4f0; --card: #ffffff; --line: #9fb2cd; --text: #17233a; --soft: #5a6b85; --accent: #1f5fbf; --arrow: #7d93b3; }
    @media (prefers-color-scheme: dark) {
      svg { --paper: #0f1724; --band: #151f30; --rim: #26344d; --card: #1c2940; --line: #4f658a; --text: #e8eef8; --soft: #a3b3cc; --accent: #82b4ff; --arrow: #7388ab; }
    }
    text { font-family: system-ui, sans-serif; fill: var(--text); }
    .paper { fill: var(--paper); }
    .band { fill: var(--band); stroke: var(--rim); }
    .card { fill: var(--card); stroke: var(--line); stroke-width: 1.2; }
    .common { stroke-dasharray: 4 3; }
    .b { font-size: 13px; font-weight: 600; text-anchor: middle; }
    .p { font-size: 12.5px; text-anchor: middle; white-space: pre; }
    .l { font-size: 14px; font-weight: 650; fill: var(--accent); }
    .d { font-size: 11px; fill: var(--soft); }
    .arrow { fill: none; stroke: var(--arrow); stroke-width: 1.3; }
    .tip { fill: var(--arrow); }`

// Draw makes the drawing: layers as bands from the top down, packages as boxes,
// imports as arrows. The same imports give the same bytes.
func (h House) Draw(g Graph) (string, error) {
	bands, all, arrows, err := h.boxes(g)
	if err != nil {
		return "", err
	}
	rows := arrange(len(bands), all, arrows)
	top, tall, bandTop, bandEnd, height := heights(bands, rows)

	var out strings.Builder
	p := func(format string, args ...any) { fmt.Fprintf(&out, format+"\n", args...) }
	p(`<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 %.0f %.0f" width="%.0f" height="%.0f" role="img" aria-labelledby="t d">`, width, height, width, height)
	p(`  <!-- Made by make generate from the imports; do not edit. -->`)
	p(`  <title id="t">明察的包与引用方向 Mingcha's packages: arrows are imports, and point down</title>`)
	p(`  <desc id="d">%s</desc>`, describe(bands, rows))
	p("  <style>%s\n  </style>", style)
	p(`  <defs><marker id="a" viewBox="0 0 10 10" refX="9" refY="5" markerWidth="6.5" markerHeight="6.5" orient="auto"><path class="tip" d="M0 1 10 5 0 9Z"/></marker></defs>`)
	p(`  <rect class="paper" width="%.0f" height="%.0f" rx="12"/>`, width, height)
	for i, l := range bands {
		p(`  <rect class="band" x="8" y="%.0f" width="%.0f" height="%.0f" rx="9"/>`, bandTop[i], width-16, bandEnd[i]-bandTop[i])
		mid := (bandTop[i] + bandEnd[i]) / 2
		words := wrap(l.Duty, 26)
		y := mid - float64(len(words))*7 + 3
		p(`  <text class="l" x="20" y="%.0f">%s %s</text>`, y, l.ZH, l.Name)
		for j, line := range words {
			p(`  <text class="d" x="20" y="%.0f">%s</text>`, y+15+13*float64(j), html.EscapeString(line))
		}
	}
	for _, row := range rows {
		for _, b := range row {
			for _, to := range sortedByX(b.low) {
				if !b.bend {
					p(`  <path class="arrow" d="%s" marker-end="url(#a)"/>`, way(b, to, top, tall))
				}
			}
		}
	}
	for r, row := range rows {
		for _, b := range row {
			if !b.bend {
				drawBox(p, b, top[r], tall[r])
			}
		}
	}
	p(`</svg>`)
	return out.String(), nil
}

// heights lays the rows under one another: closer within a band than between
// bands.
func heights(bands []Layer, rows [][]*box) (top, tall, bandTop, bandEnd []float64, height float64) {
	const (
		inside  = 14.0 // between a band's rim and its boxes
		inBand  = 34.0 // between two rows of a band
		outside = 24.0 // between two bands
		lowest  = 56.0 // of a band, for its name and duty
	)
	bandTop, bandEnd = make([]float64, len(bands)), make([]float64, len(bands))
	y, last := 8.0, -1
	for _, row := range rows {
		band := bandOfRow(row)
		switch {
		case band == last:
			y += inBand
		case last >= 0:
			y = bandEnd[last] + outside
			fallthrough
		default:
			bandTop[band] = y
			y += inside
		}
		h := boxHeight
		for _, b := range row {
			if len(b.parts) > 0 {
				h = 16 + 20*float64(len(lines(b.parts)))
			}
		}
		top, tall = append(top, y), append(tall, h)
		y += h
		bandEnd[band] = max(y+inside, bandTop[band]+lowest)
		last = band
	}
	return top, tall, bandTop, bandEnd, bandEnd[last] + 8
}

// bandOfRow is the band of a row's boxes; every row has one.
func bandOfRow(row []*box) int {
	for _, b := range row {
		if !b.bend {
			return b.band
		}
	}
	return -1
}

func drawBox(p func(string, ...any), b *box, y, h float64) {
	box := boxHeight
	if len(b.parts) > 0 {
		box = h
	}
	class := "card"
	if b.common {
		class = "card common"
	}
	p(`  <rect class="%s" x="%.1f" y="%.1f" width="%.1f" height="%.1f" rx="6"/>`, class, b.x-b.w/2, y+(h-box)/2, b.w, box)
	if len(b.parts) == 0 {
		p(`  <text class="b" x="%.1f" y="%.1f">%s</text>`, b.x, y+h/2+4.5, b.name)
		return
	}
	for i, line := range lines(b.parts) {
		p(`  <text class="b p" x="%.1f" y="%.1f">%s</text>`, b.x, y+22+20*float64(i), line)
	}
}

// way is an arrow's path from a box over its bends to the next box: straight
// through the rows that it passes, curved between them.
func way(from, to *box, top, tall []float64) string {
	x, y := port(from, to, from.low), top[from.row]+tall[from.row]
	if len(from.parts) == 0 {
		y = top[from.row] + tall[from.row]/2 + boxHeight/2
	}
	d := fmt.Sprintf("M%.1f %.1f", x, y)
	for at := from; ; {
		nx, ny := to.x, top[to.row]
		if !to.bend {
			nx = port(to, at, to.up)
			if len(to.parts) == 0 {
				ny += tall[to.row]/2 - boxHeight/2
			}
		}
		mid := (y + ny) / 2
		d += fmt.Sprintf("C%.1f %.1f %.1f %.1f %.1f %.1f", x, mid, nx, mid, nx, ny)
		if !to.bend {
			return d
		}
		x, y = nx, top[to.row]+tall[to.row]
		d += fmt.Sprintf("V%.1f", y)
		at, to = to, to.low[0]
	}
}

// port spreads the ends of a box's arrows along its edge, in the order of where
// they go.
func port(b, other *box, side []*box) float64 {
	sorted := sortedByX(side)
	i := slices.Index(sorted, other)
	room := min(b.w-20, 16*float64(len(sorted)-1))
	if len(sorted) == 1 {
		return b.x
	}
	return b.x - room/2 + room*float64(i)/float64(len(sorted)-1)
}

func sortedByX(boxes []*box) []*box {
	s := slices.Clone(boxes)
	slices.SortStableFunc(s, func(a, b *box) int { return cmp.Compare(a.x, b.x) })
	return s
}

// describe tells the drawing to who hears it.
func describe(bands []Layer, rows [][]*box) string {
	names := make([][]string, len(bands))
	for _, row := range rows {
		for _, b := range row {
			if b.bend {
				continue
			}
			if len(b.parts) > 0 {
				names[b.band] = append(names[b.band], b.parts...)
			} else {
				names[b.band] = append(names[b.band], b.name)
			}
		}
	}
	told := make([]string, len(bands))
	for i, l := range bands {
		slices.Sort(names[i])
		told[i] = l.Name + ": " + strings.Join(names[i], ", ")
	}
	return "Layers from the top down; each imports only its own and lower ones. " + strings.Join(told, ". ") + "."
}

// wrap breaks words into lines of at most n letters.
func wrap(words string, n int) []string {
	var all []string
	line := ""
	for _, w := range strings.Fields(words) {
		if line != "" && len(line)+1+len(w) > n {
			all, line = append(all, line), ""
		}
		if line != "" {
			line += " "
		}
		line += w
	}
	return append(all, line)
}
