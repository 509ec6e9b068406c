package intake

import (
	"slices"
	"strings"
	"testing"

	"github.com/mingcha-console/mingcha/app/internal/adapterhost"
	pb "github.com/mingcha-console/mingcha/sdk/contract/mingcha/adapter/v1"
)

// importRig has two departments, each served by an adapter of its own.
func importRig(t *testing.T) *rig {
	t.Helper()
	r := newRig(t, t.TempDir(), at("2026-10-12 09:00:00"))
	r.catalogue()
	if err := r.in.Catalogue(ctx, "b", everyDuty, []*pb.Department{{Code: "SL", Name: "水利局"}}, []*pb.Item{{Department: "SL", Code: "S1", Name: "取水许可"}}); err != nil {
		t.Fatal(err)
	}
	return r
}

func (r *rig) importRatings(all ...*pb.Rating) ImportResult {
	r.t.Helper()
	n, err := r.in.ImportRatings(ctx, ratingRecords(all...))
	if err != nil {
		r.t.Fatal(err)
	}
	return n
}

func TestTheSameImportTwiceChangesNothing(t *testing.T) {
	r := importRig(t)
	file := []*pb.Rating{
		rating("e1"), rating("e2", bad),
		rating("e1", func(m *pb.Rating) { m.Department, m.ItemCode = "SL", "S1" }), // another department's own e1
		rating("e3", func(m *pb.Rating) { m.Department = "XX" }),
		rating("e4", func(m *pb.Rating) { m.Level = 0 }),
		rating("e5", func(m *pb.Rating) { m.ItemCode = "S1" }), // of the other department
	}
	if got, want := r.importRatings(file...), (ImportResult{Taken: 3, Refused: 3}); got != want {
		t.Errorf("the first time %+v, want %+v", got, want)
	}
	rows, totals := r.ratings(), r.totals()
	if len(rows) != 3 {
		t.Fatalf("%d rows: %q", len(rows), rows)
	}
	if got, want := r.quarantined(OfficeImport), []string{"level", "unknown_department", "unknown_item"}; !slices.Equal(got, want) {
		t.Errorf("in quarantine %v, want %v", got, want)
	}
	told := len(r.changes)
	if got, want := r.importRatings(file...), (ImportResult{Known: 3, Refused: 3}); got != want {
		t.Errorf("the second time %+v, want %+v", got, want)
	}
	if !slices.Equal(r.ratings(), rows) || r.totals() != totals || len(r.changes) != told {
		t.Errorf("the second time changed something: %q, %+v; before %q, %+v", r.ratings(), r.totals(), rows, totals)
	}
	file[1] = rating("e2", bad, contacted)
	if got, want := r.importRatings(file[:3]...), (ImportResult{Known: 2, Corrected: 1}); got != want {
		t.Errorf("with a contact %+v, want %+v", got, want)
	}
	r.verify("")
}

// What an adapter sends is held to its own departments still.
func TestAnAdapterRatesOnlyItsOwnDepartments(t *testing.T) {
	r := importRig(t)
	r.rate(rating("p1", func(m *pb.Rating) { m.Department, m.ItemCode = "SL", "S1" }))
	if got := r.quarantined("a"); !slices.Equal(got, []string{"unknown_department"}) {
		t.Errorf("in quarantine %v", got)
	}
}

// The quarantine's filter by adapter tells the office's imports apart because
// no adapter can be called as they are.
func TestNoAdapterIsCalledAsTheOfficesImports(t *testing.T) {
	h := adapterhost.New(nil, adapterhost.Options{StateDir: t.TempDir()})
	defer h.Close()
	if err := h.Start(ctx, adapterhost.Spec{Name: OfficeImport, Path: "/adapter"}); err == nil {
		t.Errorf("an adapter may be called %q", OfficeImport)
	}
}

// A rating is corrected by who reported it first: no file of the office's changes
// what a department's adapter sent, and no adapter what the office read in, also
// after the folder was opened anew.
func TestH1RatingsAreCorrectedByTheirFirstSource(t *testing.T) {
	dir := t.TempDir()
	r := newRig(t, dir, at("2026-10-12 09:00:00"))
	r.catalogue()
	r.rate(rating("theirs", bad))
	r.importRatings(rating("ours", bad))
	for round := range 2 {
		before := r.ratings()
		if got, want := r.importRatings(rating("theirs")), (ImportResult{Refused: 1}); got != want {
			t.Errorf("round %d: the office's file over an adapter's rating: %+v, want %+v", round, got, want)
		}
		r.rate(rating("ours"))
		if got := r.ratings(); !slices.Equal(got, before) {
			t.Errorf("round %d: the ratings are %q, were %q", round, got, before)
		}
		if got := r.quarantined(OfficeImport); !slices.Equal(got, []string{"adapters_rating"}) {
			t.Errorf("round %d: of the file in quarantine: %v", round, got)
		}
		if got := r.quarantined("a"); !slices.Equal(got, []string{"offices_rating"}) {
			t.Errorf("round %d: of the adapter's in quarantine: %v", round, got)
		}
		// The same again is known to both, and each corrects its own.
		if got, want := r.importRatings(rating("theirs", bad), rating("ours", bad)), (ImportResult{Known: 2}); got != want {
			t.Errorf("round %d: unchanged: %+v, want %+v", round, got, want)
		}
		r.verify("")
		r.again()
	}
	r.rate(rating("theirs", bad, contacted))
	if got, want := r.importRatings(rating("ours", bad, contacted)), (ImportResult{Corrected: 1}); got != want {
		t.Errorf("the office's own: %+v, want %+v", got, want)
	}
	for _, row := range r.ratings() {
		if !strings.HasSuffix(row, "|已致歉并说明") {
			t.Errorf("not corrected: %s", row)
		}
	}
	r.verify("")
}
