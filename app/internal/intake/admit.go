package intake

import (
	"errors"
	"fmt"
	"time"

	sqlite3 "github.com/mattn/go-sqlite3"
	"google.golang.org/protobuf/proto"

	"github.com/mingcha-console/mingcha/app/internal/approval"
	"github.com/mingcha-console/mingcha/app/internal/journal"
	"github.com/mingcha-console/mingcha/app/internal/rules"
	"github.com/mingcha-console/mingcha/app/internal/store"
	pb "github.com/mingcha-console/mingcha/sdk/contract/mingcha/adapter/v1"
)

// projector admits records to the journal and keeps the projections true. It
// belongs to the writer's goroutine.
type projector struct {
	reader // as the writer sees it
	w      *store.Writer
	judge  *rules.Judge
	hot    *hot

	quit    <-chan struct{} // closed when the console shuts down; nil never is
	touched []*entry
	changes []store.Change
	now     time.Time // of the running transaction
	began   uint64    // the journal's head before it
	asOf    time.Time // no case is judged for a later moment; zero = no bound

	named    uint64                // namedBy
	unvetted int64                 // records up to here were looked at before they were signed; -1: all were
	moved    map[origin]bool       // streams whose cursor moved in the running transaction
	streams  map[origin]bool       // streams that were sealed as being there
	unsealed map[store.Sealed]bool // what the running transaction changed of what is sealed as a whole

	from    origin            // of the record that is being taken
	sources map[string]Source // of adapters

	following map[string]time.Time // adapters that are run all the time, since when
	news      map[string]time.Time // when an adapter last told something new
	guests    map[string]*guest
	opened    uint64                           // the journal's head when the folder was opened
	imports   imports                          // whose ratings are
	past      *store.Reader                    // where records are read; nil: where they are written
	ruled     bool                             // the journal says what cases are judged by
	rules     rules.Settings                   // that the console runs with
	anew      bool                             // cases are judged anew, not for something that happened to them
	silent    bool                             // nobody is told of single cases
	pending   []store.Rejudgement              // departments to be judged anew, as stored
	again     map[origin][]store.QuarantineKey // streams that are being read again, with what for
	kept      time.Time                        // when a record was told that the quarantine kept; zero = now
	rewound   []origin                         // streams that the transaction set back
	renewed   []string                         // adapters that it gave another department
}

func newProjector(w *store.Writer, reg *registry, judge *rules.Judge) *projector {
	return &projector{reader: reader{w.Reader, reg}, w: w, judge: judge, hot: newHot(), unvetted: -1, moved: map[origin]bool{}, streams: map[origin]bool{}, unsealed: map[store.Sealed]bool{},
		sources: map[string]Source{}, following: map[string]time.Time{}, news: map[string]time.Time{}, guests: map[string]*guest{}, again: map[origin][]store.QuarantineKey{}}
}

// origin says where a record came from.
type origin struct {
	adapter string
	stream  Stream
}

// admit takes one record: journal and memory, or quarantine. Only a failing
// database is an error.
func (p *projector) admit(from origin, r *prepared) error {
	if err := p.try(from, r); err != nil {
		return err
	}
	if r.fault == nil {
		return p.takenAfterAll(from, r)
	}
	return p.quarantine(from, r)
}

func (p *projector) quarantine(from origin, r *prepared) error {
	if r.raw == nil {
		r.raw = r.body
	}
	r.raw = r.raw[:min(len(r.raw), store.QuarantineRaw)]
	return p.w.Quarantine(r.entry(from.adapter, from.stream, p.now), r.digest(from, r.fault.code, r.raw))
}

// try takes one record, or says in it why it is refused.
func (p *projector) try(from origin, r *prepared) error {
	if r.fault != nil {
		return nil
	}
	p.from = from
	d := p.reg.byCode[r.dept]
	if d == nil || from.adapter != OfficeImport && !p.serves(from.adapter, d) {
		r.fault = from.unknownDepartment(r.dept)
		return nil
	}
	switch r.kind {
	case journal.KindEvent:
		return p.admitEvent(d, r)
	case journal.KindRejection, journal.KindOverdue:
		return p.admitReport(d, r)
	case journal.KindAuthorization:
		return p.admitAuthorization(d, r)
	case journal.KindRating:
		return p.admitRating(d, r)
	}
	return nil
}

func (o origin) unknownDepartment(code string) *refusal {
	if o.adapter == OfficeImport {
		return &refusal{"unknown_department",
			fmt.Sprintf("部门代码 %q 不在本台登记的部门之内。请核对导入的文件。", code),
			fmt.Sprintf("The console knows no department with the code %q. Check the file that was imported.", code)}
	}
	return &refusal{"unknown_department",
		fmt.Sprintf("部门代码 %q 不在该数据接口申报的部门之内。请核对数据接口的部门设置。", code),
		fmt.Sprintf("Department code %q is not among those this adapter described. Check the adapter's department setting.", code)}
}

