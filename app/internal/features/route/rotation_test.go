package route

import (
	"fmt"
	"slices"
	"testing"

	"pgregory.net/rapid"
)

// people are volunteers 1 to n; barred ones from a department.
func people(n int, barred map[uint64]string) []volunteer {
	out := make([]volunteer, n)
	for i := range out {
		out[i] = volunteer{account: uint64(i + 1), not: map[string]bool{}}
		if d := barred[uint64(i+1)]; d != "" {
			out[i].not[d] = true
		}
	}
	return out
}

// The question is asked on 22 September of a route to GH on the 24th.
var question = whose{today: "2026-09-22", since: "2026-06-24", day: "2026-09-24", departments: []string{"GH"}}

func order(all []Candidate) (out []uint64) {
	for _, x := range all {
		out = append(out, x.Account)
	}
	return out
}

func TestWhoseTurnItIs(t *testing.T) {
	for name, c := range map[string]struct {
		outings  []outing
		barred   map[uint64]string
		people   int
		order    []uint64
		proposed []uint64
	}{
		"nobody went yet: in order": {nil, nil, 3, []uint64{1, 2, 3}, []uint64{1, 2}},
		"one alone":                 {nil, nil, 1, []uint64{1}, []uint64{1}},
		"nobody at all":             {nil, nil, 0, nil, nil},
		"who has most to come is last": {[]outing{
			{1, "2026-09-28", []uint64{1, 2}, []string{"JS"}},
			{2, "2026-09-29", []uint64{1, 3}, []string{"JS"}},
		}, nil, 4, []uint64{4, 2, 3, 1}, []uint64{4, 2}},
		"what is lately counts, what is long ago does not": {[]outing{
			{1, "2026-09-01", []uint64{1}, []string{"JS"}},
			{2, "2026-06-24", []uint64{2}, []string{"JS"}},
			{3, "2026-06-23", []uint64{3}, []string{"JS"}}, // a day too long ago
		}, nil, 4, []uint64{4, 3, 2, 1}, []uint64{4, 3}},
		"not twice running to the same department": {[]outing{
			{1, "2026-09-01", []uint64{1}, []string{"GH"}},
			{2, "2026-09-10", []uint64{2}, []string{"GH", "JS"}}, // the latest at GH
			{3, "2026-09-11", []uint64{3}, []string{"JS"}},
			{4, "2026-09-25", []uint64{4}, []string{"GH"}}, // after the day: not running yet
		}, nil, 4, []uint64{1, 3, 4, 2}, []uint64{1, 3}},
		"not the same pair twice running": {[]outing{
			{1, "2026-09-01", []uint64{1, 2}, []string{"JS"}},
			{2, "2026-09-02", []uint64{3, 4}, []string{"JS"}},
			{3, "2026-09-03", []uint64{3, 4}, []string{"JS"}},
		}, nil, 4, []uint64{1, 2, 3, 4}, []uint64{1, 3}},
		"the same pair where there is no other": {[]outing{{1, "2026-09-01", []uint64{1, 2}, []string{"JS"}}}, nil, 2, []uint64{1, 2}, []uint64{1, 2}},
		"who is asked for that day already": {[]outing{
			{1, "2026-09-24", []uint64{1}, []string{"JS"}},
			{2, "2026-09-23", []uint64{2}, []string{"JS"}},
			{3, "2026-09-26", []uint64{2, 3}, []string{"JS"}},
		}, nil, 3, []uint64{3, 1, 2}, []uint64{3, 2}},
		"who is barred": {nil, map[uint64]string{1: "GH", 2: "JS"}, 3, []uint64{1, 2, 3}, []uint64{2, 3}},
	} {
		all := rotation(question, c.outings, people(c.people, c.barred))
		if got := order(all); !slices.Equal(got, c.order) {
			t.Errorf("%s: in order %v, want %v", name, got, c.order)
		}
		if got := propose(all, 2); !slices.Equal(got, c.proposed) {
			t.Errorf("%s: proposed %v, want %v", name, got, c.proposed)
		}
	}
}

func TestTheFiguresOfAVisitor(t *testing.T) {
	all := rotation(question, []outing{
		{7, "2026-09-30", []uint64{1, 3}, []string{"JS"}},
		{5, "2026-09-20", []uint64{1, 2}, []string{"GH"}},
		{6, "2026-09-20", []uint64{1}, []string{"JS"}}, // later the same day
		{1, "2026-01-01", []uint64{1, 3}, []string{"GH"}},
	}, people(1, map[uint64]string{1: "GH"}))
	want := []Candidate{{Account: 1, Planned: 1, Lately: 2, Last: "2026-09-20", Before: []string{"GH"}, Barred: []string{"GH"}}}
	if fmt.Sprintf("%+v", all) != fmt.Sprintf("%+v", want) {
		t.Errorf("%+v, want %+v", all, want)
	}
}

