package rating

import (
	"time"

	"github.com/mingcha-console/mingcha/app/internal/features/matter"
)

// Row is what an applicant thought of the service, without who it was.
type Row struct {
	ID            uint64    `json:"id"`
	Department    string    `json:"department"`
	ItemName      string    `json:"item_name"`
	CaseNo        string    `json:"case_no" doc:"empty: of no case, such as an enquiry"`
	CaseID        uint64    `json:"case_id,omitempty" doc:"0: the console has no such case"`
	Level         string    `json:"level" enum:"very_satisfied,satisfied,fair,dissatisfied,very_dissatisfied"`
	FirstLevel    string    `json:"first_level,omitempty" enum:"very_satisfied,satisfied,fair,dissatisfied,very_dissatisfied" doc:"as its department told it first, where that was another"`
	Called        string    `json:"called,omitempty" enum:"very_satisfied,satisfied,fair,dissatisfied,very_dissatisfied,not_theirs" doc:"what the rater said when called back; not_theirs: it is counted nowhere"`
	Counts        string    `json:"counts,omitempty" enum:"very_satisfied,satisfied,fair,dissatisfied,very_dissatisfied" doc:"what figures count, where that is another level: what the rater said when called back, or else the worst that the department told"`
	RewrittenAt   time.Time `json:"rewritten_at,omitzero" doc:"when its department last told another level, text, time or rater"`
	Channel       string    `json:"channel"`
	Window        string    `json:"window"`
	Handler       string    `json:"handler" doc:"whose service was rated"`
	RatedAt       time.Time `json:"rated_at"`
	Named         bool      `json:"named" doc:"a name or a telephone was given"`
	Reasons       []string  `json:"reasons" doc:"what was ticked, in words"`
	Text          string    `json:"text"`
	ContactedAt   time.Time `json:"contacted_at,omitzero" doc:"by the department's own report"`
	ContactResult string    `json:"contact_result"`
	ContactTold   time.Time `json:"contact_told_at,omitzero" doc:"of a contact that was told late: when it was told, from which it counts where it was due before"`
	MatterID      uint64    `json:"matter_id,omitempty" doc:"what came of it; 0: nothing"`
	MatterState   string    `json:"matter_state" enum:",contact,rectify,objected,replied,closed,dropped"`
}

// SchemaName is its name in the API's description.
func (Row) SchemaName() string { return "Rating" }

// Detail is one rating, with what came of it.
type Detail struct {
	Row
	Followed *matter.Outcome `json:"followed,omitempty" doc:"how its matter stands"`
	History  []RatingVersion `json:"history,omitempty" doc:"where its department told it more than once: how, the first first"`
}

// SchemaName is its name in the API's description.
func (Detail) SchemaName() string { return "RatingDetail" }

// RatingVersion is a rating as its department told it once.
type RatingVersion struct {
	At            time.Time `json:"at" doc:"when it was told"`
	Level         string    `json:"level" enum:"very_satisfied,satisfied,fair,dissatisfied,very_dissatisfied"`
	RatedAt       time.Time `json:"rated_at"`
	Named         bool      `json:"named"`
	Reasons       []string  `json:"reasons"`
	Text          string    `json:"text"`
	ContactedAt   time.Time `json:"contacted_at,omitzero"`
	ContactResult string    `json:"contact_result"`
}

// RatingCount counts ratings and what came of the bad ones.
type RatingCount struct {
	Levels    []int `json:"levels" minItems:"5" maxItems:"5" doc:"how many of each, the best first, as they are counted"`
	Total     int   `json:"total"`
	Satisfied int   `json:"satisfied" doc:"of the three best levels"`
	ByCall    int   `json:"by_call,omitempty" doc:"counted by what their raters said when called back"`
	Rewritten int   `json:"rewritten,omitempty" doc:"rewritten by their departments, and counted by the worst level told"`
	NotTheirs int   `json:"not_theirs,omitempty" doc:"not given by who was called back, and counted nowhere"`
	Followed  int   `json:"followed" doc:"bad ones that are followed up"`
	Waiting   int   `json:"waiting" doc:"whose rater is to be contacted"`
	Contacted int   `json:"contacted" doc:"whose rater was contacted, or could not be reached; the others are anonymous"`
	Late      int   `json:"late" doc:"whose rater was contacted late, or waits and is late (V25)"`
}

// RatingFigures are of ratings given in a span.
type RatingFigures struct {
	RatingCount
	Goal        int                `json:"goal" doc:"satisfied ratings wanted, in percent"`
	Departments []DepartmentRating `json:"departments" doc:"with ratings in the span, by code"`
}

// DepartmentRating is a department's share of the figures.
type DepartmentRating struct {
	Department string `json:"department"`
	RatingCount
}
