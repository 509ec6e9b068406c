package record

import (
	"context"
	"database/sql"
	"encoding/json"

	"github.com/mingcha-console/mingcha/app/internal/act"
	"github.com/mingcha-console/mingcha/app/internal/store"
)

// name fills in the names of what acts are about.
func (t *reader) name(ctx context.Context, all []Entry) error {
	numbers := map[string][]uint64{}
	for i := range all {
		numbers[all[i].About.Kind] = append(numbers[all[i].About.Kind], all[i].About.ID)
	}
	cases, terms := map[uint64]string{}, map[uint64]uint64{}
	if err := t.each(ctx, numbers[act.Case], func(r *sql.Rows) error {
		var id uint64
		var no string
		err := r.Scan(&id, &no)
		cases[id] = no
		return err
	}, `SELECT id, case_no FROM cases WHERE id IN (SELECT value FROM json_each(?))`); err != nil {
		return err
	}
	if err := t.each(ctx, numbers[act.Term], func(r *sql.Rows) error {
		var id, account uint64
		err := r.Scan(&id, &account)
		terms[id] = account
		return err
	}, `SELECT id, account FROM terms WHERE id IN (SELECT value FROM json_each(?))`); err != nil {
		return err
	}
	for i := range all {
		about := &all[i].About
		if about.Kind == act.Term {
			about.Kind, about.ID = act.Account, terms[about.ID]
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

// each runs a query on a list of numbers, if there are any.
func (t *reader) each(ctx context.Context, numbers []uint64, f func(*sql.Rows) error, query string) error {
	if len(numbers) == 0 {
		return nil
	}
	list, err := json.Marshal(numbers)
	if err != nil {
		return err
	}
	return store.EachRow(ctx, t.db(), f, query, string(list))
}
