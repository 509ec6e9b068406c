package store

import (
	"context"
	"crypto/sha256"
	"fmt"
	"testing"

	"github.com/mingcha-console/mingcha/app/internal/workday"
)

// Refused records are counted on where no more of them are kept, and known again: one
// digest of those exchanged for another is another sum.
func TestADigestOfWhatWasCountedAndNotKeptCannotBeExchanged(t *testing.T) {
	s, err := Open(context.Background(), t.TempDir(), workday.Default())
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	w := s.Writer()
	must := func(err error) {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
	}
	digest := func(i int) []byte {
		d := sha256.Sum256(fmt.Append(nil, i))
		return d[:]
	}
	agrees := func() bool {
		t.Helper()
		ok, err := w.SumAgrees(SealedRefused)
		must(err)
		return ok
	}
	must(w.Begin())
	for i := range QuarantineFirstBytes/QuarantineRaw + QuarantineLast + 2 {
		q := &QuarantineEntry{Adapter: "a", Stream: "events", Code: "kind", Raw: []byte("x"), Observed: 1}
		if i < QuarantineFirstBytes/QuarantineRaw {
			q.Raw = make([]byte, QuarantineRaw)
		}
		must(w.Quarantine(q, digest(i)))
	}
	must(w.TakenAfterAll(QuarantineKey{"a", "events", "kind"}, digest(3)))
	must(w.Commit())
	all, err := w.QuarantineTallies()
	must(err)
	if len(all) != 1 || all[0].Dropped != 2 || !agrees() {
		t.Fatalf("%+v, agrees %v: want two that are counted and not kept", all, agrees())
	}
	first := QuarantineFirstBytes / QuarantineRaw // of the last, dropped first
	must(w.Begin())
	must(w.c.exec(`UPDATE quarantine_seen SET digest = ? WHERE digest = ?`, digest(-1)[:seenBytes], digest(first)[:seenBytes]))
	must(w.Commit())
	if agrees() {
		t.Error("a digest is another one, and nothing tells")
	}
	// What is rolled back is in no sum.
	must(w.Begin())
	must(w.c.exec(`UPDATE quarantine_seen SET digest = ? WHERE digest = ?`, digest(first)[:seenBytes], digest(-1)[:seenBytes]))
	must(w.Commit())
	must(w.Begin())
	must(w.Quarantine(&QuarantineEntry{Adapter: "a", Stream: "events", Code: "kind", Observed: 2}, digest(-2)))
	must(w.Rollback())
	must(w.Begin())
	must(w.Quarantine(&QuarantineEntry{Adapter: "a", Stream: "events", Code: "kind", Observed: 2}, digest(-3)))
	must(w.Commit())
	if !agrees() {
		t.Error("after what was rolled back the sum is another")
	}
}
