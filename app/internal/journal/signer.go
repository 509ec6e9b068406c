package journal

import (
	"crypto/ed25519"
	"crypto/rand"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"time"

	"golang.org/x/mod/sumdb/note"
)

// Signer signs checkpoints with the data folder's Ed25519 key. It remembers what
// it signed last in a file beside the key, and signs nothing that does not
// extend it. Its methods may be called from many goroutines.
type Signer struct {
	dir     string
	key     publicKey
	private ed25519.PrivateKey

	mu      sync.Mutex
	last    Checkpoint
	lost    bool     // what was signed last is not known any more
	refused *Refusal // set once something did not fit
}

// Refusal is why a signer signs nothing any more.
type Refusal struct {
	ZH, EN   string
	Since    time.Time
	Evidence string // the file in the data folder that keeps what was found
	Err      error
}

func (r *Refusal) Error() string { return r.EN }
func (r *Refusal) Unwrap() error { return r.Err }

// OpenSigner loads the signing key of a data folder whose journal may be new:
// where nothing was ever signed and there is no key, one is made, and with it an
// origin that no other folder has. ErrKeyLost: something was signed, and the key
// is gone.
func OpenSigner(dir string) (*Signer, error) {
	s, err := ReopenSigner(dir)
	if !errors.Is(err, ErrKeyLost) {
		return s, err
	}
	last, lastErr := os.ReadFile(filepath.Join(dir, LastFile))
	if lastErr == nil {
		if c, err := readText(string(last)); err != nil || c.Size > 0 {
			return nil, ErrKeyLost
		}
	} else if !errors.Is(lastErr, os.ErrNotExist) {
		return nil, lastErr
	}
	return NewSigner(dir, newOrigin())
}

// ReopenSigner loads the signing key of a data folder that must have one.
// ErrKeyLost: there is none.
func ReopenSigner(dir string) (*Signer, error) {
	k, private, err := loadKeys(dir)
	if errors.Is(err, os.ErrNotExist) {
		return nil, fmt.Errorf("%w: %w", ErrKeyLost, err)
	}
	if err != nil {
		return nil, err
	}
	s := &Signer{dir: dir, key: k, private: private}
	return s, s.remember()
}

// NewSigner makes a key for an origin in a folder, in place of what key there
// may be. Nothing was signed with it yet.
func NewSigner(dir, origin string) (*Signer, error) {
	public, private, err := ed25519.GenerateKey(rand.Reader)
	if err != nil {
		return nil, err
	}
	s := &Signer{dir: dir, key: publicKey{origin, public}, private: private}
	if s.key.origin() == "" {
		return nil, fmt.Errorf("journal: no origin: %q", origin)
	}
	// The key last: where it lies, the others do too.
	if err := os.Remove(filepath.Join(dir, KeyFile)); err != nil && !errors.Is(err, os.ErrNotExist) {
		return nil, err
	}
	if err := s.sign(&Checkpoint{Origin: origin, Root: empty}); err != nil {
		return nil, err
	}
	return s, s.key.write(dir, private)
}

// remember reads what was signed last. A key that signed before journals had
// origins has no such file: see Begin.
func (s *Signer) remember() error {
	b, err := os.ReadFile(filepath.Join(s.dir, LastFile))
	switch {
	case errors.Is(err, os.ErrNotExist):
		s.lost = true
		return nil
	case err != nil:
		return err
	}
	if s.last, err = Open(string(b), s.PublicKey()); err != nil {
		s.lost = true
	}
	return nil
}

// PublicKey is the verifier key, in the text form of C2SP signed notes.
func (s *Signer) PublicKey() string { return s.key.named(s.key.name) }

// PublicKeyOf is the verifier key as it is named under an origin.
func (s *Signer) PublicKeyOf(origin string) string { return s.key.named(nameOf(origin)) }

// Origin is the journal's own: no other folder has it, and copies and restored
// backups keep it.
func (s *Signer) Origin() string { return s.key.origin() }

// sealForm begins what Seal signs. No checkpoint begins so: origins have another
// form.
const sealForm = "mingcha seal v1\n"

// Seal signs what the database holds besides the journal and does not follow
// from it, so that it cannot be changed without the key.
func (s *Signer) Seal(content []byte) []byte {
	return ed25519.Sign(s.private, append([]byte(sealForm), content...))
}

// Sealed tells whether a seal is that of a content under a verifier key.
func Sealed(publicKey string, content, seal []byte) bool {
	k, err := parseKey(publicKey)
	return err == nil && ed25519.Verify(k.key, append([]byte(sealForm), content...), seal)
}

// Named tells whether the key signs under the journal's own origin already.
func (s *Signer) Named() bool { return s.key.name != formerName }

// Name is the part of the origin that tells the folder's journal from every
// other, wherever it is reached.
func (s *Signer) Name() string { return originName(s.Origin()) }

// Last is the checkpoint that was signed last, of size 0 if none was yet; known
// is false where the file that says so is gone or not the key's.
func (s *Signer) Last() (last Checkpoint, known bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.last, !s.lost
}

// Begin takes over a journal that was signed before there was a file for what
// was signed last: the key gets the journal's own origin as its name, and what
// was signed last, if anything, is signed anew under it.
func (s *Signer) Begin(last Checkpoint) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	if last.Size == 0 {
		last.Root = empty
	}
	s.key.name, last.Origin, last.Previous = s.key.origin(), s.key.origin(), 0
	if err := s.sign(&last); err != nil {
		return err
	}
	return s.key.write(s.dir, s.private)
}

