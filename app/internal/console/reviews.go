package console

import (
	"context"
	"database/sql"
	"errors"
	"slices"
	"strings"

	"github.com/mingcha-console/mingcha/app/internal/access"
	"github.com/mingcha-console/mingcha/app/internal/casefile"
	"github.com/mingcha-console/mingcha/app/internal/draw"
	"github.com/mingcha-console/mingcha/app/internal/drawing"
	"github.com/mingcha-console/mingcha/app/internal/export"
	"github.com/mingcha-console/mingcha/app/internal/features/account"
	"github.com/mingcha-console/mingcha/app/internal/httpapi"
	"github.com/mingcha-console/mingcha/app/internal/list"
	"github.com/mingcha-console/mingcha/app/internal/store"
	"github.com/mingcha-console/mingcha/app/internal/volunteers"
	"github.com/mingcha-console/mingcha/app/internal/workday"
)

// Reviews is the volunteers' reviewing as the HTTP API sees it.
type Reviews struct {
	c *Console
	v *volunteers.Volunteers
}

// Reviews is the console's.
func (c *Console) Reviews() *Reviews { return &Reviews{c, c.volunteers} }

// Mine lists what the asking volunteer has to review.
func (r *Reviews) Mine(ctx context.Context) ([]httpapi.MyReview, error) {
	who := access.From(ctx)
	all, err := r.v.Mine(ctx, who.Account)
	if err != nil {
		return nil, err
	}
	names, err := r.itemNames(ctx)
	if err != nil {
		return nil, err
	}
	out := make([]httpapi.MyReview, len(all))
	for i := range all {
		out[i] = mine(&all[i], who.Account, names)
	}
	return out, r.c.followReviews(ctx, out)
}

var myStates = map[string]string{volunteers.Assigned: "declare", volunteers.Declared: "open", volunteers.In: "in", volunteers.Refused: "refused", volunteers.Left: "left"}

func mine(r *volunteers.Review, account uint64, names map[itemKey]string) httpapi.MyReview {
	s, _ := r.SeatOf(account)
	m := httpapi.MyReview{ID: r.ID, Kind: r.Kind, State: myStates[s.State], Department: r.Department, ItemName: names[itemKey{r.Department, r.Item}],
		AssignedAt: s.AssignedAt, DueAt: r.DueAt, Verdict: s.Verdict}
	if s.State == volunteers.In { // not before one's own is in
		m.Outcome = r.Verdict
	}
	return m
}

type itemKey struct{ department, item string }

func (r *Reviews) itemNames(ctx context.Context) (map[itemKey]string, error) {
	items, err := casefile.Read(ctx, r.c.cases, func(v *casefile.View) ([]casefile.Item, error) { return v.Items("") })
	names := map[itemKey]string{}
	for _, it := range items {
		names[itemKey{it.Department, it.Code}] = it.Name
	}
	return names, err
}

// Declare says whether the asking volunteer has an interest.
func (r *Reviews) Declare(ctx context.Context, id uint64, c volunteers.Conflict, note string) error {
	return r.v.Declare(ctx, access.From(ctx), id, c, note)
}

// Judge gives the asking volunteer's verdict.
func (r *Reviews) Judge(ctx context.Context, id uint64, v volunteers.Verdict, reasons []string, note string) error {
	return r.v.Judge(ctx, access.From(ctx), id, v, reasons, strings.TrimSpace(note))
}

// All lists reviews for the office, and for a department its own. What single
// reviewers said is told once all have; who they are is not.
func (r *Reviews) All(ctx context.Context, f volunteers.ReviewFilter, at store.Window) (store.Page[httpapi.Review], error) {
	restricted, some := own(ctx, &f)
	if !some {
		return store.Page[httpapi.Review]{}, nil
	}
	p, err := r.v.Reviews(ctx, f, at)
	if err != nil {
		return store.Page[httpapi.Review]{}, err
	}
	names, err := r.itemNames(ctx)
	return paged(p, func(x *volunteers.Review) httpapi.Review { return seenBy(restricted, x, names) }), err
}

// own keeps a liaison to what is decided of its own department, and tells whether
// it is kept, and whether anything can be left of what it asks for.
func own(ctx context.Context, f *volunteers.ReviewFilter) (restricted, some bool) {
	department, restricted := access.From(ctx).Restricted()
	if !restricted {
		return false, true
	}
	some = (f.Department == "" || f.Department == department) && (f.State == "" || f.State == volunteers.Done)
	f.Department, f.State = department, volunteers.Done
	return true, some
}

// seenBy is a review as the office sees it, or as a department does.
func seenBy(restricted bool, x *volunteers.Review, names map[itemKey]string) httpapi.Review {
	out := review(x, names)
	if restricted {
		out.Reason = ""
	}
	return out
}

// Each calls each with every review of the filter that the asking person may
// see, as a file has it.
func (r *Reviews) Each(ctx context.Context, f volunteers.ReviewFilter, each func(*export.Review) error) error {
	restricted, some := own(ctx, &f)
	if !some {
		return nil
	}
	names, err := r.itemNames(ctx)
	if err != nil {
		return err
	}
	return r.v.EachReview(ctx, f, func(x *volunteers.Review) error {
		out := filed(seenBy(restricted, x, names))
		if x.CaseID > 0 {
			if out.CaseNo, err = r.c.cases.CaseNo(ctx, x.CaseID); err != nil {
				return err
			}
		}
		return each(&out)
	})
}

