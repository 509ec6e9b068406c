package journal

import (
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"time"

	"golang.org/x/mod/sumdb/note"
	"golang.org/x/mod/sumdb/tlog"
)

// origin is the first line of every checkpoint, naming what is signed.
const origin = "mingcha journal v1"

// Checkpoint is a signed statement: at this time the journal had this size and
// this root.
type Checkpoint struct {
	Size int64
	Root tlog.Hash
	At   time.Time
	Note string // the signed note, as published
}

// Signer signs checkpoints with the data folder's Ed25519 key.
type Signer struct {
	signer note.Signer
	public string
}

const keyFile = "checkpoint.key"

// PublicKeyFile is the name of the file with the verifier key, to be copied to
// whoever shall be able to check the journal.
const PublicKeyFile = "checkpoint.pub"

// OpenSigner loads the signing key of a data folder, making one first if there
// is none. The private key's file is readable by its owner only.
func OpenSigner(dir string) (*Signer, error) {
	private, err := os.ReadFile(filepath.Join(dir, keyFile))
	if errors.Is(err, os.ErrNotExist) {
		return newSigner(dir)
	}
	if err != nil {
		return nil, err
	}
	public, err := os.ReadFile(filepath.Join(dir, PublicKeyFile))
	if err != nil {
		return nil, err
	}
	s, err := note.NewSigner(strings.TrimSpace(string(private)))
	if err != nil {
		return nil, fmt.Errorf("journal: signing key: %w", err)
	}
	return &Signer{signer: s, public: strings.TrimSpace(string(public))}, nil
}

func newSigner(dir string) (*Signer, error) {
	private, public, err := note.GenerateKey(rand.Reader, "mingcha")
	if err != nil {
		return nil, err
	}
	// The public key first: a private key without it would lock the folder.
	if err := writeWhole(filepath.Join(dir, PublicKeyFile), public, 0o644); err != nil {
		return nil, err
	}
	if err := writeWhole(filepath.Join(dir, keyFile), private, 0o600); err != nil {
		return nil, err
	}
	s, err := note.NewSigner(private)
	if err != nil {
		return nil, err
	}
	return &Signer{signer: s, public: public}, nil
}

// writeWhole leaves a file with the whole line in it, or none: half a key would
// lock the folder.
func writeWhole(file, line string, mode os.FileMode) error {
	partial := file + ".partial"
	if err := os.WriteFile(partial, []byte(line+"\n"), mode); err != nil {
		return errors.Join(err, os.Remove(partial))
	}
	return os.Rename(partial, file)
}

// PublicKey is the verifier key in the note package's text form.
func (s *Signer) PublicKey() string { return s.public }

// Name tells the folder's journal from every other, wherever it is reached: half
// of its public key's SHA-256, in hex. A copy or a restored backup has the same.
func (s *Signer) Name() string {
	sum := sha256.Sum256([]byte(s.public))
	return hex.EncodeToString(sum[:sha256.Size/2])
}

// Sign makes a checkpoint of a journal of the given size and root at a moment.
func (s *Signer) Sign(size int64, root tlog.Hash, at time.Time) (Checkpoint, error) {
	text := fmt.Sprintf("%s\n%d\n%s\n%s\n", origin, size,
		base64.StdEncoding.EncodeToString(root[:]), at.UTC().Format(time.RFC3339))
	msg, err := note.Sign(&note.Note{Text: text}, s.signer)
	if err != nil {
		return Checkpoint{}, err
	}
	return Checkpoint{Size: size, Root: root, At: at.UTC().Truncate(time.Second), Note: string(msg)}, nil
}

// Open checks a checkpoint's signature under the public key and reads it.
func Open(signed, publicKey string) (Checkpoint, error) {
	v, err := note.NewVerifier(publicKey)
	if err != nil {
		return Checkpoint{}, fmt.Errorf("journal: public key: %w", err)
	}
	n, err := note.Open([]byte(signed), note.VerifierList(v))
	if err != nil {
		return Checkpoint{}, fmt.Errorf("journal: checkpoint: %w", err)
	}
	lines := strings.Split(strings.TrimSuffix(n.Text, "\n"), "\n")
	if len(lines) != 4 || lines[0] != origin {
		return Checkpoint{}, errors.New("journal: not a checkpoint of this journal")
	}
	size, err := strconv.ParseInt(lines[1], 10, 64)
	if err != nil {
		return Checkpoint{}, fmt.Errorf("journal: checkpoint size: %w", err)
	}
	root, err := base64.StdEncoding.DecodeString(lines[2])
	if err != nil || len(root) != tlog.HashSize {
		return Checkpoint{}, errors.New("journal: checkpoint root is not a hash")
	}
	at, err := time.Parse(time.RFC3339, lines[3])
	if err != nil {
		return Checkpoint{}, fmt.Errorf("journal: checkpoint time: %w", err)
	}
	return Checkpoint{Size: size, Root: tlog.Hash(root), At: at, Note: signed}, nil
}
