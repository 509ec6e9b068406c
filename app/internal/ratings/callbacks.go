package ratings

import (
	"context"
	"fmt"
	"strings"
	"time"

	"google.golang.org/protobuf/proto"

	"github.com/mingcha-console/mingcha/app/internal/access"
	"github.com/mingcha-console/mingcha/app/internal/draw"
	"github.com/mingcha-console/mingcha/app/internal/intake"
	"github.com/mingcha-console/mingcha/app/internal/sampling"
	"github.com/mingcha-console/mingcha/app/internal/workday"
	pb "github.com/mingcha-console/mingcha/sdk/contract/mingcha/adapter/v1"
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

// DrawCallbacks draws ratings whose raters are to be called back, of those who
// left a telephone and were not drawn before.
func (s *Ratings) DrawCallbacks(ctx context.Context, by access.Principal, q DrawRequest) (sampling.Drawn, error) {
	if q.First > q.Last {
		return sampling.Drawn{}, invalid("to", "截止日期早于起始日期", "the end is before the beginning")
	}
	chance, err := s.sampling.Chance(ctx)
	if err != nil {
		return sampling.Drawn{}, err
	}
	cal := s.journal.Calendar()
	all, given, err := s.callable(ctx, cal.StartOf(q.First), cal.EndOf(q.Last), chance.Size)
	if err != nil {
		return sampling.Drawn{}, err
	}
	cert, err := s.sampling.Draw(ctx, chance, activity, kind, all, draw.Share(q.Percent, q.AtLeast))
	if err != nil {
		return sampling.Drawn{}, err
	}
	if len(cert.Sample) == 0 {
		return sampling.Drawn{}, invalid("percent", "按这个比例一条也抽不到，请提高比例", "this share draws none; raise it")
	}
	if len(cert.Sample) > mostDrawn {
		return sampling.Drawn{}, invalid("percent", fmt.Sprintf("将抽出 %d 条，一次至多 %d 条；请降低比例", len(cert.Sample), mostDrawn),
			fmt.Sprintf("%d would be drawn, at most %d at a time; lower the share", len(cert.Sample), mostDrawn))
	}
	d := drawnData{Draw: cert, First: q.First.String(), Last: q.Last.String(), Due: cal.CloseOf(cal.AddWorkingDays(cal.DateOf(s.now()), callDays))}
	for _, id := range cert.Sample {
		d.Callbacks = append(d.Callbacks, given[id])
	}
	rec, _, err := s.journal.Act(ctx, intake.Act{Key: cert.Name, Type: drawn, By: by.Account, Data: d})
	return sampling.Drawn{ID: rec.Seq, Name: cert.Name, Kind: kind, At: rec.At, Candidates: len(all), Drawn: len(cert.Sample)}, err
}

// callable lists the ratings given from (inclusive) to (exclusive) that stood in
// the journal at a size, left a telephone and were never drawn. A candidate's
// name names the rating, and so nobody.
func (s *Ratings) callable(ctx context.Context, from, to time.Time, size uint64) (all []draw.Candidate, given map[string]drawnRating, err error) {
	rows, err := s.db.QueryContext(ctx, `SELECT r.id, r.seq, r.level, d.code, j.body FROM ratings r JOIN departments d ON d.id = r.dept JOIN journal j ON j.seq = r.seq
		WHERE r.rated_at >= ? AND r.rated_at < ? AND r.named = 1 AND r.seq <= ? AND NOT EXISTS (SELECT 1 FROM callbacks c WHERE c.rating = r.id)`,
		from.UnixMicro(), to.UnixMicro(), int64(size))
	if err != nil {
		return nil, nil, err
	}
	defer rows.Close()
	given = map[string]drawnRating{}
	for rows.Next() {
		var r drawnRating
		var c draw.Candidate
		var body []byte
		if err := rows.Scan(&r.Rating, &c.Seq, &r.Level, &c.Stratum, &body); err != nil {
			return nil, nil, err
		}
		var m pb.Rating
		if err := proto.Unmarshal(body, &m); err != nil {
			return nil, nil, err
		}
		if m.RaterPhone == "" {
			continue
		}
		c.ID = fmt.Sprintf("rating/%d", r.Rating)
		all, given[c.ID] = append(all, c), r
	}
	return all, given, rows.Err()
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
func (s *Ratings) Record(ctx context.Context, by access.Principal, id uint64, c Call) error {
	one, err := s.Callback(ctx, id)
	if err != nil {
		return err
	}
	d := calledData{Callback: id, N: c.Tries + 1, Reached: c.Reached, Own: c.Own, Now: c.Now, Said: strings.TrimSpace(c.Said)}
	if c.Reached && c.Own && c.Now > content && one.Given <= content {
		bad := follow(&one.Rating)
		bad.Level, bad.Text = c.Now, d.Said
		d.Bad = &bad
	}
	_, _, err = s.journal.Act(ctx, intake.Act{Key: fmt.Sprintf("%s/%d/%d", called, id, d.N), Type: called, By: by.Account, Data: d})
	return err
}

// Certificate is what anybody needs to make a draw again.
func (s *Ratings) Certificate(ctx context.Context, id uint64) (draw.Certificate, error) {
	return s.sampling.Certificate(ctx, id)
}
