package live

import (
	"slices"
	"strings"
)

// filter is a set of departments that a client wants to hear of; the empty
// filter hears everything. What belongs to no department is heard by all. It is
// its own key: the sorted codes, each followed by a zero byte.
type filter string

func newFilter(departments []string) filter {
	codes := slices.Clone(departments)
	slices.Sort(codes)
	codes = slices.Compact(codes)
	var b strings.Builder
	for _, c := range codes {
		b.WriteString(c)
		b.WriteByte(0)
	}
	return filter(b.String())
}

// has reports whether changes of the department pass.
func (f filter) has(department string) bool {
	if f == "" || department == "" {
		return true
	}
	for rest := string(f); rest != ""; {
		end := strings.IndexByte(rest, 0)
		if rest[:end] == department {
			return true
		}
		rest = rest[end+1:]
	}
	return false
}
