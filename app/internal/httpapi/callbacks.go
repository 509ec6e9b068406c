package httpapi

import (
	"context"
	"github.com/mingcha-console/mingcha/app/internal/api"
	"net/http"
	"time"
)

// Callback is a rating whose rater is called back; their number is asked for by
// itself.
type Callback struct {
	ID      uint64        `json:"id"`
	Draw    uint64        `json:"draw"`
	Rating  Rating        `json:"rating"`
	Given   string        `json:"given" enum:"very_satisfied,satisfied,fair,dissatisfied,very_dissatisfied" doc:"the level when it was drawn"`
	State   string        `json:"state" enum:"open,reached,unreached"`
	DueAt   time.Time     `json:"due_at"`
	Overdue bool          `json:"overdue"`
	Own     bool          `json:"own" doc:"once reached: the rating was theirs"`
	Now     string        `json:"now" enum:",very_satisfied,satisfied,fair,dissatisfied,very_dissatisfied" doc:"once reached: the level they give now; empty: it was not theirs"`
	Agrees  bool          `json:"agrees" doc:"once reached: it was theirs, and they are satisfied or not as they were"`
	Said    string        `json:"said"`
	Tries   []CallbackTry `json:"tries"`
}

// CallbackTry is one time that somebody was called.
type CallbackTry struct {
	At      time.Time `json:"at"`
	By      string    `json:"by"`
	Reached bool      `json:"reached"`
	Note    string    `json:"note"`
}

// CallbackDraw is a draw of ratings to call back, with what came of it.
type CallbackDraw struct {
	ID         uint64    `json:"id" doc:"its certificate is a draw's like any other"`
	At         time.Time `json:"at"`
	First      string    `json:"first" format:"date" doc:"of the days that the ratings drawn from were given on"`
	Last       string    `json:"last" format:"date"`
	DueAt      time.Time `json:"due_at"`
	Candidates int       `json:"candidates"`
	Drawn      int       `json:"drawn"`
	Open       int       `json:"open"`
	Reached    int       `json:"reached"`
	Unreached  int       `json:"unreached"`
	Agreeing   int       `json:"agreeing" doc:"of those reached"`
	Differing  int       `json:"differing" doc:"of those reached"`
	NotTheirs  int       `json:"not_theirs" doc:"of those differing: they did not give the rating"`
}

// CallbackRequest asks for a draw. Which ratings they are follows from the day's
// signed checkpoint, not from who asks.
type CallbackRequest struct {
	From    string `json:"from" format:"date"`
	To      string `json:"to" format:"date" doc:"inclusive"`
	Percent int    `json:"percent" minimum:"0" maximum:"100" doc:"of each department's"`
	AtLeast int    `json:"at_least" minimum:"0" maximum:"50" doc:"of each department"`
}

// CallRequest is what came of calling somebody back.
type CallRequest struct {
	Tries   int    `json:"tries" minimum:"0" maximum:"2" doc:"that there were before; where there are more the call is refused with 409"`
	Reached bool   `json:"reached"`
	Own     bool   `json:"own,omitempty" doc:"of one who was reached: the rating was theirs"`
	Now     string `json:"now,omitempty" enum:"very_satisfied,satisfied,fair,dissatisfied,very_dissatisfied" doc:"of one whose rating it was: the level that they give now"`
	Said    string `json:"said,omitempty" maxLength:"2000"`
}

// Callbacks are the calls back; package console has it.
type Callbacks interface {
	Callbacks(ctx context.Context, draw uint64) ([]Callback, error)
	CallbackDraws(ctx context.Context) ([]CallbackDraw, error)
	DrawCallbacks(ctx context.Context, q CallbackRequest) (*CallbackDraw, error)
	// Number journals who asks, and then tells who is to be called.
	Number(ctx context.Context, id uint64) (*Rater, error)
	Record(ctx context.Context, id uint64, c CallRequest) (*Callback, error)
}

// callbacks registers the calls back.
func (a *oldAPI) callbacks() {
	get(a, "/callbacks", "callbacks", "Ratings to be called back", func(ctx context.Context, in *struct {
		Draw uint64 `query:"draw" doc:"0: what is open of all draws"`
	}) ([]Callback, error) {
		return a.ratings.Callbacks(ctx, in.Draw)
	})
	get(a, "/callbacks/draws", "callbackDraws", "Draws of ratings to call back, newest first, with what came of them", func(ctx context.Context, _ *none) ([]CallbackDraw, error) {
		return a.ratings.CallbackDraws(ctx)
	})
	handle(a, operation(http.MethodPost, "/callbacks/draws", "drawCallbacks", "Draw ratings to call back, of those with a telephone"), api.UsualTime,
		func(ctx context.Context, in *struct{ Body CallbackRequest }) (*CallbackDraw, error) {
			return a.ratings.DrawCallbacks(ctx, in.Body)
		})
	handle(a, operation(http.MethodPost, "/callbacks/{id}/number", "openCallback", "See who is to be called back; that one did is journaled"), api.UsualTime,
		func(ctx context.Context, in *api.ByID) (*Rater, error) {
			return a.ratings.Number(ctx, in.ID)
		})
	handle(a, operation(http.MethodPost, "/callbacks/{id}/calls", "recordCallback", "Record a call; it cannot be changed"), api.UsualTime,
		func(ctx context.Context, in *struct {
			api.ByID
			Body CallRequest
		}) (*Callback, error) {
			return a.ratings.Record(ctx, in.ID, in.Body)
		})
}
