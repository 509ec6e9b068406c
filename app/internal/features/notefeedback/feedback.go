package notefeedback

import (
	"context"
	"database/sql"
	"errors"
	"math"
	"strings"

	"github.com/mingcha-console/mingcha/app/internal/access"
	"github.com/mingcha-console/mingcha/app/internal/act"
	"github.com/mingcha-console/mingcha/app/internal/fault"
	"github.com/mingcha-console/mingcha/app/internal/feature"
	"github.com/mingcha-console/mingcha/app/internal/features/matter"
	"github.com/mingcha-console/mingcha/app/internal/store"
	"github.com/mingcha-console/mingcha/app/internal/workday"
)

// Feedback reads and takes departments' ratings of notes.
type Feedback struct {
	office  *feature.Office
	matters *matter.Matters
}

// New is the feedback of an office.
func New(o *feature.Office, matters *matter.Matters) *Feedback { return &Feedback{o, matters} }

var errKey = fault.New(fault.Invalid, "visit_key", "这份记录的编号不对，请重新打开页面后再提交。", "The sheet's number is wrong; reload the page and send it again.", nil)

// Rate rates the note that a matter of the liaison's department came from, once
// it is done. Whose note it was nobody is told.
func (s *Feedback) Rate(ctx context.Context, by access.Principal, number string, matter uint64, r NoteRating) error {
	key, err := act.Sent(rated.Name(), by.Account, number, errKey)
	if err != nil {
		return err
	}
	_, _, err = rated.Do(ctx, s.office.Journal, key, by.Account, ratedData{Matter: matter, Facts: r.Facts, Fairness: r.Fairness, Word: strings.TrimSpace(r.Word)})
	return err
}

// Of is the rating of a matter's note; nil: none yet.
func (s *Feedback) Of(ctx context.Context, matter uint64) (*NoteRating, error) {
	var r NoteRating
	err := s.office.Store.Readers().QueryRowContext(ctx, `SELECT facts, fairness, word FROM note_ratings WHERE matter = ?`, int64(matter)).Scan(&r.Facts, &r.Fairness, &r.Word)
	if errors.Is(err, sql.ErrNoRows) {
		return nil, nil
	}
	return &r, err
}

// byThrees is how many ratings are told of at once: of fewer one could tell
// which department gave them.
const byThrees = 3

// Average averages the ratings of an account's notes by the end of a day of the
// office's zone, the earliest of them as far as they make threes.
func (s *Feedback) Average(ctx context.Context, account uint64, by workday.Date) (r Rated, err error) {
	var facts, fairness []int
	if err := store.EachRow(ctx, s.office.Store.Readers(), func(row *sql.Rows) error {
		var a, b int
		err := row.Scan(&a, &b)
		facts, fairness = append(facts, a), append(fairness, b)
		return err
	}, `SELECT n.facts, n.fairness FROM note_rated x JOIN note_ratings n ON n.matter = x.matter
		WHERE x.account = ? AND n.at < ? ORDER BY n.at, n.matter`, int64(account), s.office.Calendar().EndOf(by).UnixMicro()); err != nil {
		return r, err
	}
	r.Ratings = len(facts) / byThrees * byThrees
	r.Facts, r.Fairness = mean(facts[:r.Ratings]), mean(fairness[:r.Ratings])
	return r, nil
}

// mean is to one place; 0 of nothing.
func mean(all []int) float64 {
	sum := 0
	for _, n := range all {
		sum += n
	}
	return math.Round(10*float64(sum)/float64(max(1, len(all)))) / 10
}
