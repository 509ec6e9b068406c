package store

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"

	"github.com/mingcha-console/mingcha/app/internal/fault"
)

// beforeUpdate is what the database was before the last update of its schema, for
// going back to the program of before.
const beforeUpdate = "before-update.db"

// keepBefore copies the database of an older version before it is migrated, in the
// place of the copy of the update before. It answers with the copy's file; "" where
// there is nothing to keep, or what is migrated is itself a copy.
func (s *Store) keepBefore(ctx context.Context, db Querier) (string, error) {
	if s.aside != "" || s.scratch {
		return "", nil
	}
	// A first opening that was cut off, as by a full disk, left tables with nothing in them.
	var used bool
	if err := db.QueryRowContext(ctx, `SELECT count(*) FROM sqlite_master WHERE name = 'journal'`).Scan(&used); err != nil || !used {
		return "", s.orNil(err)
	}
	if err := db.QueryRowContext(ctx, `SELECT EXISTS (SELECT 1 FROM journal) OR EXISTS (SELECT 1 FROM checkpoints)`).Scan(&used); err != nil || !used {
		return "", s.orNil(err)
	}
	have, know, err := s.versions(ctx, db)
	if err != nil || have >= know {
		return "", err
	}
	file := filepath.Join(s.dir, beforeUpdate)
	next := file + ".new"
	err = os.Remove(next) // of an update that was cut off
	if errors.Is(err, os.ErrNotExist) {
		err = nil
	}
	if err == nil {
		err = s.Backup(ctx, next)
	}
	if err == nil {
		err = errors.Join(os.Chmod(next, 0o600), os.Rename(next, file))
	}
	if err != nil {
		return "", fault.New(fault.Unavailable, "no_copy_before_update",
			fmt.Sprintf("数据需要升级才能用本程序打开，但升级前的副本 %s 没有写成，因此没有升级，数据未作改动。请在磁盘上腾出与 %s 同样大小的空间后重新打开。", file, DatabaseFile),
			fmt.Sprintf("The data has to be updated for this program, and the copy %s that is kept before could not be written: nothing was updated or changed. Free as much room on the disk as %s takes, and open it again.", file, DatabaseFile),
			errors.Join(err, os.RemoveAll(next)))
	}
	return file, nil
}

// updateFault says that a migration failed, and where what was before it lies.
func (s *Store) updateFault(kept string, err error) error {
	if kept == "" {
		return s.databaseFault(err)
	}
	return fault.New(fault.Unavailable, "update_failed",
		fmt.Sprintf("数据文件夹 %s 没有升级成功。升级前的数据在 %s：把它改名为 %s，删除旁边的 %[3]s-wal 和 %[3]s-shm，即可用原来版本的程序打开。", s.dir, kept, DatabaseFile),
		fmt.Sprintf("The data folder %s could not be updated. What it held before lies in %s: name it %s, remove %[3]s-wal and %[3]s-shm beside it, and the program of the version before opens it.", s.dir, kept, DatabaseFile), err)
}

// orNil words an error of the database, if there is one.
func (s *Store) orNil(err error) error {
	if err == nil {
		return nil
	}
	return s.databaseFault(err)
}
