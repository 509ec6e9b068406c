package intake

import (
	"fmt"
	"time"

	"github.com/mingcha-console/mingcha/app/internal/approval"
	"github.com/mingcha-console/mingcha/app/internal/rules"
	"github.com/mingcha-console/mingcha/app/internal/store"
)

// CaseReader reads cases as they stand in the journal, ready to be judged for
// any moment, beside the running writer. It is valid as long as the transaction
// that it reads in.
type CaseReader struct {
	reader
	loaded map[int64]bool // departments of which all is known that cases are judged by
}

// NewCaseReader is a CaseReader in a read transaction, of which every
// department and item was read.
func NewCaseReader(tx *store.Reader, departments []store.DepartmentRow, items []store.ItemRow) (*CaseReader, error) {
	reg, err := newRegistry(departments, items)
	return &CaseReader{reader{tx, reg}, map[int64]bool{}}, err
}

// Subject folds a case from the journal, with its item as it held for the case.
func (r *CaseReader) Subject(id uint64, judge *rules.Judge, at time.Time) (*rules.Subject, error) {
	row, found, err := r.tx.CaseByID(id)
	if err != nil {
		return nil, err
	}
	if !found {
		return nil, fmt.Errorf("intake: case %d is gone", id)
	}
	d := r.reg.department(row.Dept)
	if !r.loaded[row.Dept] {
		if err := d.load(r.tx); err != nil {
			return nil, err
		}
		r.loaded[row.Dept] = true
	}
	s, _, err := r.subject(id, row.Dept, row.CaseNo)
	if err != nil {
		return nil, err
	}
	it, err := r.versioned(row.Item)
	if err != nil {
		return nil, err
	}
	s.Item, s.Authorizations = it.held(judge, &s, at), d.auths
	return &s, nil
}

// Held is a subject's item as it holds for the case by a judge's calendar.
func (r *CaseReader) Held(item int64, s *rules.Subject, judge *rules.Judge, at time.Time) (*approval.Item, error) {
	it, err := r.versioned(item)
	if err != nil {
		return nil, err
	}
	return it.held(judge, s, at), nil
}

// versioned is an item with its versions, which are read once.
func (r *reader) versioned(id int64) (*item, error) {
	it := r.reg.item(id)
	if len(it.versions) > 0 {
		return it, nil
	}
	rows, err := r.tx.ItemVersions(id)
	if err != nil {
		return nil, err
	}
	if len(rows) == 0 {
		return nil, fmt.Errorf("intake: item %d has no version", id)
	}
	for i := range rows {
		if err := it.addVersion(&rows[i]); err != nil {
			return nil, err
		}
	}
	return it, nil
}
