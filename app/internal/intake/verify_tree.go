package intake

import (
	"errors"
	"fmt"
	"slices"

	"github.com/mingcha-console/mingcha/app/internal/journal"
	"github.com/mingcha-console/mingcha/app/internal/store"
	"github.com/mingcha-console/mingcha/app/internal/workday"
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
	found       map[[32]byte]bool    // kept roots that the journal had
	leaves      []byte               // stored hashes of the records of the tile at hand
	days        []journaledDay
}

// tree recomputes every leaf and every tile and compares them with the stored
// ones, and the roots with the signed checkpoints.
func (v *verifier) tree() error {
	checkpoints, err := v.checkpoints()
	if err != nil || v.rep.Difference != nil {
		return err
	}
	anew, err := journal.OpenTree(0, nil)
	if err != nil {
		return err
	}
	v.columns = &columnCheck{verifier: v, depts: map[string]int64{}}
	c := &treeCheck{verifier: v, anew: anew, checkpoints: checkpoints, next: 1, found: map[[32]byte]bool{}}
	signed := slices.Clone(checkpoints)
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
	for _, k := range v.kept {
		c.unreached(k)
	}
	if c.unsigned(signed); v.rep.Difference != nil {
		return nil
	}
	return errors.Join(anew.Flush(c.tile), v.tilesBeyond())
}

// tilesBeyond looks for tiles of the tree that no record needs.
func (v *verifier) tilesBeyond() error {
	n, err := v.tx.TilesBeyond(int64(v.tx.Head()))
	if err == nil && n > 0 {
		v.differ(0, "tiles", "校验树里有多余的内容：存证末尾的记录被删除过。", "The tree holds more than the journal's records: records at its end were deleted.")
	}
	return err
}

// journaledDay is an office day on which something was journaled.
type journaledDay struct {
	day  workday.Date
	last int64 // journal number of its last record
}

// unsigned looks for a day whose records nobody signed, though the console ran
// on days after it: it signs once a day. The day after may have been too short.
func (c *treeCheck) unsigned(signed []journal.Checkpoint) {
	if len(signed) == 0 || c.origin == "" {
		return
	}
	first := int64(0)
	for _, s := range signed { // the days before there was a rule
		if s.Origin == c.origin && (first == 0 || s.Size < first) {
			first = s.Size
		}
	}
	for i, d := range c.days {
		if i+2 >= len(c.days) || d.last < first {
			continue
		}
		by := c.days[i+2].day
		if n := len(c.breaks); n > 0 && int64(c.breaks[n-1].Seq) > d.last {
			continue
		}
		if !slices.ContainsFunc(signed, func(s journal.Checkpoint) bool {
			return s.Size >= d.last && c.tx.DateOf(s.At) <= by
		}) {
			c.differ(0, "checkpoint", fmt.Sprintf("%s 的记录当时没有检查点签署：检查点被删除，或存证被换成旧的后重写过。", d.day),
				fmt.Sprintf("No checkpoint was signed over the records of %s when it was due: checkpoints were deleted, or the journal was replaced by an older one and written anew.", d.day))
			return
		}
	}
}

// unreached tells of a kept state that lies beyond the journal's end, or that
// was not found.
func (c *treeCheck) unreached(k Kept) {
	size := c.anew.Size()
	switch {
	case k.Head.Size == anySize && !c.found[k.Head.Root]:
		c.differ(0, "kept", "存证从来没有过您给出的根值：记录被改动过，或根值抄错了。", "The journal never had the root that you gave: records were changed, or the root was miscopied.")
	case k.Head.Size > size && k.signedLast:
		c.differ(c.next, "journal",
			fmt.Sprintf("检查点签名时存证有 %d 条记录，现在只有 %d 条：第 %d 号起的记录被删除了。", k.Head.Size, size, c.next),
			fmt.Sprintf("A checkpoint was signed over %d records, but there are %d now: those from record %d on were deleted.", k.Head.Size, size, c.next))
	case k.Head.Size > size:
		c.differ(c.next, "kept",
			fmt.Sprintf("您保存的检查点包含 %d 条记录，存证现在只有 %d 条：之后的记录被删除，或文件夹被换成了旧的。", k.Head.Size, size),
			fmt.Sprintf("The checkpoint that you keep is over %d records, but the journal has %d now: the records after that were deleted, or the folder was replaced by an older one.", k.Head.Size, size))
	}
}

// keptAgree compares the root with the states that others keep.
func (c *treeCheck) keptAgree() error {
	for _, k := range c.kept {
		if k.Head.Size != anySize && k.Head.Size != c.anew.Size() {
			continue
		}
		root, err := c.anew.Root()
		if err != nil {
			return err
		}
		if root == k.Head.Root {
			c.found[root] = true
			continue
		}
		if k.Head.Size == anySize {
			continue
		}
		c.differ(0, "kept",
			fmt.Sprintf("存证第 1 至 %d 号记录与您保存的检查点不符：那以后其中有记录被改动过，即使签名是对的。", k.Head.Size),
			fmt.Sprintf("Records 1 to %d do not agree with the checkpoint that you keep: one of them was changed since, even though the signatures are right.", k.Head.Size))
		return errStop
	}
	return nil
}

// record compares a record with the hash taken when it was written.
func (c *treeCheck) record(r store.RecordRow) error {
	if r.Seq != c.next {
		c.differ(c.next, "journal", fmt.Sprintf("存证缺少第 %d 号记录：它被删除了。", c.next), fmt.Sprintf("Record %d is missing from the journal: it was deleted.", c.next))
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
			fmt.Sprintf("存证第 %d 号记录被改动过：内容与写入时的校验值不符。", r.Seq),
			fmt.Sprintf("Record %d was changed: it does not agree with the hash taken when it was written.", r.Seq))
		return errStop
	}
	c.anew.Append(leafOf(&r, c.named))
	day := c.tx.DateOf(store.Time(r.Observed))
	if n := len(c.days); n == 0 || c.days[n-1].day != day {
		c.days = append(c.days, journaledDay{day: day})
	}
	c.days[len(c.days)-1].last = int64(r.Seq)
	if err := c.signed(); err != nil {
		return err
	}
	if err := c.keptAgree(); err != nil {
		return err
	}
	if err := c.columns.record(&r); err != nil {
		return err
	}
	if c.rep.Difference != nil {
		return errStop
	}
	return nil
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
				fmt.Sprintf("存证第 %d 至 %d 号记录与 %s 签名的检查点不符：其间有记录被改动，连同校验树一起改写。", c.agreed+1, cp.Size, officeTime(cp.At)),
				fmt.Sprintf("Records %d to %d do not agree with the checkpoint signed at %s: one of them was changed, and the tree with it.", c.agreed+1, cp.Size, officeTime(cp.At)))
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
		fmt.Sprintf("检查点签名时存证有 %d 条记录，现在只有 %d 条：第 %d 号起的记录被删除了。", signed, c.next-1, c.next),
		fmt.Sprintf("A checkpoint was signed over %d records, but there are %d now: those from record %d on were deleted.", signed, c.next-1, c.next))
}

// tile compares a stored tile with the one made anew.
func (c *treeCheck) tile(t journal.Tile) error {
	stored, err := c.tx.Tile(t.Level, t.N)
	if err != nil || string(stored) != string(t.Hashes) {
		c.differ(uint64(t.N<<(8*(t.Level+1)))+1, "tiles",
			fmt.Sprintf("第 %d 号记录起的校验树被改动过。", t.N<<(8*(t.Level+1))+1), fmt.Sprintf("Tile %d of the tree's level %d was changed.", t.N, t.Level))
	}
	return nil
}
