package term

import (
	"context"
	"fmt"

	"github.com/mingcha-console/mingcha/app/internal/features/account"
	"github.com/mingcha-console/mingcha/app/internal/store"
	"github.com/mingcha-console/mingcha/app/internal/workday"
)

// serves is an SQL condition: whether the account that an expression names (a
// parameter, or a column with its table's name) serves on the day of another. Who
// was never appointed counts as in term: people of folders made before there were
// terms, and of offices that do not keep them.
func serves(id, day string) string {
	return fmt.Sprintf(`(NOT EXISTS (SELECT 1 FROM terms WHERE terms.account = %[1]s)
		OR EXISTS (SELECT 1 FROM terms WHERE terms.account = %[1]s AND terms.first_day <= %[2]s AND terms.until_day >= %[2]s))`, id, day)
}

// InTerm lists the active volunteers who are in term on each of some days, in the
// order in which their accounts were made.
func InTerm(ctx context.Context, people *account.Accounts, days ...workday.Date) ([]account.Account, error) {
	condition, args := `1`, make([]any, len(days))
	for i, day := range days {
		condition += ` AND ` + serves(`accounts.id`, fmt.Sprintf(`?%d`, i+1))
		args[i] = day.String()
	}
	return people.Volunteers(ctx, condition, args...)
}

// Serves tells on the writer whether an account is in term on each of some days, as
// an act has them written.
func Serves(w *store.Writer, id uint64, days ...string) (bool, error) {
	for _, day := range days {
		if in, err := w.Exists(`SELECT 1 WHERE `+serves(`?1`, `?2`), int64(id), day); err != nil || !in {
			return false, err
		}
	}
	return true, nil
}
