package intake

import (
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"time"

	"github.com/mingcha-console/mingcha/app/internal/journal"
	"github.com/mingcha-console/mingcha/app/internal/store"
)

// officeTime is a moment in a sentence, in the office's zone.
func officeTime(t time.Time) string {
	return t.In(time.FixedZone("Asia/Shanghai", 8*60*60)).Format("2006-01-02 15:04")
}

// keys looks whose the journal is, what the office said of its history, and what
// others keep of it.
func (v *verifier) keys() (err error) {
	if v.origin, err = v.tx.Origin(); err != nil {
		return err
	}
	if v.named, err = namedBy(v.tx); err != nil {
		return err
	}
	own := journal.OriginOf(v.key)
	v.rep.Origin = own
	if v.origin != "" && v.origin != own {
		v.differ(0, "origin", "数据库与公钥不是同一个存证的：其中一个被换过。", fmt.Sprintf("The database and the public key belong to two journals (%s and %s): one of them was replaced.", v.origin, own))
		return nil
	}
	if _, err := os.Stat(filepath.Join(v.dir, journal.LastFile)); v.origin == "" && err == nil {
		v.differ(0, "origin", "数据库是空的或旧的：签名密钥旁边记着这个存证签署过检查点，数据库却没有它的标识。请从最近的备份恢复。",
			"The database is empty or an older one: what lies beside the key says that checkpoints of this journal were signed, but the database does not know its origin. Restore the latest backup.")
		return nil
	}
	if stranger, err := v.tx.MetaStranger(); err != nil || stranger != "" {
		v.differ(0, "meta", "文件夹的设置里有本程序没有写过的内容：数据库被改动过。", fmt.Sprintf("Among the folder's own settings stands %q, which this program does not keep: the database was changed.", stranger))
		return err
	}
	if err := v.tx.OfItself(journal.KindIdentity, v.identity); err != nil || v.rep.Difference != nil {
		return err
	}
	if err := v.tx.OfItself(journal.KindBreak, v.broken); err != nil || v.rep.Difference != nil {
		return err
	}
	v.rep.Breaks = v.breaks
	for _, k := range v.kept {
		if v.keptFits(k); v.rep.Difference != nil {
			return nil
		}
	}
	return nil
}

// keptFits looks at what somebody keeps, as far as that needs no record.
func (v *verifier) keptFits(k Kept) {
	own := journal.OriginOf(v.key)
	former := k.Origin == "mingcha journal v1"
	switch {
	case k.Origin != "" && k.Origin != own && !former:
		v.differ(0, "kept", "您保存的检查点属于另一个存证，不是本文件夹的：要么拿错了检查点，要么文件夹被整个换过。",
			fmt.Sprintf("The checkpoint that you keep is of another journal (%s) than this folder's (%s): it is another office's, or the folder was replaced as a whole.", k.Origin, own))
	case k.Note != "":
		if _, err := journal.Open(k.Note, v.key); err != nil && !v.formerKey(k.Note) {
			v.differ(0, "kept", "您保存的检查点不是用本文件夹的密钥签署的：要么检查点被改动过，要么文件夹的密钥被换过。",
				"The checkpoint that you keep is not signed with this folder's key: the checkpoint was changed, or the folder's key was replaced.")
		}
	}
}

// formerKey tells whether a checkpoint was signed with a key that the office
// said it had lost.
func (v *verifier) formerKey(note string) bool {
	for _, b := range v.breaks {
		if b.previous != "" {
			if _, err := journal.Open(note, b.previous); err == nil {
				return true
			}
		}
	}
	return false
}

// identity checks the record that gave the journal its origin.
func (v *verifier) identity(r store.RecordRow) error {
	var id identityRecord
	if err := json.Unmarshal(r.Body, &id); err != nil || id.Origin != journal.OriginOf(v.key) || r.Seq != v.named {
		v.differ(r.Seq, "origin", fmt.Sprintf("存证第 %d 号记录写的标识与公钥不符：记录是伪造的，或公钥被换过。", r.Seq),
			fmt.Sprintf("Record %d gives the journal another origin than its public key: the record is forged, or the key was replaced.", r.Seq))
		return nil //nolint:nilerr // it is told as a difference
	}
	keys := newActKeys()
	err := v.tx.Acts(func(a store.RecordRow) error {
		if a.Seq < r.Seq {
			keys.add(a.Seq, a.SourceID)
		}
		return nil
	})
	if err == nil && keys.sum() != id.Keys {
		v.differ(r.Seq, "journal", "早期操作记录的提交编号被改动过。", "The submission numbers of earlier acts were changed.")
	}
	return err
}

