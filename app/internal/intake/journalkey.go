package intake

import (
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"time"

	"github.com/mingcha-console/mingcha/app/internal/fault"
	"github.com/mingcha-console/mingcha/app/internal/journal"
	"github.com/mingcha-console/mingcha/app/internal/store"
)

// identityRecord is the record by which a journal that began without an origin
// of its own got one.
type identityRecord struct {
	Origin string `json:"origin"`
	Key    string `json:"key"` // the verifier key under it
	// Keys is a chain of SHA-256 over the submission numbers of the acts before
	// it, which do not stand in those acts themselves: from 32 zero bytes on, the
	// sum of the sum before, the act's journal number (8 bytes), the length of
	// its submission number (8 bytes) and that number.
	Keys string `json:"act_keys_sha256"`
}

// own makes sure that journal and key are one another's, before anything is
// written.
func (p *projector) own(s *journal.Signer, now time.Time) (err error) {
	if s == nil {
		return nil
	}
	p.now = now
	if err := p.identify(s); err != nil {
		return err
	}
	if p.named, err = namedBy(p.w.Reader); err != nil {
		return err
	}
	if p.w.HasOrigin() {
		if err := p.alone(p.judgeUnjudged); err != nil {
			return err
		}
		p.changes = p.changes[:0] // nobody listens yet
	}
	if !s.Named() {
		return nil
	}
	return p.remember(s, now)
}

// identify makes sure that journal and key are one another's before anything is
// written: a new journal takes the key's origin, one that began without any gets
// its own before it is next signed, and one that is not the key's, or holds less
// than the key has signed, is refused.
func (p *projector) identify(s *journal.Signer) error {
	origin, err := p.w.Origin()
	if err != nil {
		return err
	}
	last, known := s.Last()
	switch {
	case origin == "" && p.w.Head() == 0:
		if known && last.Size > 0 {
			return rolledBack(last, 0)
		}
		return p.alone(func() error {
			if !s.Named() {
				if err := s.Begin(journal.Checkpoint{}); err != nil {
					return err
				}
			}
			return p.w.SetOrigin(s.Origin())
		})
	case origin == "" && s.Named():
		return otherKey("mingcha journal v1", s.Origin())
	case origin == "":
		return nil
	case origin != s.Origin():
		return otherKey(origin, s.Origin())
	case !s.Named():
		return p.begin(s)
	}
	return nil
}

// nameJournal gives a journal that began without an origin its own, in the
// running transaction. The key's name changes after it: see begin.
func (p *projector) nameJournal(s *journal.Signer) error {
	keys := newActKeys()
	if err := p.w.Acts(func(r store.RecordRow) error { keys.add(r.Seq, r.SourceID); return nil }); err != nil {
		return err
	}
	body, err := json.Marshal(identityRecord{Origin: s.Origin(), Key: s.PublicKeyOf(s.Origin()), Keys: keys.sum()})
	if err != nil {
		return err
	}
	if err := p.w.SetOrigin(s.Origin()); err != nil {
		return err
	}
	if p.named, err = p.w.Append(journal.KindIdentity, 0, p.now, body, 0, s.Origin(), 0); err != nil {
		return err
	}
	return errors.Join(p.judgeUnjudged(), p.sealAll(s))
}

// judgeUnjudged judges the open cases that an older program left without saying
// what moment their figures are as of.
func (p *projector) judgeUnjudged() error {
	for _, d := range p.reg.byID {
		ids, err := p.w.UnjudgedCases(d.row.ID)
		if err != nil {
			return err
		}
		if err := p.judgeAll(d, ids); err != nil {
			return err
		}
	}
	return nil
}

// begin hands a signer that signed before origins what it signed last. Lost with
// the power, it is done at the next opening.
func (p *projector) begin(s *journal.Signer) error {
	notes, err := p.w.Checkpoints()
	if err != nil || len(notes) == 0 {
		return errors.Join(err, s.Begin(journal.Checkpoint{}))
	}
	last, err := journal.Open(notes[len(notes)-1], s.PublicKey())
	if err != nil {
		last = journal.Checkpoint{} // verify says what is wrong with it
	}
	return s.Begin(last)
}

// alone does something in a transaction of its own.
func (p *projector) alone(f func() error) error {
	if err := p.w.Begin(); err != nil {
		return err
	}
	if err := f(); err != nil {
		return errors.Join(err, p.w.Rollback())
	}
	if err := p.w.Commit(); err != nil {
		return errors.Join(err, p.w.Rollback())
	}
	return nil
}

// remember looks, at opening, whether the journal extends what was signed last.
// A journal that holds less than was signed is refused; one that was changed
// goes on, but nothing is signed.
func (p *projector) remember(s *journal.Signer, now time.Time) error {
	last, known := s.Last()
	if known && last.Size > int64(p.w.Head()) {
		return rolledBack(last, p.w.Head())
	}
	if err := p.look(s, now); err != nil || s.Refused() != nil || last.Size == 0 {
		return err
	}
	// Signed, but the power went before it stood in the database.
	note, err := p.w.CheckpointOf(last.Size)
	if err != nil || note == last.Note {
		return err
	}
	return p.alone(func() error { return p.keepCheckpoint(s, last) })
}

// look has the signer look whether the journal extends what was signed last;
// that it does not is said on every page.
func (p *projector) look(s *journal.Signer, now time.Time) error {
	head, err := p.w.TreeHead()
	if err != nil {
		return err
	}
	if s.Check(head, now, p.w.Tile) == nil {
		last, _ := s.Last()
		p.unvetted = last.Size
	}
	return nil
}

func rolledBack(last journal.Checkpoint, has uint64) error {
	when := last.At.In(time.FixedZone("Asia/Shanghai", 8*60*60)).Format("2006-01-02 15:04")
	return fault.New(fault.Conflict, "journal_rolled_back",
		fmt.Sprintf("存证现有 %d 条记录，而 %s 签署检查点时已有 %d 条：数据库被清空、删改或换成了旧的。请用 mingcha restore 恢复最近的备份；确实无法恢复的，由主任运行 mingcha journal resume 写明原因后继续使用。", has, when, last.Size),
		fmt.Sprintf("The journal has %d records, but had %d when the checkpoint of %s was signed: the database was emptied, cut, or replaced by an older one. Restore the latest backup with mingcha restore; where that cannot be done, the head states why with mingcha journal resume, and goes on with what there is.", has, last.Size, when), nil)
}

func otherKey(journalOrigin, keyOrigin string) error {
	return fault.New(fault.Conflict, "journal_other_key",
		fmt.Sprintf("数据库与签名密钥不是同一个存证的（数据库：%s，密钥：%s）。请把 checkpoint.key、checkpoint.pub、checkpoint.last 和 mingcha.db 从同一份备份恢复。", journalOrigin, keyOrigin),
		fmt.Sprintf("The database and the signing key belong to two journals (database: %s, key: %s). Restore checkpoint.key, checkpoint.pub, checkpoint.last and mingcha.db from one backup.", journalOrigin, keyOrigin), nil)
}

// actKeys sums the submission numbers of acts.
type actKeys struct{ all []byte }

func newActKeys() *actKeys { return &actKeys{make([]byte, sha256.Size)} }

func (k *actKeys) add(seq uint64, key string) {
	b := binary.BigEndian.AppendUint64(k.all, seq)
	b = binary.BigEndian.AppendUint64(b, uint64(len(key)))
	sum := sha256.Sum256(append(b, key...))
	k.all = append(k.all[:0], sum[:]...)
}

func (k *actKeys) sum() string { return hex.EncodeToString(k.all) }
