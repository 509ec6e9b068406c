package route

import "time"

// RouteRequest plans a route.
type RouteRequest struct {
	Key string `json:"key" minLength:"8" maxLength:"64" doc:"chosen by the page; the same route sent again is planned once"`
	Outline
}

// RouteChange puts a route in the place of what was planned.
type RouteChange struct {
	Key     string `json:"key" minLength:"8" maxLength:"64" doc:"chosen by the page; the same change sent again is made once"`
	Version int    `json:"version" doc:"that the person saw"`
	Outline
}

// RouteCancel takes a route back.
type RouteCancel struct {
	Key     string `json:"key" minLength:"8" maxLength:"64"`
	Version int    `json:"version" doc:"that the person saw"`
	Reason  string `json:"reason" maxLength:"200"`
}

// Declining is why a volunteer cannot go.
type Declining struct {
	Key         string   `json:"key" minLength:"8" maxLength:"64"`
	Why         Unable   `json:"why" enum:"illness,duty,interest"`
	Departments []string `json:"departments,omitempty" maxItems:"12" doc:"codes; of an interest: in which of the route's"`
	Note        string   `json:"note,omitempty" maxLength:"200"`
}

// VisitRoute is a planned route for the office. Which of its members filed
// something is sealed.
type VisitRoute struct {
	ID        uint64        `json:"id"`
	Version   int           `json:"version" doc:"a change is made on the version that the person saw"`
	Date      string        `json:"date" format:"date"`
	Mode      string        `json:"mode" enum:"open,unannounced,online"`
	Note      string        `json:"note"`
	State     PlanState     `json:"state" enum:"ahead,today,waiting,late,complete,cancelled" doc:"waiting: the day is over, its sheets may still come; late: they did not within a working day"`
	Cancelled string        `json:"cancelled" doc:"why"`
	Members   []RouteMember `json:"members"`
	Stops     []RouteStop   `json:"stops" doc:"in their order"`
}

// RouteMember is somebody who was asked for a route.
type RouteMember struct {
	Account    uint64    `json:"account"`
	Name       string    `json:"name"`
	Declined   Unable    `json:"declined" enum:",illness,duty,interest" doc:"why one cannot go; empty: one goes"`
	Note       string    `json:"note"`
	DeclinedAt time.Time `json:"declined_at,omitzero"`
}

// RouteStop is a stop and whether it was filed. Beside the names of two people
// neither the minute nor what was found is told: a visit is sealed, and one is
// known by these.
type RouteStop struct {
	Stop
	Filed bool `json:"filed" doc:"a member filed a sheet of it"`
}

// MyRoute is a route that a volunteer is asked for.
type MyRoute struct {
	ID       uint64    `json:"id"`
	Date     string    `json:"date" format:"date"`
	Mode     string    `json:"mode" enum:"open,unannounced,online"`
	Note     string    `json:"note"`
	State    PlanState `json:"state" enum:"ahead,today,waiting,late,complete"`
	Partners []Partner `json:"partners"`
	Stops    []MyStop  `json:"stops" doc:"in their order"`
}

// Partner is who goes along.
type Partner struct {
	Name     string `json:"name"`
	Declined bool   `json:"declined" doc:"cannot go, and nobody was asked instead yet"`
}

// MyStop is a stop for who goes there.
type MyStop struct {
	Stop       int       `json:"stop"`
	Department string    `json:"department"`
	Place      string    `json:"place"`
	Window     string    `json:"window"`
	Item       string    `json:"item" doc:"what to try"`
	Look       string    `json:"look" doc:"what to look at"`
	FiledAt    time.Time `json:"filed_at,omitzero" doc:"when the first of those who go filed a sheet of it"`
	Mine       bool      `json:"mine" doc:"one has filed one oneself"`
}

// DueDepartment is a department with what speaks for a visit to it.
type DueDepartment struct {
	Department     string `json:"department"`
	Last           string `json:"last" doc:"date of the latest visit; empty: none"`
	Days           int    `json:"days" doc:"since then"`
	Matters        int    `json:"matters" doc:"that came up in the last 90 days and were not dropped"`
	Findings       int    `json:"findings" doc:"yellow and red ones of the last 30 days that stand"`
	Planned        string `json:"planned" doc:"date of the next route there; empty: none"`
	Points         int    `json:"points" doc:"the three added up"`
	DaysPoints     int    `json:"days_points" doc:"one for ten days, at most 12; never visited: 12"`
	MattersPoints  int    `json:"matters_points" doc:"two a matter, at most 10"`
	FindingsPoints int    `json:"findings_points" doc:"one a finding, at most 10"`
}

// Visitors are who might be asked for a route.
type Visitors struct {
	Visitors []Visitor `json:"visitors" doc:"those whose turn it is first"`
	Proposed []uint64  `json:"proposed" doc:"accounts: those who go in any case, and by rotation up to two"`
}

// Visitor is a volunteer with the figures by which it is whose turn.
type Visitor struct {
	Account  uint64   `json:"account"`
	Name     string   `json:"name"`
	Planned  int      `json:"planned" doc:"routes from today on"`
	Lately   int      `json:"lately" doc:"in the 90 days before"`
	Last     string   `json:"last" doc:"date of the latest up to the route's day; empty: none"`
	LastWith uint64   `json:"last_with,omitempty" doc:"account of who went along then"`
	Before   []string `json:"before" doc:"departments of the route at which this volunteer was the latest"`
	Busy     bool     `json:"busy" doc:"asked for another route on that day"`
	Barred   []string `json:"barred" doc:"departments of the route in which an interest was declared; cannot be asked"`
	Unable   bool     `json:"unable" doc:"has said of this plan that they cannot go"`
}

// VisitPlanCounts are plans that want the office.
type VisitPlanCounts struct {
	Late     int `json:"late" doc:"not all filed a working day after"`
	Declined int `json:"declined" doc:"somebody cannot go and nobody is asked instead"`
}

// MatterVisit is a visit that is planned to verify a matter.
type MatterVisit struct {
	Plan     uint64    `json:"plan"`
	Date     string    `json:"date" format:"date"`
	Mode     string    `json:"mode" enum:"open,unannounced,online"`
	State    PlanState `json:"state" enum:"ahead,today,waiting,late,complete,cancelled" doc:"complete: a sheet of it was filed"`
	FiledAt  time.Time `json:"filed_at,omitzero"`
	Findings int       `json:"findings"`
}

// VisitorQuery asks who might be asked for a route.
type VisitorQuery struct {
	Date        string   `query:"date" required:"true" format:"date"`
	Departments []string `query:"department,explode" maxItems:"12" doc:"codes of the route's"`
	Plan        uint64   `query:"plan" doc:"that is being changed"`
	Going       []uint64 `query:"going,explode" maxItems:"2" doc:"accounts of who go in any case"`
}
