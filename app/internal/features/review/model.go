package review

import (
	"time"

	"github.com/mingcha-console/mingcha/app/internal/api"
	"github.com/mingcha-console/mingcha/app/internal/casefile"
	"github.com/mingcha-console/mingcha/app/internal/features/matter"
)

// MyReview is a review as its reviewer's list has it: nothing of the other
// reviewer, and before a declaration nothing of the case.
type MyReview struct {
	ID         uint64          `json:"id"`
	Kind       Kind            `json:"kind" enum:"rejection,overdue,authorization,finding"`
	State      string          `json:"state" enum:"declare,open,in,refused,left" doc:"declare: one has to say first whether one has an interest; open: one's verdict is awaited; in: it is given; refused: one has an interest; left: one's term ended before one said so, and another took over"`
	Department string          `json:"department"`
	ItemName   string          `json:"item_name"`
	AssignedAt time.Time       `json:"assigned_at"`
	DueAt      time.Time       `json:"due_at"`
	Verdict    Verdict         `json:"verdict" enum:",proper,improper,cannot_tell" doc:"one's own"`
	Outcome    Verdict         `json:"outcome" enum:",proper,improper,cannot_tell" doc:"of all reviewers, once it is decided"`
	Followed   *matter.Outcome `json:"followed,omitempty" doc:"what became of it, where it was held improper"`
}

// Line is a step of a story.
type Line struct {
	At time.Time `json:"at,omitzero"`
	api.Sentence
}

// Paper is what a department wrote.
type Paper struct {
	Title api.Sentence `json:"title"`
	Text  string       `json:"text"`
}

// ReviewPage is all that a reviewer needs on one screen, and nothing that tells
// who applied or who handled it.
type ReviewPage struct {
	Review       MyReview            `json:"review"`
	Story        []Line              `json:"story"`
	Promised     casefile.Clock      `json:"promised"`
	Statutory    casefile.Clock      `json:"statutory"`
	Strip        []casefile.StripDay `json:"strip"`
	Papers       []Paper             `json:"papers"`
	Computations []Computation       `json:"computations"`
	Law          api.Sentence        `json:"law" doc:"in one sentence"`
	Question     api.Sentence        `json:"question" doc:"what the reviewer is asked"`
	Reasons      map[string][]string `json:"reasons" doc:"what can be ticked, by verdict"`
}

// Computation is one of our findings with its arithmetic.
type Computation struct {
	Rule  string       `json:"rule"`
	Level string       `json:"level" enum:"review,data,warn,yellow,red"`
	Name  api.Sentence `json:"name"`
	Words api.Sentence `json:"words" doc:"lines separated by \\n"`
	Basis api.Sentence `json:"basis"`
}

// Row is a review as the office and the department see it. Reviewers have no
// names here.
type Row struct {
	ID         uint64       `json:"id"`
	Kind       Kind         `json:"kind" enum:"rejection,overdue,authorization,finding"`
	State      string       `json:"state" enum:"open,third,done"`
	Verdict    Verdict      `json:"verdict" enum:",proper,improper,cannot_tell" doc:"once it is decided"`
	Department string       `json:"department"`
	ItemName   string       `json:"item_name"`
	CaseID     uint64       `json:"case_id,omitempty"`
	CaseNo     string       `json:"case_no,omitempty"`
	Draw       uint64       `json:"draw,omitempty" doc:"the draw that it came from"`
	Reason     string       `json:"reason,omitempty" doc:"why it was put up by hand; the office's own"`
	CreatedAt  time.Time    `json:"created_at"`
	DueAt      time.Time    `json:"due_at"`
	DoneAt     time.Time    `json:"done_at,omitzero"`
	Wanting    int          `json:"wanting" doc:"seats without a reviewer"`
	Seats      []ReviewSeat `json:"seats" doc:"empty for departments before it is decided"`
}

// SchemaName is the row's name in the API's description.
func (Row) SchemaName() string { return "Review" }

// ReviewSeat is one reviewer's part.
type ReviewSeat struct {
	Seat     int      `json:"seat" doc:"1, 2, 3 for reviewer 甲, 乙, 丙"`
	State    string   `json:"state" enum:"assigned,declared,refused,in"`
	Verdict  Verdict  `json:"verdict" enum:",proper,improper,cannot_tell"`
	Reasons  []string `json:"reasons"`
	Note     string   `json:"note"`
	Conflict Conflict `json:"conflict" enum:",employer,kin,application"`
}

// DrawRequest asks for a draw.
type DrawRequest struct {
	Kind    Kind   `json:"kind" enum:"rejection,overdue,authorization,finding"`
	From    string `json:"from" format:"date" doc:"when it came about, inclusive"`
	To      string `json:"to" format:"date" doc:"inclusive"`
	Percent int    `json:"percent" minimum:"0" maximum:"100" doc:"of each department's"`
	AtLeast int    `json:"at_least" minimum:"0" maximum:"50" doc:"of each department"`
}

// Draw is a draw that was made.
type Draw struct {
	ID         uint64    `json:"id"`
	Name       string    `json:"name"`
	Kind       Kind      `json:"kind" enum:"rejection,overdue,authorization,finding"`
	At         time.Time `json:"at"`
	Candidates int       `json:"candidates"`
	Drawn      int       `json:"drawn"`
	Period     string    `json:"period,omitempty" format:"date" doc:"of a planned draw: the first day of its week or month"`
}

// PlanPage is what goes to the volunteers by itself, with what one needs to
// choose shares well.
type PlanPage struct {
	ReviewPlan
	Since     time.Time `json:"since,omitzero" doc:"when it was put in force"`
	Reviewers int       `json:"reviewers" doc:"volunteers who can be given reviews"`
	Recent    []Recent  `json:"recent" doc:"what came about in the last 30 days"`
}

// SchemaName is the page's name in the API's description.
func (PlanPage) SchemaName() string { return "ReviewPlan" }

// Reviewable is something that can be put up for review, with the review that
// it had.
type Reviewable struct {
	Subject string       `json:"subject" doc:"to put it up by"`
	Kind    Kind         `json:"kind" enum:"rejection,overdue,authorization,finding"`
	Rule    string       `json:"rule,omitempty" doc:"of a finding"`
	Name    api.Sentence `json:"name" doc:"of a finding's rule; empty for other kinds"`
	Review  uint64       `json:"review,omitempty" doc:"0: never put up"`
	State   string       `json:"state" enum:",open,third,done"`
	Verdict Verdict      `json:"verdict" enum:",proper,improper,cannot_tell" doc:"once it is decided"`
}
