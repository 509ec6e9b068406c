package term

import (
	"context"
	"database/sql"
	"encoding/json"
	"fmt"
	"strconv"
	"strings"

	"github.com/mingcha-console/mingcha/app/internal/feature"
	"github.com/mingcha-console/mingcha/app/internal/store"
)

const termColumns = `id, account, certificate, social_group, work, barred, first_day, last_day, until_day, why, reason`

// load reads a term on the writer.
func load(w *store.Writer, id uint64) (t Term, err error) {
	found, err := w.One(func(r store.Row) error {
		t = Term{ID: id, Account: uint64(r.Int(1)), Until: r.Text(8), Why: Why(r.Text(9)), Reason: r.Text(10),
			Particulars: Particulars{Certificate: r.Text(2), Group: Group(r.Text(3)), Work: r.Text(4), First: r.Text(6), Last: r.Text(7)}}
		return json.Unmarshal([]byte(r.Text(5)), &t.Barred)
	}, `SELECT `+termColumns+` FROM terms WHERE id = ?`, int64(id))
	if err == nil && !found {
		err = errNoTerm
	}
	return t, err
}

// All reads every term by account, the earliest of each first.
func (t *Terms) All(ctx context.Context) (map[uint64][]Term, error) {
	rows, err := t.office.Store.Readers().QueryContext(ctx, `SELECT `+termColumns+` FROM terms ORDER BY account, first_day, id`)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	out := map[uint64][]Term{}
	for rows.Next() {
		var x Term
		var barred string
		if err := rows.Scan(&x.ID, &x.Account, &x.Certificate, &x.Group, &x.Work, &barred, &x.First, &x.Last, &x.Until, &x.Why, &x.Reason); err != nil {
			return nil, err
		}
		if err := json.Unmarshal([]byte(barred), &x.Barred); err != nil {
			return nil, err
		}
		out[x.Account] = append(out[x.Account], x)
	}
	return out, rows.Err()
}

// Holders are the accounts of appointments, by these.
func Holders(ctx context.Context, o *feature.Office, terms []uint64) (map[uint64]uint64, error) {
	numbers, err := json.Marshal(append([]uint64{}, terms...))
	if err != nil {
		return nil, err
	}
	out := map[uint64]uint64{}
	return out, store.EachRow(ctx, o.Store.Readers(), func(row *sql.Rows) error {
		var id, account uint64
		err := row.Scan(&id, &account)
		out[id] = account
		return err
	}, `SELECT id, account FROM terms WHERE id IN (SELECT value FROM json_each(?))`, string(numbers))
}

// Changes lists what was done to an account's terms, oldest first.
func (t *Terms) Changes(ctx context.Context, account uint64) ([]Change, error) {
	rows, err := t.office.Store.Readers().QueryContext(ctx, `SELECT c.term, c.kind, c.at, c.account, c.reason, c.certificate, c.first_day, c.until_day
		FROM term_changes c JOIN terms t ON t.id = c.term WHERE t.account = ? ORDER BY c.at, c.term, c.n`, int64(account))
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var out []Change
	for rows.Next() {
		var c Change
		var at int64
		if err := rows.Scan(&c.Term, &c.Kind, &at, &c.By, &c.Reason, &c.Certificate, &c.FirstDay, &c.UntilDay); err != nil {
			return nil, err
		}
		c.At = store.Time(at)
		out = append(out, c)
	}
	return out, rows.Err()
}

// NextCertificate proposes a number: the office's year and the one after the
// greatest given in it.
func (t *Terms) NextCertificate(ctx context.Context) (string, error) {
	year := t.office.Today().Year()
	rows, err := t.office.Store.Readers().QueryContext(ctx, `SELECT certificate FROM terms WHERE certificate LIKE ?`, fmt.Sprintf("%d-%%", year))
	if err != nil {
		return "", err
	}
	defer rows.Close()
	greatest := 0
	for rows.Next() {
		var c string
		if err := rows.Scan(&c); err != nil {
			return "", err
		}
		_, running, _ := strings.Cut(c, "-")
		if n, err := strconv.Atoi(running); err == nil {
			greatest = max(greatest, n)
		}
	}
	return fmt.Sprintf("%d-%03d", year, greatest+1), rows.Err()
}
