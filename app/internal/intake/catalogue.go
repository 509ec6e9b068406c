package intake

import (
	"encoding/json"
	"fmt"
	"slices"

	"google.golang.org/protobuf/proto"

	"github.com/mingcha-console/mingcha/app/internal/journal"
	"github.com/mingcha-console/mingcha/app/internal/store"
	"github.com/mingcha-console/mingcha/app/internal/wire"
	pb "github.com/mingcha-console/mingcha/sdk/contract/mingcha/adapter/v1"
)

// departmentRecord is the journal's record of a department: what its adapter
// said and undertook.
type departmentRecord struct {
	Code    string   `json:"code"`
	Name    string   `json:"name"`
	NameEN  string   `json:"name_en,omitempty"`
	Adapter string   `json:"adapter"`           // that serves it
	Program string   `json:"program,omitempty"` // that the adapter runs
	Duties  []string `json:"duties,omitempty"`
	Act     uint64   `json:"act,omitempty"`  // the act of the office by which another adapter serves it from now on
	Heir    bool     `json:"heir,omitempty"` // and may correct what the one before reported
}

// says tells whether a description says the same as another. What program an
// adapter runs is noted along with what is news.
func (r *departmentRecord) says(o *departmentRecord) bool {
	return r.Code == o.Code && r.Name == o.Name && r.NameEN == o.NameEN && r.Adapter == o.Adapter && slices.Equal(r.Duties, o.Duties)
}

func (r *departmentRecord) duties() (bits uint8) {
	for _, d := range r.Duties {
		switch Stream(d) {
		case Rejections:
			bits |= store.DutyRejections
		case Overdue:
			bits |= store.DutyOverdue
		case Authorizations:
			bits |= store.DutyAuthorizations
		}
	}
	return bits
}

// admitCatalogue journals what an adapter said about itself, as far as it is
// new or changed. The catalogue was checked.
func (p *projector) admitCatalogue(adapter string, duties []string, deps []*pb.Department, items []*pb.Item) error {
	slices.Sort(duties)
	var known []string // departments of which something became known
	for _, m := range deps {
		news, err := p.admitDepartment(departmentRecord{Code: m.Code, Name: m.Name, NameEN: m.NameEn, Adapter: adapter,
			Program: p.sources[adapter].Program, Duties: duties})
		if err != nil {
			return err
		}
		if news {
			known = append(known, m.Code)
		}
	}
	for _, m := range items {
		news, err := p.admitItem(m)
		if err != nil {
			return err
		}
		if news && !slices.Contains(known, m.Department) {
			known = append(known, m.Department)
		}
	}
	for _, code := range known {
		if err := p.offerAgain(p.reg.byCode[code]); err != nil {
			return err
		}
	}
	return p.judgeSomeAnew()
}

// admitDepartment journals a description that is news, and tells whether the
// department is new. A guest describes nothing of another's department.
func (p *projector) admitDepartment(rec departmentRecord) (isNew bool, err error) {
	d := p.reg.byCode[rec.Code]
	if d != nil && d.row.Adapter != rec.Adapter {
		return false, nil
	}
	first, latest, found, err := p.w.Latest(0, journal.KindDepartment, rec.Code)
	if err != nil {
		return false, err
	}
	if found {
		var before departmentRecord
		if err := json.Unmarshal(latest.Body, &before); err != nil {
			return false, fmt.Errorf("intake: department record %d: %w", latest.Seq, err)
		}
		if rec.says(&before) {
			return false, nil
		}
	}
	if err := p.ruleFirst(); err != nil {
		return false, err
	}
	return !found, p.describe(first, &rec)
}

// describe journals a description of a department.
func (p *projector) describe(corrects uint64, rec *departmentRecord) error {
	body, err := json.Marshal(rec)
	if err != nil {
		return err
	}
	seq, err := p.w.Append(journal.KindDepartment, corrects, p.now, body, 0, rec.Code, 0)
	if err != nil {
		return err
	}
	return p.applyDepartment(seq, body)
}

// admitItem journals an item that is news, and tells whether it is new. Another
// version of one that is known holds from now on: cases that began before are
// judged as they were.
func (p *projector) admitItem(m *pb.Item) (isNew bool, err error) {
	d := p.reg.byCode[m.Department]
	body, err := canonical.Marshal(m)
	if err != nil {
		return false, err
	}
	corrects, same, err := p.version(d.row.ID, journal.KindItem, m.Code, body)
	if err != nil || same {
		return false, err
	}
	seq, err := p.w.Append(journal.KindItem, corrects, p.now, body, d.row.ID, m.Code, 0)
	if err != nil {
		return false, err
	}
	if corrects > 0 {
		p.changes = append(p.changes, store.Change{Seq: seq, Kind: "catalogue", Department: d.row.Code, ItemCode: m.Code, At: p.now, ObservedAt: p.now})
	}
	return corrects == 0, p.applyItem(seq, corrects, p.now.UnixMicro(), d, body)
}

func (p *projector) applyDepartment(seq uint64, body []byte) error {
	var rec departmentRecord
	if err := json.Unmarshal(body, &rec); err != nil {
		return fmt.Errorf("intake: department record %d: %w", seq, err)
	}
	d := p.reg.byCode[rec.Code]
	if d == nil {
		d = p.reg.addDepartment(store.DepartmentRow{ID: int64(len(p.reg.byID) + 1), Code: rec.Code})
		d.since = p.now
	}
	if d.row.Seq > 0 && d.row.Duties != rec.duties() {
		// A duty that is new or gone changes what is missed.
		if err := p.w.Rejudge(store.Rejudgement{Dept: d.row.ID}); err != nil {
			return err
		}
	}
	d.undertook(rec.duties(), p.now)
	d.row.Name, d.row.NameEN, d.row.Adapter = rec.Name, rec.NameEN, rec.Adapter
	d.row.Duties, d.row.Seq = rec.duties(), seq
	d.served(seq, &rec)
	p.unsealed[store.SealedMoments] = true
	return p.w.PutDepartment(&d.row)
}

// applyItem takes an item's record: a version that holds from when it was seen,
// the first for all before, too.
func (p *projector) applyItem(seq, corrects uint64, observed int64, d *department, body []byte) error {
	var m pb.Item
	if err := proto.Unmarshal(body, &m); err != nil {
		return fmt.Errorf("intake: item record %d: %w", seq, err)
	}
	it := p.reg.putItem(d.row.ID, seq, wire.Item(&m))
	v := store.ItemVersionRow{Item: it.id, Seq: seq, Body: body}
	if corrects > 0 {
		v.From = observed
	}
	if err := it.addVersion(&v); err != nil {
		return err
	}
	if err := p.w.PutItemVersion(&v); err != nil {
		return err
	}
	return p.w.PutItem(&store.ItemRow{ID: it.id, Dept: d.row.ID, Code: m.Code, Name: m.Name, Seq: seq, Body: body})
}
