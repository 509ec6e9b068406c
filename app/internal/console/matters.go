package console

import (
	"context"
	"slices"

	"github.com/mingcha-console/mingcha/app/internal/features/matter"
	"github.com/mingcha-console/mingcha/app/internal/httpapi"
	"github.com/mingcha-console/mingcha/app/internal/volunteers"
)

// followVisits tells who filed visits what became of each finding, by visit.
func (c *Console) followVisits(ctx context.Context, filed []volunteers.Visit) (map[uint64][]httpapi.FollowedFinding, error) {
	ids := make([]uint64, len(filed))
	for i := range filed {
		ids[i] = filed[i].ID
	}
	all, err := c.matters.Of(ctx, matter.Visit, ids)
	out := map[uint64][]httpapi.FollowedFinding{}
	for id, of := range all {
		slices.SortFunc(of, func(a, b matter.Matter) int { return a.Finding - b.Finding })
		for i := range of {
			m := &of[i]
			out[id] = append(out[id], httpapi.FollowedFinding{VisitFinding: volunteers.VisitFinding{Category: m.Category, Severity: m.Severity, Fact: m.Fact}, Outcome: c.matters.Outcome(m)})
		}
	}
	return out, err
}
