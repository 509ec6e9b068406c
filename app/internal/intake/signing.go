package intake

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/mingcha-console/mingcha/app/internal/fault"
	"github.com/mingcha-console/mingcha/app/internal/journal"
	"github.com/mingcha-console/mingcha/app/internal/store"
)

// Checkpoint signs the journal as it stands. It is refused once the journal
// does not extend what was signed last.
func (in *Intake) Checkpoint(ctx context.Context) (cp journal.Checkpoint, err error) {
	s := in.opts.Signer
	if r := s.Refused(); r != nil {
		return cp, NotSigned(r)
	}
	if err := in.name(ctx); err != nil {
		return cp, err
	}
	// What was set aside goes into the journal first, and is durable before
	// anything is signed over it.
	if err := in.submit(ctx, &job{run: (*projector).noteSetAside}); err != nil {
		return cp, err
	}
	err = in.submit(ctx, &job{run: func(p *projector) error {
		now, err := p.w.TreeHead()
		if err != nil {
			return err
		}
		if err := p.vet(s, now); err != nil {
			return err
		}
		if cp, err = s.Sign(now, p.now, p.w.Tile); err != nil {
			return err
		}
		return p.keepCheckpoint(s, cp)
	}})
	if r := (*journal.Refusal)(nil); errors.As(err, &r) {
		err = NotSigned(r)
	}
	return cp, err
}

// name sees to it that a journal which began without an origin has its own
// before it is signed.
func (in *Intake) name(ctx context.Context) error {
	s := in.opts.Signer
	if s.Named() {
		return nil
	}
	if err := in.submit(ctx, &job{run: func(p *projector) error {
		if p.w.HasOrigin() { // another asked at the same time
			return nil
		}
		return p.nameJournal(s)
	}}); err != nil {
		return err
	}
	return in.submit(ctx, &job{run: func(p *projector) error {
		if s.Named() {
			return nil
		}
		if err := p.begin(s); err != nil {
			return err
		}
		return p.look(s, p.now)
	}})
}

// NotSigned words why nothing is signed any more.
func NotSigned(r *journal.Refusal) error {
	return fault.New(fault.Conflict, "journal_not_signed", r.ZH, r.EN, r.Err)
}

// vet looks, before the first signature after an opening, at the records that
// were written since the last one and before the opening: they have to be those
// that the tree holds. Those written since then this program has hashed itself.
func (p *projector) vet(s *journal.Signer, now journal.Head) error {
	if p.unvetted < 0 {
		return nil
	}
	next, leaves := p.unvetted, []byte(nil)
	err := p.w.From(uint64(p.unvetted)+1, func(r store.RecordRow) (err error) {
		if int64(r.Seq-1) != next {
			return p.changed(s, now, uint64(next)+1)
		}
		if leaves == nil || next%tileRecords == 0 {
			if leaves, err = p.w.Tile(0, next/tileRecords); err != nil {
				return err
			}
		}
		if !leafAgrees(leaves, &r, p.named) {
			return p.changed(s, now, r.Seq)
		}
		next++
		return nil
	})
	if err == nil && next != now.Size {
		err = p.changed(s, now, uint64(next)+1)
	}
	if err == nil {
		p.unvetted = -1
	}
	return err
}

func (p *projector) changed(s *journal.Signer, now journal.Head, seq uint64) error {
	return s.Refuse(now, p.now, p.w.Tile, fmt.Errorf("intake: record %d is not what the tree holds", seq),
		fmt.Sprintf("存证第 %d 号记录与写入时不同：它被改动或删除过。", seq),
		fmt.Sprintf("Record %d is not what it was when it was written: it was changed or deleted.", seq))
}

// leafAgrees tells whether a record is the one whose hash a tile holds; named is
// the record that gave the journal its origin, 0 if it always had one.
func leafAgrees(leaves []byte, r *store.RecordRow, named uint64) bool {
	hash := leafOf(r, named)
	at := int((r.Seq-1)%tileRecords) * len(hash)
	return at+len(hash) <= len(leaves) && string(leaves[at:at+len(hash)]) == string(hash[:])
}

// leafOf is a record's leaf hash.
func leafOf(r *store.RecordRow, named uint64) [32]byte {
	rec := journal.Record{Seq: r.Seq, Kind: journal.Kind(r.Kind), Corrects: r.Corrects, ObservedAt: time.UnixMicro(r.Observed), Body: r.Body}
	if r.Seq < named {
		return rec.FormerHash()
	}
	return rec.Hash()
}

// namedBy is the record that gave the journal its origin; 0 if it always had
// one, and beyond every record if it has none yet.
func namedBy(t *store.Reader) (seq uint64, err error) {
	err = t.OfItself(journal.KindIdentity, func(r store.RecordRow) error {
		if seq == 0 {
			seq = r.Seq
		}
		return nil
	})
	if err != nil || seq > 0 {
		return seq, err
	}
	origin, err := t.Origin()
	if origin == "" {
		seq = ^uint64(0)
	}
	return seq, err
}

// keepCheckpoint keeps a checkpoint, and with it which seals there are: an older one,
// put back with what it is over, is an older one then.
func (p *projector) keepCheckpoint(s *journal.Signer, cp journal.Checkpoint) error {
	if err := p.w.PutCheckpoint(cp); err != nil {
		return err
	}
	return p.w.PutMarks(cp.Size, s.Seal)
}

// sealAll seals where every stream stands, and what else follows from no record.
func (p *projector) sealAll(s *journal.Signer) error {
	all, err := p.w.Cursors()
	if err != nil {
		return err
	}
	for _, c := range all {
		if err := p.w.SealCursor(c.Adapter, c.Stream, s.Seal); err != nil {
			return err
		}
	}
	for _, what := range store.AllSealed {
		if err := p.w.PutSeal(what, s.Seal); err != nil {
			return err
		}
	}
	return nil
}

// seal seals what the transaction changed that follows from no record: where streams
// stand whose cursors it moved, and what is sealed as a whole.
func (p *projector) seal(s *journal.Signer) error {
	for _, what := range p.w.Unsealed() {
		p.unsealed[what] = true
	}
	for from := range p.moved {
		if s != nil {
			if err := p.w.SealCursor(from.adapter, string(from.stream), s.Seal); err != nil {
				return err
			}
		}
		if !p.streams[from] {
			p.unsealed[store.SealedStreams], p.streams[from] = true, true
		}
	}
	for what := range p.unsealed {
		if s != nil {
			if err := p.w.PutSeal(what, s.Seal); err != nil {
				return err
			}
		}
	}
	clear(p.moved)
	clear(p.unsealed)
	return nil
}
