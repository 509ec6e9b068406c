package intake

import (
	"errors"
	"fmt"
	"slices"
	"time"

	"github.com/mingcha-console/mingcha/app/internal/journal"
	"github.com/mingcha-console/mingcha/app/internal/store"
)

// tileRecords is how many records have their hashes in one tile of the lowest
// level.
const tileRecords = 256

// errStop ends a pass over the journal at the first difference.
var errStop = errors.New("intake: stop")

// treeCheck makes the journal's tree anew, record by record.
type treeCheck struct {
	*verifier
	anew        *journal.Tree
	checkpoints []journal.Checkpoint // not reached yet, smallest first
	agreed      int64                // size of the last one that agreed
	next        uint64               // the record to come
	leaves      []byte               // stored hashes of the records of the tile at hand
	named       uint64               // namedBy
}

// tree recomputes every leaf and every tile and compares them with the stored
// ones, and the roots with the signed checkpoints.
func (v *verifier) tree(publicKey string) error {
	checkpoints, err := v.checkpoints(publicKey)
	if err != nil || v.rep.Difference != nil {
		return err
	}
	anew, err := journal.OpenTree(0, nil)
	if err != nil {
		return err
	}
	named, err := namedBy(v.tx)
	if err != nil {
		return err
	}
	c := &treeCheck{verifier: v, anew: anew, checkpoints: checkpoints, next: 1, named: named}
	if err := v.tx.EachRecord(c.record); err != nil {
		if errors.Is(err, errStop) {
			return nil
		}
		return err
	}
	v.rep.Records = c.next - 1
	if len(c.checkpoints) > 0 {
		c.cutOff()
		return nil
	}
	root, err := anew.Root()
	if err != nil {
		return err
	}
	v.rep.Root = root.String()
	return anew.Flush(c.tile)
}

// record compares a record with the hash taken when it was written.
func (c *treeCheck) record(r store.RecordRow) error {
	if r.Seq != c.next {
		c.differ(c.next, "journal", fmt.Sprintf("账簿缺少第 %d 号记录：它被删除了。", c.next), fmt.Sprintf("Record %d is missing from the journal: it was deleted.", c.next))
		return errStop
	}
	c.next++
	i := int64(r.Seq - 1)
	if i%tileRecords == 0 {
		if err := c.turn(r.Seq, i/tileRecords); err != nil {
			return err
		}
	}
	if !leafAgrees(c.leaves, &r, c.named) {
		c.differ(r.Seq, "journal",
			fmt.Sprintf("账簿第 %d 号记录被改动过：内容与写入时的校验值不符。", r.Seq),
			fmt.Sprintf("Record %d was changed: it does not agree with the hash taken when it was written.", r.Seq))
		return errStop
	}
	c.anew.Append(leafOf(&r, c.named))
	return c.signed()
}

// turn takes up the stored tile that a record begins, and says how far it came.
func (c *treeCheck) turn(seq uint64, tile int64) (err error) {
	if c.leaves, err = c.tx.Tile(0, tile); err != nil {
		c.differ(seq, "tiles", fmt.Sprintf("第 %d 号记录起的校验树缺失。", seq), fmt.Sprintf("The tree from record %d on is missing.", seq))
		return errStop
	}
	if c.progress != nil {
		c.progress(seq, 2*c.tx.Head())
	}
	return c.ctx.Err()
}

// signed compares the root with the checkpoints of the size reached.
func (c *treeCheck) signed() error {
	for len(c.checkpoints) > 0 && c.checkpoints[0].Size == c.anew.Size() {
		cp := c.checkpoints[0]
		root, err := c.anew.Root()
		if err != nil {
			return err
		}
		if root != cp.Root {
			c.differ(0, "checkpoint",
				fmt.Sprintf("账簿第 %d 至 %d 号记录与 %s 签名的检查点不符：其间有记录被改动，连同校验树一起改写。", c.agreed+1, cp.Size, cp.At.Format(time.RFC3339)),
				fmt.Sprintf("Records %d to %d do not agree with the checkpoint signed at %s: one of them was changed, and the tree with it.", c.agreed+1, cp.Size, cp.At.Format(time.RFC3339)))
			return errStop
		}
		c.agreed, c.checkpoints = cp.Size, c.checkpoints[1:]
		c.rep.Checkpoints++
	}
	return nil
}

// cutOff tells that the journal ends before a signed checkpoint does.
func (c *treeCheck) cutOff() {
	signed := c.checkpoints[len(c.checkpoints)-1].Size
	c.differ(c.next, "journal",
		fmt.Sprintf("检查点签名时账簿有 %d 条记录，现在只有 %d 条：第 %d 号起的记录被删除了。", signed, c.next-1, c.next),
		fmt.Sprintf("A checkpoint was signed over %d records, but there are %d now: those from record %d on were deleted.", signed, c.next-1, c.next))
}

// tile compares a stored tile with the one made anew.
func (c *treeCheck) tile(t journal.Tile) error {
	stored, err := c.tx.Tile(t.Level, t.N)
	if err != nil || string(stored) != string(t.Hashes) {
		c.differ(uint64(t.N<<(8*(t.Level+1)))+1, "tiles",
			fmt.Sprintf("校验树第 %d 层第 %d 片被改动过。", t.Level, t.N), fmt.Sprintf("Tile %d of the tree's level %d was changed.", t.N, t.Level))
	}
	return nil
}

// checkpoints opens every signed checkpoint, smallest first.
func (v *verifier) checkpoints(publicKey string) ([]journal.Checkpoint, error) {
	notes, err := v.tx.Checkpoints()
	if err != nil {
		return nil, err
	}
	var out []journal.Checkpoint
	for _, n := range notes {
		cp, err := journal.Open(n, publicKey)
		if err != nil {
			v.differ(0, "checkpoint", "有一个检查点的签名不对：检查点或签名公钥被改动过。", "A checkpoint's signature is wrong: the checkpoint or the public key was changed.")
			return nil, nil //nolint:nilerr // it is told as a difference
		}
		out = append(out, cp)
	}
	slices.SortFunc(out, func(a, b journal.Checkpoint) int { return int(a.Size - b.Size) })
	return out, nil
}
