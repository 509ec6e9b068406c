package volunteers

import (
	"context"
	"fmt"
	"strings"
	"time"

	"github.com/mingcha-console/mingcha/app/internal/access"
	"github.com/mingcha-console/mingcha/app/internal/intake"
	"github.com/mingcha-console/mingcha/app/internal/workday"
)

// Route is what the office asks one or two volunteers for: stops in their order
// on one day.
type Route struct {
	Date    string   `json:"date" format:"date" doc:"in the office's zone"`
	Mode    string   `json:"mode" enum:"open,unannounced,online" doc:"明察, 暗访, 线上"`
	Note    string   `json:"note,omitempty" maxLength:"500"`
	Members []uint64 `json:"members" maxItems:"2" doc:"accounts of one or two volunteers"`
	Stops   []Stop   `json:"stops" maxItems:"12" doc:"1 to 12, in their order"`
}

// Stop is one place of a route.
type Stop struct {
	Number     int    `json:"stop,omitempty" minimum:"0" doc:"its number, which it keeps wherever it stands in the route; 0: a new stop"`
	Department string `json:"department" maxLength:"64" doc:"code"`
	Place      string `json:"place,omitempty" maxLength:"100"`
	Window     string `json:"window,omitempty" maxLength:"40"`
	Item       string `json:"item,omitempty" maxLength:"200" doc:"what to try"`
	Look       string `json:"look,omitempty" maxLength:"300" doc:"what to look at"`
	Matter     uint64 `json:"matter,omitempty" doc:"the matter that is verified there"`
}

const (
	mostStops    = 12
	mostMembers  = 2
	furthestDays = 366 // ahead
)

// VisitPlan is a route as it stands.
type VisitPlan struct {
	ID        uint64
	Version   int // counts the acts on it
	Date      string
	Mode      string
	Note      string
	Cancelled string // why; empty: it stands
	Members   []Member
	Stops     []PlannedStop // in their order
}

// Member is somebody who was asked for a route.
type Member struct {
	Account    uint64
	Declined   Unable // empty: goes
	Note       string
	DeclinedAt time.Time
}

// PlannedStop is a stop with what was filed of it.
type PlannedStop struct {
	Stop
	FiledAt  time.Time // when a member filed the first sheet of it; zero: none did
	Findings int       // of that sheet
	Mine     bool      // the account that asks filed one
}

// Unable is why somebody cannot go.
type Unable string

const (
	Ill        Unable = "illness"
	OtherDuty  Unable = "duty"
	Interested Unable = "interest" // in a department of the route
)

// PlanState is how far a route is.
type PlanState string

const (
	Ahead     PlanState = "ahead"
	Today     PlanState = "today"
	Waiting   PlanState = "waiting" // the day is over; its sheets may still come
	Late      PlanState = "late"    // and did not within a working day
	Complete  PlanState = "complete"
	Cancelled PlanState = "cancelled"
)

// State is how far a route is on a day.
func (p *VisitPlan) State(cal *workday.Calendar, today workday.Date) PlanState {
	day, err := workday.ParseDate(p.Date)
	switch {
	case p.Cancelled != "":
		return Cancelled
	case p.Open() == 0:
		return Complete
	case err == nil && today > cal.AddWorkingDays(day, 1):
		return Late
	case today.String() > p.Date:
		return Waiting
	case today.String() == p.Date:
		return Today
	}
	return Ahead
}

// Open counts the stops of which no member filed a sheet.
func (p *VisitPlan) Open() (n int) {
	for _, s := range p.Stops {
		if s.FiledAt.IsZero() {
			n++
		}
	}
	return n
}

// Declined tells whether somebody who was asked cannot go, and nobody was asked
// instead.
func (p *VisitPlan) Declined() bool {
	for _, m := range p.Members {
		if m.Declined != "" {
			return true
		}
	}
	return false
}

// PlanRoute asks volunteers for a route and tells its number. The same key again
// is the same route.
func (v *Volunteers) PlanRoute(ctx context.Context, by access.Principal, key string, r Route) (uint64, error) {
	rec, err := v.planAct(ctx, by, routePlanned, key, r.trimmed())
	return rec.Seq, err
}

// ChangeRoute puts a route in the place of what was planned, until its day is
// over. version is what the person had before their eyes.
func (v *Volunteers) ChangeRoute(ctx context.Context, by access.Principal, plan uint64, key string, version int, r Route) error {
	_, err := v.planAct(ctx, by, routeChanged, key, routeChangedData{Plan: plan, Version: version, Route: r.trimmed()})
	return err
}

// CancelRoute takes a route back, or waits no longer for what was not filed.
func (v *Volunteers) CancelRoute(ctx context.Context, by access.Principal, plan uint64, key string, version int, reason string) error {
	_, err := v.planAct(ctx, by, routeCancelled, key, routeCancelledData{Plan: plan, Version: version, Reason: strings.TrimSpace(reason)})
	return err
}

// Decline says that a volunteer cannot go. With an interest, in departments of
// the route, the volunteer is not asked for those again.
func (v *Volunteers) Decline(ctx context.Context, by access.Principal, plan uint64, key string, why Unable, departments []string, note string) error {
	_, err := v.planAct(ctx, by, routeDeclined, key, routeDeclinedData{Plan: plan, Why: why, Departments: departments, Note: strings.TrimSpace(note)})
	return err
}

func (v *Volunteers) planAct(ctx context.Context, by access.Principal, what, key string, data any) (intake.RecordedAct, error) {
	if !intake.ValidKey(key) {
		return intake.RecordedAct{}, errKeyForm
	}
	rec, _, err := v.journal.Act(ctx, intake.Act{Key: fmt.Sprintf("%s/%d/%s", what, by.Account, key), Type: what, By: by.Account, Data: data})
	return rec, err
}

func (r Route) trimmed() Route {
	stops := make([]Stop, len(r.Stops))
	for i, s := range r.Stops {
		for _, text := range []*string{&s.Place, &s.Window, &s.Item, &s.Look} {
			*text = strings.TrimSpace(*text)
		}
		stops[i] = s
	}
	r.Stops, r.Note = stops, strings.TrimSpace(r.Note)
	return r
}
