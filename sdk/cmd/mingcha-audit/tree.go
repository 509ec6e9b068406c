package main

import (
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"os"
)

// Hashes as in RFC 6962, 2.1.

func leafOf(entry []byte) hash { return sha256.Sum256(append([]byte{0}, entry...)) }

func node(l, r hash) hash {
	b := make([]byte, 1, 1+2*sha256.Size)
	b[0] = 1
	return sha256.Sum256(append(append(b, l[:]...), r[:]...))
}

// tree folds leaves from left to right: at place i stands the root of a whole
// subtree of 2^i leaves, where there is one that no larger has taken in.
type tree struct {
	size  uint64
	roots []hash
}

func (t *tree) add(h hash) {
	i := 0
	for ; t.size>>i&1 == 1; i++ {
		h = node(t.roots[i], h)
	}
	if i == len(t.roots) {
		t.roots = append(t.roots, h)
	}
	t.roots[i] = h
	t.size++
}

func (t *tree) root() hash {
	if t.size == 0 {
		return sha256.Sum256(nil)
	}
	var h hash
	begun := false
	for i := range t.roots {
		switch {
		case t.size>>i&1 == 0:
		case !begun:
			h, begun = t.roots[i], true
		default:
			h = node(t.roots[i], h)
		}
	}
	return h
}

// extends checks a consistency proof as RFC 9162, 2.1.4.2 has it.
func extends(earlier, later head, proof []hash) error {
	broken := fmt.Errorf("后一个检查点（%d 条记录）不是前一个（%d 条）的延续：其间有记录被改动或删除。\nThe later checkpoint (%d records) does not extend the earlier (%d): records were changed or deleted between them",
		later.size, earlier.size, later.size, earlier.size)
	switch {
	case earlier.size > later.size:
		return broken
	case earlier.size == later.size:
		if earlier.root != later.root || len(proof) > 0 {
			return broken
		}
		return nil
	case earlier.size == 0:
		if earlier.root != sha256.Sum256(nil) || len(proof) > 0 {
			return broken
		}
		return nil
	}
	if earlier.size&(earlier.size-1) == 0 {
		proof = append([]hash{earlier.root}, proof...)
	}
	if len(proof) == 0 {
		return broken
	}
	fn, sn := earlier.size-1, later.size-1
	for fn&1 == 1 {
		fn, sn = fn>>1, sn>>1
	}
	fr, sr := proof[0], proof[0]
	for _, c := range proof[1:] {
		if sn == 0 {
			return broken
		}
		if fn&1 == 1 || fn == sn {
			fr, sr = node(c, fr), node(c, sr)
			for fn&1 == 0 && fn != 0 {
				fn, sn = fn>>1, sn>>1
			}
		} else {
			sr = node(sr, c)
		}
		fn, sn = fn>>1, sn>>1
	}
	if sn != 0 || fr != earlier.root || sr != later.root {
		return broken
	}
	return nil
}

// checkProof checks that a later checkpoint extends an earlier one.
func checkProof(v *verifier, file, earlierFile, laterFile string) (string, error) {
	earlier, err := v.read(earlierFile)
	if err != nil {
		return "", err
	}
	later, err := v.read(laterFile)
	if err != nil {
		return "", err
	}
	b, err := os.ReadFile(file)
	if err != nil {
		return "", err
	}
	var p struct {
		From, To uint64
		Proof    []string
	}
	if err := json.Unmarshal(b, &p); err != nil {
		return "", fmt.Errorf("%s: %w", file, err)
	}
	if p.From != earlier.size || p.To != later.size {
		return "", fmt.Errorf("证明是从 %d 到 %d 条记录的，检查点是 %d 和 %d 条。\nThe proof is from %d to %d records, the checkpoints are of %d and %d", p.From, p.To, earlier.size, later.size, p.From, p.To, earlier.size, later.size)
	}
	var proof []hash
	for _, s := range p.Proof {
		b, err := base64.StdEncoding.DecodeString(s)
		if err != nil || len(b) != sha256.Size {
			return "", fmt.Errorf("证明写法不对 the proof is not well written: %q", s)
		}
		proof = append(proof, hash(b))
	}
	return fmt.Sprintf("前 earlier: %d 条记录 records, %s\n后 later: %d 条记录 records, %s\n", earlier.size, earlier.when, later.size, later.when), extends(earlier, later, proof)
}
