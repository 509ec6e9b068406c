package volunteers

import (
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
