package intake

import (
	"fmt"

	"github.com/mingcha-console/mingcha/app/internal/rules"
	"github.com/mingcha-console/mingcha/app/internal/store"
)

// CaseReader reads cases as they stand in the journal, ready to be judged for
// any moment, beside the running writer. It is valid as long as the transaction
// that it reads in.
type CaseReader struct {
	p      *projector
	loaded map[int64]bool // departments of which all is known that cases are judged by
}

// NewCaseReader is a CaseReader in a read transaction, of which every
// department and item was read.
func NewCaseReader(w *store.Writer, departments []store.DepartmentRow, items []store.ItemRow) (*CaseReader, error) {
	reg, err := newRegistry(departments, items)
	return &CaseReader{&projector{w: w, reg: reg}, map[int64]bool{}}, err
}

// Subject folds a case from the journal.
func (r *CaseReader) Subject(id uint64) (*rules.Subject, error) {
	row, found, err := r.p.w.CaseByID(id)
	if err != nil {
		return nil, err
	}
	if !found {
		return nil, fmt.Errorf("intake: case %d is gone", id)
	}
	d := r.p.reg.department(row.Dept)
	if !r.loaded[row.Dept] {
		if err := d.load(r.p.w); err != nil {
			return nil, err
		}
		r.loaded[row.Dept] = true
	}
	s, _, err := r.p.subject(id, row.Dept, row.CaseNo)
	if err != nil {
		return nil, err
	}
	s.Item, s.Authorizations = &r.p.reg.item(row.Item).item, d.auths
	return &s, nil
}
