package main

import (
	"bytes"
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strconv"
)

const (
	width      = 256 // hashes of a full tile, entries of a full bundle
	headerSize = 17
	largeMark  = 0x80

	identityKind = 11 // of a record that gave a journal its origin, which began without
)

// checkFolder checks a journal that was written out: every entry against the
// tiles, every tile against those beneath, the whole against the checkpoint, and
// what is kept elsewhere.
func checkFolder(v *verifier, dir, keptFile string) (string, error) {
	signed, err := v.read(filepath.Join(dir, "checkpoint"))
	if err != nil {
		return "", err
	}
	a := &audit{dir: dir, size: signed.size}
	if keptFile != "" {
		if a.kept, err = v.read(keptFile); err != nil {
			return "", err
		}
		if a.kept.size > signed.size {
			return "", fmt.Errorf("您保存的检查点有 %d 条记录，导出的只有 %d 条：其后的记录被删除，或给您的是旧的。\nThe checkpoint that you keep is over %d records, the export has %d: the records after that were deleted, or what you were given is old",
				a.kept.size, signed.size, a.kept.size, signed.size)
		}
		a.keeps = true
	}
	if err := a.leaves(); err != nil {
		return "", err
	}
	if a.leftOut > 0 && a.named <= a.absent*width {
		// Only before a journal had an origin were there records that no bundle holds.
		return "", fmt.Errorf("%s: 缺少这个文件 the file is missing", name("entries", a.absent, int(min(a.size-a.absent*width, width))))
	}
	if err := a.upper(); err != nil {
		return "", err
	}
	if root := a.tree.root(); root != signed.root {
		return "", fmt.Errorf("全部记录的根值与检查点不符：有记录连同校验树一起被改写。\nThe root of all records is not the checkpoint's: records were changed, and the tree with them")
	}
	said := fmt.Sprintf("账簿 Journal: %s\n检查点 Checkpoint: %d 条记录 records, %s\n大记录 Large records: %d\n", v.origin(), signed.size, signed.when, a.large)
	if a.leftOut > 0 {
		said += fmt.Sprintf("注意：%d 个文件未写出（早期的大记录放不进标准格式），只核对了它们的散列。\nNote: %d bundles are not there (large records of earlier days do not fit the format); only their hashes were checked.\n", a.leftOut, a.leftOut)
	}
	if a.keeps {
		said += fmt.Sprintf("延续您保存的检查点 It extends the checkpoint that you keep: %d 条记录 records, %s\n", a.kept.size, a.kept.when)
	}
	return said, nil
}

type audit struct {
	dir            string
	size           uint64
	tree           tree
	roots          []hash // of full tiles of level 0, then of each level above
	large, leftOut int
	absent, named  uint64 // the last bundle that is not there; the record that gave the journal its origin
	kept           head
	keeps          bool
}

// name is a tile's file: its number in groups of three digits.
func name(kind string, n uint64, w int) string {
	s := fmt.Sprintf("%03d", n%1000)
	for n >= 1000 {
		n /= 1000
		s = fmt.Sprintf("x%03d/%s", n%1000, s)
	}
	if w < width {
		s += ".p/" + strconv.Itoa(w)
	}
	return "tile/" + kind + "/" + s
}

func (a *audit) read(name string) ([]byte, error) {
	b, err := os.ReadFile(filepath.Join(a.dir, filepath.FromSlash(name)))
	if errors.Is(err, fs.ErrNotExist) {
		return nil, fmt.Errorf("%s: 缺少这个文件 the file is missing: %w", name, fs.ErrNotExist)
	}
	return b, err
}

// leaves goes through the entries.
func (a *audit) leaves() error {
	if err := a.keptAgrees(); err != nil {
		return err
	}
	for n := uint64(0); n*width < a.size; n++ {
		w := int(min(a.size-n*width, width))
		tile, err := a.read(name("0", n, w))
		if err != nil {
			return err
		}
		if len(tile) != w*sha256.Size {
			return fmt.Errorf("%s: 长度不对 its length is wrong", name("0", n, w))
		}
		if err := a.bundle(n, w, tile); err != nil {
			return err
		}
		for i := range w {
			a.tree.add(hash(tile[i*sha256.Size : (i+1)*sha256.Size]))
			if err := a.keptAgrees(); err != nil {
				return err
			}
		}
		if w == width {
			a.roots = append(a.roots, rootOf(tile))
		}
	}
	return nil
}

