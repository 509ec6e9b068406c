package journal

import (
	"errors"
	"fmt"

	"golang.org/x/mod/sumdb/tlog"
)

// Head is the state of a journal: how many records it has, and the root hash of
// the tree over them.
type Head struct {
	Size int64
	Root tlog.Hash
}

// Head is what the checkpoint states.
func (c *Checkpoint) Head() Head { return Head{c.Size, c.Root} }

// empty is the root hash of a tree without records.
var empty, _ = tlog.TreeHash(0, nil)

// ErrNotExtended says that a journal is not the continuation of an earlier state
// of it: records that it had then were changed or taken out.
var ErrNotExtended = errors.New("journal: the records were changed since")

// Extension proves that the journal of the later head begins with that of the
// earlier: the consistency proof of RFC 6962, 2.1.2. The tiles are authenticated
// against the later root. ErrNotExtended: there is no such proof.
func Extension(earlier, later Head, read TileReader) (tlog.TreeProof, error) {
	if earlier.Size < 0 || earlier.Size > later.Size {
		return nil, fmt.Errorf("%w: it had %d records, and has %d", ErrNotExtended, earlier.Size, later.Size)
	}
	proof, err := Consistency(earlier.Size, later, read)
	if err != nil {
		return nil, err
	}
	return proof, CheckExtension(earlier, later, proof)
}

// Consistency is the proof for whoever kept the head of the earlier size; see
// Extension and CheckExtension.
func Consistency(earlier int64, later Head, read TileReader) (tlog.TreeProof, error) {
	if earlier < 0 || earlier > later.Size {
		return nil, fmt.Errorf("%w: it had %d records, and has %d", ErrNotExtended, earlier, later.Size)
	}
	if earlier == 0 || earlier == later.Size {
		return tlog.TreeProof{}, nil
	}
	return tlog.ProveTree(later.Size, earlier, tlog.TileHashReader(tlog.Tree{N: later.Size, Hash: later.Root}, tiles{read}))
}

// CheckExtension checks that the journal of the later head begins with that of
// the earlier. A proof of an empty journal, and of the same size, is empty.
// ErrNotExtended: it does not.
func CheckExtension(earlier, later Head, proof tlog.TreeProof) error {
	ok := false
	switch {
	case earlier.Size == 0:
		ok = earlier.Root == empty && len(proof) == 0
	case earlier.Size == later.Size:
		ok = earlier.Root == later.Root && len(proof) == 0
	case earlier.Size < later.Size:
		ok = tlog.CheckTree(proof, later.Size, later.Root, earlier.Size, earlier.Root) == nil
	}
	if !ok {
		return ErrNotExtended
	}
	return nil
}

// RootAt is the root that the journal of a head had when it was of a smaller
// size. The tiles are authenticated against the head.
func RootAt(size int64, head Head, read TileReader) (tlog.Hash, error) {
	if size == head.Size {
		return head.Root, nil
	}
	if size < 0 || size > head.Size {
		return tlog.Hash{}, fmt.Errorf("journal: it never had %d records", size)
	}
	return tlog.TreeHash(size, tlog.TileHashReader(tlog.Tree{N: head.Size, Hash: head.Root}, tiles{read}))
}