func (p *projector) admitEvent(d *department, r *prepared) error {
	it := d.items[r.event.ItemCode]
	if it == nil {
		r.fault = p.unknownItem(d, r.event.ItemCode)
		return nil
	}
	e, err := p.find(d, r.caseNo)
	if err != nil {
		return err
	}
	if e == nil {
		return p.startCase(d, it, r)
	}
	if e.row.Item != it.id {
		r.fault = &refusal{"item_changed",
			fmt.Sprintf("办件 %s 原属事项 %s，这条记录却写 %s。一个办件只能属于一个事项；请部门核对。", r.caseNo, p.reg.item(e.row.Item).item.Code, it.item.Code),
			fmt.Sprintf("Case %s belongs to item %s, but this record says %s. A case has one item; ask the department to check.", r.caseNo, p.reg.item(e.row.Item).item.Code, it.item.Code)}
		return nil
	}
	for i := range e.subject.Events {
		if e.subject.Events[i].SourceID == r.sourceID {
			return p.admitAgain(d, e, i, r)
		}
	}
	if known, err := p.knownByContent(d, e, r); err != nil || known {
		return err
	}
	seq, err := p.append(r, 0, d.row.ID, e.row.ID)
	if err != nil || r.fault != nil {
		return err
	}
	p.keep(d, e, seq, r)
	if err := p.noteTold(d, e, e.row.ID, &r.event); err != nil {
		return err
	}
	e.tell(&r.event)
	p.hot.events++
	return nil
}

func unknownItem(code string) *refusal {
	return &refusal{"unknown_item",
		fmt.Sprintf("事项编码 %q 不在该部门公布的事项清单之内。请部门先上报事项，再重新报送。", code),
		fmt.Sprintf("Item code %q is not on the department's published list. Ask the department to publish the item first and send the record again.", code)}
}

// startCase takes the first record of a case.
func (p *projector) startCase(d *department, it *item, r *prepared) (err error) {
	if r.fault, err = p.alike(d, r.caseNo); err != nil || r.fault != nil {
		return err
	}
	seq, err := p.append(r, 0, d.row.ID, store.NewCase)
	if err != nil || r.fault != nil {
		return err
	}
	e := &entry{key: caseKey{d.row.ID, r.caseNo}, change: -1,
		row: store.CaseRow{ID: seq, Dept: d.row.ID, Item: it.id, CaseNo: r.caseNo}}
	e.subject.Item, e.subject.Duties = &it.item, d.duties()
	if err := p.attachReports(&e.subject, d, r.caseNo); err != nil {
		return err
	}
	if err := p.noteLook(d, r.caseNo); err != nil {
		return err
	}
	if err := p.tellNamed(d, r.caseNo); err != nil {
		return err
	}
	p.keep(d, e, seq, r)
	if err := p.noteTold(d, e, 0, &r.event); err != nil {
		return err
	}
	e.tell(&r.event)
	p.hot.add(e)
	return nil
}

// admitAgain takes a record whose source id the case already has: dropped when
// it is the same, a correction when it is not.
func (p *projector) admitAgain(d *department, e *entry, i int, r *prepared) error {
	first, same, err := p.correcting(d, r)
	if err != nil || same || r.fault != nil {
		return err
	}
	seq, err := p.append(r, first, d.row.ID, e.row.ID)
	if err != nil || r.fault != nil {
		return err
	}
	p.keep(d, e, seq, r)
	if err := p.noteCorrected(d, e, seq, &e.subject.Events[i], &r.event); err != nil {
		return err
	}
	e.subject.Events[i] = r.event
	e.corrected = true
	return nil
}

// take journals a record that is no case's, if it is new or corrects (0: no
// record) one that is not the same.
func (p *projector) take(d *department, r *prepared) (seq, corrects uint64, taken bool, err error) {
	corrects, same, err := p.correcting(d, r)
	if err == nil && !same && r.fault == nil && corrects == 0 {
		r.fault, err = p.misnamed(d, r)
	}
	if err != nil || same || r.fault != nil {
		return 0, 0, false, err
	}
	seq, err = p.append(r, corrects, d.row.ID, 0)
	return seq, corrects, err == nil && r.fault == nil, err
}

// correcting is version for a record that is taken, and refuses a correction of
// what another adapter reported.
func (p *projector) correcting(d *department, r *prepared) (corrects uint64, same bool, err error) {
	corrects, same, err = p.version(d.row.ID, r.kind, r.sourceID, r.body)
	if err != nil || same || corrects == 0 {
		return corrects, same, err
	}
	switch r.kind {
	case journal.KindRating:
		r.fault = p.othersRating(corrects, r.sourceID)
	case journal.KindRejection, journal.KindOverdue:
		if r.fault, err = p.othersCase(corrects, r); err != nil {
			return corrects, same, err
		}
	}
	if r.fault == nil && p.from.adapter != OfficeImport && !d.mayCorrect(corrects) {
		r.fault = othersRecord(r.sourceID)
	}
	return corrects, same, err
}

