package act

import "strings"

// What stands around a department's code in words, where its name is to stand.
const (
	codeBegins = "\x1e"
	codeEnds   = "\x1f"
)

// DepartmentIn is a department in the words of an act, by its code: whoever tells
// them puts its name there, since a clerk does not know codes.
func DepartmentIn(code string) string { return codeBegins + code + codeEnds }

// named puts names in the place of codes.
func named(words string, name func(code string) string) string {
	for {
		before, rest, found := strings.Cut(words, codeBegins)
		code, after, ended := strings.Cut(rest, codeEnds)
		if !found || !ended {
			return words
		}
		words = before + name(code) + after
	}
}

// Naming tells departments' names by their codes; empty where one has none.
type Naming func(code string) (zh, en string)

// In puts the names into an act's words. A department that has none is told by its
// code.
func (n Naming) In(zh, en string) (namedZH, namedEN string) {
	or := func(name, code string) string {
		if name == "" {
			return code
		}
		return name
	}
	return named(zh, func(code string) string { name, _ := n(code); return or(name, code) }),
		named(en, func(code string) string { _, name := n(code); return or(name, code) })
}

// codes is for words that are told without names.
var codes Naming = func(string) (zh, en string) { return "", "" }
