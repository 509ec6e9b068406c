package casefile

import (
	"fmt"
	"slices"
	"strings"

	"github.com/mingcha-console/mingcha/app/internal/fault"
	"github.com/mingcha-console/mingcha/app/internal/list"
	"github.com/mingcha-console/mingcha/app/internal/store"
	"github.com/mingcha-console/mingcha/app/internal/vocab"
)

// narrowing puts the filters of a list into SQL, for a view.
type narrowing struct {
	*View
	names      *registry
	department int64  // that is asked for; 0: none
	column     string // of the department
	item       bool   // narrowed to one of the department's items, so to the department
	order      string // that the rows are asked for in
	few        bool   // the rows are of few cases, and found by these
	due        bool   // they are found by when they come due
	planned    bool   // which index the rows are read by is told to SQLite, and not left to it
}

// narrow puts what is asked of a list into SQL, kept to what the principal may
// see.
func narrow[R any](v *View, l *list.List[R, *narrowing], a list.Ask) (*store.Where, *registry, error) {
	return narrowed(v, l, a, false, false)
}

func narrowed[R any](v *View, l *list.List[R, *narrowing], a list.Ask, few, planned bool) (*store.Where, *registry, error) {
	department := a.Text("department")
	if err := v.who.Within(&department); err != nil {
		return nil, nil, err
	}
	if department != "" {
		a = a.With("department", department)
	}
	n, err := v.names()
	if err != nil {
		return nil, nil, err
	}
	due := a.Text("due_from") != "" || a.Text("due_to") != ""
	s := &narrowing{View: v, names: n, due: due, order: a.Order, planned: planned, few: few || due}
	w, err := l.Where(a, s)
	if err == nil && s.department != 0 && (!s.item || planned) {
		if few && !s.due {
			s.column = "+" + s.column
		}
		w.Add(s.column+" = ?", s.department)
	}
	return w, n, err
}

// aligned tells whether an index in a list's order holds what the list is narrowed
// by: nothing or the department alone, or what is named of held, filters joined by +
// in the order of their names. Spans of the order's own column narrow nothing else.
func (v *View) aligned(a list.Ask, spans string, held ...string) bool {
	var given []string
	if _, restricted := v.who.Restricted(); restricted {
		a = a.With("department", "their own")
	}
	for name, values := range a.Texts {
		switch {
		case len(values) == 0 || values[0] == "" || spans != "" && strings.HasPrefix(name, spans):
		case len(values) > 1:
			return false
		default:
			given = append(given, name)
		}
	}
	slices.Sort(given)
	by := strings.Join(given, "+")
	return by == "" || by == "department" || slices.Contains(held, by)
}

// byDepartment narrows to a department, which has to be there. An item is one
// department's, and a list of its cases is counted in the item's index: narrow
// adds the department's condition where there is no item's.
func byDepartment(column string) list.Filter[*narrowing] {
	f := list.ByDepartment[*narrowing](column)
	f.Where = func(w *store.Where, s *narrowing, g list.Given) (err error) {
		s.column = column
		s.department, err = s.names.department(g.Text)
		return err
	}
	return f
}

// byWords narrows to rows whose column has the number of any of several words.
func byWords(name, zh, en string, v *vocab.Vocabulary, column string, words store.Words) list.Filter[*narrowing] {
	return list.ByWords(name, zh, en, v, func(w *store.Where, s *narrowing, g list.Given) error {
		return numbered(w, name, s.beside(column), words, g.All)
	})
}

// beside is a column that is narrowed by beside a department, if one is asked for:
// its rows are fewer than everybody's of one kind, and are found first. To SQLite
// +column is the same value without an index.
func (s *narrowing) beside(column string) string {
	if s.few || s.department != 0 && !s.planned {
		return "+" + column
	}
	return column
}

// numbered adds the condition that a column is the number of any of the words;
// a word that does not exist is the caller's fault.
func numbered(w *store.Where, field, column string, words store.Words, given []string) error {
	args := make([]any, len(given))
	for i, word := range given {
		n, known := words.Number(word)
		if !known {
			return fault.New(fault.Invalid, "filter",
				fmt.Sprintf("筛选条件 %s 不认识 %q。请从列表中选择。", field, word),
				fmt.Sprintf("The filter %s does not know %q. Choose one from the list.", field, word), nil)
		}
		args[i] = n
	}
	if len(args) == 1 {
		w.Add(column+" = ?", args...)
	} else {
		w.Find(column, "$ IN (?"+strings.Repeat(", ?", len(args)-1)+")", args...)
	}
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
