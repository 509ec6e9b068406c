package term

import (
	"context"
	"time"

	"github.com/mingcha-console/mingcha/app/internal/workday"
)

// Span is some days of the office, both inclusive.
type Span struct{ From, To workday.Date }

// Record is what a volunteer did in a span: sums, of which nothing leads to
// single reviews or visits. It tells how things stood at the end of the span,
// and does not change afterwards.
type Record struct {
	Assigned   int `json:"assigned" doc:"reviews that came to them: the sum of the next six"`
	InTime     int `json:"in_time" doc:"verdicts given in time"`
	Late       int `json:"late" doc:"verdicts given late"`
	Open       int `json:"open" doc:"verdicts awaited"`
	OpenLate   int `json:"open_late" doc:"verdicts awaited that are late"`
	Interests  int `json:"interests" doc:"an interest was declared"`
	HandedOver int `json:"handed_over" doc:"taken over by others when the term ended"`

	Asked    int `json:"asked" doc:"visits that the office asked for, and that were neither cancelled nor declined"`
	Answered int `json:"answered" doc:"of those: a sheet was filed"`
	Filed    int `json:"filed" doc:"sheets filed, of one's own accord or asked for"`

	Findings int `json:"findings" doc:"noted in those sheets"`
	Upheld   int `json:"upheld" doc:"of those: done and upheld"`
	Dropped  int `json:"dropped" doc:"of those: done and not upheld"`
}

// Rated is what departments think of somebody's notes, on average.
type Rated struct {
	Ratings  int     `json:"ratings" doc:"that the averages are of, a multiple of three; 0: too few to be told"`
	Facts    float64 `json:"facts" doc:"1 worst, 5 best; 0 without ratings"`
	Fairness float64 `json:"fairness" doc:"1 worst, 5 best; 0 without ratings"`
}

// Work tells what volunteers did by that office. It is asked for and not read here:
// reviews, visits and what departments think of notes are other features'.
type Work struct {
	Record func(ctx context.Context, account uint64, s Span) (Record, error)
	// Active is when somebody last did something by the end of a day; zero: never.
	Active func(ctx context.Context, account uint64, by workday.Date) (time.Time, error)
	// Asked tells whether by the end of a day something was asked of somebody in
	// vain: a review was overdue then, or the day of a visit passed after a day.
	Asked func(ctx context.Context, account uint64, after, by workday.Date) (bool, error)
	// Rated is what departments think of somebody's notes by the end of a day.
	Rated func(ctx context.Context, account uint64, by workday.Date) (Rated, error)
}
