package intake

import (
	"fmt"
	"time"

	"github.com/mingcha-console/mingcha/app/internal/rules"
	"github.com/mingcha-console/mingcha/app/internal/store"
)

// KnownCase is a case as it stands in the journal, ready to be judged for any
// moment.
type KnownCase struct {
	Subject  *rules.Subject
	Adapter  string    // that reports for its department
	JudgedAt time.Time // the moment its stored findings are true for
}

// LoadCase folds a case from the journal, beside the running writer.
func LoadCase(tx *store.Reader, id uint64) (*KnownCase, error) {
	reg, err := loadRegistry(tx)
	if err != nil {
		return nil, err
	}
	row, found, err := tx.CaseByID(id)
	if err != nil {
		return nil, err
	}
	if !found {
		return nil, fmt.Errorf("intake: case %d is gone", id)
	}
	r := reader{tx, reg}
	s, _, err := r.subject(id, row.Dept, row.CaseNo)
	if err != nil {
		return nil, err
	}
	d := reg.department(row.Dept)
	s.Item, s.Authorizations = &reg.item(row.Item).item, d.auths
	return &KnownCase{&s, d.row.Adapter, time.UnixMicro(d.row.JudgedAt).UTC()}, nil
}
