// Package store keeps the console's data folder: one SQLite database in WAL
// mode with the journal and everything derived from it, one writer, and many
// readers that never wait for it.
package store

import (
	"context"
	"database/sql"
	"embed"
	"errors"
	"fmt"
	"io/fs"
	"net/url"
	"os"
	"path/filepath"
	"slices"
	"strings"

	sqlite3 "github.com/mattn/go-sqlite3"
	"github.com/pressly/goose/v3"

	"github.com/mingcha-console/mingcha/app/internal/fault"
	"github.com/mingcha-console/mingcha/app/internal/noroom"
	"github.com/mingcha-console/mingcha/app/internal/private"
	"github.com/mingcha-console/mingcha/app/internal/workday"
)

//go:embed migrations/*.sql
var migrations embed.FS

// DatabaseFile is the database's name in a data folder.
const DatabaseFile = "mingcha.db"

// ours are what the console keeps in a data folder.
var ours = []string{DatabaseFile + "*", beforeUpdate + "*", lockFile, "checkpoint.*", "console.json*", "accounts.db*", "photos", "attachments", "tls", "adapters", "spool"}

// KeepPrivate takes from others what in the folder came to be open to them since it
// was opened, and tells what that was, by its path within the folder. What adapters
// keep for themselves is closed with the folder that it lies in.
func (s *Store) KeepPrivate() (opened []string) {
	return private.Folder(s.dir, slices.DeleteFunc(slices.Clone(ours), func(name string) bool { return name == "adapters" })...)
}

// Store is an open data folder.
type Store struct {
	dir  string
	lock *folderLock // nil when opened for reading
	w    *Writer
	db   *Pool
	cal  *workday.Calendar

	aside   string // a copy of an older folder, brought up to this program's version, that is read in its place
	fixed   bool   // nobody can write to the folder
	scratch bool   // a temporary folder, deleted on Close
}

// Open opens a data folder for reading and writing, making it if it is not
// there. Only one console can have it open; others get a fault.
func Open(ctx context.Context, dir string, cal *workday.Calendar) (*Store, error) {
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return nil, folderFault(dir, err)
	}
	return openWritable(ctx, &Store{dir: dir, cal: cal})
}

func openWritable(ctx context.Context, s *Store) (*Store, error) {
	var err error
	if s.lock, err = lockFolder(s.dir); err != nil {
		return nil, err
	}
	private.Folder(s.dir, ours...)
	if err := s.open(ctx, true); err != nil {
		return nil, errors.Join(err, s.Close())
	}
	return s, nil
}

// OpenReadOnly opens a data folder for reading, beside a running console or
// without one.
func OpenReadOnly(ctx context.Context, dir string, cal *workday.Calendar) (*Store, error) {
	if _, err := os.Stat(filepath.Join(dir, DatabaseFile)); err != nil {
		return nil, fault.New(fault.NotFound, "no_data_folder",
			fmt.Sprintf("文件夹 %s 里没有明察台的数据。请核对 --data 后面的路径。", dir),
			fmt.Sprintf("The folder %s holds no console data. Check the path after --data.", dir), err)
	}
	s := &Store{dir: dir, cal: cal}
	if err := s.open(ctx, false); err != nil {
		return nil, errors.Join(err, s.Close())
	}
	return s, nil
}

// writerSettings: FULL makes every commit durable against loss of power. The
// page cache is bounded; the system's own cache holds the rest. One goroutine uses
// the connection at a time, so SQLite takes no lock of its own at every call.
const writerSettings = "?_journal_mode=WAL&_synchronous=FULL&_busy_timeout=5000&_foreign_keys=0&_txlock=immediate&_cache_size=-48000&_mutex=no"

// walPages is how long the write-ahead log grows before it is worked into the
// database: a page that many cases share is then copied once for all of them,
// which a big folder, whose pages are many, feels most. 24 MB.
const walPages = 6000

const readerSettings = "?_query_only=1&_busy_timeout=5000&_cache_size=-6000"

func (s *Store) dsn(settings string) string {
	if s.scratch { // nothing of it is to outlive anything
		settings = strings.Replace(settings, "_synchronous=FULL", "_synchronous=OFF", 1)
	}
	if s.fixed {
		settings += "&immutable=1"
	}
	dir := s.dir
	if s.aside != "" {
		dir = s.aside
	}
	return "file:" + (&url.URL{Path: filepath.ToSlash(filepath.Join(dir, DatabaseFile))}).EscapedPath() + settings
}