// broken notes a record by which the office said that its history is broken.
func (v *verifier) broken(r store.RecordRow) error {
	var b breakRecord
	err := json.Unmarshal(r.Body, &b)
	if err == nil && !journal.Sealed(b.Key, b.content(r.Seq), b.Seal) {
		err = errors.New("intake: a break without the key's seal")
	}
	if err != nil {
		v.differ(r.Seq, "journal", fmt.Sprintf("存证第 %d 号记录说历史中断，但没有签名：它是伪造的。", r.Seq),
			fmt.Sprintf("Record %d says that the history is broken, but is not sealed: it is forged.", r.Seq))
		return nil //nolint:nilerr // it is told as a difference
	}
	v.breaks = append(v.breaks, Break{Seq: r.Seq, At: store.Time(r.Observed), Because: b.Because, NewKey: b.PreviousKey != "", previous: b.PreviousKey, key: b.Key})
	return nil
}

// checkpoints opens every signed checkpoint, smallest first, and looks whether
// one is missing. Those from before the office said that the history is broken
// are set aside.
func (v *verifier) checkpoints() (out []journal.Checkpoint, err error) {
	rows, err := v.tx.CheckpointRows()
	if err != nil {
		return nil, err
	}
	since := int64(0)
	if n := len(v.breaks); n > 0 {
		since = int64(v.breaks[n-1].Seq)
	}
	for _, row := range rows {
		cp, err := journal.Open(row.Note, v.key)
		if err != nil {
			if v.formerKey(row.Note) {
				continue
			}
			v.differ(0, "checkpoint", "有一个检查点的签名不对：检查点或公钥被改动过。", "A checkpoint's signature is wrong: the checkpoint or the public key was changed.")
			return nil, nil
		}
		if row.Size != cp.Size || row.At != cp.At.UnixMicro() {
			v.differ(0, "checkpoint", fmt.Sprintf("检查点旁边记着 %d 条记录、%s，签名的内容却是 %d 条、%s：它被改动过。", row.Size, officeTime(store.Time(row.At)), cp.Size, officeTime(cp.At)),
				fmt.Sprintf("Beside a checkpoint stand %d records and %s, but it was signed over %d at %s: that was changed.", row.Size, officeTime(store.Time(row.At)), cp.Size, officeTime(cp.At)))
			return nil, nil
		}
		if cp.Size >= since {
			out = append(out, cp)
		}
	}
	slices.SortFunc(out, func(a, b journal.Checkpoint) int { return int(a.Size - b.Size) })
	if v.origin == "" {
		return out, nil
	}
	last, err := v.last()
	if err != nil || v.rep.Difference != nil {
		return nil, err
	}
	v.noneMissing(out, last, since)
	return out, nil
}

// last reads what was signed last.
func (v *verifier) last() (journal.Checkpoint, error) {
	b, err := os.ReadFile(filepath.Join(v.dir, journal.LastFile))
	if err != nil && !errors.Is(err, os.ErrNotExist) {
		return journal.Checkpoint{}, err
	}
	last, openErr := journal.Open(string(b), v.key)
	switch {
	case err != nil:
		v.differ(0, "checkpoint", "上次签署的检查点文件丢失：没有它，就看不出存证是否被换成了旧的。", "The file of the checkpoint signed last, "+journal.LastFile+", is gone: without it nobody can tell whether the journal was replaced by an older one.")
	case openErr != nil:
		v.differ(0, "checkpoint", "上次签署的检查点文件被改动过，或公钥被换过。", "The file of the checkpoint signed last, "+journal.LastFile+", was changed, or the public key was replaced.")
	}
	return last, nil
}

// noneMissing looks whether the checkpoints are those that were signed: each
// names the one before, and the last is kept beside the key.
func (v *verifier) noneMissing(all []journal.Checkpoint, last journal.Checkpoint, since int64) {
	missing := func(size int64) {
		v.differ(0, "checkpoint", fmt.Sprintf("签署过的检查点少了一个（当时共 %d 条记录）：它被删除了。", size), fmt.Sprintf("The checkpoint that was signed over %d records is missing: it was deleted.", size))
	}
	have := map[int64]bool{0: true}
	for _, c := range all {
		have[c.Size] = true
	}
	for _, c := range all {
		if c.Previous >= since && c.Previous > 0 && !have[c.Previous] {
			missing(c.Previous)
			return
		}
	}
	switch {
	case last.Size > 0 && last.Size <= int64(v.tx.Head()) && !have[last.Size]:
		missing(last.Size)
	case len(all) > 0 && all[len(all)-1].Size > last.Size:
		v.differ(0, "checkpoint", "上次签署的检查点文件被换成了旧的。", "The file of the checkpoint signed last, "+journal.LastFile+", was replaced by an older one.")
	case last.Size > int64(v.tx.Head()):
		v.kept = append(v.kept, Kept{Head: last.Head(), Where: journal.LastFile, signedLast: true})
	}
}