// Check looks whether a journal extends what was signed last, reading the tiles
// that show it. Where it does not, the signer signs nothing from then on, keeps
// what it found as evidence, and says so.
func (s *Signer) Check(now Head, at time.Time, read TileReader) *Refusal {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.check(now, at, read)
}

func (s *Signer) check(now Head, at time.Time, read TileReader) *Refusal {
	if s.refused != nil {
		return s.refused
	}
	if s.lost {
		return s.refuse(now, at, read, errors.New("journal: the file "+LastFile+" is gone or was changed"),
			"数据文件夹里的 "+LastFile+" 丢失或被改动：它记着上次签署的检查点，没有它就无法确认存证未被改写。",
			"The file "+LastFile+" in the data folder is gone or was changed. It holds the checkpoint signed last; without it nobody can tell that the journal was not rewritten.")
	}
	if _, err := Extension(s.last.Head(), now, read); err != nil {
		when := s.last.At.In(officeZone).Format("2006-01-02 15:04")
		return s.refuse(now, at, read, err,
			fmt.Sprintf("存证与 %s 签署的检查点（当时共 %d 条记录）不符：当时已有的记录后来被改动或删除。", when, s.last.Size),
			fmt.Sprintf("The journal does not agree with the checkpoint signed at %s over %d records: records that it held then were changed or deleted since.", when, s.last.Size))
	}
	return nil
}

// officeZone is only for sentences; the zone has had no summer time since 1991.
var officeZone = time.FixedZone("Asia/Shanghai", 8*60*60)

// EvidenceFolder is the folder in a data folder where a refusal leaves what was
// found.
const EvidenceFolder = "evidence"

func (s *Signer) refuse(now Head, at time.Time, read TileReader, err error, zh, en string) *Refusal {
	const zhThen = "本台照常接收记录，但不再签署检查点。请勿改动文件夹，运行 mingcha verify 查明，再从备份恢复；无法恢复的，由主任用 mingcha journal resume 写明原因后重新签署。"
	const enThen = " The console goes on recording but signs no checkpoints. Leave the folder as it is, find out more with mingcha verify, and restore a backup; where none can be restored, the head states why with mingcha journal resume, and signing begins anew."
	s.refused = &Refusal{ZH: zh + zhThen, EN: en + enThen, Since: at, Err: err}
	found := map[string]any{"found_at": at.UTC(), "origin": s.Origin(), "public_key": s.PublicKey(), "signed_last": s.last.Note,
		"size": now.Size, "root": now.Root.String(), "zh": zh, "en": en, "error": err.Error()}
	if root, err := RootAt(s.last.Size, now, read); err == nil {
		found["root_at_signed_size"] = root.String()
	}
	if b, err := json.MarshalIndent(found, "", "  "); err == nil && os.MkdirAll(filepath.Join(s.dir, EvidenceFolder), 0o700) == nil {
		file := EvidenceFolder + "/not-signed-" + at.UTC().Format("20060102T150405Z") + ".json"
		if writeWhole(filepath.Join(s.dir, file), string(b)) == nil {
			s.refused.Evidence = file
		}
	}
	return s.refused
}

// Refused is why nothing is signed any more; nil while all is well.
func (s *Signer) Refused() *Refusal {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.refused
}

// Refuse has the signer sign nothing from now on, since the journal's records
// are not what its tree says.
func (s *Signer) Refuse(now Head, at time.Time, read TileReader, err error, zh, en string) *Refusal {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.refused == nil {
		return s.refuse(now, at, read, err, zh, en)
	}
	return s.refused
}

// Sign makes a checkpoint of the journal at a moment, after checking with the
// stored tiles that it extends what was signed last. The error may be a
// *Refusal. What was signed is on the disk before it is returned.
func (s *Signer) Sign(now Head, at time.Time, read TileReader) (Checkpoint, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if r := s.check(now, at, read); r != nil {
		return Checkpoint{}, r
	}
	c := Checkpoint{Origin: s.key.origin(), Size: now.Size, Root: now.Root, At: at, Previous: s.last.Size}
	if s.last.Size == now.Size { // the same again, at a later time
		c.Previous = max(s.last.Previous, 0)
	}
	return c, s.sign(&c)
}

// Resume signs a journal that does not extend what was signed last: the office
// has said in the journal that it is so.
func (s *Signer) Resume(now Head, at time.Time) (Checkpoint, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	c := Checkpoint{Origin: s.key.origin(), Size: now.Size, Root: now.Root, At: at}
	if err := s.sign(&c); err != nil {
		return c, err
	}
	s.refused, s.lost = nil, false
	return c, nil
}

// sign signs and keeps a checkpoint.
func (s *Signer) sign(c *Checkpoint) error {
	c.At = c.At.UTC().Truncate(time.Second)
	n, err := note.NewSigner(publicKey{nameOf(c.Origin), s.key.key}.private(s.private.Seed()))
	if err != nil {
		return fmt.Errorf("journal: signing key: %w", err)
	}
	b, err := note.Sign(&note.Note{Text: c.text()}, n)
	if err != nil {
		return err
	}
	c.Note = string(b)
	if err := writeWhole(filepath.Join(s.dir, LastFile), strings.TrimSuffix(c.Note, "\n")); err != nil {
		return err
	}
	s.last, s.lost = *c, false
	return nil
}
