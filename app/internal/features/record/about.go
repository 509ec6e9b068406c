package record

import (
	"context"
	"database/sql"
	"encoding/json"

	"github.com/mingcha-console/mingcha/app/internal/act"
	"github.com/mingcha-console/mingcha/app/internal/features/term"
	"github.com/mingcha-console/mingcha/app/internal/store"
)

// name fills in the names of what acts are about.
func (t *reader) name(ctx context.Context, all []Entry) error {
	numbers := map[string][]uint64{}
	for i := range all {
		numbers[all[i].About.Kind] = append(numbers[all[i].About.Kind], all[i].About.ID)
	}
	cases, err := t.caseNumbers(ctx, numbers[act.Case])
	if err != nil {
		return err
	}
	holders, err := term.Holders(ctx, t.office, numbers[act.Term])
	if err != nil {
		return err
	}
	for i := range all {
		about := &all[i].About
		if about.Kind == act.Term {
			about.Kind, about.ID = act.Account, holders[about.ID]
		}
		switch about.Kind {
		case act.Case:
			about.Name = cases[about.ID]
		case act.Account:
			about.Name = t.names[about.ID]
		}
	}
	return nil
}

// caseNumbers are what cases are called, by their journal numbers.
func (t *reader) caseNumbers(ctx context.Context, ids []uint64) (map[uint64]string, error) {
	list, err := json.Marshal(append([]uint64{}, ids...))
	if err != nil {
		return nil, err
	}
	out := map[uint64]string{}
	return out, store.EachRow(ctx, t.db(), func(r *sql.Rows) error {
		var id uint64
		var no string
		err := r.Scan(&id, &no)
		out[id] = no
		return err
	}, `SELECT id, case_no FROM cases WHERE id IN (SELECT value FROM json_each(?))`, string(list))
}
