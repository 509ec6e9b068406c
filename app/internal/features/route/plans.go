package route

import (
	"context"
	"strings"
	"time"

	"github.com/mingcha-console/mingcha/app/internal/access"
	"github.com/mingcha-console/mingcha/app/internal/act"
	"github.com/mingcha-console/mingcha/app/internal/fault"
	"github.com/mingcha-console/mingcha/app/internal/feature"
	"github.com/mingcha-console/mingcha/app/internal/features/account"
	"github.com/mingcha-console/mingcha/app/internal/features/matter"
)

// Plans reads and makes plans.
type Plans struct {
	office  *feature.Office
	people  *account.Accounts
	matters *matter.Matters
	sheets  Sheets
}

// Sheets are what was filed of visits; package visit has them.
type Sheets interface {
	// Filed tells of visits when they were filed and what they found, by number.
	Filed(ctx context.Context, visits []uint64) (map[uint64]Filed, error)
	// Own tells at which places of plans an account filed a sheet itself.
	Own(ctx context.Context, account uint64, plans []uint64) (map[Place]bool, error)
	// Latest tells when each department was visited last, by its code; zero: never.
	Latest(ctx context.Context) (map[string]time.Time, error)
}

// Filed is what is told of a sheet.
type Filed struct {
	At       time.Time // UTC
	Findings int
}

// Place is where a sheet says that it is of.
type Place struct {
	Plan       uint64
	Stop       int // its number
	Department string
}

// New is the plans of an office.
func New(o *feature.Office, people *account.Accounts, matters *matter.Matters, sheets Sheets) *Plans {
	return &Plans{o, people, matters, sheets}
}

var errKey = fault.New(fault.Invalid, "visit_key", "这份记录的编号不对，请重新打开页面后再提交。", "The sheet's number is wrong; reload the page and send it again.", nil)

// Plan asks volunteers to go and tells the plan's number. The same submission
// again is the same plan.
func (s *Plans) Plan(ctx context.Context, by access.Principal, number string, o Outline) (uint64, error) {
	done, err := send(ctx, s, planned, by, number, o.trimmed())
	return done.Seq, err
}

// Change puts an outline in the place of what was planned, until its day is over.
// version is what the person had before their eyes.
func (s *Plans) Change(ctx context.Context, by access.Principal, plan uint64, number string, version int, o Outline) error {
	_, err := send(ctx, s, changed, by, number, changedData{Plan: plan, Version: version, Outline: o.trimmed()})
	return err
}

// Cancel takes a plan back, or waits no longer for what was not filed.
func (s *Plans) Cancel(ctx context.Context, by access.Principal, plan uint64, number string, version int, reason string) error {
	_, err := send(ctx, s, cancelled, by, number, cancelledData{Plan: plan, Version: version, Reason: strings.TrimSpace(reason)})
	return err
}

// Decline says that a volunteer cannot go. With an interest, in departments of
// the plan, the volunteer is not asked for those again.
func (s *Plans) Decline(ctx context.Context, by access.Principal, plan uint64, number string, why Unable, departments []string, note string) error {
	_, err := send(ctx, s, declined, by, number, declinedData{Plan: plan, Why: why, Departments: departments, Note: strings.TrimSpace(note)})
	return err
}

// send does an act that a page sends under a number of its own choosing.
func send[T any](ctx context.Context, s *Plans, k *act.Kind[T], by access.Principal, number string, data T) (done act.Of[T], err error) {
	key, err := act.Sent(k.Name(), by.Account, number, errKey)
	if err != nil {
		return done, err
	}
	done, _, err = k.Do(ctx, s.office.Journal, key, by.Account, data)
	return done, err
}
