package intake

import (
	"fmt"

	"github.com/hashicorp/golang-lru/v2/simplelru"

	"github.com/mingcha-console/mingcha/app/internal/approval"
	"github.com/mingcha-console/mingcha/app/internal/rules"
	"github.com/mingcha-console/mingcha/app/internal/store"
)

type caseKey struct {
	dept int64
	no   string
}

// entry is a case in the writer's hands: what the database holds of it and
// everything that its verdict follows from.
type entry struct {
	key       caseKey
	row       store.CaseRow // as stored
	stored    bool
	findings  []store.FindingRow // as stored, by rule and key
	subject   rules.Subject
	corrected bool
	overdue   bool // stands in the overdue register, as far as known
	rejected  bool // stands in the rejections register

	touched bool
	change  int // index of its last change in the batch, −1 = none
}

// firstRoom is how many events a case has room for at first, and shortStory up to
// how many it gets more two by two: most end with some six, and thousands are held at
// once.
const firstRoom, shortStory = 4, 8

// share has an event hold the case's own words where it says the same, not what its
// record was decoded into: tens of thousands of events are held at once, and what
// each holds is gone through whenever memory is tidied.
func (e *entry) share(d *department, ev *approval.Event) {
	ev.Department, ev.CaseNo, ev.ItemCode = d.row.Code, e.key.no, e.subject.Item.Code
	if n := len(e.subject.Events); n > 0 {
		last := &e.subject.Events[n-1]
		if ev.Handler == last.Handler {
			ev.Handler = last.Handler
		}
		if ev.Window == last.Window {
			ev.Window = last.Window
		}
		if ev.Unit == last.Unit {
			ev.Unit = last.Unit
		}
	}
}

// tell adds an event to the case's story.
func (e *entry) tell(ev *approval.Event) {
	if n := len(e.subject.Events); n == cap(e.subject.Events) && n < shortStory {
		e.subject.Events = append(make([]approval.Event, 0, max(firstRoom, n+2)), e.subject.Events...)
	}
	e.subject.Events = append(e.subject.Events, *ev)
}

// hot keeps the cases that were touched lately. 70% of a hall's cases are done
// on the spot, so nearly every event finds its case here. Cases are let go only
// between transactions.
type hot struct {
	lru    *simplelru.LRU[caseKey, *entry]
	events int // events held, which is what memory goes by
}

// hotEvents is how many events are kept in memory; at some 1.2 KB an event it
// bounds the cache below 50 MB.
const hotEvents = 40_000

func newHot() *hot {
	l, err := simplelru.NewLRU[caseKey, *entry](1<<30, nil)
	if err != nil { // only for a size below one
		panic(err)
	}
	return &hot{lru: l}
}

func (h *hot) trim() {
	for h.events > hotEvents {
		_, e, ok := h.lru.RemoveOldest()
		if !ok {
			return
		}
		h.events -= len(e.subject.Events) + 1
	}
}

func (h *hot) add(e *entry) {
	h.lru.Add(e.key, e)
	h.events += len(e.subject.Events) + 1
}

// find returns a case, from memory or from the journal; nil if there is none.
func (p *projector) find(d *department, no string) (*entry, error) {
	key := caseKey{d.row.ID, no}
	if e, ok := p.hot.lru.Get(key); ok {
		return e, nil
	}
	row, found, err := p.w.CaseByNo(key.dept, no)
	if err != nil || !found {
		return nil, err
	}
	return p.load(row)
}

// findID is find for a case that is known to be there.
func (p *projector) findID(id uint64) (*entry, error) {
	row, found, err := p.w.CaseByID(id)
	if err != nil {
		return nil, err
	}
	if !found {
		return nil, fmt.Errorf("intake: case %d is gone", id)
	}
	if e, ok := p.hot.lru.Get(caseKey{row.Dept, row.CaseNo}); ok {
		return e, nil
	}
	return p.load(row)
}

// load reads a stored case's whole story.
func (p *projector) load(row store.CaseRow) (*entry, error) {
	e := &entry{key: caseKey{row.Dept, row.CaseNo}, row: row, stored: true, change: -1,
		overdue: row.Flags&store.FlagOverdue != 0, rejected: row.Flags&(store.FlagRefused|store.FlagNegative) != 0}
	var err error
	if e.subject, e.corrected, err = p.subject(row.ID, row.Dept, row.CaseNo); err != nil {
		return nil, err
	}
	e.subject.Item = &p.reg.item(row.Item).item
	if e.findings, err = p.w.Findings(row.ID); err != nil {
		return nil, err
	}
	p.hot.add(e)
	return e, nil
}
