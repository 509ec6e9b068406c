package api

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"
	"os"
	"strings"
	"syscall"
	"testing"

	sqlite3 "github.com/mattn/go-sqlite3"

	"github.com/mingcha-console/mingcha/app/internal/fault"
)

func TestWhatTheFrameworkFailsAtIsNotTold(t *testing.T) {
	p := requestProblem(500, "secret", []error{errors.New("secret")})
	if b, _ := json.Marshal(p); p.Code != "internal" || bytes.Contains(b, []byte("secret")) {
		t.Errorf("%s", b)
	}
}

// L: what breaks off because the client has left is no error of the console's, whatever
// failed then; and a full disk has its sentence, whoever met it.
func TestLWhoLeftAndAFullDiskAreToldApart(t *testing.T) {
	gone, leave := context.WithCancel(context.Background())
	leave()
	database := fault.New(fault.Internal, "database", "数据库", "The database", errors.New("interrupted"))
	var out bytes.Buffer
	log := slog.New(slog.NewTextHandler(&out, nil))
	for _, err := range []error{database, errors.New("interrupted"), context.Canceled, syscall.EPIPE} {
		ProblemOf(gone, log, err)
	}
	if out.Len() > 0 {
		t.Errorf("of clients that left the log says:\n%s", out.String())
	}
	if ProblemOf(t.Context(), log, database).Status != 500 || !strings.Contains(out.String(), "level=ERROR") {
		t.Error("an error of the console's is not logged any more")
	}
	for _, err := range []error{&os.PathError{Op: "write", Path: "photos/x", Err: syscall.ENOSPC}, sqlite3.Error{Code: sqlite3.ErrFull}, fmt.Errorf("act: %w", sqlite3.Error{Code: sqlite3.ErrIoErr, SystemErrno: syscall.ENOSPC})} {
		if p := ProblemOf(t.Context(), log, err); p.Status != 503 || p.Code != "disk_full" || !strings.Contains(p.ZH, "磁盘已满") {
			t.Errorf("%v: %+v", err, p)
		}
	}
}
