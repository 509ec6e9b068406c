package review

import (
	"context"
	"slices"
	"strings"

	"github.com/mingcha-console/mingcha/app/internal/access"
	"github.com/mingcha-console/mingcha/app/internal/list"
	"github.com/mingcha-console/mingcha/app/internal/store"
)

// rows lists reviews for the office, and for a department its own. What single
// reviewers said is told once all have; who they are is not.
func (s *Reviews) rows(ctx context.Context, ask list.Ask) (store.Page[Row], error) {
	ask, restricted, some := own(access.From(ctx), ask)
	if !some {
		return store.Page[Row]{}, nil
	}
	p, err := s.List(ctx, ask)
	if err != nil {
		return store.Page[Row]{}, err
	}
	items, err := s.office.ItemNames(ctx)
	if err != nil {
		return store.Page[Row]{}, err
	}
	out := store.Mapped(p, func(x *Review) Row { return seenBy(restricted, x, items) })
	for i := range out.Rows {
		if err := s.number(ctx, &out.Rows[i]); err != nil {
			return store.Page[Row]{}, err
		}
	}
	return out, nil
}

// number puts a review's case number in, where it is of a case.
func (s *Reviews) number(ctx context.Context, r *Row) (err error) {
	if r.CaseID > 0 {
		r.CaseNo, err = s.office.Cases.CaseNo(ctx, r.CaseID)
	}
	return err
}

// file calls each with every review that the asking person may see, as a file has
// it.
func (s *Reviews) file(ctx context.Context, ask list.Ask, each func(*Filed) error) error {
	ask, restricted, some := own(access.From(ctx), ask)
	if !some {
		return nil
	}
	items, err := s.office.ItemNames(ctx)
	if err != nil {
		return err
	}
	return s.Each(ctx, ask, func(x *Review) error {
		out := filed(seenBy(restricted, x, items))
		if err := s.number(ctx, &out.Row); err != nil {
			return err
		}
		return each(&out)
	})
}

// seenBy is a review as the office sees it, or as a department does, which is not
// told why the office put it up.
func seenBy(restricted bool, x *Review, items itemNames) Row {
	out := row(x, items)
	if restricted {
		out.Reason = ""
	}
	return out
}

func row(x *Review, items itemNames) Row {
	out := Row{ID: x.ID, Kind: x.Kind, State: x.State, Verdict: x.Verdict, Department: x.Department, ItemName: items(x.Department, x.Item),
		CaseID: x.CaseID, Draw: x.Draw, Reason: x.Reason, CreatedAt: x.CreatedAt, DueAt: x.DueAt, DoneAt: x.DoneAt, Wanting: x.Missing()}
	for _, s := range x.Seats {
		if s.State == Left {
			continue // the office knows whose term ended when
		}
		seat := ReviewSeat{Seat: s.Seat, State: s.State, Conflict: s.Conflict}
		if x.State == Done {
			seat.Verdict, seat.Reasons, seat.Note = s.Verdict, s.Reasons, s.Note
		}
		out.Seats = append(out.Seats, seat)
	}
	return out
}

// filed is a review as a file has it.
func filed(x Row) Filed {
	out := Filed{Row: x}
	var notes []string
	for _, s := range x.Seats {
		if s.State != In {
			continue
		}
		if out.Answered < len(out.Verdicts) {
			out.Verdicts[out.Answered] = s.Verdict
		}
		out.Answered++
		for _, reason := range s.Reasons {
			if !slices.Contains(out.Reasons, reason) {
				out.Reasons = append(out.Reasons, reason)
			}
		}
		if s.Note != "" {
			notes = append(notes, s.Note)
		}
	}
	out.Notes = strings.Join(notes, "\n")
	return out
}
