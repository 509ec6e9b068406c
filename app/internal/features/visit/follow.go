package visit

import (
	"context"
	"slices"
	"strings"
	"time"

	"github.com/mingcha-console/mingcha/app/internal/features/matter"
	"github.com/mingcha-console/mingcha/app/internal/store"
)

// follow opens a matter for each finding of a visit that was just filed.
func (s *Sheet) follow(w *store.Writer, id uint64, at time.Time) error {
	for i, f := range s.Findings {
		if err := matter.Open(w, matter.Opening{Source: matter.Visit, SourceID: id, Finding: i + 1, Department: s.Department,
			Category: f.Category, Severity: f.Severity, Fact: f.Fact, Item: s.Item, Place: strings.TrimSpace(s.Place + " " + s.Window), SeenAt: s.ArrivedAt}, at); err != nil {
			return err
		}
	}
	return nil
}

// followed tells who filed visits what became of each finding, by visit.
func (s *Visits) followed(ctx context.Context, all []Visit) (map[uint64][]FollowedFinding, error) {
	ids := make([]uint64, len(all))
	for i := range all {
		ids[i] = all[i].ID
	}
	matters, err := s.matters.Of(ctx, matter.Visit, ids)
	out := map[uint64][]FollowedFinding{}
	for id, of := range matters {
		slices.SortFunc(of, func(a, b matter.Matter) int { return a.Finding - b.Finding })
		for i := range of {
			m := &of[i]
			out[id] = append(out[id], FollowedFinding{VisitFinding: VisitFinding{Category: m.Category, Severity: m.Severity, Fact: m.Fact}, Outcome: s.matters.Outcome(m)})
		}
	}
	return out, err
}
