package matter

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"

	"github.com/mingcha-console/mingcha/app/internal/access"
	"github.com/mingcha-console/mingcha/app/internal/store"
	"github.com/mingcha-console/mingcha/app/internal/workflow"
)

const (
	columns     = `id, source, source_id, finding, department, category, severity, fact, reasons, case_id, item, place, seen_at, opened_at, handler, begun_at`
	stepColumns = `action, account, at, fields, from_at, files`
)

// load reads a matter on the writer.
func load(w *store.Writer, id uint64) (m Matter, err error) {
	found, err := w.One(func(r store.Row) error {
		m = Matter{ID: id, OpenedAt: store.Time(r.Int(13)), Opening: Opening{Source: Source(r.Text(1)), SourceID: uint64(r.Int(2)), Finding: int(r.Int(3)),
			Department: r.Text(4), Category: r.Text(5), Severity: r.Text(6), Fact: r.Text(7), CaseID: uint64(r.Int(9)), Item: r.Text(10), Place: r.Text(11), SeenAt: store.Time(r.Int(12)),
			Handler: r.Text(14), BegunAt: store.Time(r.Int(15))}}
		return json.Unmarshal([]byte(r.Text(8)), &m.Reasons)
	}, `SELECT `+columns+` FROM matters WHERE id = ?`, int64(id))
	if err != nil {
		return m, err
	}
	if !found {
		return m, errNoMatter
	}
	var steps []workflow.Step
	if err := w.Each(func(r store.Row) error {
		s := workflow.Step{Action: r.Text(0), By: uint64(r.Int(1)), At: store.Time(r.Int(2)), From: store.Time(r.Int(4))}
		err := errors.Join(json.Unmarshal([]byte(r.Text(3)), &s.Fields), json.Unmarshal([]byte(r.Text(5)), &s.Files))
		steps = append(steps, s)
		return err
	}, `SELECT `+stepColumns+` FROM matter_steps WHERE matter = ? ORDER BY n`, int64(id)); err != nil {
		return m, err
	}
	return m, m.fold(steps)
}

// One reads a matter as somebody may see it.
func (s *Matters) One(ctx context.Context, p access.Principal, id uint64) (Matter, error) {
	w := &store.Where{}
	w.Add(`m.id = ?`, int64(id))
	all, err := s.seen(ctx, p, w, false)
	if err == nil && len(all) == 0 {
		err = errNoMatter
	}
	if err != nil {
		return Matter{}, err
	}
	return all[0], nil
}

// Of reads what came of findings, by where they come from.
func (s *Matters) Of(ctx context.Context, source Source, ids []uint64) (map[uint64][]Matter, error) {
	list, err := json.Marshal(append([]uint64{}, ids...))
	if err != nil {
		return nil, err
	}
	w := &store.Where{}
	w.Add(`m.source = ? AND m.source_id IN (SELECT value FROM json_each(?))`, string(source), string(list))
	all, err := s.read(ctx, w)
	out := map[uint64][]Matter{}
	for _, m := range all {
		out[m.SourceID] = append(out[m.SourceID], m)
	}
	return out, err
}

// read reads matters with their steps in one state of the database, newest
// first.
func (s *Matters) read(ctx context.Context, w *store.Where) ([]Matter, error) {
	tx, err := s.office.Store.Readers().BeginTx(ctx, &sql.TxOptions{ReadOnly: true})
	if err != nil {
		return nil, err
	}
	defer tx.Rollback() //nolint:errcheck // nothing was written
	steps := map[uint64][]workflow.Step{}
	if err := store.EachRow(ctx, tx, func(row *sql.Rows) error {
		var id uint64
		var at, from int64
		var fields, files sql.RawBytes
		var step workflow.Step
		if err := row.Scan(&id, &step.Action, &step.By, &at, &fields, &from, &files); err != nil {
			return err
		}
		step.At, step.From = store.Time(at), store.Time(from)
		err := errors.Join(json.Unmarshal(fields, &step.Fields), json.Unmarshal(files, &step.Files))
		steps[id] = append(steps[id], step)
		return err
	}, `SELECT matter, `+stepColumns+` FROM matter_steps WHERE matter IN (SELECT m.id FROM matters m`+w.SQL()+`) ORDER BY matter, n`, w.Args...); err != nil {
		return nil, err
	}
	var out []Matter
	err = store.EachRow(ctx, tx, func(row *sql.Rows) error {
		var m Matter
		var reasons sql.RawBytes
		var seen, opened, begun int64
		if err := row.Scan(&m.ID, &m.Source, &m.SourceID, &m.Finding, &m.Department, &m.Category, &m.Severity, &m.Fact, &reasons,
			&m.CaseID, &m.Item, &m.Place, &seen, &opened, &m.Handler, &begun); err != nil {
			return err
		}
		if err := json.Unmarshal(reasons, &m.Reasons); err != nil {
			return err
		}
		m.SeenAt, m.OpenedAt, m.BegunAt = store.Time(seen), store.Time(opened), store.Time(begun)
		err := m.fold(steps[m.ID])
		out = append(out, m)
		return err
	}, `SELECT `+columns+` FROM matters m`+w.SQL()+` ORDER BY id DESC`, w.Args...)
	return out, err
}
