package intake

import (
	"errors"
	"sync"
	"testing"

	"github.com/mingcha-console/mingcha/app/internal/fault"
	"github.com/mingcha-console/mingcha/app/internal/journal"
	"github.com/mingcha-console/mingcha/app/internal/rules"
	"github.com/mingcha-console/mingcha/app/internal/store"
	"github.com/mingcha-console/mingcha/app/internal/workday"
	pb "github.com/mingcha-console/mingcha/sdk/contract/mingcha/adapter/v1"
)

// notes folds acts of type "note" into accounts, a table that is there, and
// refuses those that say "no".
type notes struct{}

func (notes) Types() []string  { return []string{"note"} }
func (notes) Tables() []string { return []string{"accounts"} }

func (notes) Check(_ *store.Writer, a *RecordedAct) error {
	if string(a.Data) == `"no"` {
		return fault.New(fault.Conflict, "no", "不行", "No", nil)
	}
	return nil
}

func (notes) Fold(w *store.Writer, a *RecordedAct) error {
	return w.Exec(`INSERT INTO accounts (id, login, name, role, department, active, created_at) VALUES (?,?,'','','',1,0)`, int64(a.Seq), string(a.Data))
}

func actRig(t *testing.T) *rig {
	t.Helper()
	r := newRig(t, t.TempDir(), at("2026-11-23 10:00:00"))
	r.in.opts.Acts = []Folder{notes{}}
	return r
}

func TestTheSameActAgainIsDoneOnce(t *testing.T) {
	r := actRig(t)
	var wg sync.WaitGroup
	var mu sync.Mutex
	first := 0
	seqs := map[uint64]bool{}
	for range 20 {
		wg.Go(func() {
			rec, repeated, err := r.in.Act(ctx, Act{Key: "k1", Type: "note", By: 7, Data: "a"})
			mu.Lock()
			defer mu.Unlock()
			if err != nil {
				t.Error(err)
			}
			if !repeated {
				first++
			}
			seqs[rec.Seq] = true
		})
	}
	wg.Wait()
	if first != 1 || len(seqs) != 1 {
		t.Errorf("done %d times, under numbers %v; want once", first, seqs)
	}
	_, _, err := r.in.Act(ctx, Act{Key: "k1", Type: "note", By: 7, Data: "b"})
	if f, ok := fault.As(err); !ok || f.Code != "act_key_used" {
		t.Errorf("another act under the key: %v", err)
	}
}

// What a person gets wrong leaves no record and undoes no batch of a
// department that waits beside it.
func TestARefusedActHarmsNobody(t *testing.T) {
	r := actRig(t)
	r.catalogue()
	before, _ := r.s.Head(ctx)
	var wg sync.WaitGroup
	for range 50 {
		wg.Go(func() {
			if _, _, err := r.in.Act(ctx, Act{Key: "n", Type: "note", Data: "no"}); err == nil {
				t.Error("the act was not refused")
			}
		})
	}
	for i := range 20 {
		no := string(rune('a' + i))
		if err := r.in.Events(ctx, "a", batch(no, event("e"+no, "GH-"+no, pb.EventKind_EVENT_KIND_RECEIVED, at("2026-11-23 09:00:00")))); err != nil {
			t.Fatal(err)
		}
	}
	wg.Wait()
	if err := r.in.Settled("a"); err != nil {
		t.Error(err)
	}
	if after, _ := r.s.Head(ctx); after != before+20 {
		t.Errorf("the journal grew by %d records, want 20", after-before)
	}
	if _, _, err := r.in.Act(ctx, Act{Key: "x", Type: "nobody's"}); err == nil || errors.Is(err, ErrClosed) {
		t.Errorf("an act that nobody folds: %v", err)
	}
}

func TestVerifyFoldsActsAnew(t *testing.T) {
	r := actRig(t)
	if _, _, err := r.in.Act(ctx, Act{Key: "k", Type: "note", Data: "a"}); err != nil {
		t.Fatal(err)
	}
	signer, err := journal.OpenSigner(r.dir)
	if err != nil {
		t.Fatal(err)
	}
	check := func(want string) {
		t.Helper()
		rep, err := Verify(ctx, r.s, workday.Default(), rules.DefaultSettings(), []Folder{notes{}}, signer.PublicKey(), nil)
		if err != nil {
			t.Fatal(err)
		}
		got := ""
		if rep.Difference != nil {
			got = rep.Difference.Where
		}
		if got != want {
			t.Errorf("verify finds a difference in %q, want %q", got, want)
		}
	}
	check("")
	w := r.s.Writer()
	if err := errors.Join(w.Begin(), w.Exec(`UPDATE accounts SET name = 'x'`), w.Commit()); err != nil {
		t.Fatal(err)
	}
	check("accounts")
}
