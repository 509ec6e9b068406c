package journal

import (
	"encoding/binary"
	"errors"
	"fmt"
	"strconv"
	"strings"

	"golang.org/x/mod/sumdb/tlog"
)

// A journal as C2SP tlog-tiles lays it out: the files that a checkpoint covers,
// by name.

// CheckpointPath is the name of the checkpoint.
const CheckpointPath = "checkpoint"

// TilePath is the name of a tile of the tree: level 0 holds the leaves' hashes.
// width is how many it has; 256 is a full one.
func TilePath(level int, n int64, width int) string {
	return fmt.Sprintf("tile/%d/%s", level, index(n, width))
}

// EntriesPath is the name of the bundle with the entries of the tile n of level 0.
func EntriesPath(n int64, width int) string { return "tile/entries/" + index(n, width) }

// index writes a number in groups of three digits, all but the last with an x
// before it, and the width of a tile that is not full.
func index(n int64, width int) string {
	s := fmt.Sprintf("%03d", n%1000)
	for n >= 1000 {
		n /= 1000
		s = fmt.Sprintf("x%03d/%s", n%1000, s)
	}
	if width < tileWidth {
		s += ".p/" + strconv.Itoa(width)
	}
	return s
}

// ParsePath reads the name of a tile, or of a bundle (level −1).
func ParsePath(path string) (level int, n int64, width int, err error) {
	bad := fmt.Errorf("journal: not the name of a tile: %q", path)
	kind, rest, ok := strings.Cut(strings.TrimPrefix(path, "tile/"), "/")
	if level = -1; kind != "entries" {
		if level, err = strconv.Atoi(kind); err != nil || level < 0 || level > 63/TileHeight {
			return 0, 0, 0, bad
		}
	}
	width = tileWidth
	if full, partial, is := strings.Cut(rest, ".p/"); is {
		rest = full
		if width, err = strconv.Atoi(partial); err != nil || width < 1 || width >= tileWidth {
			return 0, 0, 0, bad
		}
	}
	for _, group := range strings.Split(rest, "/") {
		d, err := strconv.ParseInt(strings.TrimPrefix(group, "x"), 10, 64)
		if err != nil || n > 1e12 {
			return 0, 0, 0, bad
		}
		n = n*1000 + d
	}
	if !ok || path != "tile/"+kind+"/"+index(n, width) { // one name for each
		return 0, 0, 0, bad
	}
	return level, n, width, nil
}

// AppendEntry adds an entry to a bundle, with its length in two bytes before it.
func AppendEntry(bundle, entry []byte) ([]byte, error) {
	if len(entry) > MaxEntry {
		return bundle, errors.New("journal: an entry is too long for a bundle")
	}
	return append(binary.BigEndian.AppendUint16(bundle, uint16(len(entry))), entry...), nil
}

// Width is how many hashes a tile of a level has in a journal of the size: 256
// for a full one, 0 for one that is not there.
func Width(level int, n, size int64) int {
	return int(max(0, min(size>>(TileHeight*level)-n*tileWidth, tileWidth)))
}

// TileHashes is what a tile of a journal of the size holds, authenticated by the
// hash over it; stored tiles may be longer, since the journal went on.
func TileHashes(stored []byte, width int) ([]byte, error) {
	if len(stored) < width*tlog.HashSize {
		return nil, errors.New("journal: a stored tile is too short")
	}
	return stored[:width*tlog.HashSize], nil
}
