package record_test

import (
	"context"
	"fmt"
	"log/slog"
	"testing"
	"time"

	"github.com/mingcha-console/mingcha/app/internal/act"
	"github.com/mingcha-console/mingcha/app/internal/feature"
	"github.com/mingcha-console/mingcha/app/internal/runtime"

	"github.com/mingcha-console/mingcha/app/internal/access"
	"github.com/mingcha-console/mingcha/app/internal/features/account"
	"github.com/mingcha-console/mingcha/app/internal/features/record"
	"github.com/mingcha-console/mingcha/app/internal/intake"
	"github.com/mingcha-console/mingcha/app/internal/journal"
	"github.com/mingcha-console/mingcha/app/internal/officetest/emptyfolder"
	"github.com/mingcha-console/mingcha/app/internal/rules"
	"github.com/mingcha-console/mingcha/app/internal/store"
	"github.com/mingcha-console/mingcha/app/internal/workday"
	pb "github.com/mingcha-console/mingcha/sdk/contract/mingcha/adapter/v1"
)

var (
	ctx = context.Background()
	cal = workday.Default()
)

// written takes acts as they are: what they change is other tests' matter.
type written struct{}

func (written) Types() []string                                { return record.New(nil, nil, runtime.Declared()).Types() }
func (written) Tables() []string                               { return nil }
func (written) Check(*store.Writer, *intake.RecordedAct) error { return nil }
func (written) Fold(*store.Writer, *intake.RecordedAct) error  { return nil }

// office is a data folder in which acts are written by hand.
type office struct {
	testing.TB
	*record.Acts
	s   *store.Store
	in  *intake.Intake
	now time.Time
	n   int

	version uint64 // journal number of the item that publish describes
}

func open(t testing.TB) *office {
	t.Helper()
	o := &office{TB: t, now: time.Date(2026, 9, 22, 10, 0, 0, 0, cal.Zone())}
	dir := emptyfolder.New(t)
	var err error
	if o.s, err = store.Open(ctx, dir, cal); err != nil {
		t.Fatal(err)
	}
	signer, err := journal.OpenSigner(dir)
	if err != nil {
		t.Fatal(err)
	}
	if o.in, err = intake.Start(o.s, intake.Options{Calendar: cal, Rules: rules.DefaultSettings(), Now: func() time.Time { return o.now }, Signer: signer,
		Acts: []intake.Folder{act.NewRegistry().Add(account.Tables, account.Acts...), written{}}, Logger: slog.New(slog.DiscardHandler)}); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		o.in.Close()
		if err := o.s.Close(); err != nil {
			t.Error(err)
		}
	})
	of := &feature.Office{Store: o.s}
	o.Acts = record.New(of, account.New(of), runtime.Declared())
	return o
}

// did writes an act, a second after the last.
func (o *office) did(by uint64, what string, data any) uint64 {
	o.Helper()
	o.n++
	o.now = o.now.Add(time.Second)
	rec, _, err := o.in.Act(ctx, intake.Act{Key: fmt.Sprint("act-", o.n), Type: what, By: by, Data: data})
	if err != nil {
		o.Fatal(err)
	}
	return rec.Seq
}

// publish describes what acts about a catalogue are about: department GH with
// item I1, of which it keeps the version.
func (o *office) publish() {
	o.Helper()
	deps, items := []*pb.Department{{Code: "GH", Name: "规划局"}}, []*pb.Item{{Department: "GH", Code: "I1", Name: "规划许可",
		CaseType: pb.CaseType_CASE_TYPE_COMMITTED, Regime: pb.Regime_REGIME_LICENSING, ClockStart: pb.ClockStart_CLOCK_START_ACCEPTANCE}}
	if err := o.in.Catalogue(ctx, "gh", &pb.DescribeResponse{Name: "gh"}, deps, items); err != nil {
		o.Fatal(err)
	}
	head, err := o.s.Head(ctx)
	if err != nil {
		o.Fatal(err)
	}
	o.version = head
}

// account makes an account of a role.
func (o *office) account(login string, role access.Role) uint64 {
	o.Helper()
	return o.did(0, "account.created", map[string]any{"login": login, "name": "姓名" + login, "role": role})
}

// list lists acts as somebody is told of them.
func (o *office) list(q record.Query) []record.Entry {
	o.Helper()
	if q.Limit == 0 {
		q.Limit = record.MostAtOnce
	}
	all, err := o.List(ctx, q)
	if err != nil {
		o.Fatal(err)
	}
	return all
}