// private keeps the database, which names applicants, from the machine's other
// users, also in a folder that is open to them. SQLite gives the files beside it
// the same rights. Disks that know no rights keep none.
func (s *Store) private() error {
	f, err := os.OpenFile(filepath.Join(s.dir, DatabaseFile), os.O_CREATE|os.O_RDWR, 0o600)
	if err != nil {
		return folderFault(s.dir, err)
	}
	for _, beside := range []string{"", "-wal", "-shm"} {
		_ = os.Chmod(filepath.Join(s.dir, DatabaseFile+beside), 0o600)
	}
	return f.Close()
}

func (s *Store) open(ctx context.Context, writable bool) error {
	if writable {
		if err := s.private(); err != nil {
			return s.databaseFault(err)
		}
		if err := s.migrate(ctx); err != nil {
			return err
		}
		c, err := dial(s.dsn(writerSettings))
		if err != nil {
			return s.databaseFault(err)
		}
		if err := c.exec(fmt.Sprintf(`PRAGMA wal_autocheckpoint = %d`, walPages)); err != nil {
			return s.databaseFault(errors.Join(err, c.close()))
		}
		if s.w, err = s.newWriter(c, s.cal); err != nil {
			return s.databaseFault(errors.Join(err, c.close()))
		}
	}
	if err := s.openReaders(); err != nil || writable {
		return err
	}
	err := s.checkVersion(ctx, s.db)
	if !unwritable(err) || !s.atRest() {
		if err == nil {
			err = s.readAside(ctx)
		}
		return err
	}
	// Reading, too, keeps a small file of locks beside the database, which a
	// read-only disk has no place for. Where nothing waits in a log to be read
	// with it, the database alone is all there is.
	s.fixed = true
	if err := errors.Join(s.db.Close(), s.openReaders()); err != nil {
		return err
	}
	if err := s.checkVersion(ctx, s.db); err != nil {
		return err
	}
	return s.readAside(ctx)
}

func (s *Store) openReaders() error {
	db, err := openPool(s.dsn(readerSettings))
	if err != nil {
		return s.databaseFault(err)
	}
	s.db = db
	return nil
}

// atRest tells whether the write-ahead log is gone or empty.
func (s *Store) atRest() bool {
	info, err := os.Stat(filepath.Join(s.dir, DatabaseFile+"-wal"))
	return errors.Is(err, os.ErrNotExist) || err == nil && info.Size() == 0
}

// unwritable tells whether SQLite could not make or write a file.
func unwritable(err error) bool {
	var se sqlite3.Error
	return errors.As(err, &se) && (se.Code == sqlite3.ErrCantOpen || se.Code == sqlite3.ErrReadonly || se.Code == sqlite3.ErrPerm)
}

// migrate brings the schema up to this program's version.
func (s *Store) migrate(ctx context.Context) error {
	db, err := sql.Open("sqlite3", s.dsn(writerSettings))
	if err != nil {
		return s.databaseFault(err)
	}
	defer db.Close()
	if err := s.checkVersion(ctx, db); err != nil {
		return err
	}
	kept, err := s.keepBefore(ctx, db)
	if err != nil {
		return err
	}
	p, err := provider(db)
	if err != nil {
		return s.databaseFault(err)
	}
	if _, err := p.Up(ctx); err != nil {
		return s.updateFault(kept, err)
	}
	return nil
}

func provider(db *sql.DB) (*goose.Provider, error) {
	files, err := fs.Sub(migrations, "migrations")
	if err != nil {
		return nil, err
	}
	return goose.NewProvider(goose.DialectSQLite3, db, files)
}

// newest is the version that this program's migrations lead to.
func newest() (version int64, err error) {
	files, err := fs.Glob(migrations, "migrations/*.sql")
	for _, file := range files {
		n, err := goose.NumericComponent(file)
		if err != nil {
			return 0, err
		}
		version = max(version, n)
	}
	return version, err
}

// checkVersion refuses a folder that a newer program has written.
func (s *Store) checkVersion(ctx context.Context, db Querier) error {
	var name string
	err := db.QueryRowContext(ctx, `SELECT name FROM sqlite_master WHERE type = 'table' AND name = 'goose_db_version'`).Scan(&name)
	if errors.Is(err, sql.ErrNoRows) {
		return nil
	}
	if err != nil {
		return s.databaseFault(err)
	}
	have, know, err := s.versions(ctx, db)
	if err != nil {
		return err
	}
	if have > know {
		return fault.New(fault.Conflict, "data_folder_newer",
			fmt.Sprintf("数据文件夹 %s 由更新版本的明察台写成（数据版本 %d，本程序只认识到 %d）。请安装新版本后再打开；本程序未改动任何内容。", s.dir, have, know),
			fmt.Sprintf("The data folder %s was written by a newer console (data version %d, this program knows %d). Install the newer version to open it; nothing was changed.", s.dir, have, know), nil)
	}
	return nil
}

