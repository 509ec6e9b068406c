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
	Adapter string   `json:"adapter"`
	Duties  []string `json:"duties,omitempty"`
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
// new or changed, and reports which items changed for cases already here.
func (p *projector) admitCatalogue(adapter string, duties []string, deps []*pb.Department, items []*pb.Item) (changed []*item, err error) {
	slices.Sort(duties)
	for _, m := range deps {
		if err := p.admitDepartment(departmentRecord{Code: m.Code, Name: m.Name, NameEN: m.NameEn, Adapter: adapter, Duties: duties}); err != nil {
			return nil, err
		}
	}
	for _, m := range items {
		it, err := p.admitItem(m)
		if err != nil {
			return nil, err
		}
		if it != nil {
			changed = append(changed, it)
		}
	}
	return changed, nil
}

func (p *projector) admitDepartment(rec departmentRecord) error {
	body, err := json.Marshal(rec)
	if err != nil {
		return err
	}
	corrects, same, err := p.version(0, journal.KindDepartment, rec.Code, body)
	if err != nil || same {
		return err
	}
	seq, err := p.w.Append(journal.KindDepartment, corrects, p.now, body, 0, rec.Code, 0)
	if err != nil {
		return err
	}
	return p.applyDepartment(seq, body)
}

// admitItem returns the item if it was there already, and changed.
func (p *projector) admitItem(m *pb.Item) (changed *item, err error) {
	d := p.reg.byCode[m.Department]
	if d == nil {
		return nil, &catalogueError{m.Department, m.Code}
	}
	body, err := canonical.Marshal(m)
	if err != nil {
		return nil, err
	}
	corrects, same, err := p.version(d.row.ID, journal.KindItem, m.Code, body)
	if err != nil || same {
		return nil, err
	}
	seq, err := p.w.Append(journal.KindItem, corrects, p.now, body, d.row.ID, m.Code, 0)
	if err != nil {
		return nil, err
	}
	it, err := p.applyItem(seq, d, body)
	if err != nil || corrects == 0 {
		return nil, err
	}
	return it, nil
}

func (p *projector) applyDepartment(seq uint64, body []byte) error {
	var rec departmentRecord
	if err := json.Unmarshal(body, &rec); err != nil {
		return fmt.Errorf("intake: department record %d: %w", seq, err)
	}
	d := p.reg.byCode[rec.Code]
	if d == nil {
		d = p.reg.addDepartment(store.DepartmentRow{ID: int64(len(p.reg.byID) + 1), Code: rec.Code})
	}
	d.row.Name, d.row.NameEN, d.row.Adapter = rec.Name, rec.NameEN, rec.Adapter
	d.row.Duties, d.row.Seq = rec.duties(), seq
	return p.w.PutDepartment(&d.row)
}

func (p *projector) applyItem(seq uint64, d *department, body []byte) (*item, error) {
	var m pb.Item
	if err := proto.Unmarshal(body, &m); err != nil {
		return nil, fmt.Errorf("intake: item record %d: %w", seq, err)
	}
	it := p.reg.putItem(d.row.ID, seq, wire.Item(&m))
	return it, p.w.PutItem(&store.ItemRow{ID: it.id, Dept: d.row.ID, Code: m.Code, Name: m.Name, Seq: seq, Body: body})
}

// catalogueError says that an item names a department its adapter lacks.
type catalogueError struct{ department, item string }

func (e *catalogueError) Error() string {
	return fmt.Sprintf("intake: item %q belongs to department %q, which the adapter did not describe", e.item, e.department)
}
