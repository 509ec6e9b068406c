package main

import (
	"google.golang.org/protobuf/proto"

	"github.com/mingcha-console/mingcha/plugins/simulator/internal/city"
	"github.com/mingcha-console/mingcha/sdk"
	v1 "github.com/mingcha-console/mingcha/sdk/contract/mingcha/adapter/v1"
)

// mistaken are a city's events with some more among them that departments' systems
// got wrong, one after each so many: what a console sets aside.
type mistaken struct {
	*city.Stream
	every  uint64
	taken  uint64
	behind *city.Record // of which a wrong copy comes next; nil: none
}

// Peek implements source.
func (m *mistaken) Peek() (int64, bool) {
	if m.behind != nil {
		return m.behind.At, true
	}
	return m.Stream.Peek()
}

// Skip implements source.
func (m *mistaken) Skip() { m.next() }

// Take implements source.
func (m *mistaken) Take() *sdk.Event {
	r, wrong := m.next()
	e := r.Event()
	if wrong {
		mistake(e, m.taken/m.every)
	}
	return e
}

func (m *mistaken) next() (r city.Record, wrong bool) {
	if m.behind != nil {
		r, m.behind = *m.behind, nil
		return r, true
	}
	r, _ = m.Stream.Next()
	if m.taken++; m.taken%m.every == 0 {
		m.behind = &r
	}
	return r, false
}

// mistake makes the nth wrong record of an event: it says nothing of what was
// decided, names no item, lies a year ahead as at every new year, or is another
// town's.
func mistake(e *sdk.Event, n uint64) {
	e.SourceId += "/x"
	e.CaseNo += "-X"
	switch n % 4 {
	case 0:
		e.Kind, e.Decision = v1.EventKind_EVENT_KIND_DECIDED, nil
	case 1:
		e.ItemCode = ""
	case 2:
		later := proto.CloneOf(e.OccurredAt)
		later.Seconds += 365 * 24 * 3600
		e.OccurredAt, e.EnteredAt = later, later
	case 3:
		e.Department = "EX-" + e.Department
	}
}
