package notefeedback

import (
	"context"

	"github.com/mingcha-console/mingcha/app/internal/access"
	"github.com/mingcha-console/mingcha/app/internal/api"
	"github.com/mingcha-console/mingcha/app/internal/feature"
)

// NoteRating is what a department thinks of the note that a matter came from.
type NoteRating struct {
	Facts    int    `json:"facts" minimum:"1" maximum:"5" doc:"facts told clearly: 1 worst, 5 best"`
	Fairness int    `json:"fairness" minimum:"1" maximum:"5" doc:"fair in attitude: 1 worst, 5 best"`
	Word     string `json:"word,omitempty" maxLength:"200"`
}

// RatedNote is how a department rated the note of a matter, or may.
type RatedNote struct {
	May    bool        `json:"may" doc:"who asks can rate it now"`
	Rating *NoteRating `json:"rating,omitempty"`
}

// NewNoteRating rates the note of a matter.
type NewNoteRating struct {
	Key string `json:"key" minLength:"8" maxLength:"64" doc:"chosen by the page"`
	NoteRating
}

// Rated is what departments think of somebody's notes, on average.
type Rated struct {
	Ratings  int     `json:"ratings" doc:"that the averages are of, a multiple of three; 0: too few to be told"`
	Facts    float64 `json:"facts" doc:"1 worst, 5 best; 0 without ratings"`
	Fairness float64 `json:"fairness" doc:"1 worst, 5 best; 0 without ratings"`
}

// Feature is what departments think of notes.
func (s *Feedback) Feature() feature.Feature {
	return feature.Feature{Name: "notefeedback", Acts: Acts, Tables: Tables, Operations: s.operations}
}

// operations are a liaison's for a matter of its department. The desk reads them.
func (s *Feedback) operations(h *api.API) {
	api.Get(h, "/matters/{id}/rating", "noteRating", "How the department rated the note that a matter came from", access.StepsMatters,
		func(ctx context.Context, in *api.ByID) (*RatedNote, error) { return s.one(ctx, in.ID) })
	api.Post(h, "/matters/{id}/rating", "rateNote", "Rate the note that a done matter came from, once; whose it was nobody is told", access.Liaisons,
		func(ctx context.Context, in *struct {
			api.ByID
			Body NewNoteRating
		}) (*RatedNote, error) {
			who := access.From(ctx)
			if _, err := s.matters.One(ctx, who, in.ID); err != nil {
				return nil, err
			}
			if err := s.Rate(ctx, who, in.Body.Key, in.ID, in.Body.NoteRating); err != nil {
				return nil, err
			}
			return s.one(ctx, in.ID)
		})
}

// one is how the note of a matter that the asking person may see was rated, and
// whether they may rate it.
func (s *Feedback) one(ctx context.Context, id uint64) (*RatedNote, error) {
	who := access.From(ctx)
	m, err := s.matters.One(ctx, who, id)
	if err != nil {
		return nil, err
	}
	r, err := s.Of(ctx, id)
	return &RatedNote{May: r == nil && m.Done && rateable(&m) && who.Role == access.Liaison, Rating: r}, err
}
