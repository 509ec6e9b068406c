package term

import (
	"context"
	"database/sql"

	"github.com/mingcha-console/mingcha/app/internal/feature"
	"github.com/mingcha-console/mingcha/app/internal/store"
)

// Barred calls f with every account and each department that it is kept from by
// an appointment, since it employs or employed the person.
func Barred(ctx context.Context, o *feature.Office, f func(account uint64, department string)) error {
	return store.EachRow(ctx, o.Store.Readers(), func(row *sql.Rows) error {
		var account uint64
		var department string
		err := row.Scan(&account, &department)
		f(account, department)
		return err
	}, `SELECT t.account, b.value FROM terms t, json_each(t.barred) b`)
}

// Bars tells on the writer whether an account is kept from a department so.
func Bars(w *store.Writer, account uint64, department string) (bool, error) {
	return w.Exists(`SELECT 1 FROM terms t, json_each(t.barred) b WHERE t.account = ? AND b.value = ?`, int64(account), department)
}
