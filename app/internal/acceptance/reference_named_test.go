//go:build unix

package acceptance

import (
	"strings"
	"sync"
	"testing"
)

// named is a difference from the reference that was decided on. Where matches
// the places that it is about as a whole; * stands for anything, also for
// several steps. One that no longer occurs fails the test, so that the lists
// stay short and true.
type named struct {
	where  string
	reason string

	mu   sync.Mutex
	seen bool
}

// is tells whether it is about a place.
func (n *named) is(where string) bool { return matches(n.where, where) }

// about tells whether it is about something within a golden.
func (n *named) about(golden string) bool {
	of, _, _ := strings.Cut(n.where, " > ")
	return matches(of, golden)
}

// matches tells whether a place is one that a pattern names: each * stands for
// whatever stands between what is written around it.
func matches(pattern, s string) bool {
	parts := strings.Split(pattern, "*")
	rest, ok := strings.CutPrefix(s, parts[0])
	if !ok || len(parts) == 1 {
		return ok && rest == ""
	}
	for _, part := range parts[1 : len(parts)-1] {
		if _, rest, ok = strings.Cut(rest, part); !ok {
			return false
		}
	}
	return strings.HasSuffix(rest, parts[len(parts)-1])
}

// isNamed tells whether a place is one of those that were decided on.
func isNamed(all []*named, where string) (yes bool) {
	for _, n := range all {
		if n.is(where) {
			n.mu.Lock()
			n.seen, yes = true, true
			n.mu.Unlock()
		}
	}
	return yes
}

// allSeen wants every named difference to occur.
func allSeen(t *testing.T, all []*named) {
	t.Helper()
	for _, n := range all {
		if !n.seen {
			t.Errorf("%q (%s) does not occur any more: take it off the list", n.where, n.reason)
		}
	}
}

func TestNamedDifferencesMatchByPattern(t *testing.T) {
	n := named{where: "GET /api/cases > parameter query state > *"}
	for where, want := range map[string]bool{
		"GET /api/cases > parameter query state > schema > type":    true,
		"GET /api/cases > parameter query level > schema > type":    false,
		"GET /api/cases > parameter query state":                    false,
		"GET /api/cases/{id} > parameter query state > schema > x":  false,
		"xGET /api/cases > parameter query state > schema > type":   false,
		"GET /api/cases > parameter query state > schema\nmore > x": true,
	} {
		if n.is(where) != want {
			t.Errorf("%s: %v", where, !want)
		}
	}
}
