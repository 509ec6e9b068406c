package httpapi

import (
	"context"
	"github.com/mingcha-console/mingcha/app/internal/api"
	"github.com/mingcha-console/mingcha/app/internal/features/matter"
	"io"
	"net/http"
	"strings"
	"time"

	"github.com/danielgtaylor/huma/v2"

	"github.com/mingcha-console/mingcha/app/internal/casefile"
	"github.com/mingcha-console/mingcha/app/internal/draw"
	"github.com/mingcha-console/mingcha/app/internal/export"
	"github.com/mingcha-console/mingcha/app/internal/store"
	"github.com/mingcha-console/mingcha/app/internal/volunteers"
)

// MyReview is a review as its reviewer's list has it: nothing of the other
// reviewer, and before a declaration nothing of the case.
type MyReview struct {
	ID         uint64             `json:"id"`
	Kind       volunteers.Kind    `json:"kind" enum:"rejection,overdue,authorization,finding"`
	State      string             `json:"state" enum:"declare,open,in,refused,left" doc:"declare: one has to say first whether one has an interest; open: one's verdict is awaited; in: it is given; refused: one has an interest; left: one's term ended before one said so, and another took over"`
	Department string             `json:"department"`
	ItemName   string             `json:"item_name"`
	AssignedAt time.Time          `json:"assigned_at"`
	DueAt      time.Time          `json:"due_at"`
	Verdict    volunteers.Verdict `json:"verdict" enum:",proper,improper,cannot_tell" doc:"one's own"`
	Outcome    volunteers.Verdict `json:"outcome" enum:",proper,improper,cannot_tell" doc:"of all reviewers, once it is decided"`
	Followed   *matter.Outcome    `json:"followed,omitempty" doc:"what became of it, where it was held improper"`
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

// Review is a review as the office and the department see it. Reviewers have no
// names here.
type Review struct {
	ID         uint64             `json:"id"`
	Kind       volunteers.Kind    `json:"kind" enum:"rejection,overdue,authorization,finding"`
	State      string             `json:"state" enum:"open,third,done"`
	Verdict    volunteers.Verdict `json:"verdict" enum:",proper,improper,cannot_tell" doc:"once it is decided"`
	Department string             `json:"department"`
	ItemName   string             `json:"item_name"`
	CaseID     uint64             `json:"case_id,omitempty"`
	Draw       uint64             `json:"draw,omitempty" doc:"the draw that it came from"`
	Reason     string             `json:"reason,omitempty" doc:"why it was put up by hand; the office's own"`
	CreatedAt  time.Time          `json:"created_at"`
	DueAt      time.Time          `json:"due_at"`
	DoneAt     time.Time          `json:"done_at,omitzero"`
	Wanting    int                `json:"wanting" doc:"seats without a reviewer"`
	Seats      []ReviewSeat       `json:"seats" doc:"empty for departments before it is decided"`
}

// ReviewSeat is one reviewer's part.
type ReviewSeat struct {
	Seat     int                 `json:"seat" doc:"1, 2, 3 for reviewer 甲, 乙, 丙"`
	State    string              `json:"state" enum:"assigned,declared,refused,in"`
	Verdict  volunteers.Verdict  `json:"verdict" enum:",proper,improper,cannot_tell"`
	Reasons  []string            `json:"reasons"`
	Note     string              `json:"note"`
	Conflict volunteers.Conflict `json:"conflict" enum:",employer,kin,application"`
}

// DrawRequest asks for a draw.
type DrawRequest struct {
	Kind    volunteers.Kind `json:"kind" enum:"rejection,overdue,authorization,finding"`
	From    string          `json:"from" format:"date" doc:"when it came about, inclusive"`
	To      string          `json:"to" format:"date" doc:"inclusive"`
	Percent int             `json:"percent" minimum:"0" maximum:"100" doc:"of each department's"`
	AtLeast int             `json:"at_least" minimum:"0" maximum:"50" doc:"of each department"`
}

// Draw is a draw that was made.
type Draw struct {
	ID         uint64          `json:"id"`
	Name       string          `json:"name"`
	Kind       volunteers.Kind `json:"kind" enum:"rejection,overdue,authorization,finding"`
	At         time.Time       `json:"at"`
	Candidates int             `json:"candidates"`
	Drawn      int             `json:"drawn"`
	Period     string          `json:"period,omitempty" format:"date" doc:"of a planned draw: the first day of its week or month"`
}

// Reviewer is who sat at a review.
type Reviewer struct {
	Seat int    `json:"seat"`
	Name string `json:"name"`
}

// ReviewFilter are the filters of the reviews and their export.
type ReviewFilter struct {
	Department string             `query:"department" maxLength:"64"`
	Kind       volunteers.Kind    `query:"kind" enum:"rejection,overdue,authorization,finding"`
	State      string             `query:"state" enum:"open,third,done"`
	Verdict    volunteers.Verdict `query:"verdict" enum:"proper,improper,cannot_tell" doc:"of those that are decided"`
	Text       string             `query:"text" maxLength:"100" doc:"a review's number, a case number's beginning, or part of an item's name"`
	From       string             `query:"from" doc:"when it was put up: an instant (RFC 3339), or a date, which means its beginning in the office's zone"`
	To         string             `query:"to" doc:"exclusive"`
	Ascending  bool               `query:"ascending"`
}

func (f *ReviewFilter) query() (volunteers.ReviewFilter, error) {
	q := volunteers.ReviewFilter{Department: f.Department, Kind: f.Kind, State: f.State, Verdict: f.Verdict, Text: strings.TrimSpace(f.Text), Ascending: f.Ascending}
	return q, instants(instant{"from", f.From, &q.From}, instant{"to", f.To, &q.To})
}

// Reviews is the volunteers' reviewing; package console has it.
type Reviews interface {
	Mine(ctx context.Context) ([]MyReview, error)
	Page(ctx context.Context, id uint64) (*ReviewPage, error)
	Declare(ctx context.Context, id uint64, c volunteers.Conflict, note string) error
	Judge(ctx context.Context, id uint64, v volunteers.Verdict, reasons []string, note string) error
	All(ctx context.Context, f volunteers.ReviewFilter, at store.Window) (store.Page[Review], error)
	Each(ctx context.Context, f volunteers.ReviewFilter, each func(*export.Review) error) error
	Draws(ctx context.Context) ([]Draw, error)
	Draw(ctx context.Context, q DrawRequest) (*Draw, error)
	Certificate(ctx context.Context, id uint64) (*draw.Certificate, error)
	Unseal(ctx context.Context, id uint64, reason string) ([]Reviewer, error)
	ReviewChoice
}

// reviewing registers what volunteers review, and what the office does about it.
func (a *oldAPI) reviewing() {
	get(a, "/my/reviews", "myReviews", "What one has to review", func(ctx context.Context, _ *none) ([]MyReview, error) {
		return a.reviews.Mine(ctx)
	})
	get(a, "/my/reviews/{id}", "myReview", "A review with all one needs for a verdict, once no interest was declared", func(ctx context.Context, in *api.ByID) (*ReviewPage, error) {
		return a.reviews.Page(ctx, in.ID)
	})
	act(a, "/my/reviews/{id}/interest", "declareInterest", "Say whether one has an interest in the case", func(ctx context.Context, in *struct {
		api.ByID
		Body struct {
			Conflict volunteers.Conflict `json:"conflict" enum:"none,employer,kin,application"`
			Note     string              `json:"note,omitempty" maxLength:"2000"`
		}
	}) error {
		return a.reviews.Declare(ctx, in.ID, in.Body.Conflict, in.Body.Note)
	})
	act(a, "/my/reviews/{id}/verdict", "giveVerdict", "Give one's verdict; it cannot be changed", func(ctx context.Context, in *struct {
		api.ByID
		Body struct {
			Verdict volunteers.Verdict `json:"verdict" enum:"proper,improper,cannot_tell"`
			Reasons []string           `json:"reasons,omitempty" maxItems:"20"`
			Note    string             `json:"note,omitempty" maxLength:"2000"`
		}
	}) error {
		return a.reviews.Judge(ctx, in.ID, in.Body.Verdict, in.Body.Reasons, in.Body.Note)
	})
	get(a, "/reviews", "reviews", "Reviews, newest first", func(ctx context.Context, in *struct {
		ReviewFilter
		Window
	}) (store.Page[Review], error) {
		q, err := in.query()
		if err != nil {
			return store.Page[Review]{}, err
		}
		return a.reviews.All(ctx, q, in.at())
	})
	huma.Register(a.huma, exportOperation("reviews", "exportReviews", "Reviews as a file, without who reviewed"), func(_ context.Context, in *struct {
		Format string `query:"format" enum:"csv,json,xlsx" default:"csv"`
		ReviewFilter
	}) (*huma.StreamResponse, error) {
		q, err := in.query()
		return a.Download("reviews", "评议", in.Format, in.ReviewFilter, err, func(ctx context.Context, w io.Writer, f export.File) error {
			return export.Reviews(w, f, func(each func(*export.Review) error) error { return a.reviews.Each(ctx, q, each) })
		}), nil
	})
	handle(a, operation(http.MethodPost, "/reviews/{id}/names", "unsealReviewers", "See who reviewed; who asks and why is journaled"), api.UsualTime,
		func(ctx context.Context, in *struct {
			api.ByID
			Body struct {
				Reason string `json:"reason" minLength:"4" maxLength:"200"`
			}
		}) ([]Reviewer, error) {
			return a.reviews.Unseal(ctx, in.ID, in.Body.Reason)
		})
	get(a, "/draws", "draws", "Draws, newest first", func(ctx context.Context, _ *none) ([]Draw, error) {
		return a.reviews.Draws(ctx)
	})
	handle(a, operation(http.MethodPost, "/draws", "makeDraw", "Draw a sample and put it up for review"), api.UsualTime,
		func(ctx context.Context, in *struct{ Body DrawRequest }) (*Draw, error) {
			return a.reviews.Draw(ctx, in.Body)
		})
	get(a, "/draws/{id}/certificate", "drawCertificate", "All that anybody needs to make a draw again; mingcha-redraw reads it", func(ctx context.Context, in *api.ByID) (*draw.Certificate, error) {
		return a.reviews.Certificate(ctx, in.ID)
	})
}
