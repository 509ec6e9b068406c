package intake

import (
	"slices"
	"time"

	"google.golang.org/protobuf/proto"

	"github.com/mingcha-console/mingcha/app/internal/store"
	pb "github.com/mingcha-console/mingcha/sdk/contract/mingcha/adapter/v1"
)

// passing are the reasons that may be gone one day: the office says who serves a
// department, a department publishes an item. All others lie in the record.
var passing = []string{"unknown_department", "unknown_item", "others_record"}

// streamsInOrder is the order in which a session first reads the streams.
var streamsInOrder = []Stream{Authorizations, Rejections, Overdue, Events, Ratings}

// offerAgain takes what the quarantine holds of a department whose reason is
// gone: once, and in the order in which it came. What was counted and not kept is
// read again from the department's system.
func (p *projector) offerAgain(d *department) error {
	tallies, err := p.w.QuarantineTallies()
	if err != nil {
		return err
	}
	for _, stream := range streamsInOrder {
		for _, code := range passing {
			for i := range tallies {
				t := &tallies[i]
				if t.Stream != string(stream) || t.Code != code || t.Adapter != OfficeImport && !p.serves(t.Adapter, d) {
					continue
				}
				if err := p.offerKept(d, t); err != nil {
					return err
				}
			}
		}
	}
	return nil
}

func (p *projector) offerKept(d *department, t *store.QuarantineTally) error {
	from := origin{t.Adapter, Stream(t.Stream)}
	if t.Dropped > 0 && from.adapter != OfficeImport {
		// Between the first and the last, some are not here: in order, all come
		// from where the first of those stood.
		if err := p.rewind(from, t); err != nil {
			return err
		}
	}
	var kept []store.QuarantineKept
	if err := p.w.EachQuarantined(t.QuarantineKey, d.row.Code, func(q *store.QuarantineKept) error {
		if t.Dropped == 0 || !q.Late {
			kept = append(kept, *q)
		}
		return nil
	}); err != nil {
		return err
	}
	for i := range kept {
		if err := p.offer(from, &kept[i]); err != nil {
			return err
		}
	}
	return nil
}

// offer takes a kept record, or leaves it where its reason stands.
func (p *projector) offer(from origin, q *store.QuarantineKept) error {
	r, readable := prepareAgain(from.stream, q.Raw, p.now)
	if !readable {
		return nil
	}
	p.kept = store.Time(q.Observed) // it was told then, whatever stood in its way
	err := p.try(from, &r)
	p.kept = time.Time{}
	if err != nil {
		return err
	}
	switch {
	case r.fault == nil:
		return p.w.Unquarantine(q, true)
	case r.fault.code == q.Code:
		return nil
	}
	if err := p.w.Unquarantine(q, false); err != nil {
		return err
	}
	return p.quarantine(from, &r)
}

// rewind has a stream read again from before the first record that was counted
// and not kept.
func (p *projector) rewind(from origin, t *store.QuarantineTally) error {
	if err := p.w.RewindCursor(t.Adapter, t.Stream, t.AgainFrom); err != nil {
		return err
	}
	p.moved[from] = true
	t.Again = true
	if !slices.Contains(p.rewound, from) {
		p.rewound = append(p.rewound, from)
	}
	if !slices.Contains(p.again[from], t.QuarantineKey) {
		p.again[from] = append(p.again[from], t.QuarantineKey)
	}
	return p.w.PutTally(t)
}

// takenAfterAll counts a record that was refused once and comes again, while its
// stream is read again.
func (p *projector) takenAfterAll(from origin, r *prepared) error {
	for _, k := range p.again[from] {
		if err := p.w.TakenAfterAll(k, r.digest(from, k.Code, r.body)); err != nil {
			return err
		}
	}
	return nil
}

// readAgain notes that a stream that was set back has caught up.
func (p *projector) readAgain(from origin) error {
	for _, k := range p.again[from] {
		if err := p.w.TallyReadAgain(k); err != nil {
			return err
		}
	}
	delete(p.again, from)
	return nil
}

// recall reads what memory holds besides the registry.
func (p *projector) recall() (err error) {
	clear(p.again)
	tallies, err := p.w.QuarantineTallies()
	if err != nil {
		return err
	}
	for i := range tallies {
		if t := &tallies[i]; t.Again {
			from := origin{t.Adapter, Stream(t.Stream)}
			p.again[from] = append(p.again[from], t.QuarantineKey)
		}
	}
	if _, p.ruled, err = p.w.Ruling(); err != nil {
		return err
	}
	if p.imports, err = loadImports(p.w.Reader); err != nil {
		return err
	}
	p.pending, err = p.w.Rejudgements()
	return err
}

// prepareAgain prepares a record from the bytes that the quarantine kept.
func prepareAgain(stream Stream, raw []byte, now time.Time) (r prepared, readable bool) {
	switch stream {
	case Events:
		m := &pb.Event{}
		readable = proto.Unmarshal(raw, m) == nil
		return prepareEvent(&pb.EventRecord{Record: &pb.EventRecord_Event{Event: m}}, now), readable
	case Rejections:
		m := &pb.Rejection{}
		readable = proto.Unmarshal(raw, m) == nil
		return prepareRejection(&pb.RejectionRecord{Record: &pb.RejectionRecord_Rejection{Rejection: m}}, now), readable
	case Overdue:
		m := &pb.OverdueCase{}
		readable = proto.Unmarshal(raw, m) == nil
		return prepareOverdue(&pb.OverdueRecord{Record: &pb.OverdueRecord_Overdue{Overdue: m}}, now), readable
	case Authorizations:
		m := &pb.Authorization{}
		readable = proto.Unmarshal(raw, m) == nil
		return prepareAuthorization(&pb.AuthorizationRecord{Record: &pb.AuthorizationRecord_Authorization{Authorization: m}}, now), readable
	case Ratings:
		m := &pb.Rating{}
		readable = proto.Unmarshal(raw, m) == nil
		return prepareRating(&pb.RatingRecord{Record: &pb.RatingRecord_Rating{Rating: m}}, now), readable
	}
	return r, false
}
