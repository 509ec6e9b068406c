package term

import (
	"time"

	"github.com/mingcha-console/mingcha/app/internal/api"
)

// VolunteerFigures are what somebody did in a span. For the office they reach to the end
// of the last whole month, so that no figure that moves tells whose a review or
// visit was.
type VolunteerFigures struct {
	From string `json:"from,omitempty" format:"date" doc:"absent: the span has not begun"`
	To   string `json:"to,omitempty" format:"date" doc:"inclusive"`
	Record
	TrainingHours float64 `json:"training_hours" doc:"to this day"`
	LastActive    string  `json:"last_active,omitempty" doc:"a date to oneself, to the office a month such as 2026-10"`
	Inactive      bool    `json:"inactive" doc:"nothing for 90 days though asked"`
}

// VolunteerRow is a volunteer supervisor in the office's list.
type VolunteerRow struct {
	ID        uint64           `json:"id" doc:"account"`
	Name      string           `json:"name"`
	Active    bool             `json:"active" doc:"can sign in"`
	State     State            `json:"state" enum:"unregistered,coming,serving,ending,over" doc:"unregistered: never appointed, serves all the same; ending: within 30 days, and not renewed"`
	Term      *Term            `json:"term,omitempty" doc:"of today, else the next, else the last"`
	Figures   VolunteerFigures `json:"figures" doc:"of the current term, else of the last 365 days"`
	Rated     Rated            `json:"rated"`
	Appraisal *AppraisalRow    `json:"appraisal,omitempty" doc:"of the latest year"`
}

// VolunteerRoll is the office's list.
type VolunteerRoll struct {
	Today           string         `json:"today" format:"date"`
	AsOf            string         `json:"as_of" format:"date" doc:"to which day figures of sealed work reach"`
	NextCertificate string         `json:"next_certificate"`
	Volunteers      []VolunteerRow `json:"volunteers"`
}

// TermChange is something that was done to a term.
type TermChange struct {
	Term        uint64    `json:"term"`
	Kind        string    `json:"kind" enum:"appointed,corrected,ended"`
	At          time.Time `json:"at"`
	By          string    `json:"by"`
	Reason      string    `json:"reason"`
	Certificate string    `json:"certificate" doc:"from then on, as are the days"`
	First       string    `json:"first" format:"date"`
	Until       string    `json:"until" format:"date"`
}

// TrainingRow is a training that took place.
type TrainingRow struct {
	ID        uint64   `json:"id"`
	Date      string   `json:"date" format:"date"`
	Topic     string   `json:"topic"`
	Hours     float64  `json:"hours"`
	Names     []string `json:"names" doc:"who took part; not for volunteers"`
	Withdrawn string   `json:"withdrawn,omitempty" doc:"why it does not count"`
}

// SchemaName is its name in the API's description.
func (TrainingRow) SchemaName() string { return "Training" }

// AppraisalRow is the office's appraisal of somebody's year.
type AppraisalRow struct {
	Year       int       `json:"year"`
	Grade      Grade     `json:"grade" enum:"excellent,competent,basic,inadequate"`
	Words      string    `json:"words"`
	At         time.Time `json:"at"`
	By         string    `json:"by" doc:"not for volunteers"`
	Superseded bool      `json:"superseded" doc:"there is a later one of the year"`
}

// SchemaName is its name in the API's description.
func (AppraisalRow) SchemaName() string { return "Appraisal" }

// VolunteerFile is all that the office keeps about a volunteer supervisor.
type VolunteerFile struct {
	VolunteerRow
	Terms      []Term         `json:"terms" doc:"the earliest first"`
	Changes    []TermChange   `json:"changes" doc:"oldest first"`
	Trainings  []TrainingRow  `json:"trainings" doc:"newest first"`
	Appraisals []AppraisalRow `json:"appraisals" doc:"newest first"`
}

// MyTerm is what a volunteer supervisor reads of oneself.
type MyTerm struct {
	Today      string           `json:"today" format:"date"`
	State      State            `json:"state" enum:"unregistered,coming,serving,ending,over"`
	Term       *Term            `json:"term,omitempty"`
	Figures    VolunteerFigures `json:"figures" doc:"to this day"`
	Rated      Rated            `json:"rated"`
	Trainings  []TrainingRow    `json:"trainings"`
	Appraisals []AppraisalRow   `json:"appraisals"`
}

// Appointment appoints somebody for a term.
type Appointment struct {
	api.Keyed
	Particulars
}

// TermCorrection sets right what an appointment says.
type TermCorrection struct {
	api.Keyed
	Particulars
	KeepEnd bool   `json:"keep_end,omitempty" doc:"false: an early end is taken back"`
	Reason  string `json:"reason" minLength:"4" maxLength:"500"`
}

// TermEnd ends a term early.
type TermEnd struct {
	api.Keyed
	Until  string `json:"until" format:"date" doc:"last day in office; the day before the first: it never began"`
	Why    Why    `json:"why" enum:"resigned,moved,inactive,dismissed,other"`
	Reason string `json:"reason" minLength:"4" maxLength:"500"`
}

// NewTraining records a training.
type NewTraining struct {
	api.Keyed
	Date     string   `json:"date" format:"date"`
	Topic    string   `json:"topic" minLength:"2" maxLength:"100"`
	Hours    float64  `json:"hours" minimum:"0.5" maximum:"40" doc:"by halves"`
	Accounts []uint64 `json:"accounts" minItems:"1" maxItems:"300"`
}

// NewAppraisal appraises a year.
type NewAppraisal struct {
	api.Keyed
	Year  int    `json:"year" minimum:"2000" maximum:"2200"`
	Grade Grade  `json:"grade" enum:"excellent,competent,basic,inadequate"`
	Words string `json:"words" minLength:"4" maxLength:"1000"`
}

// Months chooses whole months of a record.
type Months struct {
	From string `query:"from" maxLength:"7" pattern:"^([0-9]{4}-[0-9]{2})?$" doc:"a month such as 2026-03; empty: the current term, else the last 365 days"`
	To   string `query:"to" maxLength:"7" pattern:"^([0-9]{4}-[0-9]{2})?$" doc:"a month, inclusive; empty: the last whole one"`
}
