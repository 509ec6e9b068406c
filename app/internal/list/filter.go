package list

import (
	"strings"
	"time"

	"github.com/mingcha-console/mingcha/app/internal/store"
	"github.com/mingcha-console/mingcha/app/internal/vocab"
)

// Head is a column without how its values are come by.
type Head struct {
	Name, ZH, EN string
	Width        float64
	Sort         string
	Words        *vocab.Vocabulary
}

// Sort of filter.
type Sort string

const (
	Codes  Sort = "department" // a department's code
	Choice Sort = "choice"     // words of a vocabulary, or codes
	Search Sort = "text"
	Span   Sort = "span" // of time: two parameters, the second exclusive
	Set    Sort = "flag"
	Count  Sort = "number"
)

// Parameter is a filter without how it is put into SQL.
type Parameter struct {
	Name    string // in addresses
	To      string // of a span: its end's name
	ZH, EN  string // as people call it
	Sort    Sort
	Words   *vocab.Vocabulary // of a choice among words
	Only    []string          // of those words; nil: all
	Several bool              // any of several values, separated by commas
	Most    int               // characters of a text or a code
	Doc     string
}

// Keys are the words that can be chosen; nil: any text.
func (p *Parameter) Keys() []string {
	if p.Only != nil || p.Words == nil {
		return p.Only
	}
	return p.Words.Keys()
}

func (p *Parameter) params() []string {
	if p.To != "" {
		return []string{p.Name, p.To}
	}
	return []string{p.Name}
}

// Filter is what a list can be narrowed by.
type Filter[S any] struct {
	Parameter
	Where func(w *store.Where, s S, g Given) error
}

// Given is what a filter was given.
type Given struct {
	Text     string // the first value
	All      []string
	From, To time.Time // of a span; zero: open
}

func (g *Given) any() bool { return len(g.All) > 0 || !g.To.IsZero() }

// Labelled names a filter as people call it.
func (f Filter[S]) Labelled(zh, en string) Filter[S] {
	f.ZH, f.EN = zh, en
	return f
}

// Documented says more about a filter in the API's description.
func (f Filter[S]) Documented(doc string) Filter[S] {
	f.Doc = doc
	return f
}

// ByDepartment narrows to a department by its code in a column.
func ByDepartment[S any](column string) Filter[S] {
	return Filter[S]{Parameter{Name: "department", ZH: "部门", EN: "Department", Sort: Codes, Most: 64}, In[S](column)}
}

// ByWords narrows to rows whose column has any of several words.
func ByWords[S any](name, zh, en string, words *vocab.Vocabulary, where func(*store.Where, S, Given) error) Filter[S] {
	return Filter[S]{Parameter{Name: name, ZH: zh, EN: en, Sort: Choice, Words: words, Several: true}, where}
}

// ByText narrows to rows in which each word of a text is found, wherever it stands in
// them: blanks part words. where narrows to one word.
func ByText[S any](doc string, where func(*store.Where, S, Given) error) Filter[S] {
	return ByPhrase(doc+"; of several words, with blanks between them, each", func(w *store.Where, s S, g Given) error {
		for _, g.Text = range strings.Fields(g.Text) {
			if err := where(w, s, g); err != nil {
				return err
			}
		}
		return nil
	})
}

// ByPhrase narrows to rows in which a text is found as it is.
func ByPhrase[S any](doc string, where func(*store.Where, S, Given) error) Filter[S] {
	return Filter[S]{Parameter{Name: "text", ZH: "查找", EN: "Search", Sort: Search, Most: 100, Doc: doc}, func(w *store.Where, s S, g Given) error {
		if g.Text = strings.TrimSpace(g.Text); g.Text == "" {
			return nil
		}
		return where(w, s, g)
	}}
}

// ByTime narrows to rows whose column, in microseconds, is within a span.
func ByTime[S any](from, to, zh, en, doc, column string) Filter[S] {
	return Filter[S]{Parameter{Name: from, To: to, ZH: zh, EN: en, Sort: Span, Doc: doc}, func(w *store.Where, _ S, g Given) error {
		w.Span(column, g.From, g.To)
		return nil
	}}
}

// ByFlag narrows to rows of which something holds.
func ByFlag[S any](name, zh, en string, where func(*store.Where, S) error) Filter[S] {
	return Filter[S]{Parameter{Name: name, ZH: zh, EN: en, Sort: Set}, func(w *store.Where, s S, _ Given) error { return where(w, s) }}
}

// In is the condition that a column, or another expression, is any of the values.
func In[S any](column string) func(*store.Where, S, Given) error {
	return func(w *store.Where, _ S, g Given) error {
		w.In(column, g.All)
		return nil
	}
}

// Instant reads a time as clients write it: an instant (RFC 3339), or a date, which
// means its beginning in the office's zone. Empty is the zero time.
func Instant(text string) (t time.Time, ok bool) {
	if text == "" {
		return t, true
	}
	t, err := time.Parse(time.RFC3339Nano, text)
	if err != nil {
		t, err = time.ParseInLocation(time.DateOnly, text, Zone)
	}
	return t, err == nil && t.Year() >= 1900 && t.Year() <= 2200
}
