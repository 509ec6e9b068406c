// Package signin keeps what proves who people are, and must never be in the
// journal: password hashes, wrong attempts, sessions. It has a file of its own,
// accounts.db; without that file everybody needs a new password and nothing
// else is lost.
//
// Its times are the machine's, not the office clock's, which may run fast in a
// demonstration.
package signin

import (
	"context"
	"database/sql"
	"embed"
	"errors"
	"fmt"
	"io/fs"
	"log/slog"
	"net/url"
	"os"
	"path/filepath"
	"sync"
	"time"

	"github.com/alexedwards/scs/v2"
	_ "github.com/mattn/go-sqlite3" // the driver
	"github.com/pressly/goose/v3"

	"github.com/mingcha-console/mingcha/app/internal/fault"
)

//go:embed migrations/*.sql
var migrations embed.FS

// File is the database's name in a data folder.
const File = "accounts.db"

// Service is an open accounts.db. Its methods may be called from many
// goroutines.
type Service struct {
	db      *sql.DB
	now     func() time.Time
	log     *slog.Logger
	hashing chan struct{} // bounds the memory that hashing takes
	decoy   string        // a hash that unknown logins are checked against
	manager *scs.SessionManager

	telling sync.Mutex
	ended   chan struct{} // closed and replaced when sessions end
}

// Open opens the file in a data folder, making it if it is not there.
func Open(dir string, now func() time.Time, log *slog.Logger) (*Service, error) {
	file := filepath.Join(dir, File)
	if f, err := os.OpenFile(file, os.O_CREATE|os.O_RDWR, 0o600); err != nil {
		return nil, openFault(file, err)
	} else if err := errors.Join(f.Chmod(0o600), f.Close()); err != nil { // one that was copied here may be open to all
		return nil, openFault(file, err)
	}
	db, err := sql.Open("sqlite3", "file:"+(&url.URL{Path: filepath.ToSlash(file)}).EscapedPath()+"?_journal_mode=WAL&_synchronous=FULL&_busy_timeout=5000&_txlock=immediate")
	if err != nil {
		return nil, openFault(file, err)
	}
	db.SetMaxOpenConns(4)
	s := &Service{db: db, now: now, log: log, hashing: make(chan struct{}, hashesAtOnce), decoy: decoy(), ended: make(chan struct{})}
	if err := s.migrate(file); err != nil {
		return nil, errors.Join(err, db.Close())
	}
	s.manager = s.newManager()
	return s, nil
}

// migrate brings the schema up to this program's version, and refuses a file
// that a newer program has written.
func (s *Service) migrate(file string) error {
	files, err := fs.Sub(migrations, "migrations")
	if err != nil {
		return openFault(file, err)
	}
	p, err := goose.NewProvider(goose.DialectSQLite3, s.db, files)
	if err != nil {
		return openFault(file, err)
	}
	have, know, err := p.GetVersions(context.Background())
	if err != nil {
		return openFault(file, err)
	}
	if have > know {
		return fault.New(fault.Conflict, "accounts_file_newer",
			fmt.Sprintf("账户文件 %s 由更新版本的明察台写成（版本 %d，本程序只认识到 %d）。请安装新版本后再打开。", file, have, know),
			fmt.Sprintf("The accounts file %s was written by a newer console (version %d, this program knows %d). Install the newer version to open it.", file, have, know), nil)
	}
	if _, err = p.Up(context.Background()); err != nil {
		return openFault(file, err)
	}
	return nil
}

// Close lets go of the file.
func (s *Service) Close() error { return s.db.Close() }

func openFault(file string, err error) error {
	return fault.New(fault.Unavailable, "accounts_file",
		fmt.Sprintf("账户文件 %s 打不开。请检查文件夹权限；若文件已损坏，删除后由主任重新发放密码即可，业务数据不受影响。", file),
		fmt.Sprintf("The accounts file %s cannot be opened. Check the folder's rights; if it is damaged, delete it and have the head give out new passwords: no other data is lost.", file), err)
}

// statement is one of several that are done together.
type statement struct {
	query string
	args  []any
}

func do(query string, args ...any) statement { return statement{query, args} }

// together runs statements in one transaction.
func (s *Service) together(ctx context.Context, all ...statement) error {
	tx, err := s.db.BeginTx(ctx, nil)
	if err != nil {
		return err
	}
	defer tx.Rollback() //nolint:errcheck // after Commit there is nothing to undo
	for _, x := range all {
		if _, err := tx.ExecContext(ctx, x.query, x.args...); err != nil {
			return err
		}
	}
	return tx.Commit()
}
