package journal

import (
	"crypto/ed25519"
	"encoding/base64"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
)

// KeyFile is the name of the file with the signing key, which only its owner
// can read.
const KeyFile = "checkpoint.key"

// PublicKeyFile is the name of the file with the verifier key, to be copied to
// whoever shall be able to check the journal.
const PublicKeyFile = "checkpoint.pub"

// LastFile is the name of the file with the checkpoint that was signed last. It
// lies beside the key and outside the database, so that who changes the database
// has not changed what the signer remembers.
const LastFile = "checkpoint.last"

// Files are what the signer keeps in a data folder.
var Files = []string{KeyFile, PublicKeyFile, LastFile}

// ErrKeyLost says that a folder whose journal was signed has no signing key any
// more. None is made in its place: that would hide what happened to it.
var ErrKeyLost = errors.New("journal: the signing key is gone")

// ErrKeysDiffer says that the signing key and the public key of a folder do not
// belong together.
var ErrKeysDiffer = errors.New("journal: the signing key and the public key do not belong together")

// privateForm begins the line of a signing key, as C2SP signed notes' tools have it.
const privateForm = "PRIVATE+KEY+"

func (k publicKey) private(seed []byte) string {
	return privateForm + k.name + "+" + k.hash(k.name) + "+" + base64.StdEncoding.EncodeToString(append([]byte{keyAlgorithm}, seed...))
}

// parsePrivate reads a signing key and the public key that follows from it.
func parsePrivate(line string) (publicKey, ed25519.PrivateKey, error) {
	rest, is := strings.CutPrefix(strings.TrimSpace(line), privateForm)
	part := strings.SplitN(rest, "+", 3)
	if !is || len(part) != 3 {
		return publicKey{}, nil, errors.New("journal: not a signing key")
	}
	b, err := base64.StdEncoding.DecodeString(part[2])
	if err != nil || len(b) != 1+ed25519.SeedSize || b[0] != keyAlgorithm {
		return publicKey{}, nil, errors.New("journal: not a signing key")
	}
	private := ed25519.NewKeyFromSeed(b[1:])
	k := publicKey{part[0], private.Public().(ed25519.PublicKey)}
	if k.hash(k.name) != part[1] || k.origin() == "" {
		return publicKey{}, nil, errors.New("journal: not a signing key: its name and its sum do not agree")
	}
	return k, private, nil
}

// loadKeys reads a folder's key pair.
func loadKeys(dir string) (publicKey, ed25519.PrivateKey, error) {
	line, err := os.ReadFile(filepath.Join(dir, KeyFile))
	if err != nil {
		return publicKey{}, nil, err
	}
	k, private, err := parsePrivate(string(line))
	if err != nil {
		return k, nil, err
	}
	file := filepath.Join(dir, PublicKeyFile)
	line, err = os.ReadFile(file)
	if errors.Is(err, os.ErrNotExist) {
		return k, private, writeWhole(file, k.named(k.name)) // it follows from the other
	}
	if err != nil {
		return k, nil, err
	}
	public, err := parseKey(string(line))
	if err != nil || !public.key.Equal(k.key) {
		return k, nil, errors.Join(ErrKeysDiffer, err)
	}
	if public.name != k.name { // named anew when the power went
		if public.origin() != k.origin() {
			return k, nil, ErrKeysDiffer
		}
		k.name = k.origin()
		return k, private, k.write(dir, private)
	}
	return k, private, nil
}

// write puts the pair into a folder, the public key first: a private key without
// it would lock the folder.
func (k publicKey) write(dir string, private ed25519.PrivateKey) error {
	if err := writeWhole(filepath.Join(dir, PublicKeyFile), k.named(k.name)); err != nil {
		return err
	}
	return writeWhole(filepath.Join(dir, KeyFile), k.private(private.Seed()))
}

// writeWhole leaves a file with the whole text in it and a line end behind it,
// or the one before: half a key would lock the folder. The text is on the disk
// when it returns.
func writeWhole(file, text string) error {
	partial := file + ".partial"
	f, err := os.OpenFile(partial, os.O_CREATE|os.O_TRUNC|os.O_WRONLY, 0o600)
	if err != nil {
		return err
	}
	_, err = fmt.Fprintln(f, text)
	if err := errors.Join(err, f.Sync(), f.Close()); err != nil {
		return errors.Join(err, os.Remove(partial))
	}
	return os.Rename(partial, file)
}