// othersCase is why a report's correction is refused that is of another case than
// the report: like an event, it is of one case for ever.
func (p *projector) othersCase(first uint64, r *prepared) (*refusal, error) {
	rec, _, err := p.w.Record(first)
	if err != nil {
		return nil, err
	}
	var was interface {
		proto.Message
		GetCaseNo() string
	} = &pb.Rejection{}
	if r.kind == journal.KindOverdue {
		was = &pb.OverdueCase{}
	}
	if err := proto.Unmarshal(rec.Body, was); err != nil {
		return nil, fmt.Errorf("intake: record %d: %w", first, err)
	}
	if was.GetCaseNo() == r.caseNo {
		return nil, nil
	}
	return sourceIDReused(r.sourceID), nil
}

func sourceIDReused(sourceID string) *refusal {
	return &refusal{"source_id_reused",
		fmt.Sprintf("来源编号 %q 已用于该部门的另一条记录。来源编号必须唯一；请部门核对后以新的编号重新报送。", sourceID),
		fmt.Sprintf("Source id %q already names another record of this department. Source ids are unique; ask the department to check and send it again under a new one.", sourceID)}
}

// append journals a record. A source id that another case already has is
// refused.
func (p *projector) append(r *prepared, corrects uint64, dept int64, caseID uint64) (uint64, error) {
	seq, err := p.w.Append(r.kind, corrects, p.now, r.body, dept, r.sourceID, caseID)
	var se sqlite3.Error
	if errors.As(err, &se) && se.Code == sqlite3.ErrConstraint {
		r.fault = sourceIDReused(r.sourceID)
		return 0, nil
	}
	r.seq, r.again = seq, corrects > 0
	return seq, err
}

// keep notes what a taken event brings with it.
func (p *projector) keep(d *department, e *entry, seq uint64, r *prepared) {
	r.event.Seq, r.event.ObservedAt = seq, p.now
	e.share(d, &r.event)
	latest := r.event.OccurredAt
	if r.event.EnteredAt.After(latest) {
		latest = r.event.EnteredAt
	}
	d.advance(latest)
	p.touch(e)
	e.change = len(p.changes)
	p.changes = append(p.changes, store.Change{
		Seq: seq, Kind: store.KindWord(uint8(r.event.Kind)), Department: r.event.Department, CaseID: e.row.ID, CaseNo: r.event.CaseNo,
		ItemCode: r.event.ItemCode, At: r.event.OccurredAt, ObservedAt: p.now, Detail: detail(&r.event),
	})
}

// detail is the one word that tells most about an event.
func detail(e *approval.Event) string {
	switch {
	case e.Decision != nil:
		return store.OutcomeWord(uint8(e.Decision.Outcome))
	case e.Step != nil:
		return e.Step.Name
	case e.Pause != nil:
		return string(e.Pause.Kind)
	}
	return ""
}

// advance moves the moment that a department's own records speak of.
func (d *department) advance(t time.Time) {
	if m := t.UnixMicro(); m > d.row.Watermark {
		d.row.Watermark, d.dirty = m, true
	}
}

func (p *projector) touch(e *entry) {
	if !e.touched {
		e.touched = true
		p.touched = append(p.touched, e)
	}
}

// admitReport takes a rejection filing or an overdue report.
func (p *projector) admitReport(d *department, r *prepared) error {
	seq, corrects, taken, err := p.take(d, r)
	if err != nil || !taken {
		return err
	}
	first := seq
	if corrects > 0 {
		first = corrects
	} else if err := p.w.AddReport(seq, uint8(r.kind), d.row.ID, r.caseNo); err != nil {
		return err
	}
	d.reports = true
	d.names.add(r.caseNo)
	told, err := p.reportedFrom(d, first, corrects > 0, r)
	if err != nil {
		return err
	}
	e, err := p.find(d, r.caseNo)
	if err != nil {
		return err
	}
	change := store.Change{Seq: seq, Department: d.row.Code, CaseNo: r.caseNo, ObservedAt: p.now}
	if r.filing != nil {
		change.Kind, change.At = "rejection_filed", r.filing.FiledAt
		r.filing.Seq = first
	} else {
		change.Kind, change.At = "overdue_reported", r.report.ReportedAt
		r.report.Seq = first
	}
	if e == nil {
		p.changes = append(p.changes, change)
		return p.putUnmatched(d, r)
	}
	if r.filing != nil {
		putFiling(&e.subject, *r.filing)
	} else {
		putReport(&e.subject, *r.report)
	}
	reportTold(&e.subject, first, told)
	change.CaseID, change.ItemCode = e.row.ID, e.subject.Item.Code
	p.touch(e)
	e.change = len(p.changes)
	p.changes = append(p.changes, change)
	return nil
}
