package console

import (
	"context"

	"github.com/mingcha-console/mingcha/app/internal/access"
	"github.com/mingcha-console/mingcha/app/internal/httpapi"
	"github.com/mingcha-console/mingcha/app/internal/volunteers"
)

// Terms is how departments rate notes, as the HTTP API sees it.
type Terms struct {
	c *Console
	v *volunteers.Volunteers
}

// Terms is the console's.
func (c *Console) Terms() *Terms { return &Terms{c, c.volunteers} }

// NoteRating is how the note of a matter that the asking person may see was
// rated, and whether they may.
func (s *Terms) NoteRating(ctx context.Context, matter uint64) (*httpapi.RatedNote, error) {
	who := access.From(ctx)
	m, err := s.c.matters.One(ctx, who, matter)
	if err != nil {
		return nil, err
	}
	r, err := s.v.NoteRating(ctx, matter)
	return &httpapi.RatedNote{May: r == nil && volunteers.Rateable(&m) && access.May(who.Role, "rateNote"), Rating: r}, err
}

// RateNote rates the note of a matter that the asking person may see.
func (s *Terms) RateNote(ctx context.Context, matter uint64, r httpapi.NewNoteRating) error {
	who := access.From(ctx)
	if _, err := s.c.matters.One(ctx, who, matter); err != nil {
		return err
	}
	return s.v.RateNote(ctx, who, r.Key, matter, r.NoteRating)
}
