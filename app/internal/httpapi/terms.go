package httpapi

import (
	"context"
	"net/http"

	"github.com/mingcha-console/mingcha/app/internal/api"

	"github.com/mingcha-console/mingcha/app/internal/volunteers"
)

// RatedNote is how a department rated the note of a matter, or may.
type RatedNote struct {
	May    bool                   `json:"may" doc:"who asks can rate it now"`
	Rating *volunteers.NoteRating `json:"rating,omitempty"`
}

// NewNoteRating rates the note of a matter.
type NewNoteRating struct {
	api.Keyed
	volunteers.NoteRating
}

// Terms is how departments rate notes; package console has it.
type Terms interface {
	NoteRating(ctx context.Context, matter uint64) (*RatedNote, error)
	RateNote(ctx context.Context, matter uint64, r NewNoteRating) error
}

// rating registers how departments rate the notes that matters came from.
func (a *oldAPI) rating() {
	get(a, "/matters/{id}/rating", "noteRating", "How the department rated the note that a matter came from", func(ctx context.Context, in *api.ByID) (*RatedNote, error) {
		return a.terms.NoteRating(ctx, in.ID)
	})
	handle(a, operation(http.MethodPost, "/matters/{id}/rating", "rateNote", "Rate the note that a done matter came from, once; whose it was nobody is told"), api.UsualTime,
		func(ctx context.Context, in *struct {
			api.ByID
			Body NewNoteRating
		}) (*RatedNote, error) {
			if err := a.terms.RateNote(ctx, in.ID, in.Body); err != nil {
				return nil, err
			}
			return a.terms.NoteRating(ctx, in.ID)
		})
}
