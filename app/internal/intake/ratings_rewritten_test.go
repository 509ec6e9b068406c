package intake

import (
	"slices"
	"testing"
	"time"

	pb "github.com/mingcha-console/mingcha/sdk/contract/mingcha/adapter/v1"
)

// good is a bad rating as its department would have it.
func good(m *pb.Rating) {
	m.Level, m.Reasons, m.Text = pb.RatingLevel_RATING_LEVEL_VERY_SATISFIED, nil, "很好"
}

func nameless(m *pb.Rating) { m.RaterName, m.RaterPhone = "", "" }

const rewriteColumns = `level || ' ' || counted || ' ' || first_level || ' ' || (rewritten_at > 0) || ' ' || named || ' ' || rater || ' ' || (contact_told > 0)`

func (r *rig) rewrites() []string {
	r.t.Helper()
	return r.query(`SELECT ` + rewriteColumns + ` FROM ratings ORDER BY id`)
}

// A bad rating that its department makes a good one counts as the bad one, keeps
// its first level and who can be asked, and is marked; a contact, a better handler's
// name and a level that gets worse are what they are. Records 1 to 4 are the ruling
// and the catalogue.
func TestWhatWasToldFirstStays(t *testing.T) {
	r := newRig(t, t.TempDir(), at("2026-10-12 09:00:00"))
	r.catalogue()
	r.rate(rating("better", bad), rating("nameless", bad), rating("contacted", bad), rating("worse"), rating("text", bad), rating("phone", bad))
	r.now = r.now.Add(time.Hour)
	r.rate(rating("better", bad, good, nameless), rating("nameless", bad, nameless), rating("contacted", bad, contacted), rating("worse", bad),
		rating("text", bad, func(m *pb.Rating) { m.Text = "还行" }), rating("phone", bad, func(m *pb.Rating) { m.RaterPhone = "13900000000" }))
	want := []string{ // level counted first rewritten named rater told
		"1 5 5 1 1 5 0",
		"5 5 0 1 1 6 0",
		"5 5 0 0 1 7 0",
		"5 5 1 1 1 14 0", // who gave it is told now only
		"5 5 0 1 1 9 0",
		"5 5 0 1 1 10 0",
	}
	if got := r.rewrites(); !slices.Equal(got, want) {
		t.Errorf("%q\nwant %q", got, want)
	}
	r.verify("")
	// And back again, or better by and by: the worst that was told counts.
	r.rate(rating("better", bad), rating("worse", func(m *pb.Rating) { m.Level = 2 }))
	if got := r.rewrites(); got[0] != "5 5 5 1 1 5 0" || got[3] != "2 5 1 1 1 14 0" {
		t.Errorf("%q", got)
	}
	r.verify("")
}

// What the office read in by another scale it corrects as it likes.
func TestTheOfficesOwnImportsAreCorrected(t *testing.T) {
	r := newRig(t, t.TempDir(), at("2026-10-12 09:00:00"))
	r.catalogue()
	for _, level := range []pb.RatingLevel{5, 1} {
		if _, err := r.in.ImportRatings(ctx, ratingRecords(rating("file/1", bad, func(m *pb.Rating) { m.Level = level }))); err != nil {
			t.Fatal(err)
		}
	}
	if got := r.rewrites(); len(got) != 1 || got[0] != "1 1 0 0 1 7 0" {
		t.Errorf("%q", got)
	}
	r.verify("")
}

// A rating rewritten before consoles kept what was first told counts as it stood;
// what older programs read in for the office is the office's.
func TestOlderFoldersKeepTheirFigures(t *testing.T) {
	p := &projector{imports: imports{noted: 40, stays: 100, own: []importedRecord{{50, 60}}}}
	for v, want := range map[ratingVersion]bool{
		{seq: 99, corrects: 70, sourceID: "p"}:        false,
		{seq: 101, corrects: 70, sourceID: "p"}:       true,
		{seq: 101, corrects: 70, sourceID: "file/p"}:  true, // that is how an adapter may call its own, too
		{seq: 101, corrects: 55, sourceID: "file/p"}:  false,
		{seq: 101, corrects: 30, sourceID: "file/p"}:  false,
		{seq: 101, corrects: 30, sourceID: "device1"}: true,
	} {
		if got := p.rewrites(v); got != want {
			t.Errorf("%+v: %v", v, got)
		}
	}
	if p.imports.stays = 0; p.rewrites(ratingVersion{seq: 101, corrects: 70, sourceID: "p"}) {
		t.Error("a folder that no newer program has opened")
	}
}

// A contact that comes weeks later than it claims to have been, from a stream that
// is read as it goes, has the date of its telling; the first history keeps its own.
func TestAContactToldLateIsNoted(t *testing.T) {
	r := newRig(t, t.TempDir(), at("2026-10-12 09:00:00"))
	r.catalogue()
	r.rate(rating("history", bad, contacted))
	if err := r.in.GoLive(ctx, "a", true); err != nil {
		t.Fatal(err)
	}
	r.rate(rating("late", bad), rating("soon", bad))
	r.now = at("2026-10-12 09:20:00")
	r.rate(rating("soon", bad, func(m *pb.Rating) { m.ContactedAt = ts(r.now.Add(-10 * time.Minute)) }))
	r.now = at("2026-10-30 09:00:00")
	r.rate(rating("late", bad, contacted))
	if got := r.rewrites(); got[0][len(got[0])-1] != '0' || got[1][len(got[1])-1] != '1' || got[2][len(got[2])-1] != '0' {
		t.Errorf("%q", got)
	}
	// The same contact told again, with another result: told when it was told first.
	r.now = at("2026-11-02 09:00:00")
	r.rate(rating("late", bad, contacted, func(m *pb.Rating) { m.ContactResult = "已致歉并说明，群众满意" }))
	if got := r.query(`SELECT contact_told FROM ratings WHERE contact_told > 0`); len(got) != 1 || got[0] != "1793322000000000" {
		t.Errorf("%q", got)
	}
	r.verify("")
}
