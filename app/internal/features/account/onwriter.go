package account

import (
	"github.com/mingcha-console/mingcha/app/internal/access"
	"github.com/mingcha-console/mingcha/app/internal/store"
)

// On is an account as it stands on the writer, for checks of acts. Of one that is
// not known it has neither role nor name.
func On(w *store.Writer, id uint64) (a Account, known bool, err error) {
	known, err = w.One(func(r store.Row) error {
		a = Account{ID: uint64(r.Int(0)), Login: r.Text(1), Name: r.Text(2), Role: access.Role(r.Text(3)), Department: r.Text(4), Active: r.Bool(5), CreatedAt: r.Time(6)}
		return nil
	}, `SELECT `+columns+` FROM accounts WHERE id = ?`, int64(id))
	return a, known, err
}
