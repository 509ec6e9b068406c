package intake

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"regexp"
	"strings"
	"time"

	"github.com/mingcha-console/mingcha/app/internal/fault"
	"github.com/mingcha-console/mingcha/app/internal/journal"
	"github.com/mingcha-console/mingcha/app/internal/store"
)

// Act is something that a person did, or that the console did for people. It
// is one record of the journal, and says all that its tables need: folding it
// again years later must not ask what else was true at the time.
type Act struct {
	Key  string // the same key again is the same act, and changes nothing
	Type string // such as "visit.filed"
	By   uint64 // the account; 0: the person at the console's own machine, or the console
	Data any    // as JSON
}

// RecordedAct is an act as it stands in the journal.
type RecordedAct struct {
	Seq  uint64    // 0 while it is only checked
	At   time.Time // when the console took it
	Type string
	By   uint64
	Data json.RawMessage
}

// DataOf reads what an act is about.
func DataOf[T any](a *RecordedAct) (d T, err error) {
	if err = json.Unmarshal(a.Data, &d); err != nil {
		err = fmt.Errorf("intake: act %s: %w", a.Type, err)
	}
	return d, err
}

// keyForm is what a page or a phone may choose as a submission's number.
var keyForm = regexp.MustCompile(`^[0-9a-zA-Z-]{8,64}$`)

// ValidKey tells whether a page may choose a key for what it sends, under which
// the same, sent again, is the same act.
func ValidKey(key string) bool { return keyForm.MatchString(key) }

// Folder turns some types of acts into tables. Both methods run on the one
// writer, so that nothing comes between a check and its act.
type Folder interface {
	// Types are the types that it folds.
	Types() []string
	// Tables are the derived tables that only its acts change, for Verify.
	Tables() []string
	// Check refuses an act with a fault; it only reads.
	Check(w *store.Writer, a *RecordedAct) error
	// Fold writes what the act changes. It uses nothing but the act and tables
	// that folders derive from acts.
	Fold(w *store.Writer, a *RecordedAct) error
}

// actBody is an act's record.
type actBody struct {
	Type string          `json:"type"`
	By   uint64          `json:"by,omitempty"`
	Key  string          `json:"key,omitempty"` // absent from acts of journals that had no origin of their own yet
	Data json.RawMessage `json:"data,omitempty"`
}

// Act journals an act and folds it, or refuses it. An act whose key stands in
// the journal already is not written again: the earlier one is returned, with
// repeated true, so that a phone that heard no answer may simply send again.
// The same key for another act is a conflict.
func (in *Intake) Act(ctx context.Context, a Act) (rec RecordedAct, repeated bool, err error) {
	f := folderOf(in.opts.Acts, a.Type)
	if f == nil {
		return rec, false, fmt.Errorf("intake: nobody folds acts of type %q", a.Type)
	}
	body, rec, err := a.record()
	if err != nil {
		return rec, false, err
	}
	err = in.submit(ctx, &job{
		check: func(p *projector) error {
			_, old, found, err := p.w.Latest(0, journal.KindAct, a.Key)
			if err != nil {
				return err
			}
			if found {
				same, err := a.is(old.Body)
				if err != nil {
					return err
				}
				if !same {
					return errKeyUsed
				}
				rec.Seq, rec.At, repeated = old.Seq, time.UnixMicro(old.Observed).UTC(), true
				return errRepeated
			}
			rec.At = in.opts.Now().UTC().Truncate(time.Microsecond)
			return f.Check(p.w, &rec)
		},
		run: func(p *projector) (err error) {
			rec.At = p.now
			if rec.Seq, err = p.w.Append(journal.KindAct, 0, p.now, body, 0, a.Key, 0); err != nil {
				return err
			}
			if err := f.Fold(p.w, &rec); err != nil {
				return err
			}
			return p.effect(&rec)
		},
	})
	if errors.Is(err, errRepeated) {
		err = nil
	}
	return rec, repeated, err
}

// actKey is the key of an act that the console does by itself: the same of the
// same.
func actKey(of ...string) string {
	sum := sha256.Sum256([]byte(strings.Join(of, "\x00")))
	return hex.EncodeToString(sum[:])
}

// errRepeated ends the check of an act that was done already.
var errRepeated = errors.New("intake: the act stands in the journal already")

var errKeyUsed = fault.New(fault.Conflict, "act_key_used",
	"这份提交的编号已被另一份内容使用。请刷新页面后重新填写。", "The number of this submission was used for something else. Reload the page and fill it in again.", nil)

func (a *Act) record() (body []byte, rec RecordedAct, err error) {
	data, err := json.Marshal(a.Data)
	if err != nil {
		return nil, rec, fmt.Errorf("intake: act %s: %w", a.Type, err)
	}
	body, err = json.Marshal(actBody{a.Type, a.By, a.Key, data})
	return body, RecordedAct{Type: a.Type, By: a.By, Data: data}, err
}

// is tells whether a record's body is this act's, also of a time when acts did
// not hold their keys.
func (a *Act) is(body []byte) (bool, error) {
	now, _, err := a.record()
	if err != nil || string(now) == string(body) {
		return err == nil, err
	}
	keyless := *a
	keyless.Key = ""
	then, _, err := keyless.record()
	return string(then) == string(body), err
}

func folderOf(all []Folder, actType string) Folder {
	for _, f := range all {
		for _, t := range f.Types() {
			if t == actType {
				return f
			}
		}
	}
	return nil
}

// ReadAct reads an act from its record.
func ReadAct(r store.RecordRow) (RecordedAct, error) {
	var b actBody
	if err := json.Unmarshal(r.Body, &b); err != nil {
		return RecordedAct{}, fmt.Errorf("intake: record %d: %w", r.Seq, err)
	}
	return RecordedAct{Seq: r.Seq, At: time.UnixMicro(r.Observed).UTC(), Type: b.Type, By: b.By, Data: b.Data}, nil
}

// acts folds every act anew and compares the tables.
func (v *verifier) acts() error {
	scratch, err := store.OpenScratch(v.tx)
	if err != nil {
		return err
	}
	defer scratch.Close()
	w := scratch.Writer()
	if err := w.Begin(); err != nil {
		return err
	}
	if err := v.tx.Acts(func(r store.RecordRow) error {
		a, err := ReadAct(r)
		if err != nil {
			return err
		}
		f := folderOf(v.folders, a.Type)
		if f == nil {
			return fmt.Errorf("intake: record %d: nobody folds acts of type %q", r.Seq, a.Type)
		}
		return f.Fold(w, &a)
	}); err != nil {
		return err
	}
	if err := w.Commit(); err != nil {
		return err
	}
	for _, f := range v.folders {
		for _, table := range f.Tables() {
			if err := v.compare(w.Reader, table); err != nil || v.rep.Difference != nil {
				return err
			}
		}
	}
	return nil
}
