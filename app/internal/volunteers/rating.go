package volunteers

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"math"
	"strings"
	"unicode/utf8"

	"github.com/mingcha-console/mingcha/app/internal/access"
	"github.com/mingcha-console/mingcha/app/internal/fault"
	"github.com/mingcha-console/mingcha/app/internal/features/matter"
	"github.com/mingcha-console/mingcha/app/internal/intake"
	"github.com/mingcha-console/mingcha/app/internal/store"
	"github.com/mingcha-console/mingcha/app/internal/workday"
)

const noteRated = "note.rated"

type noteRatedData struct {
	Matter   uint64 `json:"matter"`
	Facts    int    `json:"facts"`
	Fairness int    `json:"fairness"`
	Word     string `json:"word,omitempty"`
}

// NoteRating is what a department thinks of the note that a matter came from.
type NoteRating struct {
	Facts    int    `json:"facts" minimum:"1" maximum:"5" doc:"facts told clearly: 1 worst, 5 best"`
	Fairness int    `json:"fairness" minimum:"1" maximum:"5" doc:"fair in attitude: 1 worst, 5 best"`
	Word     string `json:"word,omitempty" maxLength:"200"`
}

// RatingFolder folds departments' ratings of notes; see intake.Folder.
type RatingFolder struct{}

func (RatingFolder) Types() []string  { return []string{noteRated} }
func (RatingFolder) Tables() []string { return []string{"note_ratings", "note_rated"} }

// mostWord bounds what a department adds, in characters.
const mostWord = 200

func (RatingFolder) Check(w *store.Writer, a *intake.RecordedAct) error {
	d, err := intake.DataOf[noteRatedData](a)
	if err != nil {
		return err
	}
	var done, rated bool
	own, err := w.One(func(r store.Row) error {
		done, rated = r.Int(0) == 1, r.Int(1) == 1
		return nil
	}, `SELECT m.done, EXISTS (SELECT 1 FROM note_ratings n WHERE n.matter = m.id)
		FROM matters m JOIN accounts a ON a.department = m.department AND a.role = 'liaison' AND a.active = 1
		WHERE m.id = ? AND a.id = ? AND m.source IN ('visit', 'review') AND EXISTS (SELECT 1 FROM matter_steps s WHERE s.matter = m.id)`, int64(d.Matter), int64(a.By))
	switch {
	case err != nil:
		return err
	case !own:
		return fault.New(fault.NotFound, "nothing_to_rate", "没有可以评价的这一件，或不属于本部门。请刷新页面。", "There is nothing such to rate, or it is not your department's. Reload the page.", nil)
	case !done:
		return fault.New(fault.Conflict, "rate_when_done", "这件督办还没有办结，办结后才能评价。", "This matter is not done yet; rate it once it is.", nil)
	case rated:
		return fault.New(fault.Conflict, "rated_already", "本部门已经评价过这一件，每件只评一次。请刷新。", "Your department has rated this one already; each is rated once. Reload.", nil)
	}
	var fields []fault.Field
	for _, x := range []struct {
		name string
		n    int
	}{{"facts", d.Facts}, {"fairness", d.Fairness}} {
		if x.n < 1 || x.n > 5 {
			fields = append(fields, fault.Field{Name: x.name, ZH: "请选择 1 至 5 分", EN: "choose 1 to 5"})
		}
	}
	if utf8.RuneCountInString(d.Word) > mostWord {
		fields = append(fields, fault.Field{Name: "word", ZH: "不超过 200 个字", EN: "at most 200 characters"})
	}
	if len(fields) > 0 {
		f := fault.New(fault.Invalid, "note_rating", "评价有误。请按各项提示更正后再提交。", "Something is wrong with the rating. Correct what is named and send it again.", nil)
		f.Fields = fields
		return f
	}
	return nil
}

