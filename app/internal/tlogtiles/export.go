// Package tlogtiles writes a journal out as C2SP tlog-tiles lays it out, so that
// whoever has the folder of files checks it with standard tools, without the
// console and without its database.
package tlogtiles

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"time"

	"github.com/mingcha-console/mingcha/app/internal/fault"
	"github.com/mingcha-console/mingcha/app/internal/journal"
	"github.com/mingcha-console/mingcha/app/internal/store"
)

// Summary is what was written.
type Summary struct {
	Origin  string `json:"origin"`
	Size    int64  `json:"size"`
	Root    string `json:"root"`
	Tiles   int    `json:"tiles"`
	Bundles int    `json:"bundles"`
	Large   int    `json:"large"`              // bodies that stand behind their hash
	LeftOut int    `json:"left_out,omitempty"` // bundles that no file can hold, of a journal that began before entries were bounded
}

// width is how many hashes a full tile has, and entries a full bundle.
const width = 256

// LargeFolder holds the bodies that stand behind their hash, each named by it.
const LargeFolder = "large"

// KeyFile holds the verifier key.
const KeyFile = "key"

// Export writes the journal that the latest signed checkpoint covers into a
// folder that is empty or not there. Each record is checked against the tree on
// its way.
func Export(ctx context.Context, s *store.Store, publicKey, dir string) (sum Summary, err error) {
	if left, err := os.ReadDir(dir); err == nil && len(left) > 0 {
		return sum, fault.New(fault.Conflict, "export_folder",
			fmt.Sprintf("文件夹 %s 不是空的。请指定一个空文件夹。", dir), fmt.Sprintf("The folder %s is not empty. Name an empty one.", dir), nil)
	}
	err = s.Snapshot(ctx, func(tx *store.Reader) error {
		cp, err := latest(tx, publicKey)
		if err != nil {
			return err
		}
		e := &exporter{tx: tx, dir: dir, size: cp.Size, sum: Summary{Origin: cp.Origin, Size: cp.Size, Root: cp.Root.String()}, made: map[string]bool{}}
		if err := errors.Join(e.tiles(ctx), e.entries(ctx)); err != nil {
			return exportFault(dir, err)
		}
		sum = e.sum
		// The checkpoint last: an export that broke off has none.
		return exportFault(dir, errors.Join(e.write(KeyFile, []byte(publicKey+"\n")), e.write(journal.CheckpointPath, []byte(cp.Note))))
	})
	return sum, err
}

func latest(tx *store.Reader, publicKey string) (journal.Checkpoint, error) {
	notes, err := tx.Checkpoints()
	if err != nil {
		return journal.Checkpoint{}, err
	}
	if len(notes) > 0 {
		cp, err := journal.Open(notes[len(notes)-1], publicKey)
		if err != nil {
			return cp, fault.New(fault.Conflict, "export_checkpoint", "最新检查点的签名与公钥不符。请运行 mingcha verify 查明。",
				"The latest checkpoint is not signed with the public key. Find out more with mingcha verify.", err)
		}
		if cp.Origin == journal.OriginOf(publicKey) {
			return cp, nil
		}
	}
	return journal.Checkpoint{}, fault.New(fault.Unavailable, "export_unsigned", "存证还没有签署检查点，导出的内容无从核验。请先打开明察台，待当天的检查点签署后再试。",
		"The journal has no signed checkpoint yet, so nothing in the export could be checked. Open the console, wait for the day's checkpoint, and try again.", nil)
}

type exporter struct {
	tx   *store.Reader
	dir  string
	size int64
	sum  Summary
	made map[string]bool // folders that are there
}

func (e *exporter) write(name string, content []byte) error {
	file := filepath.Join(e.dir, filepath.FromSlash(name))
	if folder := filepath.Dir(file); !e.made[folder] {
		if err := os.MkdirAll(folder, 0o700); err != nil {
			return err
		}
		e.made[folder] = true
	}
	return os.WriteFile(file, content, 0o600)
}

// tiles writes the tree.
func (e *exporter) tiles(ctx context.Context) error {
	for level := 0; e.size>>(8*level) > 0; level++ {
		for n := int64(0); ; n++ {
			w := journal.Width(level, n, e.size)
			if w == 0 {
				break
			}
			stored, err := e.tx.Tile(level, n)
			if err != nil {
				return err
			}
			hashes, err := journal.TileHashes(stored, w)
			if err != nil {
				return err
			}
			if err := errors.Join(e.write(journal.TilePath(level, n, w), hashes), ctx.Err()); err != nil {
				return err
			}
			e.sum.Tiles++
		}
	}
	return nil
}

var errDone = errors.New("tlogtiles: done")

// entries writes the records.
func (e *exporter) entries(ctx context.Context) error {
	var bundle []byte
	whole, named, next := true, false, int64(0)
	err := e.tx.From(1, func(r store.RecordRow) error {
		if int64(r.Seq) > e.size {
			return errDone
		}
		rec := journal.Record{Seq: r.Seq, Kind: journal.Kind(r.Kind), Corrects: r.Corrects, ObservedAt: time.UnixMicro(r.Observed), Body: r.Body}
		leaf, err := e.leaf(next)
		if err != nil {
			return err
		}
		hash := rec.Hash()
		switch {
		case int64(r.Seq) != next+1:
			return changed(uint64(next) + 1)
		case hash == leaf:
			if bundle, err = journal.AppendEntry(bundle, rec.Entry()); err != nil {
				return err
			}
			if rec.Large() {
				sum := sha256.Sum256(rec.Body)
				e.sum.Large++
				if err := e.write(LargeFolder+"/"+hex.EncodeToString(sum[:]), rec.Body); err != nil {
					return err
				}
			}
		case rec.Large() && !named && rec.FormerHash() == leaf:
			whole = false
		default:
			return changed(r.Seq)
		}
		named = named || rec.Kind == journal.KindIdentity
		next++
		if next%width == 0 || next == e.size {
			if whole {
				e.sum.Bundles++
				if err := e.write(journal.EntriesPath((next-1)/width, int((next-1)%width)+1), bundle); err != nil {
					return err
				}
			} else {
				e.sum.LeftOut++
			}
			bundle, whole = bundle[:0], true
		}
		return ctx.Err()
	})
	if errors.Is(err, errDone) || err == nil && next == e.size {
		return nil
	}
	if err == nil {
		err = changed(uint64(next) + 1)
	}
	return err
}

// leaf is a record's leaf hash as the tree has it.
func (e *exporter) leaf(i int64) (h [sha256.Size]byte, err error) {
	b, err := e.tx.Tile(0, i/width)
	if err == nil {
		if b, err = journal.TileHashes(b, int(i%width)+1); err == nil {
			copy(h[:], b[i%width*sha256.Size:])
		}
	}
	return h, err
}

func changed(seq uint64) error {
	return fault.New(fault.Conflict, "export_changed",
		fmt.Sprintf("存证第 %d 号记录与写入时不同，导出中止。请运行 mingcha verify 查明。", seq),
		fmt.Sprintf("Record %d is not what it was when it was written; the export was broken off. Find out more with mingcha verify.", seq), nil)
}

func exportFault(dir string, err error) error {
	if _, is := fault.As(err); is || err == nil {
		return err
	}
	return fault.New(fault.Unavailable, "export_failed",
		fmt.Sprintf("导出没有完成，%s 里的文件不完整。请检查磁盘空间和该位置是否可写，清空后重试。", dir),
		fmt.Sprintf("The export was not finished; the files in %s are not whole. Check the disk's room and that the place can be written to, empty it and try again.", dir), err)
}
