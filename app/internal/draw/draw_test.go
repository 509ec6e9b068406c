package draw

import (
	"bytes"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"time"

	"golang.org/x/mod/sumdb/tlog"

	"github.com/mingcha-console/mingcha/app/internal/journal"
)

const testName = "review/overdue/gongan/2026-11-23/1"

// office signs checkpoints with a key of its own.
type office struct{ signer *journal.Signer }

func openOffice(t testing.TB) office {
	t.Helper()
	s, err := journal.OpenSigner(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	return office{s}
}

func (o office) note(t testing.TB, size int64, root tlog.Hash) string {
	t.Helper()
	c, err := o.signer.Resume(journal.Head{Size: size, Root: root}, time.Date(2026, 11, 23, 0, 0, 0, 0, time.UTC))
	if err != nil {
		t.Fatal(err)
	}
	return c.Note
}

// request is a draw from the vector's journal: 1000 records, root SHA-256("root").
func (o office) request(t testing.TB, population []Candidate, w Wanted) Request {
	return Request{testName, o.note(t, 1000, vectorRoot), o.signer.PublicKey(), population, w}
}

type fataler interface {
	Helper()
	Fatalf(string, ...any)
}

func must(t fataler, r Request) Certificate {
	t.Helper()
	c, err := Draw(r)
	if err != nil {
		t.Fatalf("%v", err)
	}
	return c
}

func encoded(t fataler, c Certificate) string {
	t.Helper()
	b, err := json.MarshalIndent(c, "", "  ")
	if err != nil {
		t.Fatalf("%v", err)
	}
	return string(b)
}

// The numbers of this vector were computed with Python's hashlib and hmac from
// ALGORITHM.md alone:
//
//	T=lambda s:len(s).to_bytes(8,'big')+s; N=lambda n:n.to_bytes(8,'big')
//	root=sha256(b'root').digest()
//	seed=sha256(T(b'mingcha-draw-v1/seed')+N(1000)+T(root)+T(name)).digest()
//	tickets=sorted((hmac.new(seed,id,sha256).hexdigest(),id) for id in ids)
//
// and the population's hash likewise.
var (
	vectorRoot = tlog.Hash(unhex("4813494d137e1631bba301d5acab6e7bb7aa74ce1185d456565ef51d737677b2"))

	vectorPopulation = []Candidate{
		{"住建-3", "zhujian", 23}, {"ZJ-2", "zhujian", 1000}, {"ZJ-1", "zhujian", 21},
		{"GA-3", "gongan", 13}, {"GA-1", "gongan", 11}, {"GA-2", "gongan", 12},
	}
	vectorTickets = []struct{ ticket, id string }{
		{"3a23c95fd629cdaaf7697fc05bcf1791b6e59332ed9f4067ece24554ebcdba9d", "ZJ-2"},
		{"4e2bb9983aafbcb66d19ab4fa1bc118e240d24d7fc554af6dc0a44ef4277acc3", "GA-1"},
		{"50c545e9ea45e1e7db5505812f70237e36e6adc0262a4def7f79e44004e3f9a4", "GA-2"},
		{"50fd78a8ffce40cd49ad6ea546756fd65550794d303d4dadb6e2f5adb30fe1ba", "住建-3"},
		{"8d6477117d98f4d85c9cb1e495544835bbf2df1f91bb9c79279270bdb996b8da", "ZJ-1"},
		{"df85a1223e6b7f483df829828547fab7a264038ecc74df26f391e003f5436910", "GA-3"},
	}
)

func unhex(s string) []byte {
	b, err := hex.DecodeString(s)
	if err != nil {
		panic(err)
	}
	return b
}

func TestVectorComputedWithAnotherTool(t *testing.T) {
	s := seed(journal.Checkpoint{Size: 1000, Root: vectorRoot}, testName)
	if got := hex.EncodeToString(s[:]); got != "7a6b949de67dccb6948e4666197fa645a90b53de1f91284ed82a2ba8b5d2e9aa" {
		t.Errorf("seed is %s", got)
	}
	for _, v := range vectorTickets {
		if got := hex.EncodeToString(ticket(s, v.id)); got != v.ticket {
			t.Errorf("ticket of %s is %s, want %s", v.id, got, v.ticket)
		}
	}
	o := openOffice(t)
	for _, v := range []struct {
		name   string
		wanted Wanted
		sample string
	}{
		{"total", Total(3), "ZJ-2 GA-1 GA-2"},
		{"none", Total(0), ""},
		{"more than there are", Total(7), "ZJ-2 GA-1 GA-2 住建-3 ZJ-1 GA-3"},
		{"strata", PerStratum(map[string]int{"gongan": 1, "zhujian": 2}), "ZJ-2 GA-1 住建-3"},
		{"more than a stratum has", PerStratum(map[string]int{"gongan": 9, "zhujian": 0, "nobody": 4}), "GA-1 GA-2 GA-3"},
		{"33 percent of 3 is 1", Share(33, 0), "ZJ-2 GA-1"},
		{"34 percent of 3 is 2", Share(34, 0), "ZJ-2 GA-1 GA-2 住建-3"},
		{"at least", Share(0, 1), "ZJ-2 GA-1"},
	} {
		c := must(t, o.request(t, vectorPopulation, v.wanted))
		if got := strings.Join(c.Sample, " "); got != v.sample {
			t.Errorf("%s: drawn %q, want %q", v.name, got, v.sample)
		}
		if c.PopulationHash != "95af69ba7729845161b2996000607151f5cc9649817eb6d885ec881a304d9ab9" {
			t.Errorf("population's hash is %s", c.PopulationHash)
		}
	}
}

func TestEmptyPopulationIsDrawnEmpty(t *testing.T) {
	o := openOffice(t)
	for _, w := range []Wanted{Total(5), PerStratum(nil), Share(10, 3)} {
		r := o.request(t, nil, w)
		r.Note = o.note(t, 0, tlog.Hash{})
		got := encoded(t, must(t, r))
		if !strings.Contains(got, `"population": []`) || !strings.Contains(got, `"sample": []`) {
			t.Errorf("want empty lists, not null:\n%s", got)
		}
	}
}

func TestShareRoundsUpPerStratum(t *testing.T) {
	var population []Candidate
	for stratum, n := range map[string]int{"a": 100, "b": 101, "c": 1, "d": 20} {
		population = append(population, slices.Repeat([]Candidate{{Stratum: stratum}}, n)...)
	}
	for _, v := range []struct {
		share Wanted
		want  string
	}{
		{Share(5, 2), "map[a:5 b:6 c:2 d:2]"},
		{Share(1, 0), "map[a:1 b:2 c:1 d:1]"}, // 1.00, 1.01, 0.01, 0.20
		{Share(100, 0), "map[a:100 b:101 c:1 d:20]"},
		{Share(0, 0), "map[a:0 b:0 c:0 d:0]"},
	} {
		if got := fmt.Sprint(v.share.Numbers(population)); got != v.want {
			t.Errorf("%d%%: got %s, want %s", v.share.Percent, got, v.want)
		}
	}
}

func TestNameHasOneWayOfWriting(t *testing.T) {
	for _, v := range []struct {
		activity, kind, department, day string
		number                          int
		want                            string // empty: refused
	}{
		{"review", "overdue", "gongan", "2026-11-23", 3, "review/overdue/gongan/2026-11-23/3"},
		{"callback", "rating", "", "2026-11-23", 1, "callback/rating/*/2026-11-23/1"},
		{"visit", "暗访", "市公安局", "2026-11-23", 12, "visit/暗访/市公安局/2026-11-23/12"},
		{"review", "overdue", "gongan", "2026-11-23", 0, ""},
		{"review", "overdue", "gongan", "2026-02-30", 1, ""},
		{"review", "overdue", "gongan", "2026-1-3", 1, ""},
		{"review", "", "gongan", "2026-11-23", 1, ""},
		{"review/x", "overdue", "gongan", "2026-11-23", 1, ""},
		{"review", "over due", "gongan", "2026-11-23", 1, ""},
		{"review", "overdue", "gong\u200ban", "2026-11-23", 1, ""},
		{"review", "overdue", "\xff", "2026-11-23", 1, ""},
	} {
		got, err := Name(v.activity, v.kind, v.department, v.day, v.number)
		if v.want == "" {
			if err == nil {
				t.Errorf("%q was not refused", got)
			}
		} else if err != nil || got != v.want {
			t.Errorf("got %q (%v), want %q", got, err, v.want)
		}
	}
	for _, number := range []string{"01", "+1", "1.0", "x", "99999999999999999999"} {
		if err := checkName("review/overdue/gongan/2026-11-23/" + number); err == nil {
			t.Errorf("number %s was not refused", number)
		}
	}
}

func TestRefusals(t *testing.T) {
	o, other := openOffice(t), openOffice(t)
	for name, change := range map[string]func(*Request){
		"another office's key":   func(r *Request) { r.PublicKey = other.signer.PublicKey() },
		"no key":                 func(r *Request) { r.PublicKey = "" },
		"another size":           func(r *Request) { r.Note = strings.Replace(r.Note, "\n1000\n", "\n1001\n", 1) },
		"no note":                func(r *Request) { r.Note = "" },
		"negative size":          func(r *Request) { r.Note = o.note(t, -1, vectorRoot) },
		"after the checkpoint":   func(r *Request) { r.Population[2].Seq = 1001 },
		"no journal number":      func(r *Request) { r.Population[2].Seq = 0 },
		"the same twice":         func(r *Request) { r.Population[2].ID = r.Population[5].ID },
		"no id":                  func(r *Request) { r.Population[2].ID = "" },
		"id not UTF-8":           func(r *Request) { r.Population[2].ID = "\xff" },
		"stratum not UTF-8":      func(r *Request) { r.Population[2].Stratum = "\xff" },
		"a free name":            func(r *Request) { r.Name = "my lucky draw" },
		"no rule":                func(r *Request) { r.Wanted = Wanted{} },
		"unknown rule":           func(r *Request) { r.Wanted.Rule = "mine" },
		"negative total":         func(r *Request) { r.Wanted = Total(-1) },
		"over a hundred percent": func(r *Request) { r.Wanted = Share(101, 0) },
		"negative percent":       func(r *Request) { r.Wanted = Share(-1, 0) },
		"negative at least":      func(r *Request) { r.Wanted = Share(1, -1) },
		"two rules at once":      func(r *Request) { r.Wanted.Percent = 10 },
		"total beside a share":   func(r *Request) { r.Wanted = Share(10, 1); r.Wanted.Total = 1 },
		"strata beside a total":  func(r *Request) { r.Wanted.Strata = []Quota{{"gongan", 1}} },
		"stratum forgotten":      func(r *Request) { r.Wanted = PerStratum(map[string]int{"gongan": 1}) },
		"negative number":        func(r *Request) { r.Wanted = PerStratum(map[string]int{"gongan": 1, "zhujian": -1}) },
		"quota not UTF-8":        func(r *Request) { r.Wanted = PerStratum(map[string]int{"gongan": 1, "zhujian": 1, "\xff": 1}) },
		"stratum twice": func(r *Request) {
			r.Wanted = Wanted{Rule: RuleStrata, Strata: []Quota{{"gongan", 1}, {"zhujian", 1}, {"gongan", 2}}}
		},
	} {
		r := o.request(t, slices.Clone(vectorPopulation), Total(2))
		must(t, r)
		change(&r)
		c, err := Draw(r)
		var refusal *Refusal
		if !errors.As(err, &refusal) || refusal.ZH == "" || refusal.EN == "" || c.Sample != nil {
			t.Errorf("%s: got %v and sample %v, want a refusal", name, err, c.Sample)
		}
	}
}

// Bytes decide, not what a reader sees: é as one character and as e with an
// accent are two candidates.
func TestIDsAreBytes(t *testing.T) {
	o := openOffice(t)
	c := must(t, o.request(t, []Candidate{{"\u00e9", "", 1}, {"e\u0301", "", 2}, {"Z", "", 3}, {"é!", "", 4}}, Total(4)))
	var ids []string
	for _, p := range c.Population {
		ids = append(ids, p.ID)
	}
	if want := []string{"Z", "e\u0301", "\u00e9", "\u00e9!"}; !slices.Equal(ids, want) {
		t.Errorf("canonical order is %q, want %q", ids, want)
	}
}

func TestInputIsLeftAlone(t *testing.T) {
	o := openOffice(t)
	population := slices.Clone(vectorPopulation)
	w := Wanted{Rule: RuleStrata, Strata: []Quota{{"zhujian", 1}, {"gongan", 1}}}
	must(t, o.request(t, population, w))
	if !slices.Equal(population, vectorPopulation) || w.Strata[0].Stratum != "zhujian" {
		t.Error("Draw reordered what it was given")
	}
}

// Over 4000 checkpoints, each candidate is drawn about equally often, and so is
// each pair. The checkpoints are fixed, so the test's outcome is too.
func TestInclusionIsUniform(t *testing.T) {
	const (
		draws = 4000
		size  = 12
		want  = 4
	)
	var population []Candidate
	for i := range size {
		population = append(population, Candidate{fmt.Sprintf("GA-%d", i), "gongan", uint64(i + 1)})
	}
	population, err := canonical(population, 1000)
	if err != nil {
		t.Fatal(err)
	}
	chance := rand.New(rand.NewChaCha8([32]byte{1}))
	one, pair, first := map[string]int{}, map[string]int{}, map[string]int{}
	for range draws {
		var root tlog.Hash
		for i := range root {
			root[i] = byte(chance.Uint32())
		}
		ids := sample(seed(journal.Checkpoint{Size: 1000, Root: root}, testName), population, Total(want))
		first[ids[0]]++
		slices.Sort(ids)
		for i, a := range ids {
			one[a]++
			for _, b := range ids[i+1:] {
				pair[a+" "+b]++
			}
		}
	}
	// Sampling without replacement: the counts of the 12 singles are negatively
	// correlated; scaled by (N-1)/(N(1-p)) their sum of squares has 11 degrees of
	// freedom. Bounds: the 0.0005 and 0.9995 quantiles, from the chi-square table.
	p := float64(want) / size
	singles := chiSquare(one, size, draws*p) * (size - 1) / (size * (1 - p))
	if singles < 1.6 || singles > 33.1 {
		t.Errorf("inclusion: chi-square %.1f over 11 degrees of freedom", singles)
	}
	if x := chiSquare(first, size, draws/float64(size)); x < 1.6 || x > 33.1 {
		t.Errorf("first drawn: chi-square %.1f over 11 degrees of freedom", x)
	}
	if len(pair) != size*(size-1)/2 {
		t.Errorf("only %d pairs were ever drawn together", len(pair))
	}
	// A pair is in with p = 4·3/(12·11) = 1/11: 363.6 expected, deviation 18.2.
	for ids, n := range pair {
		if n < 364-5*19 || n > 364+5*19 {
			t.Errorf("%s were drawn together %d times of %d, about 364 expected", ids, n, draws)
		}
	}
}

func chiSquare(counts map[string]int, cells int, expected float64) float64 {
	sum := float64(cells-len(counts)) * expected // cells that were never hit
	for _, n := range counts {
		sum += (float64(n) - expected) * (float64(n) - expected) / expected
	}
	return sum
}

func TestEveryBitOfTheRootCounts(t *testing.T) {
	var population []Candidate
	for i := range 64 {
		population = append(population, Candidate{fmt.Sprintf("GA-%02d", i), "", 1})
	}
	seen := map[string]int{}
	for bit := -1; bit < 256; bit++ {
		root := vectorRoot
		if bit >= 0 {
			root[bit/8] ^= 1 << (bit % 8)
		}
		s := sample(seed(journal.Checkpoint{Size: 1000, Root: root}, testName), population, Total(16))
		key := strings.Join(s, " ")
		if before, twice := seen[key]; twice {
			t.Errorf("flipping bit %d and bit %d gives the same sample", bit, before)
		}
		seen[key] = bit
	}
}

// No two lists of texts share an encoding: what moves from one field to the next
// changes the hash.
func TestEncodingHasNoSeams(t *testing.T) {
	a := populationHash([]Candidate{{"ab", "c", 1}})
	b := populationHash([]Candidate{{"a", "bc", 1}})
	if bytes.Equal(a[:], b[:]) {
		t.Error("id and stratum run together")
	}
}
