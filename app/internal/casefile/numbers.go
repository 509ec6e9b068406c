package casefile

import (
	"database/sql"
	"slices"
	"strings"

	"github.com/mingcha-console/mingcha/app/internal/list"
	"github.com/mingcha-console/mingcha/app/internal/store"
)

// withoutNumbersOfAll leaves out a number's beginning that all numbers have of the cases
// that are asked for, as their department's letters: it narrows nothing, and to look for
// it would find them all before anything else does. One that all numbers of a single
// department have, and no others, asks for that department.
func (v *View) withoutNumbersOfAll(a list.Ask) (list.Ask, error) {
	text := strings.TrimSpace(a.Text("text"))
	if text == "" || strings.ContainsFunc(text, func(r rune) bool { return r == ' ' || r == '\u3000' }) {
		return a, nil
	}
	of := a.Text(byDepartments)
	if own, restricted := v.who.Restricted(); restricted {
		if of != "" && of != own {
			return a, nil // refused elsewhere
		}
		of = own
	}
	var whole, others []string
	some := false // of some departments a part of the numbers begins so
	end := store.PrefixEnd(text)
	err := store.EachRow(v.ctx, v.tx, func(r *sql.Rows) error {
		var code, first, last string
		if err := r.Scan(&code, &first, &last); err != nil {
			return err
		}
		switch {
		case first >= text && last < end:
			whole = append(whole, code)
		case last < text || first >= end:
			others = append(others, code)
		default:
			some = true
		}
		return nil
	}, `SELECT code, first, last FROM (SELECT code, (SELECT case_no FROM cases WHERE dept = d.id ORDER BY case_no LIMIT 1) AS first,
		(SELECT case_no FROM cases WHERE dept = d.id ORDER BY case_no DESC LIMIT 1) AS last FROM departments d) WHERE first IS NOT NULL`)
	switch {
	case err != nil || len(whole) == 0:
	case of != "" && slices.Contains(whole, of), !some && len(others) == 0:
		a = a.With("text")
	case !some && len(whole) == 1 && of == "":
		a = a.With("text").With(byDepartments, whole[0])
	}
	return a, err
}
