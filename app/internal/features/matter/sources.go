package matter

import "github.com/mingcha-console/mingcha/app/internal/workflow"

// Source is what a matter comes from.
type Source string

const (
	Visit  Source = "visit"  // a finding of a visit
	Review Source = "review" // a review that ended improper
	Rating Source = "rating" // a bad rating, or one that its rater called bad when called back
)

// flows are the ways of matters, by what they come from.
var flows = map[Source]*workflow.Definition{Visit: &Flow, Review: &Flow, Rating: &RatingFlow}

// Flow is the way that the matter goes.
func (o *Opening) Flow() *workflow.Definition { return flows[o.Source] }

// direct tells whether the matter is the department's from the start, so that
// nobody has to hand it over and word it for them.
func (o *Opening) direct() bool { return o.Flow().On == Department }

// action finds an action of any flow; those of one name have the same words.
func action(name string) (a workflow.Action, ok bool) {
	for _, d := range []*workflow.Definition{&Flow, &RatingFlow} {
		if a, ok = d.Action(name); ok {
			break
		}
	}
	return a, ok
}
