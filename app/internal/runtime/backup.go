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

	"github.com/mingcha-console/mingcha/app/internal/fault"
	"github.com/mingcha-console/mingcha/app/internal/features/matter"
	"github.com/mingcha-console/mingcha/app/internal/features/visit"
	"github.com/mingcha-console/mingcha/app/internal/journal"
	"github.com/mingcha-console/mingcha/app/internal/store"
	"github.com/mingcha-console/mingcha/app/internal/workday"
)

// kept are the files of a data folder that a backup holds beside the database.
// The signing key is among them: whoever has the backup can sign.
var kept = append(slices.Clone(journal.Files), configFile)

// Backup writes a consistent copy of a data folder to one file (zip), beside a
// running console. An existing file is not touched.
func Backup(ctx context.Context, dir, file string) (err error) {
	if _, err := os.Stat(file); err == nil {
		return fault.New(fault.Conflict, "backup_exists",
			fmt.Sprintf("文件 %s 已存在。为防止覆盖旧备份，请换一个文件名。", file),
			fmt.Sprintf("The file %s exists already. Choose another name, so that no earlier backup is lost.", file), nil)
	}
	s, err := store.OpenReadOnly(ctx, dir, workday.Default())
	if err != nil {
		return err
	}
	defer s.Close()
	// Beside the target, on the same disk, and where no other file can be.
	work, err := os.MkdirTemp(filepath.Dir(file), ".backup-")
	if err != nil {
		return backupFault(file, err)
	}
	defer os.RemoveAll(work)
	// What was signed last before the database: the copy then holds at least what
	// its signer remembers.
	if err := copyKept(dir, work); err != nil {
		return backupFault(file, err)
	}
	copied := filepath.Join(work, store.DatabaseFile)
	if err := s.Backup(ctx, copied); err != nil {
		return backupFault(file, err)
	}
	partial := filepath.Join(work, "backup.zip")
	out, err := os.OpenFile(partial, os.O_CREATE|os.O_EXCL|os.O_WRONLY, 0o600)
	if err != nil {
		return backupFault(file, err)
	}
	if err := errors.Join(pack(out, dir, work), out.Sync(), out.Close()); err != nil {
		return backupFault(file, err)
	}
	if err := os.Rename(partial, file); err != nil {
		return backupFault(file, err)
	}
	return nil
}

// copyKept puts the files that a backup holds beside the database into a folder.
func copyKept(dir, to string) error {
	for _, name := range kept {
		b, err := os.ReadFile(filepath.Join(dir, name))
		if errors.Is(err, os.ErrNotExist) {
			continue
		}
		if err == nil {
			err = os.WriteFile(filepath.Join(to, name), b, 0o600)
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// sentFolders are where lies what people sent: photographs of visits, and files that
// came with the steps of matters.
var sentFolders = []string{visit.PhotoFolder, matter.FileFolder}

// sent tells whether a name in a backup is of such a file.
func sent(name string) bool {
	return visit.PhotoFile.MatchString(name) || matter.KeptFile.MatchString(name)
}

// pack writes the copies of a folder and what people sent.
func pack(out io.Writer, dir, copies string) error {
	z := zip.NewWriter(out)
	for _, name := range append([]string{store.DatabaseFile}, kept...) {
		if err := addFile(z, name, filepath.Join(copies, name)); err != nil && !errors.Is(err, os.ErrNotExist) {
			return err
		}
	}
	for _, folder := range sentFolders {
		files, err := filepath.Glob(filepath.Join(escaped(dir), folder, "*"))
		if err != nil {
			return err
		}
		for _, file := range files {
			if err := addFile(z, folder+"/"+filepath.Base(file), file); err != nil {
				return err
			}
		}
	}
	return z.Close()
}

func addFile(z *zip.Writer, name, file string) error {
	in, err := os.Open(file)
	if err != nil {
		return err
	}
	defer in.Close()
	w, err := z.Create(name)
	if err != nil {
		return err
	}
	_, err = io.Copy(w, in)
	return err
}

func backupFault(file string, err error) error {
	return fault.New(fault.Unavailable, "backup_failed",
		fmt.Sprintf("备份没有完成，未留下文件 %s。请检查磁盘空间和该位置是否可写，然后重试。", file),
		fmt.Sprintf("The backup was not finished and the file %s was not left behind. Check the disk's room and that the place can be written to, then try again.", file), err)
}
