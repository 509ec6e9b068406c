package main

import (
	"bytes"
	"crypto/ed25519"
	"crypto/sha256"
	"encoding/base64"
	"encoding/binary"
	"encoding/hex"
	"fmt"
	"os"
	"strconv"
	"strings"
)

type hash = [sha256.Size]byte

// verifier is a key with the name that it signs under.
type verifier struct {
	name string
	key  ed25519.PublicKey
}

// Journals that began before each had an origin signed under these.
const (
	formerOrigin = "mingcha journal v1"
	formerName   = "mingcha"
)

func parseKey(text string) (*verifier, error) {
	part := strings.SplitN(text, "+", 3)
	if len(part) != 3 {
		return nil, fmt.Errorf("公钥写法不对 the key is not well written: %q", text)
	}
	b, err := base64.StdEncoding.DecodeString(part[2])
	if err != nil || len(b) != 1+ed25519.PublicKeySize || b[0] != 1 {
		return nil, fmt.Errorf("公钥写法不对 the key is not well written: %q", text)
	}
	v := &verifier{part[0], b[1:]}
	if fmt.Sprintf("%08x", v.id(v.name)) != part[1] {
		return nil, fmt.Errorf("公钥的校验和不对 the key's sum is wrong: %q", text)
	}
	return v, nil
}

// id is the key's short sum under a name.
func (v *verifier) id(name string) uint32 {
	sum := sha256.Sum256(append([]byte(name+"\n\x01"), v.key...))
	return binary.BigEndian.Uint32(sum[:])
}

// formerText is the key as it was written under its former name.
func (v *verifier) formerText() string {
	return fmt.Sprintf("%s+%08x+%s", formerName, v.id(formerName), base64.StdEncoding.EncodeToString(append([]byte{1}, v.key...)))
}

// origin is the journal that the key belongs to.
func (v *verifier) origin() string {
	if v.name != formerName {
		return v.name
	}
	sum := sha256.Sum256([]byte(v.formerText()))
	return "mingcha/" + hex.EncodeToString(sum[:16])
}

// signs tells under which name the key may have signed for an origin.
func (v *verifier) signs(origin string) (name string, may bool) {
	if origin == formerOrigin {
		former := verifier{formerName, v.key}
		return formerName, v.origin() == former.origin()
	}
	return origin, origin == v.origin()
}

// head is what a checkpoint states.
type head struct {
	size uint64
	root hash
	when string
}

func (v *verifier) read(file string) (head, error) {
	b, err := os.ReadFile(file)
	if err != nil {
		return head{}, err
	}
	h, err := v.open(b)
	if err != nil {
		return h, fmt.Errorf("%s: %w", file, err)
	}
	return h, nil
}

// open checks a signed note and reads the checkpoint in it.
func (v *verifier) open(note []byte) (h head, err error) {
	note = bytes.ReplaceAll(note, []byte("\r\n"), []byte("\n"))
	i := bytes.LastIndex(note, []byte("\n\n"))
	if i < 0 {
		return h, fmt.Errorf("不是签署的检查点 not a signed checkpoint")
	}
	text, signatures := string(note[:i+1]), string(note[i+2:])
	line := strings.Split(strings.TrimSuffix(text, "\n"), "\n")
	name, may := v.signs(line[0])
	if !may {
		return h, fmt.Errorf("是另一个账簿的检查点 a checkpoint of another journal: %q", line[0])
	}
	if !v.signed(name, text, signatures) {
		return h, fmt.Errorf("签名与公钥不符 it is not signed with this key")
	}
	if len(line) < 3 {
		return h, fmt.Errorf("检查点不完整 the checkpoint is not whole")
	}
	root, err := base64.StdEncoding.DecodeString(line[2])
	if err != nil || len(root) != len(h.root) {
		return h, fmt.Errorf("根值写法不对 the root is not well written")
	}
	copy(h.root[:], root)
	if h.size, err = strconv.ParseUint(line[1], 10, 63); err != nil {
		return h, fmt.Errorf("记录数写法不对 the size is not well written")
	}
	if len(line) > 3 {
		h.when = line[3]
	}
	return h, nil
}

// signed tells whether one of the signatures is the key's.
func (v *verifier) signed(name, text, signatures string) bool {
	for _, s := range strings.Split(strings.TrimSpace(signatures), "\n") {
		by, encoded, is := strings.Cut(strings.TrimPrefix(s, "— "), " ")
		b, err := base64.StdEncoding.DecodeString(encoded)
		if is && err == nil && by == name && len(b) == 4+ed25519.SignatureSize && binary.BigEndian.Uint32(b) == v.id(name) && ed25519.Verify(v.key, []byte(text), b[4:]) {
			return true
		}
	}
	return false
}