// Fold counts a rating to those who noted it: who filed the visit, or those of a
// review's who held it improper, in whose words it went on.
func (RatingFolder) Fold(w *store.Writer, a *intake.RecordedAct) error {
	d, err := intake.DataOf[noteRatedData](a)
	if err != nil {
		return err
	}
	return errors.Join(
		w.Exec(`INSERT INTO note_ratings (matter, facts, fairness, word, account, at) VALUES (?,?,?,?,?,?)`,
			int64(d.Matter), int64(d.Facts), int64(d.Fairness), d.Word, int64(a.By), a.At.UnixMicro()),
		w.Exec(`INSERT INTO note_rated (account, matter)
			SELECT v.account, m.id FROM matters m JOIN visits v ON v.id = m.source_id WHERE m.id = ?1 AND m.source = 'visit'
			UNION SELECT s.account, m.id FROM matters m JOIN review_seats s ON s.review = m.source_id WHERE m.id = ?1 AND m.source = 'review' AND s.state = 'in' AND s.verdict = 'improper'`,
			int64(d.Matter)))
}

// RateNote rates the note that a matter of the liaison's department came from,
// once it is done. Whose note it was nobody is told.
func (v *Volunteers) RateNote(ctx context.Context, by access.Principal, key string, matter uint64, r NoteRating) error {
	if !intake.Choosable(key) {
		return errKeyForm
	}
	_, _, err := v.journal.Act(ctx, intake.Act{Key: fmt.Sprintf("%s/%d/%s", noteRated, by.Account, key), Type: noteRated, By: by.Account,
		Data: noteRatedData{Matter: matter, Facts: r.Facts, Fairness: r.Fairness, Word: strings.TrimSpace(r.Word)}})
	return err
}

// NoteRating is the rating of a matter's note; nil: none yet.
func (v *Volunteers) NoteRating(ctx context.Context, matter uint64) (*NoteRating, error) {
	var r NoteRating
	err := v.db.QueryRowContext(ctx, `SELECT facts, fairness, word FROM note_ratings WHERE matter = ?`, int64(matter)).Scan(&r.Facts, &r.Fairness, &r.Word)
	if errors.Is(err, sql.ErrNoRows) {
		return nil, nil
	}
	return &r, err
}

// Rateable tells whether a department is asked what it thinks of the note that a
// matter came from.
func Rateable(m *matter.Matter) bool {
	return m.Done && (m.Source == matter.Visit || m.Source == matter.Review)
}

// Rated is what departments think of somebody's notes, on average.
type Rated struct {
	Ratings  int     `json:"ratings" doc:"that the averages are of, a multiple of three; 0: too few to be told"`
	Facts    float64 `json:"facts" doc:"1 worst, 5 best; 0 without ratings"`
	Fairness float64 `json:"fairness" doc:"1 worst, 5 best; 0 without ratings"`
}

// byThrees is how many ratings are told of at once: of fewer one could tell
// which department gave them.
const byThrees = 3

// Rated averages the ratings of an account's notes by the end of a day, the
// earliest of them as far as they make threes.
func (v *Volunteers) Rated(ctx context.Context, account uint64, by workday.Date) (r Rated, err error) {
	rows, err := v.db.QueryContext(ctx, `SELECT n.facts, n.fairness FROM note_rated x JOIN note_ratings n ON n.matter = x.matter
		WHERE x.account = ? AND n.at < ? ORDER BY n.at, n.matter`, int64(account), v.journal.Calendar().EndOf(by).UnixMicro())
	if err != nil {
		return r, err
	}
	defer rows.Close()
	var facts, fairness []int
	for rows.Next() {
		var a, b int
		if err := rows.Scan(&a, &b); err != nil {
			return r, err
		}
		facts, fairness = append(facts, a), append(fairness, b)
	}
	r.Ratings = len(facts) / byThrees * byThrees
	r.Facts, r.Fairness = mean(facts[:r.Ratings]), mean(fairness[:r.Ratings])
	return r, rows.Err()
}

// mean is to one place; 0 of nothing.
func mean(all []int) float64 {
	sum := 0
	for _, n := range all {
		sum += n
	}
	return math.Round(10*float64(sum)/float64(max(1, len(all)))) / 10
}
