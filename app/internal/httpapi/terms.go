package httpapi

import (
	"context"
	"github.com/mingcha-console/mingcha/app/internal/api"
	"io"
	"time"

	"github.com/danielgtaylor/huma/v2"

	"github.com/mingcha-console/mingcha/app/internal/export"
	"github.com/mingcha-console/mingcha/app/internal/features/notefeedback"
	"github.com/mingcha-console/mingcha/app/internal/features/visit"
	"github.com/mingcha-console/mingcha/app/internal/terms"
	"github.com/mingcha-console/mingcha/app/internal/volunteers"
)

// Term is an appointment as it stands.
type Term struct {
	ID uint64 `json:"id"`
	terms.Particulars
	Until  string    `json:"until" format:"date" doc:"last day in office; before last where it was ended early"`
	Why    terms.Why `json:"why" enum:",resigned,moved,inactive,dismissed,other" doc:"what ended it early"`
	Reason string    `json:"reason" doc:"of an early end"`
}

// VolunteerFigures are what somebody did in a span. For the office they reach to the end
// of the last whole month, so that no figure that moves tells whose a review or
// visit was.
type VolunteerFigures struct {
	From string `json:"from,omitempty" format:"date" doc:"absent: the span has not begun"`
	To   string `json:"to,omitempty" format:"date" doc:"inclusive"`
	volunteers.Record
	visit.Sums
	TrainingHours float64 `json:"training_hours" doc:"to this day"`
	LastActive    string  `json:"last_active,omitempty" doc:"a date to oneself, to the office a month such as 2026-10"`
	Inactive      bool    `json:"inactive" doc:"nothing for 90 days though asked"`
}

