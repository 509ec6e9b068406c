package casefile

import (
	"strings"

	"github.com/mingcha-console/mingcha/app/internal/list"
)

// SearchResult is what a word finds.
type SearchResult struct {
	Cases       []Case       `json:"cases" doc:"8 at most"`
	Items       []Item       `json:"items" doc:"5 at most"`
	Departments []Department `json:"departments" doc:"5 at most"`
}

// How many of each kind a search answers.
const (
	foundCases = 8
	foundOther = 5
)

// Search looks for a word in cases, items and departments.
func (v *View) Search(word string) (out SearchResult, err error) {
	word = strings.TrimSpace(word)
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
		if len(out.Items) < foundOther && (contains(it.Name, word) || contains(it.Code, word)) {
			out.Items = append(out.Items, it)
		}
	}
	departments, err := v.Departments()
	for _, d := range departments {
		if len(out.Departments) < foundOther && (contains(d.Name, word) || contains(d.NameEN, word) || contains(d.Code, word)) {
			out.Departments = append(out.Departments, d)
		}
	}
	return out, err
}

func contains(s, word string) bool {
	return strings.Contains(strings.ToLower(s), strings.ToLower(word))
}