// Who goes in any case is kept, and only as many as are missing are added.
func TestSomebodyIsProposedBesideWhoGoes(t *testing.T) {
	all := rotation(question, []outing{{1, "2026-09-01", []uint64{1, 2}, []string{"JS"}}}, people(4, nil))
	for _, c := range []struct {
		n     int
		going []uint64
		want  []uint64
	}{
		{2, []uint64{2}, []uint64{2, 3}}, // 1 went with 2 the last time
		{2, []uint64{3}, []uint64{3, 4}}, // whose turn it is, of those who went least
		{1, nil, []uint64{3}},
		{2, []uint64{4, 1}, []uint64{4, 1}},
	} {
		if got := propose(all, c.n, c.going...); !slices.Equal(got, c.want) {
			t.Errorf("%d beside %v: %v, want %v", c.n, c.going, got, c.want)
		}
	}
}

// Whatever happened before: who is barred, unable or busy is never proposed, no
// one twice, the answer does not hang on the order of what is told, and those
// who are free are proposed as far as there are any.
func TestRotationHoldsWhateverHappened(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		departments := []string{"GH", "JS", "ZJ"}
		n := rapid.IntRange(0, 6).Draw(t, "people")
		free := people(n, nil)
		for i := range free {
			for _, d := range departments {
				free[i].not[d] = rapid.IntRange(0, 4).Draw(t, "barred") == 0
			}
		}
		var outings []outing
		for i := range rapid.IntRange(0, 12).Draw(t, "outings") {
			o := outing{plan: uint64(i + 1), date: fmt.Sprintf("2026-09-%02d", rapid.IntRange(10, 30).Draw(t, "day")),
				departments: rapid.SliceOfNDistinct(rapid.SampledFrom(departments), 1, 3, rapid.ID[string]).Draw(t, "departments")}
			if n > 0 {
				o.members = rapid.SliceOfNDistinct(rapid.Uint64Range(1, uint64(n)), 1, min(2, n), rapid.ID[uint64]).Draw(t, "members")
			}
			outings = append(outings, o)
		}
		q := question
		q.departments = rapid.SliceOfNDistinct(rapid.SampledFrom(departments), 1, 3, rapid.ID[string]).Draw(t, "route")
		all := rotation(q, outings, free)
		got := propose(all, 2)

		shuffled, turned := slices.Clone(outings), slices.Clone(free)
		slices.Reverse(shuffled)
		slices.Reverse(turned)
		if again := propose(rotation(q, shuffled, turned), 2); !slices.Equal(again, got) {
			t.Fatalf("%v and then %v", got, again)
		}
		able := 0
		for _, r := range free {
			barred := slices.ContainsFunc(q.departments, func(d string) bool { return r.not[d] })
			busy := slices.ContainsFunc(outings, func(o outing) bool { return o.date == q.day && slices.Contains(o.members, r.account) })
			if !barred && !busy {
				able++
			} else if slices.Contains(got, r.account) {
				t.Fatalf("%d is proposed: barred %v, busy %v", r.account, barred, busy)
			}
		}
		if len(got) != min(2, able) || len(got) == 2 && got[0] == got[1] {
			t.Fatalf("%v of %d who can", got, able)
		}
		if len(all) != n {
			t.Fatalf("%d of %d are listed", len(all), n)
		}
		// Of all who can, one of least to come goes first, unless the last at a department.
		if len(got) > 0 {
			first := all[slices.IndexFunc(all, func(x Candidate) bool { return x.Account == got[0] })]
			for _, x := range all {
				if x.eligible() && len(x.Before) == 0 && (len(first.Before) > 0 || x.Planned < first.Planned) {
					t.Fatalf("%+v goes before %+v", first, x)
				}
			}
		}
	})
}

func TestWhichDepartmentsAreDue(t *testing.T) {
	for name, c := range map[string]struct {
		d                       Due
		days, matters, findings int
	}{
		"never visited":     {Due{}, 12, 0, 0},
		"yesterday":         {Due{Last: "2026-09-21", Days: 1}, 0, 0, 0},
		"ten days ago":      {Due{Last: "2026-09-12", Days: 10}, 1, 0, 0},
		"a year ago":        {Due{Last: "2025-09-22", Days: 365}, 12, 0, 0},
		"matters":           {Due{Last: "2026-09-21", Days: 1, Matters: 3, Findings: 4}, 0, 6, 4},
		"very many of them": {Due{Last: "2026-08-03", Days: 50, Matters: 6, Findings: 400}, 5, 10, 10},
	} {
		d := c.d
		d.reckon()
		if d.DaysPoints != c.days || d.MattersPoints != c.matters || d.FindingsPoints != c.findings || d.Points() != c.days+c.matters+c.findings {
			t.Errorf("%s: %+v", name, d)
		}
	}
	all := []Due{{Department: "D", Planned: "2026-09-24", DaysPoints: 12}, {Department: "C", Last: "2026-09-01", DaysPoints: 2, Findings: 2}, {Department: "B", Last: "2026-09-01", DaysPoints: 2, Findings: 3},
		{Department: "A", MattersPoints: 6}, {Department: "E", Last: "2026-08-30", DaysPoints: 2}}
	byNeed(all)
	got := ""
	for _, d := range all {
		got += d.Department
	}
	if got != "AEBCD" {
		t.Errorf("in order %s", got)
	}
}