// VolunteerRow is a volunteer supervisor in the office's list.
type VolunteerRow struct {
	ID        uint64             `json:"id" doc:"account"`
	Name      string             `json:"name"`
	Active    bool               `json:"active" doc:"can sign in"`
	State     terms.State        `json:"state" enum:"unregistered,coming,serving,ending,over" doc:"unregistered: never appointed, serves all the same; ending: within 30 days, and not renewed"`
	Term      *Term              `json:"term,omitempty" doc:"of today, else the next, else the last"`
	Figures   VolunteerFigures   `json:"figures" doc:"of the current term, else of the last 365 days"`
	Rated     notefeedback.Rated `json:"rated"`
	Appraisal *Appraisal         `json:"appraisal,omitempty" doc:"of the latest year"`
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

// Training is a training that took place.
type Training struct {
	ID        uint64   `json:"id"`
	Date      string   `json:"date" format:"date"`
	Topic     string   `json:"topic"`
	Hours     float64  `json:"hours"`
	Names     []string `json:"names" doc:"who took part; not for volunteers"`
	Withdrawn string   `json:"withdrawn,omitempty" doc:"why it does not count"`
}

// Appraisal is the office's of somebody's year.
type Appraisal struct {
	Year       int         `json:"year"`
	Grade      terms.Grade `json:"grade" enum:"excellent,competent,basic,inadequate"`
	Words      string      `json:"words"`
	At         time.Time   `json:"at"`
	By         string      `json:"by" doc:"not for volunteers"`
	Superseded bool        `json:"superseded" doc:"there is a later one of the year"`
}

// VolunteerFile is all that the office keeps about a volunteer supervisor.
type VolunteerFile struct {
	VolunteerRow
	Terms      []Term       `json:"terms" doc:"the earliest first"`
	Changes    []TermChange `json:"changes" doc:"oldest first"`
	Trainings  []Training   `json:"trainings" doc:"newest first"`
	Appraisals []Appraisal  `json:"appraisals" doc:"newest first"`
}

// MyTerm is what a volunteer supervisor reads of oneself.
type MyTerm struct {
	Today      string             `json:"today" format:"date"`
	State      terms.State        `json:"state" enum:"unregistered,coming,serving,ending,over"`
	Term       *Term              `json:"term,omitempty"`
	Figures    VolunteerFigures   `json:"figures" doc:"to this day"`
	Rated      notefeedback.Rated `json:"rated"`
	Trainings  []Training         `json:"trainings"`
	Appraisals []Appraisal        `json:"appraisals"`
}

// Keyed is a submission; the same one sent again counts once.
type Keyed struct {
	Key string `json:"key" minLength:"8" maxLength:"64" doc:"chosen by the page"`
}

// Appointment appoints somebody for a term.
type Appointment struct {
	Keyed
	terms.Particulars
}

// TermCorrection sets right what an appointment says.
type TermCorrection struct {
	Keyed
	terms.Particulars
	KeepEnd bool   `json:"keep_end,omitempty" doc:"false: an early end is taken back"`
	Reason  string `json:"reason" minLength:"4" maxLength:"500"`
}

// TermEnd ends a term early.
type TermEnd struct {
	Keyed
	Until  string    `json:"until" format:"date" doc:"last day in office; the day before the first: it never began"`
	Why    terms.Why `json:"why" enum:"resigned,moved,inactive,dismissed,other"`
	Reason string    `json:"reason" minLength:"4" maxLength:"500"`
}

// NewTraining records a training.
type NewTraining struct {
	Keyed
	Date     string   `json:"date" format:"date"`
	Topic    string   `json:"topic" minLength:"2" maxLength:"100"`
	Hours    float64  `json:"hours" minimum:"0.5" maximum:"40" doc:"by halves"`
	Accounts []uint64 `json:"accounts" minItems:"1" maxItems:"300"`
}

// NewAppraisal appraises a year.
type NewAppraisal struct {
	Keyed
	Year  int         `json:"year" minimum:"2000" maximum:"2200"`
	Grade terms.Grade `json:"grade" enum:"excellent,competent,basic,inadequate"`
	Words string      `json:"words" minLength:"4" maxLength:"1000"`
}

// Months chooses whole months of a record.
type Months struct {
	From string `query:"from" maxLength:"7" pattern:"^([0-9]{4}-[0-9]{2})?$" doc:"a month such as 2026-03; empty: the current term, else the last 365 days"`
	To   string `query:"to" maxLength:"7" pattern:"^([0-9]{4}-[0-9]{2})?$" doc:"a month, inclusive; empty: the last whole one"`
}

// Terms is who serves as a volunteer supervisor; package console has it.
type Terms interface {
	Roll(ctx context.Context) (*VolunteerRoll, error)
	File(ctx context.Context, id uint64, m Months) (*VolunteerFile, error)
	Appoint(ctx context.Context, id uint64, a Appointment) error
	Correct(ctx context.Context, term uint64, c TermCorrection) error
	End(ctx context.Context, term uint64, e TermEnd) error
	Trainings(ctx context.Context) ([]Training, error)
	Train(ctx context.Context, t NewTraining) error
	WithdrawTraining(ctx context.Context, id uint64, key, reason string) error
	Appraise(ctx context.Context, id uint64, a NewAppraisal) error
	Export(ctx context.Context, each func(*export.Volunteer) error) error
	Mine(ctx context.Context) (*MyTerm, error)
}

// serving registers who serves as a volunteer supervisor.
func (a *oldAPI) serving() {
	get(a, "/volunteers", "terms", "Volunteer supervisors with their terms and sums of their work", func(ctx context.Context, _ *none) (*VolunteerRoll, error) {
		return a.terms.Roll(ctx)
	})
	get(a, "/volunteers/{id}", "volunteerRecord", "A volunteer supervisor's terms, trainings, record and appraisals", func(ctx context.Context, in *struct {
		api.ByID
		Months
	}) (*VolunteerFile, error) {
		return a.terms.File(ctx, in.ID, in.Months)
	})
	act(a, "/volunteers/{id}/terms", "appointVolunteer", "Appoint for a term, or for another", func(ctx context.Context, in *struct {
		api.ByID
		Body Appointment
	}) error {
		return a.terms.Appoint(ctx, in.ID, in.Body)
	})
	act(a, "/terms/{id}/corrections", "correctTerm", "Set right what an appointment says", func(ctx context.Context, in *struct {
		api.ByID
		Body TermCorrection
	}) error {
		return a.terms.Correct(ctx, in.ID, in.Body)
	})
	act(a, "/terms/{id}/end", "endTerm", "End a term early", func(ctx context.Context, in *struct {
		api.ByID
		Body TermEnd
	}) error {
		return a.terms.End(ctx, in.ID, in.Body)
	})
	act(a, "/volunteers/{id}/appraisals", "appraiseVolunteer", "Appraise a year; a later one of the same year supersedes", func(ctx context.Context, in *struct {
		api.ByID
		Body NewAppraisal
	}) error {
		return a.terms.Appraise(ctx, in.ID, in.Body)
	})
	a.training()
	get(a, "/my/term", "myTerm", "One's own appointment, trainings, record and appraisals", func(ctx context.Context, _ *none) (*MyTerm, error) {
		return a.terms.Mine(ctx)
	})
	huma.Register(a.huma, exportOperation("volunteers", "exportVolunteers", "Volunteer supervisors as a file"), func(_ context.Context, in *struct {
		Format string `query:"format" enum:"csv,json,xlsx" default:"csv"`
	}) (*huma.StreamResponse, error) {
		return a.Download("volunteers", "义务监督员", in.Format, nil, nil, func(ctx context.Context, w io.Writer, f export.File) error {
			return export.Volunteers(w, f, func(each func(*export.Volunteer) error) error { return a.terms.Export(ctx, each) })
		}), nil
	})
}

func (a *oldAPI) training() {
	get(a, "/trainings", "trainings", "Trainings, newest first", func(ctx context.Context, _ *none) ([]Training, error) {
		return a.terms.Trainings(ctx)
	})
	act(a, "/trainings", "recordTraining", "Record a training that took place", func(ctx context.Context, in *struct{ Body NewTraining }) error {
		return a.terms.Train(ctx, in.Body)
	})
	act(a, "/trainings/{id}/withdrawal", "withdrawTraining", "Withdraw a training that was recorded wrongly", func(ctx context.Context, in *struct {
		api.ByID
		Body struct {
			Keyed
			Reason string `json:"reason" minLength:"4" maxLength:"500"`
		}
	}) error {
		return a.terms.WithdrawTraining(ctx, in.ID, in.Body.Key, in.Body.Reason)
	})
}
