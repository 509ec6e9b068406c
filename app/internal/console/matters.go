package console

import (
	"context"
	"maps"
	"slices"

	"github.com/mingcha-console/mingcha/app/internal/features/matter"
	"github.com/mingcha-console/mingcha/app/internal/httpapi"
	"github.com/mingcha-console/mingcha/app/internal/volunteers"
)

// followReviews tells reviewers what became of what they together held
// improper.
func (c *Console) followReviews(ctx context.Context, mine []httpapi.MyReview) error {
	byID := map[uint64]*httpapi.MyReview{}
	for i := range mine {
		if mine[i].Outcome == volunteers.Improper {
			byID[mine[i].ID] = &mine[i]
		}
	}
	all, err := c.matters.Of(ctx, matter.Review, slices.Collect(maps.Keys(byID)))
	for id, of := range all {
		o := c.matters.Outcome(&of[0])
		byID[id].Followed = &o
	}
	return err
}
