package runtime

import (
	"log/slog"
	"testing"

	"golang.org/x/mod/sumdb/tlog"

	"github.com/mingcha-console/mingcha/app/internal/access"
	"github.com/mingcha-console/mingcha/app/internal/features/account"
	adapterv1 "github.com/mingcha-console/mingcha/sdk/contract/mingcha/adapter/v1"
	"github.com/mingcha-console/mingcha/sdk/witness"
)

// What the console hands to adapters convinces who kept an earlier checkpoint of
// it, and nobody who kept another journal's.
func TestJ2AdaptersAreShownTheLatestCheckpointAndItsProof(t *testing.T) {
	ctx := access.With(t.Context(), access.Here)
	dir := t.TempDir()
	c, err := Open(ctx, Options{Dir: dir, Programs: ProgramsIn(dir), Logger: slog.New(slog.DiscardHandler)})
	if err != nil {
		t.Fatal(err)
	}
	defer c.Close()
	if shown, err := c.shownToWitnesses(ctx, 0); shown != nil || err != nil {
		t.Errorf("before anything was signed: %v, %v", shown, err)
	}
	shownFrom := func(from int64) witness.Shown {
		t.Helper()
		in, err := c.shownToWitnesses(ctx, from)
		if err != nil {
			t.Fatal(err)
		}
		return asShown(in)
	}
	var state []byte
	for _, login := range []string{"a1", "a2", "a3", "a4", "a5"} {
		if _, err := c.People().CreateAccount(ctx, account.NewAccount{Login: login, Name: login, Role: access.Head}); err != nil {
			t.Fatal(err)
		}
		if _, err := c.intake.Checkpoint(ctx); err != nil {
			t.Fatal(err)
		}
		size, err := witness.Size(state)
		if err != nil {
			t.Fatal(err)
		}
		next, d, err := witness.Check(state, shownFrom(size))
		if d != nil || err != nil {
			t.Fatalf("after %s: %v, %v", login, d, err)
		}
		if grown, err := witness.Size(next); err != nil || grown <= size {
			t.Errorf("after %s it keeps %d, and kept %d; %v", login, grown, size, err)
		}
		state = next
	}
	// Kept of more than there is now: no proof, and the department sees why.
	if in, err := c.shownToWitnesses(ctx, 1_000_000); err != nil || in.Note == "" || len(in.Proof) > 0 {
		t.Errorf("from beyond its end: %v, %v", in, err)
	}
	if _, d, err := witness.Check(state, witness.Shown{Signed: shownFrom(0).Signed, Unproved: "a tile is gone"}); d != nil || err != nil {
		t.Errorf("of one size nothing needs a proof: %v, %v", d, err)
	}
}

func asShown(in *adapterv1.WitnessRequest) witness.Shown {
	s := witness.Shown{Signed: witness.Signed{Note: in.Note, PublicKey: in.PublicKey}, From: in.From, Unproved: in.Unproved}
	for _, h := range in.Proof {
		s.Proof = append(s.Proof, tlog.Hash(h))
	}
	return s
}
