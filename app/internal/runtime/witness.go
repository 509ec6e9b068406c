package runtime

import (
	"context"

	"github.com/mingcha-console/mingcha/app/internal/journal"
	adapterv1 "github.com/mingcha-console/mingcha/sdk/contract/mingcha/adapter/v1"
)

// shownToWitnesses is what departments that keep a checkpoint of some size compare
// it with: the latest, and the proof that its journal begins with their records.
// nil: nothing was signed yet. That there is no proof is told, too.
func (c *Console) shownToWitnesses(ctx context.Context, from int64) (*adapterv1.WitnessRequest, error) {
	note, err := c.store.Checkpoint(ctx)
	if err != nil || note == "" {
		return nil, err
	}
	key := c.signer.PublicKey()
	cp, err := journal.Open(note, key)
	if err != nil {
		return nil, err
	}
	shown := &adapterv1.WitnessRequest{Note: note, PublicKey: key, From: from}
	if from <= 0 || from > cp.Size {
		return shown, nil
	}
	proof, err := journal.Consistency(from, cp.Head(), c.store.Tile(ctx))
	if err != nil {
		shown.Unproved = err.Error()
		return shown, nil //nolint:nilerr // the department hears it, and says that it does not agree
	}
	for _, h := range proof {
		shown.Proof = append(shown.Proof, h[:])
	}
	return shown, nil
}
