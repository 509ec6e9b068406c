package term

import (
	"context"

	"github.com/mingcha-console/mingcha/app/internal/access"
	"github.com/mingcha-console/mingcha/app/internal/fault"
	"github.com/mingcha-console/mingcha/app/internal/features/account"
)

// person is a volunteer with what hangs on their account.
type person struct {
	account.Account
	terms      []Term
	trainings  []Training
	appraisals []Appraisal
}

// volunteers lists the volunteers with an account, or one of them.
func (t *Terms) volunteers(ctx context.Context, only uint64) ([]person, error) {
	all, err := t.people.All(ctx)
	if err != nil {
		return nil, err
	}
	held, err := t.All(ctx)
	if err != nil {
		return nil, err
	}
	trainings, err := t.Trainings(ctx, only)
	if err != nil {
		return nil, err
	}
	appraisals, err := t.Appraisals(ctx, only)
	if err != nil {
		return nil, err
	}
	trained, judged := map[uint64][]Training{}, map[uint64][]Appraisal{}
	for _, x := range trainings {
		for _, account := range x.Accounts {
			trained[account] = append(trained[account], x)
		}
	}
	for _, x := range appraisals {
		judged[x.Account] = append(judged[x.Account], x)
	}
	var out []person
	for _, a := range all {
		if a.Role == access.Volunteer && (only == 0 || a.ID == only) {
			out = append(out, person{a, held[a.ID], trained[a.ID], judged[a.ID]})
		}
	}
	return out, nil
}

var errUnknown = fault.New(fault.NotFound, "unknown_volunteer", "没有这位义务监督员。请刷新名单。", "There is no such volunteer supervisor. Reload the list.", nil)

func (t *Terms) person(ctx context.Context, id uint64) (person, error) {
	all, err := t.volunteers(ctx, id)
	if err == nil && len(all) == 0 {
		err = errUnknown
	}
	if err != nil {
		return person{}, err
	}
	return all[0], nil
}
