package intake

import (
	"encoding/json"
	"fmt"
	"slices"
	"time"

	"google.golang.org/protobuf/proto"

	"github.com/mingcha-console/mingcha/app/internal/approval"
	"github.com/mingcha-console/mingcha/app/internal/journal"
	"github.com/mingcha-console/mingcha/app/internal/rules"
	"github.com/mingcha-console/mingcha/app/internal/store"
	"github.com/mingcha-console/mingcha/app/internal/wire"
	pb "github.com/mingcha-console/mingcha/sdk/contract/mingcha/adapter/v1"
)

// department is a department as the writer knows it.
type department struct {
	row      store.DepartmentRow
	items    map[string]*item
	auths    []approval.Authorization // as they hold, by first journal number
	reports  bool                     // it ever reported anything
	live     bool                     // its adapter has caught up: time passes by the office clock
	next     int64                    // earliest moment at which time alone changes a case, 0 = never
	nextRead bool                     // next is what the database says
	dirty    bool
}

func (d *department) duties() rules.Duties {
	return rules.Duties{
		Rejections:     d.row.Duties&store.DutyRejections != 0,
		Overdue:        d.row.Duties&store.DutyOverdue != 0,
		Authorizations: d.row.Duties&store.DutyAuthorizations != 0,
	}
}

type item struct {
	id   int64
	seq  uint64
	item approval.Item
}

// registry holds every department and item in memory: a city has some fifty
// and some hundreds.
type registry struct {
	byCode map[string]*department
	byID   []*department // id − 1
	items  []*item       // id − 1
}

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

func loadRegistry(w *store.Writer) (*registry, error) {
	rows, err := w.Departments()
	if err != nil {
		return nil, err
	}
	items, err := w.Items()
	if err != nil {
		return nil, err
	}
	r, err := newRegistry(rows, items)
	if err != nil {
		return nil, err
	}
	for _, d := range r.byID {
		if err := d.load(w); err != nil {
			return nil, err
		}
	}
	return r, nil
}

// newRegistry is a registry of the departments and items that were read.
func newRegistry(rows []store.DepartmentRow, items []store.ItemRow) (*registry, error) {
	r := &registry{byCode: map[string]*department{}}
	for _, row := range rows {
		r.addDepartment(row)
	}
	for _, row := range items {
		var m pb.Item
		if err := proto.Unmarshal(row.Body, &m); err != nil {
			return nil, fmt.Errorf("intake: item %s: %w", row.Code, err)
		}
		r.putItem(row.Dept, row.Seq, wire.Item(&m))
	}
	return r, nil
}

// load reads what else cases of a department are judged by.
func (d *department) load(w *store.Writer) (err error) {
	if d.auths, err = loadAuthorizations(w, d.row.ID); err != nil {
		return err
	}
	d.reports, err = w.AnyReports(d.row.ID)
	return err
}

func loadAuthorizations(w *store.Writer, dept int64) (out []approval.Authorization, err error) {
	seqs, err := w.AuthorizationSeqs(dept)
	if err != nil {
		return nil, err
	}
	for _, seq := range seqs {
		rec, _, err := w.Record(seq)
		if err != nil {
			return nil, err
		}
		a, err := decodeAuthorization(rec.Body)
		if err != nil {
			return nil, err
		}
		a.Seq = seq
		out = append(out, a)
	}
	return out, nil
}

func decodeAuthorization(body []byte) (approval.Authorization, error) {
	var m pb.Authorization
	if err := proto.Unmarshal(body, &m); err != nil {
		return approval.Authorization{}, fmt.Errorf("intake: authorization: %w", err)
	}
	return wire.Authorization(&m), nil
}

func (r *registry) addDepartment(row store.DepartmentRow) *department {
	d := &department{row: row, items: map[string]*item{}}
	r.byCode[row.Code] = d
	r.byID = append(r.byID, d)
	return d
}

func (r *registry) department(id int64) *department { return r.byID[id-1] }
func (r *registry) item(id int64) *item             { return r.items[id-1] }

// putItem adds an item or brings a known one up to date.
func (r *registry) putItem(dept int64, seq uint64, it approval.Item) *item {
	d := r.department(dept)
	known := d.items[it.Code]
	if known == nil {
		known = &item{id: int64(len(r.items) + 1)}
		r.items = append(r.items, known)
		d.items[it.Code] = known
	}
	known.seq, known.item = seq, it
	return known
}

// admitCatalogue journals what an adapter said about itself, as far as it is
// new or changed, and reports which items changed for cases already here.
func (p *projector) admitCatalogue(adapter string, duties []string, deps []*pb.Department, items []*pb.Item, now time.Time) (changed []*item, err error) {
	slices.Sort(duties)
	for _, m := range deps {
		body, err := json.Marshal(departmentRecord{Code: m.Code, Name: m.Name, NameEN: m.NameEn, Adapter: adapter, Duties: duties})
		if err != nil {
			return nil, err
		}
		corrects, same, err := p.version(0, journal.KindDepartment, m.Code, body)
		if err != nil {
			return nil, err
		}
		if same {
			continue
		}
		seq, err := p.w.Append(journal.KindDepartment, corrects, now, body, 0, m.Code, 0)
		if err != nil {
			return nil, err
		}
		if err := p.applyDepartment(seq, body); err != nil {
			return nil, err
		}
	}
	for _, m := range items {
		d := p.reg.byCode[m.Department]
		if d == nil {
			return nil, &catalogueError{m.Department, m.Code}
		}
		body, err := canonical.Marshal(m)
		if err != nil {
			return nil, err
		}
		corrects, same, err := p.version(d.row.ID, journal.KindItem, m.Code, body)
		if err != nil {
			return nil, err
		}
		if same {
			continue
		}
		seq, err := p.w.Append(journal.KindItem, corrects, now, body, d.row.ID, m.Code, 0)
		if err != nil {
			return nil, err
		}
		it, err := p.applyItem(seq, d, body)
		if err != nil {
			return nil, err
		}
		if corrects > 0 {
			changed = append(changed, it)
		}
	}
	return changed, nil
}

// version compares a record with the one that the journal holds under the same
// source id: whether it is the same, else which record it corrects (0 = none).
func (p *projector) version(dept int64, kind journal.Kind, sourceID string, body []byte) (corrects uint64, same bool, err error) {
	first, latest, found, err := p.w.Latest(dept, kind, sourceID)
	if err != nil || !found {
		return 0, false, err
	}
	return first, string(latest.Body) == string(body), nil
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
