// Package term is who serves as a volunteer supervisor (义务监督员) and when:
// appointments for a term, with a certificate; what ends them early; trainings;
// and the office's yearly appraisal. All of it is acts in the journal; the
// tables follow from them.
//
// Days are those of the office's zone, written 2006-01-02. The first and the
// last day of a term both belong to it.
package term

import (
	"context"
	"time"

	"github.com/mingcha-console/mingcha/app/internal/access"
	"github.com/mingcha-console/mingcha/app/internal/act"
	"github.com/mingcha-console/mingcha/app/internal/fault"
	"github.com/mingcha-console/mingcha/app/internal/feature"
	"github.com/mingcha-console/mingcha/app/internal/features/account"
)

// Group is whom a supervisor stands for.
type Group string

const (
	Deputy     Group = "deputy"     // 人大代表
	Committee  Group = "committee"  // 政协委员
	Investor   Group = "investor"   // 外来投资者
	Trader     Group = "trader"     // 个体工商户
	Journalist Group = "journalist" // 新闻记者
	Citizen    Group = "citizen"    // 市民代表
)

// Groups lists the six groups that supervisors are chosen from.
var Groups = []Group{Deputy, Committee, Investor, Trader, Journalist, Citizen}

// Why is what ended a term early; empty: nothing did.
type Why string

const (
	Resigned  Why = "resigned"
	Moved     Why = "moved"    // to another place or post
	Inactive  Why = "inactive" // did not do what was asked
	Dismissed Why = "dismissed"
	Other     Why = "other"
)

// Whys lists what can end a term early.
var Whys = []Why{Resigned, Moved, Inactive, Dismissed, Other}

// Particulars are what an appointment says.
type Particulars struct {
	Certificate string   `json:"certificate" minLength:"1" maxLength:"40" doc:"number of the certificate; each is given once"`
	Group       Group    `json:"group" enum:"deputy,committee,investor,trader,journalist,citizen"`
	Work        string   `json:"work,omitempty" maxLength:"100" doc:"occupation and workplace, in words"`
	Barred      []string `json:"barred,omitempty" maxItems:"20" doc:"codes of departments that employ or employed the person, whose cases and halls are not theirs to look at"`
	First       string   `json:"first" format:"date" doc:"first day of the term"`
	Last        string   `json:"last" format:"date" doc:"last day, inclusive; at most five years after the first"`
}

// Term is one appointment as it stands.
type Term struct {
	ID      uint64 `json:"id"` // journal number
	Account uint64 `json:"-"`
	Particulars
	Until  string `json:"until" format:"date" doc:"last day in office; before last where it was ended early"`
	Why    Why    `json:"why" enum:",resigned,moved,inactive,dismissed,other" doc:"what ended it early"`
	Reason string `json:"reason" doc:"of an early end"`
}

// Change is something that was done to a term, with what held afterwards.
type Change struct {
	Term               uint64
	Kind               string // appointed, corrected, ended
	At                 time.Time
	By                 uint64 // account
	Reason             string
	Certificate        string
	FirstDay, UntilDay string
}

// Terms reads terms and acts on them.
type Terms struct {
	office *feature.Office
	people *account.Accounts
	work   Work
}

// New is the terms of an office. work tells what volunteers did.
func New(o *feature.Office, people *account.Accounts, work Work) *Terms {
	return &Terms{o, people, work}
}

// Appoint appoints an account that has the role for a term; a renewal is
// another appointment. The same key again is the same act, here and below.
func (t *Terms) Appoint(ctx context.Context, by access.Principal, key string, account uint64, p Particulars) error {
	return do(ctx, t, appointed, by, key, appointedData{Account: account, Particulars: p.trimmed()})
}

// Correct sets right what an appointment says. An early end stays where keepEnd
// says so, else the term runs to its last day again.
func (t *Terms) Correct(ctx context.Context, by access.Principal, key string, term uint64, p Particulars, keepEnd bool, reason string) error {
	return do(ctx, t, corrected, by, key, correctedData{Term: term, Particulars: p.trimmed(), KeepEnd: keepEnd, Reason: reason})
}

// End ends a term early, with a day that still belongs to it; the day before
// the first says that it never began.
func (t *Terms) End(ctx context.Context, by access.Principal, key string, term uint64, until string, why Why, reason string) error {
	return do(ctx, t, ended, by, key, endedData{Term: term, Until: until, Why: why, Reason: reason})
}

// do journals an act under a number that a page chose.
func do[T any](ctx context.Context, t *Terms, kind *act.Kind[T], by access.Principal, number string, data T) error {
	key, err := act.Sent(kind.Name(), by.Account, number, errKeyForm)
	if err != nil {
		return err
	}
	_, _, err = kind.Do(ctx, t.office.Journal, key, by.Account, data)
	return err
}

var errKeyForm = fault.New(fault.Invalid, "term_key", "这次提交的编号不对，请重新打开页面后再提交。", "The submission's number is wrong; reload the page and send it again.", nil)
