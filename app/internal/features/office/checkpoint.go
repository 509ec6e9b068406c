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
	api.Get(h, "/checkpoint/consistency", "checkpointConsistency", "Proof that the journal of a checkpoint begins with that of an earlier size", access.Everyone,
		func(ctx context.Context, in *consistencyAsked) (*Consistency, error) {
			return c.consistency(ctx, in.From, in.To)
		})
	api.Post(h, "/checkpoint", "signCheckpoint", "Sign a checkpoint now", access.Desk, func(ctx context.Context, _ *api.None) (*Checkpoint, error) {
		cp, err := c.office.Checkpoint(ctx)
		return c.signed(cp), err
	})
}

func (c *Console) signed(cp journal.Checkpoint) *Checkpoint {
	out := &Checkpoint{Origin: cp.Origin, Size: cp.Size, Root: cp.Root.String(), At: cp.At, Note: cp.Note, PublicKey: c.office.PublicKey}
	if c.run.NotSigned != nil {
		if r := c.run.NotSigned(); r != nil {
			out.NotSigned = &NotSigned{ZH: r.ZH, EN: r.EN, Since: r.Since}
		}
	}
	return out
}

type consistencyAsked struct {
	From int64 `query:"from" required:"true" minimum:"0" doc:"size of the checkpoint that was kept"`
	To   int64 `query:"to" minimum:"0" doc:"size of a later signed checkpoint; absent: the latest"`
}

// consistency proves to who kept the checkpoint of an earlier size that the
// journal of a later one begins with the same records.
func (c *Console) consistency(ctx context.Context, from, to int64) (*Consistency, error) {
	read := c.office.Store.Checkpoint
	if to != 0 {
		read = func(ctx context.Context) (string, error) { return c.office.Store.CheckpointOf(ctx, to) }
	}
	note, err := read(ctx)
	if err != nil {
		return nil, err
	}
	if note == "" {
		return nil, errUnknownCheckpoint
	}
	cp, err := journal.Open(note, c.office.PublicKey)
	if err != nil {
		return nil, errDamagedTree(err)
	}
	if to = cp.Size; from > to {
		return nil, errEarlierLater
	}
	proof, err := journal.Consistency(from, cp.Head(), c.office.Store.Tile(ctx))
	if err != nil {
		return nil, errDamagedTree(err)
	}
	out := &Consistency{From: from, To: to, Proof: []string{}}
	for _, h := range proof {
		out.Proof = append(out.Proof, h.String())
	}
	return out, nil
}

var errEarlierLater = fault.New(fault.Invalid, "checkpoint_order",
	"from 应是较早的记录数，不能大于 to。请对调后重试。", "from is the earlier size and cannot be above to. Exchange the two and try again.", nil)

var errUnknownCheckpoint = fault.New(fault.NotFound, "unknown_checkpoint",
	"存证没有签过这个记录数的检查点。请先读取最新的检查点，再以它的记录数作为 to。", "The journal has no checkpoint of this size. Read the latest one first, and give its size as to.", nil)

func errDamagedTree(err error) error {
	return fault.New(fault.Conflict, "journal_damaged",
		"存证的校验树与签署的检查点不符，无法给出证明。请运行 mingcha verify 查明。", "The journal's tree does not agree with the signed checkpoint, so nothing can be proved. Find out more with mingcha verify.", err)
}

// errNoCheckpoint says that nothing was signed yet.
var errNoCheckpoint = fault.New(fault.NotFound, "no_checkpoint",
	"存证还没有签过检查点。请点击“立即签署”。", "The journal has no signed checkpoint yet. Sign one now.", nil)
