package city

import (
	"cmp"
	"slices"

	v1 "github.com/mingcha-console/mingcha/sdk/contract/mingcha/adapter/v1"
)

// Record is one thing a department's system sends. Ask it for the
// kind of message of the stream it came from.
type Record struct {
	At    int64 // when it is sent, Unix seconds
	plan  *plan
	index int
}

// Event is the record's event.
func (r Record) Event() *v1.Event { return r.plan.eventMessage(r.index) }

// Rejection is the record's filing.
func (r Record) Rejection() *v1.Rejection { return r.plan.rejections[r.index] }

// Overdue is the record's report.
func (r Record) Overdue() *v1.OverdueCase { return r.plan.overdue[r.index] }

// Rating is the record's rating.
func (r Record) Rating() *v1.Rating { return r.plan.ratings[r.index] }

// Stream gives records in the order in which they are sent. It holds the cases
// that still have something to send, and no others.
type Stream struct {
	sends    func(*plan) []sending
	arrivals []*arrivals // heap by time, then department
	open     []*pending  // heap by time, then department, then case
	planned  uint64
}

// sending is when which record of a case is sent.
type sending struct {
	at    int64
	index int
}

type pending struct {
	plan   *plan
	serial uint64 // order among a department's cases
	queue  []sending
}

// Events streams the events, as the departments entered them.
func (c *City) Events() *Stream {
	return c.stream(func(p *plan) []sending {
		queue := make([]sending, len(p.events))
		for i := range p.events {
			queue[i] = sending{p.events[i].sent(), i}
		}
		return queue
	})
}

// Rejections streams the filings of negative decisions.
func (c *City) Rejections() *Stream {
	return c.stream(func(p *plan) []sending {
		var queue []sending
		for i, r := range p.rejections {
			queue = append(queue, sending{r.FiledAt.Seconds, i})
		}
		return queue
	})
}

// Overdue streams the departments' own reports of what ran over.
func (c *City) Overdue() *Stream {
	return c.stream(func(p *plan) []sending {
		var queue []sending
		for i, o := range p.overdue {
			queue = append(queue, sending{o.ReportedAt.Seconds, i})
		}
		return queue
	})
}

func (c *City) stream(sends func(*plan) []sending) *Stream {
	s := &Stream{sends: sends}
	for _, d := range c.departments {
		if a := newArrivals(c, d); len(a.times) > 0 {
			push(&s.arrivals, a, comesFirst)
		}
	}
	return s
}

func comesFirst(a, b *arrivals) bool {
	if at, bt := a.times[a.next], b.times[b.next]; at != bt {
		return at < bt
	}
	return a.dept.index < b.dept.index
}

func sentFirst(a, b *pending) bool {
	if a.queue[0].at != b.queue[0].at {
		return a.queue[0].at < b.queue[0].at
	}
	if ai, bi := a.plan.department.index, b.plan.department.index; ai != bi {
		return ai < bi
	}
	return a.serial < b.serial
}

// Next gives the next record; false when the city has come to its end, years
// after its start.
func (s *Stream) Next() (Record, bool) {
	if !s.ready() {
		return Record{}, false
	}
	p := s.open[0]
	r := Record{p.queue[0].at, p.plan, p.queue[0].index}
	if p.queue = p.queue[1:]; len(p.queue) > 0 {
		down(s.open, sentFirst)
	} else {
		pop(&s.open, sentFirst)
	}
	return r, true
}

// Peek tells when the next record is sent.
func (s *Stream) Peek() (int64, bool) {
	if !s.ready() {
		return 0, false
	}
	return s.open[0].queue[0].at, true
}

// ready plans the cases of all applicants who come before the next record is
// sent: nothing is sent before its applicant came.
func (s *Stream) ready() bool {
	for len(s.arrivals) > 0 {
		a := s.arrivals[0]
		if len(s.open) > 0 && s.open[0].queue[0].at < a.times[a.next] {
			break
		}
		p := a.take()
		if _, ok := a.time(); ok {
			down(s.arrivals, comesFirst)
		} else {
			pop(&s.arrivals, comesFirst)
		}
		s.planned++
		if queue := s.sends(p); len(queue) > 0 {
			slices.SortStableFunc(queue, func(a, b sending) int { return cmp.Compare(a.at, b.at) })
			push(&s.open, &pending{p, s.planned, queue}, sentFirst)
		}
	}
	return len(s.open) > 0
}

// AnswerKey lists what the rules must find in all cases of applicants who came
// up to an instant, by department, case, rule and key.
func (c *City) AnswerKey(upTo int64) []Finding {
	var key []Finding
	for _, d := range c.departments {
		a := newArrivals(c, d)
		for t, ok := a.time(); ok && t <= upTo; t, ok = a.time() {
			key = append(key, a.take().findings...)
		}
	}
	slices.SortFunc(key, func(a, b Finding) int {
		return cmp.Or(cmp.Compare(a.Department, b.Department), cmp.Compare(a.CaseNo, b.CaseNo),
			cmp.Compare(a.Rule, b.Rule), cmp.Compare(a.Key, b.Key))
	})
	return key
}
