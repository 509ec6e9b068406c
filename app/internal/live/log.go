package live

import (
	"time"

	"github.com/mingcha-console/mingcha/app/internal/store"
)

const (
	// frameChanges is how many changes a frame holds, unless one journal number
	// alone has more.
	frameChanges = 200
	// maxFrameChanges is how many changes of one journal number are still told
	// one by one. A changed calendar or authorization can judge a hundred
	// thousand cases anew under one number; clients then reload.
	maxFrameChanges = 2000
	// logBytes bounds the log by the weight of what it holds, beside its count.
	logBytes = 16 << 20
)

// frame is what clients are sent in one message. It never changes once it is
// cut, and all clients share it.
type frame struct {
	id       uint64
	from, to uint64 // journal numbers, inclusive
	changes  []store.Change
	bulk     bool // too many changes to tell: clients reload
	count    int
	weight   int
}

// log is the hub's memory of the stream: frames of the latest changes, oldest
// first, and behind them the changes that are not cut into frames yet. A client
// is a position in it, so a slow client costs no memory: it is overtaken when
// the frame that it wants next has left. log is not safe for concurrent use.
type log struct {
	limit   int // changes held
	frames  []*frame
	nextID  uint64 // of the next frame to be cut
	forgot  uint64 // journal number up to which frames have left
	head    uint64
	count   int
	weight  int
	pending []store.Change
	lastCut time.Time
	every   time.Duration // how often frames are cut while changes keep coming
}

func newLog(limit int, head uint64) *log {
	return &log{limit: limit, forgot: head, head: head, every: pace(0)}
}

// add takes committed changes. It cuts frames at once where the stream was
// idle or a frame is full, and reports whether it cut any.
func (l *log) add(head uint64, changes []store.Change, now time.Time) bool {
	l.head = max(l.head, head)
	l.pending = append(l.pending, changes...)
	if now.Sub(l.lastCut) >= l.every {
		return l.cut(now)
	}
	cut := false
	for len(l.pending) >= frameChanges {
		l.cutOne(now)
		cut = true
	}
	return cut
}

// cut makes frames of all that is pending.
func (l *log) cut(now time.Time) bool {
	if len(l.pending) == 0 {
		return false
	}
	for len(l.pending) > 0 {
		l.cutOne(now)
	}
	return true
}

func (l *log) cutOne(now time.Time) {
	n := wholeSeqs(l.pending)
	f := &frame{id: l.nextID, from: l.pending[0].Seq, to: l.pending[n-1].Seq, changes: l.pending[:n:n], count: n}
	if n > maxFrameChanges {
		f.bulk, f.changes, f.count = true, nil, 1
	}
	for i := range f.changes {
		f.weight += weight(&f.changes[i])
	}
	l.nextID++
	l.lastCut = now
	l.pending = l.pending[n:]
	if len(l.pending) == 0 {
		l.pending = nil // the array belongs to the frames now
	}
	l.head = max(l.head, f.to)
	l.frames = append(l.frames, f)
	l.count += f.count
	l.weight += f.weight
	drop := 0
	for (l.count > l.limit || l.weight > logBytes) && drop < len(l.frames)-1 {
		l.count -= l.frames[drop].count
		l.weight -= l.frames[drop].weight
		l.forgot = max(l.forgot, l.frames[drop].to)
		l.frames[drop] = nil
		drop++
	}
	l.frames = l.frames[drop:]
}

// wholeSeqs is how many of the changes go into the next frame: as many as fit
// without parting the changes of one journal number.
func wholeSeqs(changes []store.Change) int {
	if len(changes) <= frameChanges {
		return len(changes)
	}
	n := frameChanges
	for n > 0 && changes[n-1].Seq == changes[n].Seq {
		n--
	}
	if n > 0 {
		return n
	}
	for n = frameChanges; n < len(changes) && changes[n].Seq == changes[0].Seq; {
		n++
	}
	return n
}

// oldest is the id of the first frame held.
func (l *log) oldest() uint64 { return l.nextID - uint64(len(l.frames)) }

// at returns the frame of the id, if it was cut and is still held.
func (l *log) at(id uint64) *frame {
	if id < l.oldest() || id >= l.nextID {
		return nil
	}
	return l.frames[id-l.oldest()]
}

// after finds the first frame that tells anything after the journal number. ok
// is false if some of that has left already.
func (l *log) after(seq uint64) (id uint64, ok bool) {
	if seq < l.forgot {
		return 0, false
	}
	for _, f := range l.frames {
		if f.to > seq {
			return f.id, true
		}
	}
	return l.nextID, true
}

// weight is about what a change occupies.
func weight(c *store.Change) int {
	const fixed = 240
	return fixed + len(c.CaseNo) + len(c.ItemCode) + len(c.Detail) + 48*len(c.Findings)
}