// versions are the schema's version in the folder and in this program.
func (s *Store) versions(ctx context.Context, db Querier) (have, know int64, err error) {
	if err := db.QueryRowContext(ctx, `SELECT max(version_id) FROM goose_db_version`).Scan(&have); err != nil {
		return 0, 0, s.databaseFault(err)
	}
	if know, err = newest(); err != nil {
		return 0, 0, s.databaseFault(err)
	}
	return have, know, nil
}

// readAside reads a folder of an older version from a copy that is brought up to
// this program's: who only reads changes nothing in the folder.
func (s *Store) readAside(ctx context.Context) error {
	have, know, err := s.versions(ctx, s.db)
	if err != nil || have >= know {
		return nil //nolint:nilerr // without a version it is no folder of ours, and reading says so
	}
	dir, err := os.MkdirTemp("", "mingcha-older-")
	if err != nil {
		return s.databaseFault(err)
	}
	err = s.Backup(ctx, filepath.Join(dir, DatabaseFile))
	if err == nil {
		err = s.db.Close()
		s.aside, s.fixed = dir, false
		err = errors.Join(err, s.migrate(ctx), s.openReaders())
	}
	if err != nil && s.aside == "" {
		err = errors.Join(err, os.RemoveAll(dir))
	}
	return err
}

// Hold takes a data folder that is not open, so that no console opens it meanwhile.
func Hold(dir string) (release func() error, err error) {
	l, err := lockFolder(dir)
	if err != nil {
		return nil, err
	}
	return l.release, nil
}

// Dir is the data folder.
func (s *Store) Dir() string { return s.dir }

// Writer is the one writer; nil for a store opened read-only.
func (s *Store) Writer() *Writer { return s.w }

// Close lets go of the folder.
func (s *Store) Close() error {
	var errs []error
	if s.db != nil {
		errs = append(errs, s.db.Close())
	}
	if s.w != nil {
		errs = append(errs, s.w.c.close())
	}
	if s.lock != nil {
		errs = append(errs, s.lock.release())
	}
	errs = append(errs, s.removeScratch())
	if s.aside != "" {
		errs = append(errs, os.RemoveAll(s.aside))
	}
	return errors.Join(errs...)
}

func folderFault(dir string, err error) error {
	return fault.New(fault.Unavailable, "data_folder",
		fmt.Sprintf("无法使用数据文件夹 %s。请检查该文件夹是否存在、是否可写。", dir),
		fmt.Sprintf("The data folder %s cannot be used. Check that it exists and can be written to.", dir), err)
}

func (s *Store) databaseFault(err error) error {
	if _, is := fault.As(err); is {
		return err
	}
	if IsDiskFull(err) {
		return diskFull(err)
	}
	if unwritable(err) {
		return folderFault(s.dir, err)
	}
	var se sqlite3.Error
	if errors.As(err, &se) && (se.Code == sqlite3.ErrCorrupt || se.Code == sqlite3.ErrNotADB) {
		return fault.New(fault.Unavailable, "database_damaged",
			fmt.Sprintf("数据库文件 %s 已损坏。请停用本文件夹并用 mingcha restore 恢复最近的备份。", filepath.Join(s.dir, DatabaseFile)),
			fmt.Sprintf("The database file %s is damaged. Stop using this folder and restore the latest backup with mingcha restore.", filepath.Join(s.dir, DatabaseFile)), err)
	}
	return fault.New(fault.Internal, "database",
		"打开数据库失败。请查看日志中的详细原因，或联系技术支持。",
		"The database could not be opened. See the log for details, or ask technical support.", err)
}

// IsDiskFull tells whether a write failed for want of room, be it the
// database's or another file's: a full disk, or a full quota.
func IsDiskFull(err error) bool {
	var se sqlite3.Error
	if errors.As(err, &se) {
		return se.Code == sqlite3.ErrFull || noroom.Is(se.SystemErrno)
	}
	return noroom.Is(err)
}

func diskFull(err error) error {
	return fault.New(fault.Unavailable, "disk_full",
		"磁盘已满，本批记录未能写入（没有记录丢失，腾出空间后会自动重新接收）。请清理磁盘。",
		"The disk is full; this batch was not written (nothing is lost, it is taken again once there is room). Free some space.", err)
}

// WriteFault words a failed write for people.
func WriteFault(err error) error {
	if err == nil {
		return nil
	}
	if IsDiskFull(err) {
		return diskFull(err)
	}
	return err
}
