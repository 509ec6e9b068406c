package draw

import (
	"slices"
	"strings"
	"testing"
	"time"

	"golang.org/x/mod/sumdb/tlog"
	"pgregory.net/rapid"

	"github.com/mingcha-console/mingcha/app/internal/journal"
)

// populations draws candidates of three strata with any ids, Chinese ones too.
func populations(least int) *rapid.Generator[[]Candidate] {
	return rapid.SliceOfNDistinct(rapid.Custom(func(t *rapid.T) Candidate {
		return Candidate{
			ID:      rapid.StringN(1, 8, -1).Draw(t, "id"),
			Stratum: rapid.SampledFrom([]string{"gongan", "市住建局", ""}).Draw(t, "stratum"),
			Seq:     rapid.Uint64Range(1, 1000).Draw(t, "seq"),
		}
	}), least, 30, func(c Candidate) string { return c.ID })
}

// wanteds draws any rule that fits populations.
func wanteds() *rapid.Generator[Wanted] {
	number := rapid.IntRange(0, 8)
	return rapid.Custom(func(t *rapid.T) Wanted {
		switch rapid.IntRange(0, 2).Draw(t, "rule") {
		case 0:
			return Total(number.Draw(t, "total"))
		case 1:
			return PerStratum(map[string]int{"gongan": number.Draw(t, "a"), "市住建局": number.Draw(t, "b"), "": number.Draw(t, "c"), "nobody": 1})
		default:
			return Share(rapid.IntRange(0, 100).Draw(t, "percent"), number.Draw(t, "at least"))
		}
	})
}

func TestOrderOfThePopulationDoesNotMatter(t *testing.T) {
	o := openOffice(t)
	rapid.Check(t, func(rt *rapid.T) {
		population, w := populations(0).Draw(rt, "population"), wanteds().Draw(rt, "wanted")
		mixed := rapid.Permutation(population).Draw(rt, "mixed")
		a, b := encoded(rt, must(rt, o.request(t, population, w))), encoded(rt, must(rt, o.request(t, mixed, w)))
		if a != b {
			rt.Fatalf("certificates differ:\n%s\n%s", a, b)
		}
	})
}

// Another key and another signing time make no other sample: there is nothing
// to gain from signing again.
func TestSigningAgainChangesNothing(t *testing.T) {
	o, other := openOffice(t), openOffice(t)
	rapid.Check(t, func(rt *rapid.T) {
		population, w := populations(0).Draw(rt, "population"), wanteds().Draw(rt, "wanted")
		r := other.request(t, population, w)
		again, err := other.signer.Resume(journal.Head{Size: 1000, Root: vectorRoot}, time.Unix(rapid.Int64Range(0, 1<<32).Draw(rt, "time"), 0))
		if err != nil {
			rt.Fatalf("%v", err)
		}
		r.Note = again.Note
		a, b := must(rt, o.request(t, population, w)), must(rt, r)
		if a.Checkpoint == b.Checkpoint || !slices.Equal(a.Sample, b.Sample) {
			rt.Fatalf("%q and %q", a.Sample, b.Sample)
		}
	})
}

func TestSampleFillsItsPlaces(t *testing.T) {
	o := openOffice(t)
	rapid.Check(t, func(rt *rapid.T) {
		population, w := populations(0).Draw(rt, "population"), wanteds().Draw(rt, "wanted")
		c := must(rt, o.request(t, population, w))
		there, drawn := map[string]int{}, map[string]int{}
		stratum := map[string]string{}
		for _, p := range population {
			stratum[p.ID] = p.Stratum
			there[p.Stratum]++
		}
		for _, id := range c.Sample {
			s, ok := stratum[id]
			if !ok {
				rt.Fatalf("%q is no candidate or drawn twice", id)
			}
			delete(stratum, id)
			drawn[s]++
		}
		if w.Rule == RuleTotal {
			if len(c.Sample) != min(w.Total, len(population)) {
				rt.Fatalf("%d drawn of %d, wanted %d", len(c.Sample), len(population), w.Total)
			}
			return
		}
		for s, n := range there {
			want := 0
			if w.Rule == RuleShare {
				for want*100 < n*w.Percent { // the least whole number not below the share
					want++
				}
				want = max(want, w.AtLeast)
			}
			for _, q := range w.Strata {
				if q.Stratum == s {
					want = q.Number
				}
			}
			if drawn[s] != min(want, n) {
				rt.Fatalf("stratum %q: %d drawn of %d, wanted %d", s, drawn[s], n, want)
			}
		}
	})
}

