package intake

import (
	"fmt"
	"time"

	"github.com/hashicorp/golang-lru/v2/simplelru"
	"google.golang.org/protobuf/proto"

	"github.com/mingcha-console/mingcha/app/internal/approval"
	"github.com/mingcha-console/mingcha/app/internal/journal"
	"github.com/mingcha-console/mingcha/app/internal/rules"
	"github.com/mingcha-console/mingcha/app/internal/store"
	"github.com/mingcha-console/mingcha/app/internal/wire"
	pb "github.com/mingcha-console/mingcha/sdk/contract/mingcha/adapter/v1"
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

// subject folds what the journal holds of a case. The item is left to the
// caller.
func (p *projector) subject(id uint64, dept int64, no string) (s rules.Subject, corrected bool, err error) {
	d := p.reg.department(dept)
	s.Duties = d.duties()
	err = p.w.CaseRecords(id, func(rec store.RecordRow) error {
		ev, err := decodeEvent(&rec)
		if err != nil {
			return err
		}
		if rec.Corrects == 0 {
			s.Events = append(s.Events, ev)
			return nil
		}
		corrected = true
		for i := range s.Events {
			if s.Events[i].Seq == rec.Corrects {
				ev.Seq = rec.Corrects
				s.Events[i] = ev
			}
		}
		return nil
	})
	if err != nil {
		return s, false, err
	}
	return s, corrected, p.attachReports(&s, d, no)
}

// attachReports gives a case the department's reports that name it.
func (p *projector) attachReports(s *rules.Subject, d *department, no string) error {
	if !d.reports {
		return nil
	}
	seqs, err := p.w.ReportsOf(d.row.ID, no)
	if err != nil {
		return err
	}
	for _, first := range seqs {
		rec, err := p.holding(first)
		if err != nil {
			return err
		}
		if err := attach(s, first, rec); err != nil {
			return err
		}
	}
	return nil
}

// holding reads a record in the version that holds now.
func (p *projector) holding(first uint64) (rec store.RecordRow, err error) {
	rec, found, err := p.w.Record(first)
	if err != nil {
		return rec, err
	}
	if !found {
		return rec, fmt.Errorf("intake: record %d is gone", first)
	}
	_, rec, _, err = p.w.Latest(rec.Dept, journal.Kind(rec.Kind), rec.SourceID)
	return rec, err
}

// attach puts a report into a subject, in place of an earlier version of it.
func attach(s *rules.Subject, first uint64, rec store.RecordRow) error {
	switch journal.Kind(rec.Kind) {
	case journal.KindRejection:
		var m pb.Rejection
		if err := proto.Unmarshal(rec.Body, &m); err != nil {
			return fmt.Errorf("intake: record %d: %w", rec.Seq, err)
		}
		f := wire.Rejection(&m)
		f.Seq = first
		putFiling(s, f)
	case journal.KindOverdue:
		var m pb.OverdueCase
		if err := proto.Unmarshal(rec.Body, &m); err != nil {
			return fmt.Errorf("intake: record %d: %w", rec.Seq, err)
		}
		r := wire.Overdue(&m)
		r.Seq = first
		putReport(s, r)
	}
	return nil
}

func putFiling(s *rules.Subject, f approval.RejectionFiling) {
	for i := range s.Filings {
		if s.Filings[i].Seq == f.Seq {
			s.Filings[i] = f
			return
		}
	}
	s.Filings = append(s.Filings, f)
}

func putReport(s *rules.Subject, r approval.OverdueReport) {
	for i := range s.OverdueReports {
		if s.OverdueReports[i].Seq == r.Seq {
			s.OverdueReports[i] = r
			return
		}
	}
	s.OverdueReports = append(s.OverdueReports, r)
}

// decodeEvent reads an event record of the journal.
func decodeEvent(rec *store.RecordRow) (approval.Event, error) {
	var m pb.Event
	if err := proto.Unmarshal(rec.Body, &m); err != nil {
		return approval.Event{}, fmt.Errorf("intake: record %d: %w", rec.Seq, err)
	}
	ev := wire.Event(&m)
	ev.Seq, ev.ObservedAt = rec.Seq, time.UnixMicro(rec.Observed).UTC()
	return ev, nil
}
