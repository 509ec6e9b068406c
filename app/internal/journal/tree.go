package journal

import (
	"fmt"

	"golang.org/x/mod/sumdb/tlog"
)

// TileHeight is the height of the stored tiles: one tile holds up to 256
// hashes of one level, and only levels that are multiples of 8 are stored.
const TileHeight = 8

const tileWidth = 1 << TileHeight

// Tile is a stored tile: the hashes at tree level 8·Level from index 256·N on.
type Tile struct {
	Level  int
	N      int64
	Hashes []byte
}

// Tree grows the Merkle tree. It keeps only the right edge in memory: per
// level the hashes of the tile that is not full yet. Not safe for concurrent
// use.
type Tree struct {
	size  int64
	edge  [][]byte // per tile level: hashes of the last, partial tile
	dirty map[tileKey][]byte
}

type tileKey struct {
	level int
	n     int64
}

// OpenTree restores a tree of the given size; read returns the stored tile.
func OpenTree(size int64, read func(level int, n int64) ([]byte, error)) (*Tree, error) {
	t := &Tree{size: size, dirty: map[tileKey][]byte{}}
	for level, count := 0, size; count > 0; level, count = level+1, count/tileWidth {
		partial := int(count % tileWidth)
		if partial == 0 {
			t.edge = append(t.edge, nil)
			continue
		}
		b, err := read(level, count/tileWidth)
		if err != nil {
			return nil, err
		}
		if len(b) < partial*tlog.HashSize {
			return nil, fmt.Errorf("journal: tile %d/%d holds %d hashes, %d needed", level, count/tileWidth, len(b)/tlog.HashSize, partial)
		}
		t.edge = append(t.edge, append(make([]byte, 0, tileWidth*tlog.HashSize), b[:partial*tlog.HashSize]...))
	}
	return t, nil
}

// Size is the number of records in the tree.
func (t *Tree) Size() int64 { return t.size }

// Append adds the next record's leaf hash.
func (t *Tree) Append(h tlog.Hash) {
	t.put(0, t.size, h)
	t.size++
}

// put stores the hash of index i at a tile level; a full tile's root goes up.
func (t *Tree) put(level int, i int64, h tlog.Hash) {
	if level == len(t.edge) {
		t.edge = append(t.edge, nil)
	}
	if t.edge[level] == nil {
		t.edge[level] = make([]byte, 0, tileWidth*tlog.HashSize)
	}
	t.edge[level] = append(t.edge[level], h[:]...)
	t.dirty[tileKey{level, i / tileWidth}] = t.edge[level]
	if len(t.edge[level]) == tileWidth*tlog.HashSize {
		root := tileRoot(t.edge[level])
		t.edge[level] = nil
		t.put(level+1, i/tileWidth, root)
	}
}

// tileRoot folds a full tile's hashes into the hash one tile level up.
func tileRoot(hashes []byte) tlog.Hash {
	var level [tileWidth]tlog.Hash
	n := len(hashes) / tlog.HashSize
	for i := range n {
		copy(level[i][:], hashes[i*tlog.HashSize:])
	}
	for ; n > 1; n /= 2 {
		for i := range n / 2 {
			level[i] = tlog.NodeHash(level[2*i], level[2*i+1])
		}
	}
	return level[0]
}

// Flush hands over every tile that changed since the last Flush.
func (t *Tree) Flush(write func(Tile) error) error {
	for k, b := range t.dirty {
		if err := write(Tile{Level: k.level, N: k.n, Hashes: b}); err != nil {
			return err
		}
	}
	clear(t.dirty)
	return nil
}

// Root is the tree's root hash; the hash of nothing for an empty tree.
func (t *Tree) Root() (tlog.Hash, error) {
	return tlog.TreeHash(t.size, tlog.HashReaderFunc(t.readEdge))
}

// readEdge serves the hashes that a root needs from the right edge: they are
// the roots of the complete subtrees, each inside one partial tile.
func (t *Tree) readEdge(indexes []int64) ([]tlog.Hash, error) {
	out := make([]tlog.Hash, len(indexes))
	for i, x := range indexes {
		level, n := tlog.SplitStoredHashIndex(x)
		tile, sub := level/TileHeight, level%TileHeight
		if tile >= len(t.edge) {
			return nil, fmt.Errorf("journal: no hash at level %d", level)
		}
		from := (n << sub) % tileWidth * tlog.HashSize
		to := from + (1<<sub)*tlog.HashSize
		if to > int64(len(t.edge[tile])) {
			return nil, fmt.Errorf("journal: hash %d/%d is not on the right edge", level, n)
		}
		out[i] = tileRoot(t.edge[tile][from:to])
	}
	return out, nil
}

// TileReader reads stored tiles.
type TileReader func(level int, n int64) ([]byte, error)

// Prove returns the inclusion proof of record seq (counted from 1) in the tree
// of the given size and root. The tiles are authenticated against the root.
func Prove(size int64, root tlog.Hash, seq uint64, read TileReader) (tlog.RecordProof, error) {
	tree := tlog.Tree{N: size, Hash: root}
	return tlog.ProveRecord(size, int64(seq-1), tlog.TileHashReader(tree, tiles{read}))
}

// tiles adapts a TileReader to tlog's interface.
type tiles struct{ read TileReader }

func (tiles) Height() int { return TileHeight }

func (r tiles) ReadTiles(want []tlog.Tile) ([][]byte, error) {
	out := make([][]byte, len(want))
	for i, w := range want {
		b, err := r.read(w.L, w.N)
		if err != nil {
			return nil, err
		}
		if len(b) < w.W*tlog.HashSize {
			return nil, fmt.Errorf("journal: tile %d/%d is too short", w.L, w.N)
		}
		out[i] = b[:w.W*tlog.HashSize]
	}
	return out, nil
}

func (tiles) SaveTiles([]tlog.Tile, [][]byte) {}
