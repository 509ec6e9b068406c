package casefile

import "testing"

// A list is read by the index that finds its first rows soonest, by how many rows
// there are of each kind: in its order where those that match lie close together,
// and by what few have where they lie far apart.
func TestAListIsReadByWhatFindsItsRowsSoonest(t *testing.T) {
	size := func(index, order string, rows int) sized { return sized{path{index: index, order: order}, rows} }
	received, dept, accepted := size("received", "received", 1_000_000), size("dept", "received", 50_000), size("state", "received", 980_000)
	red, few := size("level", "received", 20_000), size("few", "", 300)
	no, deptNo := size("no", "case_no", 1_000_000), size("dept_no", "case_no", 50_000)
	for _, x := range []struct {
		name     string
		paths    []sized
		order    string
		matching int
		want     string
	}{
		{"all", []sized{received}, "received", 1_000_000, "received"},
		{"one department's in a common state", []sized{received, dept, accepted}, "received", 49_000, "dept"},
		{"one department's red ones", []sized{received, dept, accepted, red}, "received", 1_000, "level"},
		{"what only 300 are, sorted", []sized{received, few}, "received", 300, "few"},
		{"what 300 of several words are among many", []sized{received, size("few", "", 40_000)}, "received", 30_000, "received"},
		{"a department by number", []sized{no, deptNo, dept}, "case_no", 50_000, "dept_no"},
		{"a department's red ones by number", []sized{no, deptNo, size("dept_level", "received", 1_000)}, "case_no", 1_000, "dept_level"},
	} {
		if got := soonest(x.paths, x.order, 200, x.matching); got.index != x.want {
			t.Errorf("%s: %s, want %s", x.name, got.index, x.want)
		}
	}
}
