package casefile

import (
	"fmt"
	"strings"

	"github.com/mingcha-console/mingcha/app/internal/fault"
	"github.com/mingcha-console/mingcha/app/internal/store"
)

// filter is a query's conditions, some of them by words that clients know.
type filter struct{ store.Where }

// word adds the condition that a column is the number of a word; a word that
// does not exist is the caller's fault.
func (f *filter) word(field, column string, words store.Words, w string) error {
	n, ok := words.Number(w)
	if !ok {
		return fault.New(fault.Invalid, "filter",
			fmt.Sprintf("筛选条件 %s 不认识 %q。请从列表中选择。", field, w),
			fmt.Sprintf("The filter %s does not know %q. Choose one from the list.", field, w), nil)
	}
	f.Add(column+" = ?", n)
	return nil
}

// likeEscaper makes text safe inside LIKE … ESCAPE '\'.
var likeEscaper = strings.NewReplacer(`\`, `\\`, `%`, `\%`, `_`, `\_`)

// ofCase is the condition that a register's row is of a case.
func ofCase(id uint64) *store.Where {
	w := &store.Where{}
	w.Add("id = ?", int64(id))
	return w
}
