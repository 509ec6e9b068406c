package casefile

import (
	"fmt"
	"time"

	"google.golang.org/protobuf/proto"

	"github.com/mingcha-console/mingcha/app/internal/approval"
	"github.com/mingcha-console/mingcha/app/internal/fault"
	"github.com/mingcha-console/mingcha/app/internal/store"
	"github.com/mingcha-console/mingcha/app/internal/wire"
	pb "github.com/mingcha-console/mingcha/sdk/contract/mingcha/adapter/v1"
)

// Item is one approval item.
type Item struct {
	Department    string `json:"department"`
	Code          string `json:"code"`
	Name          string `json:"name"`
	CaseType      string `json:"case_type"`
	Promised      int    `json:"promised"`
	PromisedUnit  string `json:"promised_unit"`
	Statutory     int    `json:"statutory"`
	StatutoryUnit string `json:"statutory_unit"`
	InHall        bool   `json:"in_hall"`
	WindowSignOff bool   `json:"window_sign_off"`

	regime approval.Regime
}

// registry is the departments and items of a view: some fifty, and some
// hundreds.
type registry struct {
	departments []store.DepartmentRow
	rows        []store.ItemRow
	items       []Item // of the rows
	code        map[int64]string
	id          map[string]int64
	item        map[int64]*Item
	moments     map[string]time.Time // for which a department's cases are shown; zero: never judged
}

// names are the registry, which is read once.
func (v *View) names() (*registry, error) {
	if v.registry != nil {
		return v.registry, nil
	}
	r := &registry{code: map[int64]string{}, id: map[string]int64{}, item: map[int64]*Item{}, moments: map[string]time.Time{}}
	err := v.tx.Records(func(in *store.Reader) (err error) {
		if r.departments, err = in.Departments(); err != nil {
			return err
		}
		r.rows, err = in.Items()
		return err
	})
	if err != nil {
		return nil, err
	}
	for i := range r.departments {
		d := &r.departments[i]
		r.code[d.ID], r.id[d.Code] = d.Code, d.ID
		r.moments[d.Code] = v.o.Moment(d.Adapter, store.Time(d.JudgedAt))
	}
	r.items = make([]Item, len(r.rows))
	for i := range r.rows {
		if r.items[i], err = r.listed(&r.rows[i]); err != nil {
			return nil, err
		}
		r.item[r.rows[i].ID] = &r.items[i]
	}
	v.registry = r
	return r, nil
}

// listed is an item as the API has it.
func (r *registry) listed(row *store.ItemRow) (Item, error) {
	var m pb.Item
	if err := proto.Unmarshal(row.Body, &m); err != nil {
		return Item{}, fmt.Errorf("casefile: item %d: %w", row.ID, err)
	}
	as := wire.Item(&m)
	promised, statutory := as.Promised, as.Statutory
	return Item{Department: r.code[row.Dept], Code: m.Code, Name: m.Name, CaseType: store.CaseTypeWord(uint8(m.CaseType)),
		Promised: promised.N, PromisedUnit: store.UnitWord(uint8(promised.Unit)),
		Statutory: statutory.N, StatutoryUnit: store.UnitWord(uint8(statutory.Unit)),
		InHall: m.InHall, WindowSignOff: m.WindowSignOff, regime: as.Regime}, nil
}

// heldAs is the item in the version that a case is judged by.
func (it Item) heldAs(held *approval.Item) Item {
	it.Name, it.InHall, it.WindowSignOff = held.Name, held.InHall, held.WindowSignOff
	if it.CaseType != store.CaseTypeWord(0) {
		it.CaseType = store.CaseTypeWord(uint8(held.CaseType))
	}
	it.Promised, it.Statutory = held.Promised.N, held.Statutory.N
	it.PromisedUnit, it.StatutoryUnit = store.UnitWord(uint8(held.Promised.Unit)), store.UnitWord(uint8(held.Statutory.Unit))
	return it
}

// itemOf is an item by its number; without a name where there is none.
func (r *registry) itemOf(id int64) *Item {
	if it := r.item[id]; it != nil {
		return it
	}
	return &Item{}
}

// listedAs is a department's item by its code; the zero Item where there is none.
func (r *registry) listedAs(department, code string) Item {
	for _, it := range r.items {
		if it.Department == department && it.Code == code {
			return it
		}
	}
	return Item{}
}

// department finds a department's number.
func (r *registry) department(code string) (int64, error) {
	id, known := r.id[code]
	if !known {
		return 0, fault.New(fault.NotFound, "unknown_department",
			fmt.Sprintf("没有代码为 %q 的部门。", code), fmt.Sprintf("There is no department with the code %q.", code), nil)
	}
	return id, nil
}

// Items lists approval items, of one department or of all. They are published
// by law (行政许可法 Art. 30), so everybody may read them.
func (v *View) Items(department string) ([]Item, error) {
	n, err := v.names()
	if err != nil {
		return nil, err
	}
	out := []Item{}
	for _, it := range n.items {
		if department == "" || it.Department == department {
			out = append(out, it)
		}
	}
	return out, nil
}
