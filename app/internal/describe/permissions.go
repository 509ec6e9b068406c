package main

import (
	"fmt"
	"io"
	"maps"
	"slices"
	"strings"

	"github.com/mingcha-console/mingcha/app/internal/access"
)

// permissions writes who may do what, an operation a line: a change of rights is
// seen in a diff.
func permissions(w io.Writer, table map[string][]access.Role) error {
	fmt.Fprint(w, "# Who may do what\n\nMade by `make generate` from the operations that features register; a test holds it equal. A liaison sees its own department's matters only.\n\n| operation |")
	for _, r := range access.Roles {
		fmt.Fprintf(w, " %s |", r)
	}
	fmt.Fprint(w, "\n|---|"+strings.Repeat(":-:|", len(access.Roles))+"\n")
	for _, op := range slices.Sorted(maps.Keys(table)) {
		fmt.Fprintf(w, "| %s |", op)
		for _, r := range access.Roles {
			mark := " "
			if slices.Contains(table[op], r) {
				mark = "✓"
			}
			fmt.Fprintf(w, " %s |", mark)
		}
		fmt.Fprintln(w)
	}
	return nil
}
