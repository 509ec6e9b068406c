package notefeedback

import (
	"context"
	"database/sql"
	"time"

	"github.com/mingcha-console/mingcha/app/internal/list"
	"github.com/mingcha-console/mingcha/app/internal/store"
)

// NoteRow is a rating in the list. Whose note it was nobody is told.
type NoteRow struct {
	Matter     uint64    `json:"matter"`
	Department string    `json:"department"`
	Facts      int       `json:"facts"`
	Fairness   int       `json:"fairness"`
	Word       string    `json:"word"`
	At         time.Time `json:"at"`
}

// Listed describes the list of ratings of notes.
var Listed = &list.List[NoteRow, struct{}]{
	Name: "notes", ZH: "记录评价", EN: "Ratings of notes",
	Columns: []list.Column[NoteRow]{
		list.Number("matter", "督办编号", "Matter", 10, func(r *NoteRow) uint64 { return r.Matter }),
		list.Department("department", "部门", "Department", 14, func(r *NoteRow) string { return r.Department }),
		list.Number("facts", "事实清楚", "Facts", 8, func(r *NoteRow) int { return r.Facts }),
		list.Number("fairness", "态度公允", "Fair", 8, func(r *NoteRow) int { return r.Fairness }),
		list.Text("word", "意见", "Comment", 40, func(r *NoteRow) string { return r.Word }),
		list.Moment("at", "评价时间", "Rated", 20, func(r *NoteRow) time.Time { return r.At }),
	},
	Filters: []list.Filter[struct{}]{
		list.ByDepartment[struct{}](`m.department`),
		list.ByFlag("bad", "低分", "Low marks", func(w *store.Where, _ struct{}) error {
			w.Add(`min(n.facts, n.fairness) < 3`)
			return nil
		}).Documented("a mark below 3"),
		list.ByText("a matter's number, or part of the comment", func(w *store.Where, _ struct{}, g list.Given) error {
			w.Add(`(n.matter = ? OR instr(n.word, ?) > 0)`, store.Number(g.Text), g.Text)
			return nil
		}),
		list.ByTime[struct{}]("from", "to", "评价时间", "Rated", "when it was given", `n.at`),
	},
}

func listing(ascending bool) store.Listing {
	const from = `note_ratings n JOIN matters m ON m.id = n.matter`
	return store.Listing{Columns: `n.matter, m.department, n.facts, n.fairness, n.word, n.at`, From: from, Counted: from, Order: `n.at` + store.Direction(ascending)}
}

func scan(r *sql.Rows) (x NoteRow, err error) {
	var at int64
	err = r.Scan(&x.Matter, &x.Department, &x.Facts, &x.Fairness, &x.Word, &at)
	x.At = store.Time(at)
	return x, err
}

// List lists ratings, newest first.
func (s *Feedback) List(ctx context.Context, ask list.Ask) (store.Page[NoteRow], error) {
	w, err := Listed.Where(ask, struct{}{})
	if err != nil {
		return store.Page[NoteRow]{}, err
	}
	return store.List(ctx, s.office.Store.Readers(), listing(ask.Ascending), w, ask.At, scan)
}

// Each calls each with every rating that is asked for.
func (s *Feedback) Each(ctx context.Context, ask list.Ask, each func(*NoteRow) error) error {
	w, err := Listed.Where(ask, struct{}{})
	if err != nil {
		return err
	}
	return store.All(ctx, s.office.Store.Readers(), listing(ask.Ascending), w, scan, each)
}
