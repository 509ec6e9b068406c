package volunteers

import (
	"slices"
	"strings"
	"time"

	"github.com/mingcha-console/mingcha/app/internal/features/matter"
	"github.com/mingcha-console/mingcha/app/internal/store"
)

// follow opens a matter for a review that ended improper, with what those said
// who found it so.
func (r *Review) follow(w *store.Writer, at time.Time) error {
	var ticked, notes []string
	for _, s := range r.Seats {
		if s.State != In || s.Verdict != Improper {
			continue
		}
		ticked = append(ticked, s.Reasons...)
		if s.Note != "" {
			notes = append(notes, s.Note)
		}
	}
	slices.Sort(ticked)
	return matter.Open(w, matter.Opening{Source: matter.Review, SourceID: r.ID, Department: r.Department, Category: string(r.Kind),
		Fact: strings.Join(notes, "\n"), Reasons: slices.Compact(ticked), CaseID: r.CaseID, Item: r.Item}, at)
}
