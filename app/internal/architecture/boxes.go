package architecture

import (
	"fmt"
	"maps"
	"slices"
	"strings"
)

// A box of the drawing: one package, or a layer's whole group of them.
type box struct {
	name    string
	parts   []string // the packages of a group, as they are written in its box
	band    int      // the layer, counted among those that are drawn
	row     int      // counted from the top of the whole drawing
	common  bool     // everybody's: without arrows
	bend    bool     // no box, only where a long arrow passes a row
	x, w    float64  // the middle, and the width
	up, low []*box   // neighbours in the rows above and below
}

// boxes turns imports into boxes and the arrows between them that say
// something: an arrow that longer ways say already is left out.
func (h House) boxes(g Graph) (drawn []Layer, all []*box, arrows map[*box][]*box, err error) {
	bandOf := map[int]int{}
	for i, l := range h.Layers {
		if !l.Undrawn && slices.ContainsFunc(slices.Collect(maps.Keys(g)), func(p string) bool { return h.layer(p) == i }) {
			bandOf[i] = len(drawn)
			drawn = append(drawn, l)
		}
	}
	byName, boxOf := map[string]*box{}, map[string]*box{}
	for _, pkg := range slices.Sorted(maps.Keys(g)) {
		at := h.layer(pkg)
		band, shown := bandOf[at]
		if !shown {
			continue
		}
		name, part := label(pkg), ""
		if h.Layers[at].Grouped {
			name, part = h.Layers[at].Name, strings.TrimPrefix(strings.TrimPrefix(pkg, "app/internal/"), "features/")
		}
		b := byName[name]
		if b == nil {
			b = &box{name: name, band: band, common: slices.Contains(h.Common, pkg)}
			byName[name], all = b, append(all, b)
		}
		if part != "" && !strings.Contains(part, "/") {
			b.parts = append(b.parts, part)
		}
		boxOf[pkg] = b
	}
	direct := map[*box]map[*box]bool{}
	for pkg, from := range boxOf {
		for _, path := range g[pkg] {
			if to := boxOf[path]; to != nil && to != from && !to.common {
				if direct[from] == nil {
					direct[from] = map[*box]bool{}
				}
				direct[from][to] = true
			}
		}
	}
	arrows, err = reduced(all, direct)
	return drawn, all, arrows, err
}

// label is how a package is written in its box: all of sdk is one, an adapter
// is one, and a part of a package belongs to it.
func label(pkg string) string {
	parts := strings.Split(strings.TrimPrefix(pkg, "app/internal/"), "/")
	if parts[0] == "plugins" && len(parts) > 1 {
		return parts[0] + "/" + parts[1]
	}
	return parts[0]
}

// reduced leaves out every arrow whose end is reached by another way as well.
// It fails where arrows go in a circle, of which no drawing from top to bottom
// can be made.
func reduced(all []*box, direct map[*box]map[*box]bool) (map[*box][]*box, error) {
	reach, under := map[*box]map[*box]bool{}, map[*box]bool{}
	var visit func(b *box) error
	visit = func(b *box) error {
		if under[b] {
			return fmt.Errorf("imports go in a circle through %s", b.name)
		}
		if reach[b] != nil {
			return nil
		}
		under[b] = true
		far := map[*box]bool{}
		for to := range direct[b] {
			if err := visit(to); err != nil {
				return err
			}
			far[to] = true
			maps.Copy(far, reach[to])
		}
		under[b] = false
		reach[b] = far
		return nil
	}
	arrows := map[*box][]*box{}
	for _, b := range all {
		if err := visit(b); err != nil {
			return nil, err
		}
		for _, to := range all {
			longer := false
			for by := range direct[b] {
				longer = longer || reach[by][to]
			}
			if direct[b][to] && !longer {
				arrows[b] = append(arrows[b], to)
			}
		}
	}
	return arrows, nil
}
