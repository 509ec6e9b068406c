package rating

import (
	"fmt"
	"time"

	"github.com/mingcha-console/mingcha/app/internal/act"
	"github.com/mingcha-console/mingcha/app/internal/features/matter"
	"github.com/mingcha-console/mingcha/app/internal/store"
)

// Acts are the acts about ratings.
var Acts = []act.Any{followed, imported}

// Tables are what they fill, besides matters.
var Tables = []string{"rating_imports", "rating_called"}

// Followed is all of a rating that its matter needs.
type Followed struct {
	Rating     uint64    `json:"rating"`
	Department string    `json:"department"`
	Level      int       `json:"level"`
	CaseID     uint64    `json:"case_id,omitempty"`
	Item       string    `json:"item,omitempty"`
	Window     string    `json:"window,omitempty"`
	Handler    string    `json:"handler,omitempty"`
	RatedAt    time.Time `json:"rated_at"`
	Reasons    []string  `json:"reasons,omitempty"`
	Text       string    `json:"text,omitempty"`
	// Begun is when its department could know of it, where that was later.
	Begun time.Time `json:"begun,omitzero"`
}

// begun is when its first deadline starts.
func (d *Followed) begun() time.Time {
	if d.Begun.IsZero() {
		return d.RatedAt
	}
	return d.Begun
}

// Followed is what the rating's matter needs of it.
func (r *Rating) Followed() Followed {
	return Followed{Rating: r.ID, Department: r.Department, Level: r.Level, CaseID: r.CaseID, Item: r.Item, Window: r.Window, Handler: r.Handler,
		RatedAt: r.RatedAt, Reasons: r.Reasons, Text: r.Text}
}

// What a matter comes from, as its finding's number.
const (
	ofItself   = 0
	ofCallback = 1
)

// open opens the matter at a moment, unless the rating has one. Its first deadline
// starts at begun.
func (d *Followed) open(w *store.Writer, at time.Time, source int, begun time.Time) error {
	has, err := matter.CameOf(w, matter.Rating, d.Rating)
	if err != nil || has {
		return err
	}
	if begun.After(at) { // a clock of the department's that is a little fast
		begun = at
	}
	return matter.Open(w, matter.Opening{Source: matter.Rating, SourceID: d.Rating, Finding: source, Department: d.Department,
		Category: LevelWord(d.Level), Fact: d.Text, Reasons: d.Reasons, CaseID: d.CaseID, Item: d.Item, Place: d.Window, Handler: d.Handler,
		SeenAt: d.RatedAt, BegunAt: begun}, at)
}

// CalledBad opens the matter of a rating whose rater turned out to be dissatisfied
// when called back, at the moment of the call. The fold of call-backs calls it.
func (d *Followed) CalledBad(w *store.Writer, at time.Time) error {
	return d.open(w, at, ofCallback, at)
}

// importedData is a file that was imported, and what became of its rows.
type importedData struct {
	Name      string `json:"name"`
	SHA256    string `json:"sha256"`
	Rows      int    `json:"rows"`
	Taken     int    `json:"taken"`
	Known     int    `json:"known"`
	Corrected int    `json:"corrected"`
	Refused   int    `json:"refused"`
	Followed  int    `json:"followed,omitempty"` // old bad ones that somebody had go to their departments
}

var (
	// followed makes a bad rating a matter.
	followed = act.Define(act.Def[Followed]{
		Type: "rating.followed", Group: act.Ratings, Own: true,
		About: func(a act.Of[Followed]) act.Subject { return act.On(act.Rating, a.Data.Rating) },
		Words: func(a act.Of[Followed]) (zh, en string) {
			return fmt.Sprintf("差评 #%d 转部门处理：%s", a.Data.Rating, act.DepartmentIn(a.Data.Department)), fmt.Sprintf("Bad rating #%d went to its department: %s", a.Data.Rating, act.DepartmentIn(a.Data.Department))
		},
		Fold:    func(w *store.Writer, a act.Of[Followed]) error { return a.Data.open(w, a.At, ofItself, a.Data.begun()) },
		Example: Followed{Rating: 1, Department: "GH", Level: 5, RatedAt: time.Date(2026, 9, 22, 1, 0, 0, 0, time.UTC), Text: "跑了三趟"},
	})
	// imported is an electronic rater's file that somebody imports.
	imported = act.Define(act.Def[importedData]{
		Type: "rating.imported", Group: act.Ratings,
		Words: func(a act.Of[importedData]) (zh, en string) {
			zh, en = fmt.Sprintf("导入评价：%s，新增 %d 条", a.Data.Name, a.Data.Taken), fmt.Sprintf("Imported ratings: %s, %d new", a.Data.Name, a.Data.Taken)
			if n := a.Data.Followed; n > 0 {
				zh, en = fmt.Sprintf("%s，旧差评 %d 条转部门处理", zh, n), fmt.Sprintf("%s, %d old bad ones went to their departments", en, n)
			}
			return zh, en
		},
		Fold: func(w *store.Writer, a act.Of[importedData]) error {
			d := &a.Data
			return w.Exec(`INSERT INTO rating_imports (id, at, account, name, sha256, lines, taken, known, corrected, refused) VALUES (?,?,?,?,?,?,?,?,?,?)`,
				int64(a.Seq), a.At.UnixMicro(), int64(a.By), d.Name, d.SHA256, int64(d.Rows), int64(d.Taken), int64(d.Known), int64(d.Corrected), int64(d.Refused))
		},
		Example: importedData{Name: "9月.csv", Rows: 5, Taken: 5},
	})
)
