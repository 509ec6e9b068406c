package journal

import (
	"crypto/sha3"
	"encoding/binary"
	"fmt"
)

// Multiset is a sum over things of which the order does not matter: one is added or taken
// out without looking at the others, and who exchanges any of them for others comes to
// another sum. It is LtHash (Bellare and Micciancio 1997; Lewi et al., "Securing Update
// Propagation with Homomorphic Hashing", 2019) with 1024 lanes of 16 bits, of what SHAKE128
// makes of a thing.
type Multiset [lanes / 4]uint64

const (
	lanes        = 1024
	multisetSize = lanes * 2 // bytes
	high         = 0x8000_8000_8000_8000
)

// expanded is what a thing adds.
func expanded(thing []byte) (e Multiset) {
	x := sha3.NewSHAKE128()
	_, _ = x.Write(thing) // a hash takes everything
	var b [multisetSize]byte
	_, _ = x.Read(b[:])
	for i := range e {
		e[i] = binary.LittleEndian.Uint64(b[8*i:])
	}
	return e
}

// Add puts a thing in.
func (m *Multiset) Add(thing []byte) {
	e := expanded(thing)
	for i, b := range e { // lane by lane, without a carry into the next
		a := m[i]
		m[i] = (a&^high + b&^high) ^ ((a ^ b) & high)
	}
}

// Remove takes a thing out.
func (m *Multiset) Remove(thing []byte) {
	e := expanded(thing)
	for i, b := range e {
		a := m[i]
		m[i] = (a | high - b&^high) ^ ((a ^ ^b) & high)
	}
}

// Bytes is the sum as it is kept.
func (m *Multiset) Bytes() []byte {
	out := make([]byte, 0, multisetSize)
	for _, w := range m {
		out = binary.LittleEndian.AppendUint64(out, w)
	}
	return out
}

// ParseMultiset reads a sum that was kept.
func ParseMultiset(b []byte) (m Multiset, err error) {
	if len(b) != multisetSize {
		return m, fmt.Errorf("journal: a sum of %d bytes, not %d", len(b), multisetSize)
	}
	for i := range m {
		m[i] = binary.LittleEndian.Uint64(b[8*i:])
	}
	return m, nil
}