// filed is a review as a file has it.
func filed(x httpapi.Review) export.Review {
	out := export.Review{ID: x.ID, Kind: string(x.Kind), State: x.State, Verdict: string(x.Verdict), Department: x.Department, Item: x.ItemName, Draw: x.Draw,
		Reason: x.Reason, CreatedAt: x.CreatedAt, DueAt: x.DueAt, DoneAt: x.DoneAt}
	var notes []string
	for _, s := range x.Seats {
		if s.State != volunteers.In {
			continue
		}
		if out.Answered < len(out.Verdicts) {
			out.Verdicts[out.Answered] = string(s.Verdict)
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

func review(x *volunteers.Review, names map[itemKey]string) httpapi.Review {
	out := httpapi.Review{ID: x.ID, Kind: x.Kind, State: x.State, Verdict: x.Verdict, Department: x.Department, ItemName: names[itemKey{x.Department, x.Item}],
		CaseID: x.CaseID, Draw: x.Draw, Reason: x.Reason, CreatedAt: x.CreatedAt, DueAt: x.DueAt, DoneAt: x.DoneAt, Wanting: x.Missing()}
	for _, s := range x.Seats {
		if s.State == volunteers.Left {
			continue // the office knows whose term ended when
		}
		seat := httpapi.ReviewSeat{Seat: s.Seat, State: s.State, Conflict: s.Conflict}
		if x.State == volunteers.Done {
			seat.Verdict, seat.Reasons, seat.Note = s.Verdict, s.Reasons, s.Note
		}
		out.Seats = append(out.Seats, seat)
	}
	return out
}

// Unseal tells who reviewed, and journals who asked and why.
func (r *Reviews) Unseal(ctx context.Context, id uint64, reason string) ([]httpapi.Reviewer, error) {
	x, err := r.v.Review(ctx, id)
	if err != nil {
		return nil, err
	}
	if err := account.Note(ctx, r.c.accounts, account.Unsealed, access.From(ctx), account.Opening{Review: id, Reason: reason}); err != nil {
		return nil, err
	}
	names, err := r.c.accounts.Names(ctx)
	if err != nil {
		return nil, err
	}
	var out []httpapi.Reviewer
	for _, s := range x.Seats {
		if s.State == volunteers.Left {
			continue // somebody else reviewed in their place
		}
		out = append(out, httpapi.Reviewer{Seat: s.Seat, Name: names[s.Account]})
	}
	return out, nil
}

// Draws lists the draws.
func (r *Reviews) Draws(ctx context.Context) ([]httpapi.Draw, error) {
	all, err := r.v.Draws(ctx)
	out := make([]httpapi.Draw, len(all))
	for i := range all {
		out[i] = drawn(&all[i])
	}
	return out, err
}

// Draw takes a sample and puts it up for review.
func (r *Reviews) Draw(ctx context.Context, q httpapi.DrawRequest) (*httpapi.Draw, error) {
	from, err := workday.ParseDate(q.From)
	if err != nil {
		return nil, err
	}
	to, err := workday.ParseDate(q.To)
	if err != nil {
		return nil, err
	}
	d, err := r.v.Draw(ctx, access.From(ctx), volunteers.DrawRequest{Kind: q.Kind, From: from, To: to, Percent: q.Percent, AtLeast: q.AtLeast})
	out := drawn(&d)
	return &out, err
}

func drawn(d *drawing.Drawn) httpapi.Draw {
	return httpapi.Draw{ID: d.ID, Name: d.Name, Kind: volunteers.Kind(d.Kind), At: d.At, Candidates: d.Candidates, Drawn: d.Drawn, Period: d.Period}
}

// Certificate is what anybody needs to make a draw again.
func (r *Reviews) Certificate(ctx context.Context, id uint64) (*draw.Certificate, error) {
	c, err := r.v.Certificate(ctx, id)
	return &c, err
}

// Page is all that a reviewer needs; see httpapi.ReviewPage.
func (r *Reviews) Page(ctx context.Context, id uint64) (*httpapi.ReviewPage, error) {
	who := access.From(ctx)
	x, err := r.v.Review(ctx, id)
	if err != nil {
		return nil, err
	}
	s, ok := x.SeatOf(who.Account)
	if !ok {
		return nil, volunteers.ErrNoReview
	}
	names, err := r.itemNames(ctx)
	if err != nil {
		return nil, err
	}
	p := &httpapi.ReviewPage{Review: mine(&x, who.Account, names), Question: questions[x.Kind], Law: laws[x.Kind], Reasons: map[string][]string{}}
	if s.State == volunteers.Assigned || s.State == volunteers.Refused || s.State == volunteers.Left {
		return p, nil // nothing of the case before there is no interest
	}
	for _, v := range volunteers.Verdicts {
		p.Reasons[string(v)] = volunteers.Reasons(x.Kind, v)
	}
	if x.Kind == volunteers.Authorization {
		return p, r.authorization(ctx, p, &x)
	}
	return p, r.caseOf(ctx, p, &x)
}

// authorization puts a written authorization on the page.
func (r *Reviews) authorization(ctx context.Context, p *httpapi.ReviewPage, x *volunteers.Review) error {
	no, err := r.v.AuthorizationNo(ctx, x.Subject)
	if errors.Is(err, sql.ErrNoRows) {
		return volunteers.ErrNoReview
	}
	if err != nil {
		return err
	}
	page, err := casefile.Read(ctx, r.c.cases, func(v *casefile.View) (store.Page[casefile.AuthorizationRow], error) {
		return v.AuthorizationRegister(list.Asking("department", x.Department, "text", no).Window(0, 10))
	})
	if err != nil {
		return err
	}
	for _, a := range page.Rows {
		if a.No == no {
			p.Story, p.Papers = authorizationStory(&a), authorizationPapers(&a)
		}
	}
	return nil
}
