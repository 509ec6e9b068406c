package runtime

import (
	"archive/zip"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/mingcha-console/mingcha/app/internal/fault"
	"github.com/mingcha-console/mingcha/app/internal/intake"
	"github.com/mingcha-console/mingcha/app/internal/journal"
	"github.com/mingcha-console/mingcha/app/internal/store"
	"github.com/mingcha-console/mingcha/app/internal/workday"
)

// Restore unpacks a backup into a data folder that holds no data yet. It is
// unpacked beside it first, opened and verified, and only then put in its place:
// what is restored is sound, or there is nothing. asIs puts it there though it
// does not verify.
func Restore(ctx context.Context, file, dir string, asIs bool) (err error) {
	if err := holdsNothing(dir); err != nil {
		return err
	}
	z, err := zip.OpenReader(file)
	if err != nil {
		return restoreFault(file, err)
	}
	defer z.Close()
	names, err := restored(z.File)
	if err != nil {
		return restoreFault(file, err)
	}
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return restoreFault(file, err)
	}
	release, err := store.Hold(dir)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, release()) }()
	work, err := os.MkdirTemp(dir, ".restore-")
	if err != nil {
		return restoreFault(file, err)
	}
	defer func() { err = errors.Join(err, os.RemoveAll(work)) }()
	for _, folder := range sentFolders {
		if err := os.MkdirAll(filepath.Join(work, folder), 0o700); err != nil {
			return restoreFault(file, err)
		}
	}
	for _, f := range z.File {
		if slices.Contains(names, f.Name) {
			if err := unpack(f, filepath.Join(work, f.Name)); err != nil {
				return restoreFault(file, err)
			}
		}
	}
	if err := sound(ctx, file, work); err != nil && !asIs {
		return err
	}
	if err := put(work, dir, names); err != nil {
		return restoreFault(file, err)
	}
	return nil
}

// holdsNothing refuses a folder with a database, or with what SQLite leaves
// beside one, or with what a signer keeps: the two would not fit together.
func holdsNothing(dir string) error {
	for _, pattern := range []string{store.DatabaseFile + "*", "checkpoint.*"} {
		if found, err := filepath.Glob(filepath.Join(escaped(dir), pattern)); err != nil || len(found) > 0 {
			return fault.New(fault.Conflict, "restore_over_data",
				fmt.Sprintf("文件夹 %s 里已有数据，不能覆盖。请指定一个空文件夹（--data），核对无误后再启用。", dir),
				fmt.Sprintf("The folder %s holds data already and is not overwritten. Name an empty folder with --data, check it, then use that.", dir), err)
		}
	}
	return nil
}

// escaped is a folder's name within a pattern.
func escaped(dir string) string {
	return strings.NewReplacer(`[`, `[[]`, `*`, `[*]`, `?`, `[?]`).Replace(dir)
}

// restored are the names in a backup that are ours, the database last: a restore
// that breaks off leaves a folder without data. Each stands in it once.
func restored(files []*zip.File) ([]string, error) {
	var names []string
	for _, f := range files {
		if !slices.Contains(kept, f.Name) && f.Name != store.DatabaseFile && !sent(f.Name) {
			continue
		}
		if f.Flags&1 != 0 {
			return nil, errSealed
		}
		if slices.Contains(names, f.Name) {
			return nil, fmt.Errorf("%s is in it twice", f.Name)
		}
		if f.UncompressedSize64 > roomFor(f) {
			return nil, fmt.Errorf("%s would take %d MB, packed into %d kB", f.Name, f.UncompressedSize64>>20, f.CompressedSize64>>10)
		}
		names = append(names, f.Name)
	}
	i := slices.Index(names, store.DatabaseFile)
	if i < 0 {
		return nil, errNoDatabase
	}
	return append(slices.Delete(names, i, i+1), store.DatabaseFile), nil
}

// What a packed file may become: a database packs to a tenth, rarely to a
// fiftieth of its size; what claims to be much more is made to fill the disk.
const (
	roomAlways = 64 << 20
	roomTimes  = 100
)

func roomFor(f *zip.File) uint64 { return max(roomAlways, roomTimes*f.CompressedSize64) }

func unpack(f *zip.File, to string) error {
	in, err := f.Open()
	if err != nil {
		return err
	}
	defer in.Close()
	out, err := os.OpenFile(to, os.O_CREATE|os.O_EXCL|os.O_WRONLY, 0o600)
	if err != nil {
		return err
	}
	room := int64(roomFor(f))
	n, err := io.Copy(out, io.LimitReader(in, room+1))
	if err == nil && n > room {
		err = fmt.Errorf("%s is longer than it says", f.Name)
	}
	return errors.Join(err, out.Sync(), out.Close())
}

// sound opens and verifies what was unpacked.
func sound(ctx context.Context, file, work string) error {
	s, err := store.OpenReadOnly(ctx, work, workday.Default())
	if err != nil {
		return restoreFault(file, err)
	}
	defer s.Close()
	cfg, err := LoadConfig(work)
	if err != nil {
		return err
	}
	key, err := os.ReadFile(filepath.Join(work, journal.PublicKeyFile))
	if errors.Is(err, os.ErrNotExist) {
		// A folder that was never signed.
		if notes, err := s.Checkpoint(ctx); err == nil && notes == "" {
			return nil
		}
	}
	if err != nil {
		return restoreFault(file, err)
	}
	rep, err := intake.Verify(ctx, s, workday.Default(), cfg.Settings(), Folders, strings.TrimSpace(string(key)), nil)
	if err != nil {
		return restoreFault(file, err)
	}
	if d := rep.Difference; d != nil {
		return fault.New(fault.Conflict, "restore_not_sound",
			"备份 "+file+" 没有通过校验，未恢复任何内容："+d.ZH+"请换一份备份；若仍要照原样恢复，请加 --as-is。",
			"The backup "+file+" does not verify, and nothing was restored: "+d.EN+" Take another backup; to restore this one as it is, add --as-is.", nil)
	}
	return nil
}

// put moves what was unpacked into the folder.
func put(work, dir string, names []string) error {
	for _, folder := range sentFolders {
		if err := os.MkdirAll(filepath.Join(dir, folder), 0o700); err != nil {
			return err
		}
	}
	for _, name := range names {
		if err := os.Rename(filepath.Join(work, name), filepath.Join(dir, name)); err != nil {
			return err
		}
	}
	return nil
}

func restoreFault(file string, err error) error {
	if store.IsDiskFull(err) {
		return store.WriteFault(err)
	}
	if zh, en := notABackup(file, err); zh != "" {
		return fault.New(fault.Invalid, "restore_failed", fmt.Sprintf("无法从 %s 恢复：%s。", file, zh), fmt.Sprintf("%s cannot be restored: %s.", file, en), err)
	}
	return fault.New(fault.Invalid, "restore_failed",
		fmt.Sprintf("无法从 %s 恢复：它不是完整的备份文件，或目标文件夹不可写。请核对文件后重试。", file),
		fmt.Sprintf("%s cannot be restored: it is not a whole backup, or the folder cannot be written to. Check the file and try again.", file), err)
}
