package casefile

import (
	"strings"

	"github.com/mingcha-console/mingcha/app/internal/list"
	"github.com/mingcha-console/mingcha/app/internal/pinyin"
)

// SearchResult is what a word finds.
type SearchResult struct {
	Cases       []Case       `json:"cases" doc:"8 at most"`
	Items       []Item       `json:"items" doc:"5 at most"`
	Departments []Department `json:"departments" doc:"5 at most"`

	Authorizations []AuthorizationRow `json:"authorizations" doc:"chief representatives'; 5 at most"`
}

// How many of each kind a search answers.
const (
	foundCases = 8
	foundOther = 5
)

// Word is what somebody looks for: a part of a name as it is written, or as it reads
// in pinyin.
type Word struct {
	Text   string
	pinyin pinyin.Query
	reads  bool
}

// WordOf is a word as it was typed.
func WordOf(typed string) Word {
	w := Word{Text: strings.TrimSpace(typed)}
	w.pinyin, w.reads = pinyin.Of(w.Text)
	return w
}

// Reads tells whether it may be pinyin.
func (w *Word) Reads() bool { return w.reads }

// In tells whether any of some names holds the word.
func (w *Word) In(names ...string) bool {
	for _, name := range names {
		if contains(name, w.Text) || w.reads && w.pinyin.In(name) {
			return true
		}
	}
	return false
}

// Search looks for a word in cases, items, departments and authorizations, as far as
// the principal may see them.
func (v *View) Search(w Word) (out SearchResult, err error) {
	word := w.Text
	if word == "" {
		return out, nil
	}
	page, err := v.Cases(list.Asking("text", word).Window(0, foundCases))
	if err != nil {
		return out, err
	}
	out.Cases = page.Rows
	items, err := v.Items("")
	if err != nil {
		return out, err
	}
	for _, it := range items {
		if len(out.Items) < foundOther && (w.In(it.Name) || contains(it.Code, word)) {
			out.Items = append(out.Items, it)
		}
	}
	departments, err := v.Departments()
	if err != nil {
		return out, err
	}
	for _, d := range departments {
		if len(out.Departments) < foundOther && (w.In(d.Name) || contains(d.NameEN, word) || contains(d.Code, word)) {
			out.Departments = append(out.Departments, d)
		}
	}
	err = v.EachAuthorization(list.Asking(), func(a *AuthorizationRow) error {
		if len(out.Authorizations) < foundOther && (w.In(a.Rep, a.StandIn) || contains(a.No, word)) {
			out.Authorizations = append(out.Authorizations, *a)
		}
		return nil
	})
	return out, err
}

func contains(s, word string) bool {
	return strings.Contains(strings.ToLower(s), strings.ToLower(word))
}
