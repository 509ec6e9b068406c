package matter

import (
	"context"
	"slices"
	"strings"
	"time"

	"github.com/mingcha-console/mingcha/app/internal/access"
	"github.com/mingcha-console/mingcha/app/internal/act"
	"github.com/mingcha-console/mingcha/app/internal/fault"
	"github.com/mingcha-console/mingcha/app/internal/feature"
	"github.com/mingcha-console/mingcha/app/internal/features/account"
	"github.com/mingcha-console/mingcha/app/internal/workday"
	"github.com/mingcha-console/mingcha/app/internal/workflow"
)

// Opening is what a matter comes up with.
type Opening struct {
	Source     Source
	SourceID   uint64 // the visit, the review or the rating
	Finding    int    // which of the visit's, from 1; 0: the review or the rating as a whole
	Department string // code
	Category   string // of a visit's finding; of a review: its kind; of a rating: its level
	Severity   string // of a visit's finding; else empty
	Fact       string // in the words of who noted it
	Reasons    []string
	CaseID     uint64 // of a review or a rating, where there is one
	Item       string // of a visit: as it was written down; else the code
	Place      string
	Handler    string    // whose service was rated
	SeenAt     time.Time // of a visit or a rating
	BegunAt    time.Time // when the first deadline starts; zero: when the matter opens
}

// Matter is one matter.
type Matter struct {
	ID uint64
	Opening
	OpenedAt time.Time
	workflow.Instance
}

// fold takes the matter where its steps lead.
func (m *Matter) fold(steps []workflow.Step) (err error) {
	m.Instance, err = m.Flow().Fold(m.begun(), steps)
	return err
}

// begun is when the matter's first deadline starts.
func (m *Matter) begun() time.Time {
	if m.BegunAt.IsZero() {
		return m.OpenedAt
	}
	return m.BegunAt
}

// CameLate tells whether a rating came so late that its first deadline does not
// start with it: nobody could contact a rater of whom they could not know.
func (m *Matter) CameLate(cal *workday.Calendar) bool {
	return m.Source == Rating && m.Finding == 0 && !m.SeenAt.IsZero() && cal.DateOf(m.begun()) != cal.DateOf(m.SeenAt)
}

// Matters reads matters and takes steps.
type Matters struct {
	office *feature.Office
	people *account.Accounts
}

// New is the matters of an office.
func New(o *feature.Office, people *account.Accounts) *Matters { return &Matters{o, people} }

// actor is a principal as the flow sees it. Leaders read only.
func actor(p access.Principal) workflow.Actor {
	w := workflow.Actor{Account: p.Account}
	switch p.Role {
	case access.Head, access.Staff:
		w.Roles = []string{Office}
	case access.Liaison:
		w.Roles = []string{Department}
	}
	return w
}

// Task is what the department was told; empty before it is.
func (m *Matter) Task() string {
	s, _ := m.Last(assign)
	return s.Fields["task"]
}

// SeenBy is the matter as somebody may see it, and whether they may at all. A
// department sees its own: what the office hands over once that was done, in
// the office's words, and what is the department's from the start at once. While
// the office verifies a reply it sees nothing of how, for who knows of a visit
// beforehand is not visited unannounced.
func (m *Matter) SeenBy(p access.Principal) (Matter, bool) {
	own, restricted := p.Restricted()
	if !restricted {
		return *m, p.Role.Office() || p.Role == access.Leader
	}
	out := *m
	if _, told := m.Last(assign); m.Department != own || !told && !m.direct() {
		return Matter{}, false
	}
	if !m.direct() {
		out.SourceID, out.Finding, out.Fact, out.Reasons = 0, 0, m.Task(), nil
	}
	if m.State == Revisit || m.State == Revisited {
		for i, s := range slices.Backward(m.Steps) {
			if s.Action == reply || s.Action == replyFor {
				_ = out.fold(m.Steps[:i+1]) // what was folded once folds again
				break
			}
		}
	}
	return out, true
}

// Can lists what somebody may do with a matter now.
func (s *Matters) Can(m *Matter, p access.Principal) []workflow.Action {
	return m.Flow().Allowed(m.Instance, actor(p), s.office.Now(), s.office.Calendar())
}

// Waits tells whether a matter waits for somebody: for what is theirs to do, not
// for what they could do in another's place, nor for pressing somebody else.
func (s *Matters) Waits(m *Matter, p access.Principal) bool {
	return slices.ContainsFunc(s.Can(m, p), func(a workflow.Action) bool { return a.For == "" && !a.Late })
}

// Overdue tells whether a matter's deadline has passed.
func (s *Matters) Overdue(m *Matter) bool {
	return m.Instance.Overdue(s.office.Calendar(), s.office.Now())
}

// Soon tells whether a matter's deadline passes by the end of the next working
// day: the warning a working day ahead that offices give of promised times.
func (s *Matters) Soon(m *Matter) bool {
	cal, now := s.office.Calendar(), s.office.Now()
	return !m.Instance.Overdue(cal, now) && m.Instance.Overdue(cal, horizon(cal, now))
}

// horizon is the first moment after the next working day's business.
func horizon(cal *workday.Calendar, now time.Time) time.Time {
	return cal.CloseOf(cal.AddWorkingDays(cal.DateOf(now), 1)).Add(time.Second)
}

// Due is a matter's deadline; zero once it is done.
func (s *Matters) Due(m *Matter) time.Time {
	if m.Done {
		return time.Time{}
	}
	return m.Limit.Due(s.office.Calendar())
}

// Late tells of each step whether it was late.
func (s *Matters) Late(m *Matter) []bool {
	return m.Flow().Late(m.begun(), m.Steps, s.office.Calendar())
}

var errKey = fault.New(fault.Invalid, "matter_key", "这次提交的编号不对，请重新打开页面后再提交。", "The submission's number is wrong; reload the page and send it again.", nil)

// Step takes a step, or refuses it. version is how many steps the person had
// before their eyes. The same step under the same number again is the same step.
func (s *Matters) Step(ctx context.Context, by access.Principal, id uint64, number string, version int, action string, fields map[string]string, files ...string) error {
	key, err := act.Sent(stepped.Name(), by.Account, number, errKey)
	if err != nil {
		return err
	}
	given := map[string]string{}
	for name, text := range fields {
		if text = strings.TrimSpace(text); text != "" {
			given[name] = text
		}
	}
	kept, err := s.files().of(by.Account, files)
	if err != nil {
		return err
	}
	_, _, err = stepped.Do(ctx, s.office.Journal, key, by.Account, stepData{Matter: id, Version: version, Action: action, Fields: given, Files: kept})
	return err
}

// Notice takes a step that the console came to know of: at is when it happened
// by a department's report, which counts from when the matter came to where it
// stands. The same step of the same version is taken once.
func (s *Matters) Notice(ctx context.Context, m *Matter, action string, at time.Time, fields map[string]string) error {
	if at = at.Truncate(time.Microsecond); at.Before(m.Since) {
		at = m.Since
	}
	var from time.Time
	if at.Before(m.OpenedAt) { // nobody owed anything of the matter before it came up
		from = m.OpenedAt
	}
	_, _, err := noticed.Do(ctx, s.office.Journal, act.Done(noticed.Name(), m.ID, len(m.Steps)), 0,
		stepData{Matter: m.ID, Version: len(m.Steps), Action: action, Fields: fields, At: at, From: from})
	return err
}
