package casefile

import (
	"slices"
	"strings"

	"github.com/mingcha-console/mingcha/app/internal/list"
	"github.com/mingcha-console/mingcha/app/internal/store"
)

// mostMerged bounds how deep a page may lie that is merged of several values' rows.
const mostMerged = 2000

// mergedOf reads the first rows of each value by itself, in the list's order, and those
// of all values from these: in an index of all rows they may lie behind every other, as
// the findings of two rules behind those of a third that were raised after them. It
// serves a list that is narrowed by several values of one filter, of which an index holds
// one in the list's order; ok tells whether this list is one.
func mergedOf[R any](v *View, l *list.List[R, *narrowing], a list.Ask, table, key string, paths []path, order, sql, extra string) (w *store.Where, ok bool, err error) {
	n := a.At.Offset + a.At.Limit
	if a.At.Limit <= 0 {
		n += 200
	}
	_, restricted := v.who.Restricted()
	if restricted || n > mostMerged || len(a.Texts) != 1 {
		return nil, false, nil
	}
	for name, values := range a.Texts {
		i := slices.IndexFunc(paths, func(p path) bool {
			return p.order == order && len(p.filters) == 1 && p.filters[0] == name+"="
		})
		if i < 0 || len(values) < 2 {
			return nil, false, nil
		}
		var parts []string
		w = &store.Where{}
		var args []any
		for _, value := range values {
			one := a.With(name, value)
			if !paths[i].usable(one, false) {
				return nil, false, nil
			}
			own, _, err := narrowed(v, l, one, false, true)
			if err != nil {
				return nil, false, err
			}
			own.Once(extra)
			parts = append(parts, "SELECT * FROM (SELECT "+key+" FROM "+table+" INDEXED BY "+paths[i].index+own.SQL()+" ORDER BY "+sql+" LIMIT ?)")
			args = append(append(args, own.Args...), n)
		}
		w.Add(key+" IN ("+strings.Join(parts, " UNION ALL ")+")", args...)
	}
	return w, true, nil
}
