package matter

import (
	"time"

	"github.com/mingcha-console/mingcha/app/internal/api"
)

// MatterRow is a matter in a list, as the person who asks may see it.
type MatterRow struct {
	ID         uint64    `json:"id"`
	Source     Source    `json:"source" enum:"visit,review,rating" doc:"a finding of a visit, a review that ended improper, or a bad rating"`
	Department string    `json:"department"`
	Category   string    `json:"category" enum:"unmanned,late,no_sign,chatting,refused,attitude,disclosure,slow,other,rejection,overdue,authorization,finding,dissatisfied,very_dissatisfied" doc:"of a visit's finding; of a review: what was reviewed; of a rating: its level"`
	Severity   string    `json:"severity" enum:",minor,serious" doc:"of a visit's finding; else empty"`
	ItemName   string    `json:"item_name"`
	Fact       string    `json:"fact" doc:"in the words of who noted it or rated; of a visit or review, for departments: what the office told them"`
	OpenedAt   time.Time `json:"opened_at"`
	BegunOn    string    `json:"begun_on,omitempty" format:"date" doc:"of a rating that came late: the day on which its department could know, from which the first deadline runs"`
	State      string    `json:"state" enum:"assess,assigned,extension,contact,rectify,objected,replied,revisit,revisited,closed,dropped"`
	DueAt      time.Time `json:"due_at,omitzero" doc:"close of business on the last day; by the calendar as it is now"`
	DueDays    int       `json:"due_days" doc:"the deadline's working days; 0: none runs"`
	DueOn      string    `json:"due_on" enum:",office,department" doc:"whose turn it is"`
	Overdue    bool      `json:"overdue"`
	Soon       bool      `json:"soon" doc:"not overdue, and due by the end of the next working day"`
	Waits      bool      `json:"waits" doc:"for the person who asks"`
}

// Page is one matter with all that was done, and what the person who asks may do
// next.
type Page struct {
	MatterRow
	Version  int            `json:"version" doc:"a step is taken on the version that the person saw"`
	Reasons  []string       `json:"reasons" doc:"what a review's reviewers ticked, not for departments; what a rater ticked, in words"`
	Place    string         `json:"place"`
	Handler  string         `json:"handler,omitempty" doc:"whose service was rated"`
	SeenOn   string         `json:"seen_on,omitempty" format:"date" doc:"the day of the visit or the rating"`
	CaseID   uint64         `json:"case_id,omitempty" doc:"of a review or a rating"`
	VisitID  uint64         `json:"visit_id,omitempty" doc:"not for departments"`
	ReviewID uint64         `json:"review_id,omitempty" doc:"not for departments"`
	RatingID uint64         `json:"rating_id,omitempty"`
	Steps    []MatterStep   `json:"steps" doc:"oldest first"`
	Actions  []MatterAction `json:"actions" doc:"what the person who asks may do now"`
}

// SchemaName is the page's name in the API's description.
func (Page) SchemaName() string { return "Matter" }

// MatterStep is something that was done.
type MatterStep struct {
	At     time.Time    `json:"at"`
	Action string       `json:"action"`
	Name   api.Sentence `json:"name"`
	Side   string       `json:"side" enum:"office,department,console"`
	By     string       `json:"by" doc:"who did it; a department is told its own people only"`
	Late   bool         `json:"late" doc:"after the deadline"`
	Texts  []MatterText `json:"texts"`
	Files  []MatterFile `json:"files,omitempty" doc:"that came with it"`
}

// MatterFile is a file that came with a step.
type MatterFile struct {
	SHA256 string `json:"sha256"`
	Name   string `json:"name"`
	Kind   string `json:"kind" enum:"pdf,jpeg,png,docx,xlsx" doc:"by what is in it"`
	Bytes  int    `json:"bytes"`
}

// MatterText is what somebody wrote at a step.
type MatterText struct {
	Name  string       `json:"name"`
	Label api.Sentence `json:"label"`
	Text  string       `json:"text"`
}

// MatterAction is something that can be done now.
type MatterAction struct {
	Action   string        `json:"action"`
	Name     api.Sentence  `json:"name"`
	Ends     bool          `json:"ends" doc:"nothing can be done afterwards"`
	Days     int           `json:"days" doc:"working days of the deadline that it starts; 0: none"`
	InPlace  bool          `json:"in_place" doc:"in the department's place, which told the office otherwise than here"`
	Fields   []MatterField `json:"fields"`
	Files    int           `json:"files,omitempty" doc:"how many files may come with it"`
	Extended []time.Time   `json:"extended,omitempty" doc:"of one that asks for or grants more time: the deadline with one working day more, with two, and so on"`
}

// MatterField is what an action asks for.
type MatterField struct {
	Name     string       `json:"name"`
	Label    api.Sentence `json:"label"`
	Hint     api.Sentence `json:"hint"`
	Number   bool         `json:"number" doc:"a whole number from min to max; else a text of so many characters"`
	Required bool         `json:"required"`
	Min      int          `json:"min"`
	Max      int          `json:"max"`
}

// MatterCounts are figures for who asks.
type MatterCounts struct {
	Waiting int `json:"waiting" doc:"for the person who asks"`
	Overdue int `json:"overdue" doc:"for a department: of those that wait for it"`
	Soon    int `json:"soon" doc:"not overdue, and due by the end of the next working day; for a department: of those that wait for it"`
	Open    int `json:"open"`
}

// Outcome is what somebody who noted a finding is told became of it. It names
// nobody.
type Outcome struct {
	State      string `json:"state" enum:"assess,assigned,extension,contact,rectify,objected,replied,revisit,revisited,closed,dropped"`
	WordsZH    string `json:"words_zh"`
	WordsEN    string `json:"words_en"`
	Reply      string `json:"reply,omitempty" doc:"the department's"`
	Conclusion string `json:"conclusion,omitempty" doc:"the office's"`
}

// StepRequest is a step that somebody takes.
type StepRequest struct {
	Key     string            `json:"key" minLength:"8" maxLength:"64" doc:"chosen by the page; the same step sent again is taken once"`
	Version int               `json:"version" minimum:"0" doc:"that the person saw; where there is a later one the step is refused with 409"`
	Action  string            `json:"action" minLength:"1" maxLength:"40"`
	Fields  map[string]string `json:"fields,omitempty"`
	Files   []string          `json:"files,omitempty" maxItems:"5" doc:"hashes of files that were sent before"`
}
