// Package officetest is the set-up that tests of people's work share: a real
// data folder under a clock that stands where the test puts it.
package officetest

import (
	"context"
	"fmt"
	"log/slog"
	"testing"
	"time"

	"github.com/mingcha-console/mingcha/app/internal/access"
	"github.com/mingcha-console/mingcha/app/internal/casefile"
	"github.com/mingcha-console/mingcha/app/internal/fault"
	"github.com/mingcha-console/mingcha/app/internal/feature"
	"github.com/mingcha-console/mingcha/app/internal/features/account"
	"github.com/mingcha-console/mingcha/app/internal/intake"
	"github.com/mingcha-console/mingcha/app/internal/journal"
	"github.com/mingcha-console/mingcha/app/internal/officetest/emptyfolder"
	"github.com/mingcha-console/mingcha/app/internal/rules"
	"github.com/mingcha-console/mingcha/app/internal/store"
	"github.com/mingcha-console/mingcha/app/internal/workday"
)

// Folder is a data folder that is open. It is closed with the test.
type Folder struct {
	*testing.T
	Dir    string
	Store  *store.Store
	Intake *intake.Intake
	Signer *journal.Signer
	Now    time.Time // of the office clock

	acts []intake.Folder
	keys int
}

// Open makes a data folder that folds some acts, at a time of the office's zone
// written 2006-01-02 15:04.
func Open(t *testing.T, at string, acts ...intake.Folder) *Folder {
	t.Helper()
	f := &Folder{T: t, Dir: emptyfolder.New(t), Now: When(at), acts: acts}
	f.Reopen()
	t.Cleanup(f.Close)
	return f
}

// When is a time of the office's zone written 2006-01-02 15:04.
func When(s string) time.Time {
	t, err := time.ParseInLocation("2006-01-02 15:04", s, workday.Default().Zone())
	if err != nil {
		panic(err)
	}
	return t
}

// At puts the clock to a time; see When.
func (f *Folder) At(s string) { f.Now = When(s) }

// Reopen opens the folder again after Close.
func (f *Folder) Reopen() {
	f.Helper()
	var err error
	f.Store, err = store.Open(context.Background(), f.Dir, workday.Default())
	f.Must(err)
	f.Signer, err = journal.OpenSigner(f.Dir)
	f.Must(err)
	f.Intake, err = intake.Start(f.Store, intake.Options{Calendar: workday.Default(), Rules: rules.DefaultSettings(), Now: func() time.Time { return f.Now },
		Signer: f.Signer, Acts: f.acts, Logger: slog.New(slog.DiscardHandler)})
	f.Must(err)
}

// Close closes the folder.
func (f *Folder) Close() {
	f.Intake.Close()
	if err := f.Store.Close(); err != nil {
		f.Error(err)
	}
}

// Office is the folder as features use it.
func (f *Folder) Office() *feature.Office {
	return &feature.Office{Store: f.Store, Cases: f.cases(), Journal: f.Intake, Now: func() time.Time { return f.Now }, PublicKey: f.Signer.PublicKey(), Dir: f.Dir,
		Log: slog.New(slog.DiscardHandler)}
}

// cases reads cases, each for the moment that its department's were last judged
// for.
func (f *Folder) cases() *casefile.Reader {
	return casefile.New(f.Store, casefile.Options{Now: func() time.Time { return f.Now }, Judge: f.Intake.Judge,
		Moment:   func(_ string, judged time.Time) time.Time { return judged },
		Warnings: func() []casefile.Warning { return []casefile.Warning{} }})
}

// Account makes an account.
func (f *Folder) Account(login string, role access.Role, department string) access.Principal {
	f.Helper()
	a, err := account.New(f.Office()).Create(context.Background(), access.Here, login, account.Profile{Name: "姓名" + login, Role: role, Department: department})
	f.Must(err)
	return a.Principal()
}

// Key is a submission's number that was not used before.
func (f *Folder) Key() string {
	f.keys++
	return fmt.Sprintf("key-%06d", f.keys)
}

// Must ends the test with an error.
func (f *Folder) Must(err error) {
	f.Helper()
	if err != nil {
		f.Fatal(err)
	}
}

// WantCode wants an error to be the fault of a code.
func (f *Folder) WantCode(err error, code string) {
	f.Helper()
	if x, ok := fault.As(err); !ok || x.Code != code {
		f.Errorf("got %v, want %s", err, code)
	}
}

// Verify wants the tables to be what the journal gives.
func (f *Folder) Verify() {
	f.Helper()
	rep, err := intake.Verify(context.Background(), f.Store, workday.Default(), rules.DefaultSettings(), f.acts, f.Signer.PublicKey(), nil)
	f.Must(err)
	if rep.Difference != nil {
		f.Errorf("verify: %+v", *rep.Difference)
	}
}
