// Package route is what the office asks volunteer supervisors for: planned visits
// (暗访路线), each of one or two volunteers to some stops in their order on one
// day; whose turn it is, which departments are due, and who cannot go. All of it
// is acts in the journal; the tables follow from them. Departments never learn of
// it.
package route

import (
	"strings"
	"time"

	"github.com/mingcha-console/mingcha/app/internal/workday"
)

// Outline is what the office asks one or two volunteers for: stops in their order
// on one day.
type Outline struct {
	Date    string   `json:"date" format:"date" doc:"in the office's zone"`
	Mode    string   `json:"mode" enum:"open,unannounced,online" doc:"明察, 暗访, 线上"`
	Note    string   `json:"note,omitempty" maxLength:"500"`
	Members []uint64 `json:"members" maxItems:"2" doc:"accounts of one or two volunteers"`
	Stops   []Stop   `json:"stops" maxItems:"12" doc:"1 to 12, in their order"`
}

// Stop is one place of a plan.
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

// VisitPlan is a plan as it stands.
type VisitPlan struct {
	ID        uint64
	Version   int    // counts the acts on it
	Date      string // of the office's zone
	Mode      string
	Note      string
	Cancelled string // why; empty: it stands
	Members   []Member
	Stops     []PlannedStop // in their order
}

// Member is somebody who was asked to go.
type Member struct {
	Account    uint64
	Declined   Unable // empty: goes
	Note       string
	DeclinedAt time.Time // UTC
}

// PlannedStop is a stop with what was filed of it.
type PlannedStop struct {
	Stop
	FiledAt  time.Time // UTC; when a member filed the first sheet of it; zero: none did
	Findings int       // of that sheet
	Mine     bool      // the account that asks filed one

	visit uint64 // of the first sheet; 0: none
}

// Unable is why somebody cannot go.
type Unable string

const (
	Ill        Unable = "illness"
	OtherDuty  Unable = "duty"
	Interested Unable = "interest" // in a department of the plan
)

// PlanState is how far a plan is.
type PlanState string

const (
	Ahead     PlanState = "ahead"
	Today     PlanState = "today"
	Waiting   PlanState = "waiting" // the day is over; its sheets may still come
	Late      PlanState = "late"    // and did not within a working day
	Complete  PlanState = "complete"
	Cancelled PlanState = "cancelled"
)

// State is how far a plan is on a day.
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

func (o Outline) trimmed() Outline {
	stops := make([]Stop, len(o.Stops))
	for i, s := range o.Stops {
		for _, text := range []*string{&s.Place, &s.Window, &s.Item, &s.Look} {
			*text = strings.TrimSpace(*text)
		}
		stops[i] = s
	}
	o.Stops, o.Note = stops, strings.TrimSpace(o.Note)
	return o
}
