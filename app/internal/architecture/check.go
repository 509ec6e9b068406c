package architecture

import (
	"fmt"
	"maps"
	"slices"
	"strings"
)

// Check tells what in the graph the house does not allow, a sentence each, in
// the packages' order. None means that every arrow points down.
func (h House) Check(g Graph) []string {
	var wrong []string
	for _, pkg := range slices.Sorted(maps.Keys(g)) {
		from := h.layer(pkg)
		if from < 0 {
			wrong = append(wrong, fmt.Sprintf("%s stands in no layer: enter it in app/internal/architecture/layers.go, in the lowest layer above all that it imports", pkg))
			continue
		}
		for _, to := range g[pkg] {
			if _, ours := g[to]; ours {
				wrong = append(wrong, h.arrow(pkg, from, to)...)
			}
			wrong = append(wrong, h.kept(pkg, to)...)
		}
	}
	return append(wrong, h.unused(g)...)
}

// arrow judges an import of one of the repository's own packages.
func (h House) arrow(pkg string, from int, to string) []string {
	at := h.layer(to)
	switch {
	case at < 0 || h.Layers[from].Undrawn:
		return nil // the first is told of the package itself
	case h.Layers[at].Undrawn:
		return []string{fmt.Sprintf("%s imports %s, which is there for checks and generators alone", pkg, to)}
	case at < from:
		return []string{fmt.Sprintf("%s (%s) imports %s (%s): an arrow that points up; have the upper one hand in what the lower one needs, or move what both need beneath them",
			pkg, h.Layers[from].Name, to, h.Layers[at].Name)}
	}
	return nil
}

// kept judges an import, whoever's it is, by the rules and the fences.
func (h House) kept(pkg, to string) []string {
	var wrong []string
	for _, r := range h.Rules {
		if fits(r.Import, to) && !fitsAny(r.Only, pkg) {
			wrong = append(wrong, fmt.Sprintf("%s imports %s, which only %s may, because %s", pkg, to, strings.Join(r.Only, ", "), r.Why))
		}
	}
	for _, f := range h.Fences {
		if fitsAny(f.Packages, pkg) && fitsAny(f.Never, to) && !fitsAny(f.But, to) && !within(pkg, to) {
			wrong = append(wrong, fmt.Sprintf("%s imports %s, which it may not, because %s", pkg, to, f.Why))
		}
	}
	return wrong
}

// within says that both are parts of one folder of plugins: an adapter may be
// made of several packages.
func within(pkg, to string) bool {
	a, b := strings.Split(pkg, "/"), strings.Split(to, "/")
	return len(a) > 1 && len(b) > 1 && a[0] == "plugins" && b[0] == "plugins" && a[1] == b[1]
}

// unused tells of permissions by name that nobody needs any more, among the
// packages that exist: what is allowed is what is there.
func (h House) unused(g Graph) []string {
	var wrong []string
	for _, r := range h.Rules {
		for _, only := range r.Only {
			imports, exists := g[only]
			if exists && !slices.ContainsFunc(imports, func(to string) bool { return fits(r.Import, to) }) {
				wrong = append(wrong, fmt.Sprintf("%s imports %s no more: take it out of the rule in app/internal/architecture/layers.go", only, r.Import))
			}
		}
	}
	return wrong
}

// layer is the place of a package in Layers, counted from the top, or -1.
func (h House) layer(pkg string) int {
	at, best := -1, -1
	for i, l := range h.Layers {
		for _, p := range l.Packages {
			if fits(p, pkg) && len(p) > best {
				at, best = i, len(p)
			}
		}
	}
	return at
}
