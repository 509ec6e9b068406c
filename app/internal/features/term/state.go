package term

import (
	"slices"

	"github.com/mingcha-console/mingcha/app/internal/workday"
)

// State is where somebody stands with their terms on a day.
type State string

const (
	Unregistered State = "unregistered" // never appointed; serves all the same, see serves
	Coming       State = "coming"       // appointed, and not begun
	Serving      State = "serving"
	Ending       State = "ending" // serves, and within 30 days no longer does
	Over         State = "over"
)

// soon is how many days before a term ends the office is told.
const soon = 30

// StateOn is how somebody's terms, the earliest first, stand on a day, and the
// term that it follows from: the one of the day, else the next, else the last;
// nil where there is none.
func StateOn(all []Term, day workday.Date) (State, *Term) {
	if len(all) == 0 {
		return Unregistered, nil
	}
	on := day.String()
	for i := range all {
		t := &all[i]
		switch {
		case !begins(*t) || t.Until < on: // never began, or is over
		case t.First > on:
			return Coming, t
		case t.Until <= (day+soon).String() && !slices.ContainsFunc(all[i+1:], begins):
			return Ending, t
		default:
			return Serving, t
		}
	}
	return Over, &all[len(all)-1]
}

// begins tells whether a term was not ended before it began.
func begins(t Term) bool { return t.First <= t.Until }
