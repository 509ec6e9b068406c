package journal

import (
	"crypto/ed25519"
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"encoding/binary"
	"encoding/hex"
	"errors"
	"fmt"
	"strings"
)

// originForm begins every origin. What follows are 32 hex digits that no other
// folder has.
const originForm = "mingcha/"

// Journals that began before each had an origin of its own signed under these.
const (
	formerOrigin = "mingcha journal v1"
	formerName   = "mingcha"
)

const nameBytes = 16

// newOrigin is one that no other journal has.
func newOrigin() string {
	b := make([]byte, nameBytes)
	rand.Read(b) // never fails
	return originForm + hex.EncodeToString(b)
}

// nameOf is the name of the key that signs under an origin: the origin itself,
// as C2SP wants it.
func nameOf(origin string) string {
	if origin == formerOrigin {
		return formerName
	}
	return origin
}

// originName is the part of an origin that tells it from all others.
func originName(origin string) string { return strings.TrimPrefix(origin, originForm) }

// publicKey is an Ed25519 key with the name that it signs under.
type publicKey struct {
	name string
	key  ed25519.PublicKey
}

// keyAlgorithm is Ed25519's number among the signature types of C2SP signed notes.
const keyAlgorithm = 1

// parseKey reads a verifier key: name+hash+key.
func parseKey(text string) (publicKey, error) {
	name, rest, _ := strings.Cut(strings.TrimSpace(text), "+")
	hash, encoded, _ := strings.Cut(rest, "+")
	b, err := base64.StdEncoding.DecodeString(encoded)
	if err != nil || len(b) != 1+ed25519.PublicKeySize || b[0] != keyAlgorithm {
		return publicKey{}, errors.New("journal: not a public key of a journal")
	}
	k := publicKey{name, b[1:]}
	if k.hash(name) != hash || k.origin() == "" {
		return publicKey{}, errors.New("journal: not a public key of a journal: its name and its sum do not agree")
	}
	return k, nil
}

// SameKey tells whether two verifier keys are one, also where one of them has
// the name that it had before its journal had an origin.
func SameKey(a, b string) bool {
	x, errX := parseKey(a)
	y, errY := parseKey(b)
	return errX == nil && errY == nil && x.key.Equal(y.key) && (x.name == y.name || x.origin() == y.origin())
}

// hash is the key's short sum under a name, as C2SP signed notes have it.
func (k publicKey) hash(name string) string {
	h := sha256.New()
	fmt.Fprintf(h, "%s\n", name)
	h.Write([]byte{keyAlgorithm})
	h.Write(k.key)
	return fmt.Sprintf("%08x", binary.BigEndian.Uint32(h.Sum(nil)))
}

// named is the verifier key's text under a name.
func (k publicKey) named(name string) string {
	return name + "+" + k.hash(name) + "+" + base64.StdEncoding.EncodeToString(append([]byte{keyAlgorithm}, k.key...))
}

// origin is the journal's own: the key's name, or what follows from a key that
// signed before there were any; empty for a name that is no origin.
func (k publicKey) origin() string {
	if k.name == formerName {
		sum := sha256.Sum256([]byte(k.named(formerName)))
		return originForm + hex.EncodeToString(sum[:nameBytes])
	}
	if b, err := hex.DecodeString(originName(k.name)); err != nil || len(b) != nameBytes || k.name != originForm+hex.EncodeToString(b) {
		return ""
	}
	return k.name
}

// opens tells whether checkpoints under an origin may be this key's.
func (k publicKey) opens(origin string) bool {
	if origin == formerOrigin {
		return k.origin() == publicKey{formerName, k.key}.origin()
	}
	return origin == k.origin()
}

// OriginOf is the origin of the journal that a verifier key belongs to; empty if
// it is none.
func OriginOf(publicKey string) string {
	k, err := parseKey(publicKey)
	if err != nil {
		return ""
	}
	return k.origin()
}
