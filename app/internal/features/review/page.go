package review

import (
	"context"
	"database/sql"
	"errors"
	"maps"
	"slices"

	"github.com/mingcha-console/mingcha/app/internal/access"
	"github.com/mingcha-console/mingcha/app/internal/api"
	"github.com/mingcha-console/mingcha/app/internal/casefile"
	"github.com/mingcha-console/mingcha/app/internal/features/account"
	"github.com/mingcha-console/mingcha/app/internal/features/matter"
	"github.com/mingcha-console/mingcha/app/internal/list"
	"github.com/mingcha-console/mingcha/app/internal/rules"
	"github.com/mingcha-console/mingcha/app/internal/store"
)

type itemNames = func(department, code string) string

// mine lists what somebody has to review.
func (s *Reviews) mine(ctx context.Context, account uint64) ([]MyReview, error) {
	all, err := s.Mine(ctx, account)
	if err != nil {
		return nil, err
	}
	items, err := s.office.ItemNames(ctx)
	if err != nil {
		return nil, err
	}
	out := make([]MyReview, len(all))
	for i := range all {
		out[i] = mineOf(&all[i], account, items)
	}
	return out, s.followed(ctx, out)
}

var myStates = map[string]string{Assigned: "declare", Declared: "open", In: "in", Refused: "refused", Left: "left"}

func mineOf(r *Review, account uint64, items itemNames) MyReview {
	x, _ := r.SeatOf(account)
	m := MyReview{ID: r.ID, Kind: r.Kind, State: myStates[x.State], Department: r.Department, ItemName: items(r.Department, r.Item),
		AssignedAt: x.AssignedAt, DueAt: r.DueAt, Verdict: x.Verdict}
	if x.State == In { // not before one's own is in
		m.Outcome = r.Verdict
	}
	return m
}

// followed tells reviewers what became of what they together held improper.
func (s *Reviews) followed(ctx context.Context, mine []MyReview) error {
	byID := map[uint64]*MyReview{}
	for i := range mine {
		if mine[i].Outcome == Improper {
			byID[mine[i].ID] = &mine[i]
		}
	}
	all, err := s.matters.Of(ctx, matter.Review, slices.Collect(maps.Keys(byID)))
	for id, of := range all {
		o := s.matters.Outcome(&of[0])
		byID[id].Followed = &o
	}
	return err
}

// page is all that a reviewer needs.
func (s *Reviews) page(ctx context.Context, account, id uint64) (*ReviewPage, error) {
	all, err := s.reviews(ctx, `WHERE id = ? AND id IN (SELECT review FROM review_seats WHERE account = ?)`, int64(id), int64(account))
	if err == nil && len(all) == 0 {
		err = ErrNoReview // others' are none
	}
	if err != nil {
		return nil, err
	}
	x := all[0]
	own, _ := x.SeatOf(account)
	items, err := s.office.ItemNames(ctx)
	if err != nil {
		return nil, err
	}
	p := &ReviewPage{Review: mineOf(&x, account, items), Question: questions[x.Kind], Law: api.Sentence(rules.Law(laws[x.Kind])), Reasons: map[string][]string{}}
	if own.State == Assigned || own.State == Refused || own.State == Left {
		return p, nil // nothing of the case before there is no interest
	}
	for _, v := range Verdicts {
		p.Reasons[string(v)] = Reasons(x.Kind, v)
	}
	if x.Kind == Authorization {
		return p, s.authorization(ctx, p, &x)
	}
	return p, s.caseOf(ctx, p, &x)
}

// authorization puts a written authorization on the page.
func (s *Reviews) authorization(ctx context.Context, p *ReviewPage, x *Review) error {
	no, err := s.AuthorizationNo(ctx, x.Subject)
	if errors.Is(err, sql.ErrNoRows) {
		return ErrNoReview
	}
	if err != nil {
		return err
	}
	page, err := casefile.Read(ctx, s.office.Cases, func(v *casefile.View) (store.Page[casefile.AuthorizationRow], error) {
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

// reviewables are subjects as the office chooses among them.
func reviewables(all []Subject, err error) ([]Reviewable, error) {
	out := make([]Reviewable, len(all))
	for i := range all {
		x := &all[i]
		rule := rules.Lookup(x.Rule())
		out[i] = Reviewable{Subject: x.ID, Kind: x.Kind, Rule: x.Rule(), Name: api.Sentence{ZH: rule.NameZH, EN: rule.NameEN}, Review: x.Review, State: x.State, Verdict: x.Verdict}
	}
	return out, err
}

// planPage is the plan in force, with what one needs to choose shares well.
func (s *Reviews) planPage(ctx context.Context) (*PlanPage, error) {
	p, err := s.Plan(ctx)
	if err != nil {
		return nil, err
	}
	out := &PlanPage{ReviewPlan: p.ReviewPlan, Since: p.Since}
	if out.Recent, err = s.Recent(ctx); err != nil {
		return nil, err
	}
	out.Reviewers, err = s.Reviewers(ctx)
	return out, err
}

// unseal tells who reviewed. Whoever asks journals that they do, and why, first.
func (s *Reviews) unseal(ctx context.Context, who access.Principal, id uint64, reason string) ([]api.Reviewer, error) {
	x, err := s.Review(ctx, id)
	if err != nil {
		return nil, err
	}
	if err := account.Note(ctx, s.people, account.Unsealed, who, account.Opening{Review: id, Reason: reason}); err != nil {
		return nil, err
	}
	names, err := s.people.Names(ctx)
	if err != nil {
		return nil, err
	}
	var out []api.Reviewer
	for _, seat := range x.Seats {
		if seat.State == Left {
			continue // somebody else reviewed in their place
		}
		out = append(out, api.Reviewer{Seat: seat.Seat, Name: names[seat.Account]})
	}
	return out, nil
}
