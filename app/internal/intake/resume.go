package intake

import (
	"encoding/json"
	"errors"
	"fmt"
	"time"

	"github.com/mingcha-console/mingcha/app/internal/journal"
	"github.com/mingcha-console/mingcha/app/internal/rules"
	"github.com/mingcha-console/mingcha/app/internal/store"
)

// breakRecord is the record by which the office says that its journal does not
// extend what was signed, and why. Seal is the key's over the rest of it.
type breakRecord struct {
	Because     string `json:"because"`
	SignedLast  string `json:"signed_last,omitempty"` // the checkpoint that the journal does not extend
	Key         string `json:"key"`                   // that signs from now on
	PreviousKey string `json:"previous_key,omitempty"`
	Seal        []byte `json:"seal,omitempty"`
}

// content is what the seal is over, bound to the record's place.
func (b breakRecord) content(seq uint64) []byte {
	b.Seal = nil
	c, _ := json.Marshal(b) // texts only
	return fmt.Appendf(nil, "break %d\n%s", seq, c)
}

// Resume journals that the history is broken, and why, and signs what there is.
// The folder is not open otherwise.
func Resume(s *store.Store, signer *journal.Signer, signedLast, previousKey, because string, now time.Time) (cp journal.Checkpoint, err error) {
	w := s.Writer()
	p := newProjector(w, &registry{}, (*rules.Judge)(nil))
	p.now = now.UTC().Truncate(time.Microsecond)
	if err := p.alone(func() error {
		if !w.HasOrigin() {
			if err := p.nameJournal(signer); err != nil {
				return err
			}
		}
		b := breakRecord{Because: because, SignedLast: signedLast, Key: signer.PublicKeyOf(signer.Origin()), PreviousKey: previousKey}
		seq := w.Head() + 1
		b.Seal = signer.Seal(b.content(seq))
		body, err := json.Marshal(b)
		if err != nil {
			return err
		}
		_, err = w.Append(journal.KindBreak, 0, p.now, body, 0, fmt.Sprintf("break-%d", seq), 0)
		return errors.Join(err, p.sealAll(signer))
	}); err != nil {
		return cp, err
	}
	if !signer.Named() {
		if err := signer.Begin(journal.Checkpoint{}); err != nil {
			return cp, err
		}
	}
	head, err := w.TreeHead()
	if err != nil {
		return cp, err
	}
	if cp, err = signer.Resume(head, p.now); err != nil {
		return cp, err
	}
	return cp, p.alone(func() error { return p.keepCheckpoint(signer, cp) })
}
