package intake

import (
	"slices"
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
