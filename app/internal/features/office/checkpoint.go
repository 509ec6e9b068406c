package office

import (
	"context"

	"github.com/mingcha-console/mingcha/app/internal/access"
	"github.com/mingcha-console/mingcha/app/internal/api"
	"github.com/mingcha-console/mingcha/app/internal/fault"
	"github.com/mingcha-console/mingcha/app/internal/journal"
)

// checkpoints registers what the journal was signed for.
func (c *Console) checkpoints(h *api.API) {
	api.Get(h, "/checkpoint", "checkpoint", "The latest signed checkpoint", access.Everyone, func(ctx context.Context, _ *api.None) (*Checkpoint, error) {
		note, err := c.office.Store.Checkpoint(ctx)
		if err != nil {
			return nil, err
		}
		if note == "" {
			return nil, errNoCheckpoint
		}
		cp, err := journal.Open(note, c.office.PublicKey)
		return c.signed(cp), err
	})
	api.Post(h, "/checkpoint", "signCheckpoint", "Sign a checkpoint now", access.Desk, func(ctx context.Context, _ *api.None) (*Checkpoint, error) {
		cp, err := c.office.Checkpoint(ctx)
		return c.signed(cp), err
	})
}

func (c *Console) signed(cp journal.Checkpoint) *Checkpoint {
	return &Checkpoint{Size: cp.Size, Root: cp.Root.String(), At: cp.At, Note: cp.Note, PublicKey: c.office.PublicKey}
}

// errNoCheckpoint says that nothing was signed yet.
var errNoCheckpoint = fault.New(fault.NotFound, "no_checkpoint",
	"账簿还没有签过检查点。请点击“立即签署”。", "The journal has no signed checkpoint yet. Sign one now.", nil)
