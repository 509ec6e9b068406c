package rating

import "time"

// RatingPreview is what was understood of a file, before anything is taken.
type RatingPreview struct {
	SHA256      string             `json:"sha256" doc:"hex"`
	Format      string             `json:"format" enum:"csv,xlsx"`
	Encoding    string             `json:"encoding" enum:",UTF-8,GB18030,UTF-16,UTF-32" doc:"of csv"`
	Sheets      []SheetRows        `json:"sheets" doc:"all that the file has; of csv one without a name"`
	Columns     []Column           `json:"columns" doc:"as the first sheet that is read has them"`
	Values      []LevelValue       `json:"values" doc:"what stands in the column of levels, and what it means"`
	Asks        []Ask              `json:"asks" doc:"what somebody must say before the file is imported"`
	Warnings    []Warning          `json:"warnings,omitempty" doc:"what does not agree in the file, or with what was said of it, and hinders nothing"`
	Rows        int                `json:"rows" doc:"ratings, usable or not"`
	Notes       []Note             `json:"notes" doc:"rows that are no ratings, such as totals; at most 100"`
	NoteRows    int                `json:"note_rows"`
	Usable      int                `json:"usable"`
	Levels      []int              `json:"levels" minItems:"5" maxItems:"5" doc:"of usable rows, the best first"`
	Departments []DepartmentRows   `json:"departments" doc:"usable rows of each"`
	First       time.Time          `json:"first,omitzero" doc:"of usable rows"`
	Last        time.Time          `json:"last,omitzero"`
	Callable    int                `json:"callable" doc:"usable rows with a telephone"`
	NoItem      int                `json:"no_item" doc:"usable rows whose item is not listed"`
	Old         int                `json:"old" doc:"usable rows with bad ratings given more than 30 days ago, of which no matter is opened unless follow_old asks for it"`
	Sample      []RatingFileRow    `json:"sample" doc:"the first rows as they were understood"`
	Wrong       []WrongRow         `json:"wrong" doc:"rows that cannot be used; at most 5000"`
	Before      []RatingFileImport `json:"before" doc:"imports of this very file"`
}

// RatingFileRow is one row as it was understood, without who rated.
type RatingFileRow struct {
	Sheet      string    `json:"sheet,omitempty"`
	Line       int       `json:"line"`
	Department string    `json:"department"`
	Window     string    `json:"window"`
	Handler    string    `json:"handler"`
	CaseNo     string    `json:"case_no"`
	Level      string    `json:"level" enum:"very_satisfied,satisfied,fair,dissatisfied,very_dissatisfied"`
	RatedAt    time.Time `json:"rated_at"`
	Callable   bool      `json:"callable" doc:"with a telephone"`
	Text       string    `json:"text"`
}

// RatingFileImport is an import that was made.
type RatingFileImport struct {
	At     time.Time `json:"at"`
	By     string    `json:"by"`
	Name   string    `json:"name"`
	SHA256 string    `json:"sha256"`
	Imported
}

// SchemaName is its name in the API's description.
func (RatingFileImport) SchemaName() string { return "RatingFileImport" }
