package casefile

import (
	"github.com/mingcha-console/mingcha/app/internal/store"
)

// RegisterQuery filters a register, newest first.
type RegisterQuery struct {
	Department, Text string
	// Agreement: "" all, "both", "only_ours" (the department left it out),
	// "only_theirs" (reported, but not by our computation), "awaited" (not
	// reported yet, in time).
	Agreement     string
	Offset, Limit int
}

// registerFilter are the conditions of the two registers of reports, with the
// names that their rows need.
func (v *View) registerFilter(q RegisterQuery) (*filter, *registry, error) {
	f := &filter{}
	if err := v.who.Within(&q.Department); err != nil {
		return nil, nil, err
	}
	n, err := v.names()
	if err != nil {
		return nil, nil, err
	}
	if q.Department != "" {
		id, err := n.department(q.Department)
		if err != nil {
			return nil, nil, err
		}
		f.Add("dept = ?", id)
	}
	if q.Agreement != "" {
		if err := f.word("agreement", "agreement", store.Agreements, q.Agreement); err != nil {
			return nil, nil, err
		}
	}
	if q.Text != "" {
		f.Add("case_no >= ? AND case_no < ?", q.Text, store.PrefixEnd(q.Text))
	}
	return f, n, nil
}