// bundle checks the entries beneath a tile.
func (a *audit) bundle(n uint64, w int, tile []byte) error {
	file := name("entries", n, w)
	b, err := a.read(file)
	if errors.Is(err, fs.ErrNotExist) {
		a.leftOut++
		a.absent = n
		return nil
	}
	if err != nil {
		return err
	}
	for i := range w {
		seq := n*width + uint64(i) + 1
		if len(b) < 2 || len(b) < 2+int(binary.BigEndian.Uint16(b)) {
			return fmt.Errorf("%s: 第 %d 号记录不完整 record %d is not whole", file, seq, seq)
		}
		entry := b[2 : 2+int(binary.BigEndian.Uint16(b))]
		b = b[2+len(entry):]
		if h := leafOf(entry); !bytes.Equal(h[:], tile[i*sha256.Size:(i+1)*sha256.Size]) {
			return fmt.Errorf("第 %d 号记录与校验树不符：它被改动过。\nRecord %d does not agree with the tree: it was changed", seq, seq)
		}
		if len(entry) > 0 && entry[0] == identityKind && a.named == 0 {
			a.named = seq
		}
		if err := a.body(seq, entry); err != nil {
			return err
		}
	}
	if len(b) > 0 {
		return fmt.Errorf("%s: 末尾有多余的内容 there is more at its end", file)
	}
	return nil
}

// body checks a body that stands behind its hash.
func (a *audit) body(seq uint64, entry []byte) error {
	if len(entry) != headerSize+sha256.Size || entry[0]&largeMark == 0 {
		return nil
	}
	sum := hex.EncodeToString(entry[headerSize:])
	b, err := a.read("large/" + sum)
	if err != nil {
		return err
	}
	if got := sha256.Sum256(b); hex.EncodeToString(got[:]) != sum {
		return fmt.Errorf("第 %d 号记录的内容（large/%s）被改动过。\nThe body of record %d (large/%s) was changed", seq, sum, seq, sum)
	}
	a.large++
	return nil
}

// keptAgrees compares the root with the checkpoint that is kept, once its size
// is reached.
func (a *audit) keptAgrees() error {
	if a.keeps && a.tree.size == a.kept.size && a.tree.root() != a.kept.root {
		return fmt.Errorf("第 1 至 %d 号记录与您保存的检查点不符：那以后其中有记录被改动过，即使签名是对的。\nRecords 1 to %d do not agree with the checkpoint that you keep: one of them was changed since, even though the signature is right", a.kept.size, a.kept.size)
	}
	return nil
}

// upper compares the tiles above level 0 with the roots of those beneath.
func (a *audit) upper() error {
	for level := 1; len(a.roots) > 0; level++ {
		var above []hash
		for n := 0; n*width < len(a.roots); n++ {
			here := a.roots[n*width : min(len(a.roots), (n+1)*width)]
			var want []byte
			for _, h := range here {
				want = append(want, h[:]...)
			}
			file := name(strconv.Itoa(level), uint64(n), len(here))
			got, err := a.read(file)
			if err != nil {
				return err
			}
			if !bytes.Equal(got, want) {
				return fmt.Errorf("%s: 与下一层不符，它被改动过 it does not agree with the level beneath: it was changed", file)
			}
			if len(here) == width {
				above = append(above, rootOf(want))
			}
		}
		a.roots = above
	}
	return nil
}

// rootOf folds a full tile.
func rootOf(tile []byte) hash {
	var t tree
	for i := 0; i < len(tile); i += sha256.Size {
		t.add(hash(tile[i : i+sha256.Size]))
	}
	return t.root()
}