func TestWantingMoreOnlyAppends(t *testing.T) {
	o := openOffice(t)
	rapid.Check(t, func(rt *rapid.T) {
		population := populations(1).Draw(rt, "population")
		n := rapid.IntRange(0, len(population)-1).Draw(rt, "n")
		few, more := must(rt, o.request(t, population, Total(n))).Sample, must(rt, o.request(t, population, Total(n+1))).Sample
		if !slices.Equal(few, more[:n]) {
			rt.Fatalf("%q is no beginning of %q", few, more)
		}
	})
}

// Who leaves out a candidate that was not drawn changes nothing; who leaves out
// a drawn one changes only that the next moves up.
func TestLeavingOneOutCastsNoNewLots(t *testing.T) {
	o := openOffice(t)
	rapid.Check(t, func(rt *rapid.T) {
		population, n := populations(1).Draw(rt, "population"), rapid.IntRange(0, 8).Draw(rt, "n")
		gone := rapid.IntRange(0, len(population)-1).Draw(rt, "gone")
		all := must(rt, o.request(t, population, Total(n+1))).Sample
		got := must(rt, o.request(t, slices.Delete(slices.Clone(population), gone, gone+1), Total(n))).Sample
		want := slices.DeleteFunc(all, func(id string) bool { return id == population[gone].ID })
		if want = want[:min(n, len(want))]; !slices.Equal(got, want) {
			rt.Fatalf("got %q, want %q", got, want)
		}
	})
}

func TestAnotherStratumDoesNotMatter(t *testing.T) {
	o := openOffice(t)
	rapid.Check(t, func(rt *rapid.T) {
		population := populations(0).Draw(rt, "population")
		w := PerStratum(map[string]int{"gongan": 3, "市住建局": 3, "": 3})
		if rapid.Bool().Draw(rt, "by share") {
			w = Share(30, 1)
		}
		own := slices.DeleteFunc(slices.Clone(population), func(c Candidate) bool { return c.Stratum != "gongan" })
		var got []string
		for _, id := range must(rt, o.request(t, population, w)).Sample {
			if slices.ContainsFunc(own, func(c Candidate) bool { return c.ID == id }) {
				got = append(got, id)
			}
		}
		if alone := must(rt, o.request(t, own, w)).Sample; !slices.Equal(got, alone) {
			rt.Fatalf("drawn %q among all, %q alone", got, alone)
		}
	})
}

// Of 30 candidates in drawn order there are 30! samples: that two draws agree by
// chance does not happen.
func TestNameSizeAndRootEachCount(t *testing.T) {
	o := openOffice(t)
	rapid.Check(t, func(rt *rapid.T) {
		population := populations(30).Draw(rt, "population")
		base := must(rt, o.request(t, population, Total(30))).Sample
		root := vectorRoot
		bit := rapid.IntRange(0, 8*tlog.HashSize-1).Draw(rt, "bit")
		root[bit/8] ^= 1 << (bit % 8)
		for what, change := range map[string]func(*Request){
			"number": func(r *Request) { r.Name = strings.TrimSuffix(r.Name, "1") + "2" },
			"size":   func(r *Request) { r.Note = o.note(t, 1001, vectorRoot) },
			"root":   func(r *Request) { r.Note = o.note(t, 1000, root) },
		} {
			r := o.request(t, population, Total(30))
			change(&r)
			if slices.Equal(must(rt, r).Sample, base) {
				rt.Fatalf("another %s gives the same sample", what)
			}
		}
	})
}
