package callback

import (
	"context"
	"database/sql"
	"fmt"
	"strings"
	"time"

	"github.com/mingcha-console/mingcha/app/internal/access"
	"github.com/mingcha-console/mingcha/app/internal/act"
	"github.com/mingcha-console/mingcha/app/internal/draw"
	"github.com/mingcha-console/mingcha/app/internal/features/rating"
	"github.com/mingcha-console/mingcha/app/internal/sampling"
	"github.com/mingcha-console/mingcha/app/internal/store"
	"github.com/mingcha-console/mingcha/app/internal/workday"
)

// Words of the draws' names; see draw.Name.
const (
	activity = "callback"
	kind     = "rating"
)

const (
	callDays  = 5   // working days to call everybody drawn; the office's practice
	mostDrawn = 500 // of one draw: more than an office calls
	MostTries = 3   // to reach somebody
)

// DrawRequest is what the office asks a draw for. Which ratings they are follows
// from the day's first signed checkpoint.
type DrawRequest struct {
	First, Last workday.Date // when the ratings were given, both inclusive
	Percent     int          // of each department's
	AtLeast     int          // of each department
}

// Draw draws ratings whose raters are to be called back, of those who
// left a telephone and were not drawn before.
func (s *Callbacks) Draw(ctx context.Context, by access.Principal, q DrawRequest) (sampling.Drawn, error) {
	if q.First > q.Last {
		return sampling.Drawn{}, rating.Invalid("to", "截止日期早于起始日期", "the end is before the beginning")
	}
	d := s.sampler()
	chance, err := d.Chance(ctx)
	if err != nil {
		return sampling.Drawn{}, err
	}
	cal := s.office.Calendar()
	all, given, err := s.candidates(ctx, cal.StartOf(q.First), cal.EndOf(q.Last), chance.Size)
	if err != nil {
		return sampling.Drawn{}, err
	}
	cert, err := d.Draw(ctx, chance, activity, kind, all, draw.Share(q.Percent, q.AtLeast))
	if err != nil {
		return sampling.Drawn{}, err
	}
	if len(cert.Sample) == 0 {
		return sampling.Drawn{}, rating.Invalid("percent", "按这个比例一条也抽不到，请提高比例", "this share draws none; raise it")
	}
	if len(cert.Sample) > mostDrawn {
		return sampling.Drawn{}, rating.Invalid("percent", fmt.Sprintf("将抽出 %d 条，一次至多 %d 条；请降低比例", len(cert.Sample), mostDrawn),
			fmt.Sprintf("%d would be drawn, at most %d at a time; lower the share", len(cert.Sample), mostDrawn))
	}
	data := drawnData{Draw: cert, First: q.First.String(), Last: q.Last.String(), Due: cal.CloseOf(cal.AddWorkingDays(cal.DateOf(s.office.Now()), callDays))}
	for _, id := range cert.Sample {
		data.Callbacks = append(data.Callbacks, given[id])
	}
	done, _, err := drawn.Do(ctx, s.office.Journal, cert.Name, by.Account, data)
	return sampling.Drawn{ID: done.Seq, Name: cert.Name, Kind: kind, At: done.At, Candidates: len(all), Drawn: len(cert.Sample)}, err
}

// candidates are the ratings that can be called back and were never drawn. A
// candidate's name names the rating, and so nobody.
func (s *Callbacks) candidates(ctx context.Context, from, to time.Time, size uint64) (all []draw.Candidate, given map[string]drawnRating, err error) {
	before := map[uint64]bool{}
	if err := store.EachRow(ctx, s.office.Store.Readers(), func(row *sql.Rows) error {
		var id uint64
		err := row.Scan(&id)
		before[id] = true
		return err
	}, `SELECT rating FROM callbacks`); err != nil {
		return nil, nil, err
	}
	given = map[string]drawnRating{}
	err = s.ratings.Callable(ctx, from, to, size, func(r *rating.Callable) {
		if before[r.Rating] {
			return
		}
		c := draw.Candidate{ID: fmt.Sprintf("rating/%d", r.Rating), Seq: r.Seq, Stratum: r.Department}
		all, given[c.ID] = append(all, c), drawnRating{Rating: r.Rating, Level: r.Level}
	})
	return all, given, err
}

// Call is what came of calling somebody back.
type Call struct {
	Tries   int // that the person who calls had before their eyes
	Reached bool
	Own     bool // of one who was reached: the rating was theirs
	Now     int  // of one whose rating it was: the level that they give now
	Said    string
}

// Record records a call. The same call again is taken for the first one sent
// twice.
func (s *Callbacks) Record(ctx context.Context, by access.Principal, id uint64, c Call) error {
	one, err := s.One(ctx, id)
	if err != nil {
		return err
	}
	d := calledData{Callback: id, N: c.Tries + 1, Reached: c.Reached, Own: c.Own, Now: c.Now, Said: strings.TrimSpace(c.Said)}
	if c.Reached && c.Own && c.Now > rating.Content && one.Given <= rating.Content {
		bad := one.Rating.Followed()
		bad.Level, bad.Text = c.Now, d.Said
		d.Bad = &bad
	}
	_, _, err = called.Do(ctx, s.office.Journal, act.Done(called.Name(), id, d.N), by.Account, d)
	return err
}
