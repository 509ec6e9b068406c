package volunteers

import (
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
