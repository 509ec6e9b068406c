package sampling

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"time"

	"github.com/mingcha-console/mingcha/app/internal/draw"
	"github.com/mingcha-console/mingcha/app/internal/fault"
	"github.com/mingcha-console/mingcha/app/internal/store"
)

// Drawn is a draw that was made.
type Drawn struct {
	ID                uint64
	Name              string
	Kind              string
	At                time.Time
	Candidates, Drawn int
	Period            string // of a planned draw: the first day of its week or month
}

// CheckNew refuses a draw whose name, or whose kind and period, another was
// made under meanwhile. Checks of acts that draw ask it.
func CheckNew(w *store.Writer, c *draw.Certificate, kind, period string) error {
	used, err := w.Exists(`SELECT 1 FROM draws WHERE name = ?1 OR ?2 <> '' AND period = ?2 AND kind = ?3`, c.Name, period, kind)
	if err == nil && used {
		err = fault.New(fault.Conflict, "drawn_meanwhile", "刚刚已经抽取过一次。请刷新后再抽取。", "A draw was made a moment ago. Reload and draw again.", nil)
	}
	return err
}

// Keep keeps a draw; folds of acts that draw call it. id is the act's journal
// number.
func Keep(w *store.Writer, id uint64, at time.Time, c *draw.Certificate, kind, period string) error {
	certificate, err := json.Marshal(c)
	if err != nil {
		return err
	}
	return w.Exec(`INSERT INTO draws (id, name, kind, at, candidates, drawn, certificate, period) VALUES (?,?,?,?,?,?,?,?)`,
		int64(id), c.Name, kind, at.UnixMicro(), int64(len(c.Population)), int64(len(c.Sample)), string(certificate), period)
}

// All lists an activity's draws, newest first.
func (s *Sampler) All(ctx context.Context, activity string) ([]Drawn, error) {
	return s.list(ctx, `WHERE name GLOB ? ORDER BY id DESC LIMIT 500`, activity+"/*")
}

// Of reads draws by their numbers.
func (s *Sampler) Of(ctx context.Context, ids []uint64) (map[uint64]Drawn, error) {
	numbers, err := json.Marshal(append([]uint64{}, ids...))
	if err != nil {
		return nil, err
	}
	all, err := s.list(ctx, `WHERE id IN (SELECT value FROM json_each(?))`, string(numbers))
	out := map[uint64]Drawn{}
	for _, x := range all {
		out[x.ID] = x
	}
	return out, err
}

func (s *Sampler) list(ctx context.Context, where string, args ...any) ([]Drawn, error) {
	out := []Drawn{}
	err := store.EachRow(ctx, s.office.Store.Readers(), func(row *sql.Rows) error {
		var x Drawn
		var at int64
		err := row.Scan(&x.ID, &x.Name, &x.Kind, &at, &x.Candidates, &x.Drawn, &x.Period)
		x.At = store.Time(at)
		out = append(out, x)
		return err
	}, `SELECT id, name, kind, at, candidates, drawn, period FROM draws `+where, args...)
	return out, err
}

// Certificate is what anybody needs to make a draw again.
func (s *Sampler) Certificate(ctx context.Context, id uint64) (c draw.Certificate, err error) {
	var text string
	err = s.office.Store.Readers().QueryRowContext(ctx, `SELECT certificate FROM draws WHERE id = ?`, int64(id)).Scan(&text)
	if errors.Is(err, sql.ErrNoRows) {
		return c, fault.New(fault.NotFound, "unknown_draw", "没有这次抽取。请刷新列表。", "There is no such draw. Reload the list.", nil)
	}
	if err == nil {
		err = json.Unmarshal([]byte(text), &c)
	}
	return c, err
}
