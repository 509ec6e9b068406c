package review

import (
	"context"
	"testing"
	"time"

	"github.com/mingcha-console/mingcha/app/internal/access"
	"github.com/mingcha-console/mingcha/app/internal/casefile"
	"github.com/mingcha-console/mingcha/app/internal/rules"
)

func TestEveryKindHasItsQuestionAndItsLaw(t *testing.T) {
	for _, k := range Kinds {
		if q, law := questions[k], rules.Law(laws[k]); q.ZH == "" || q.EN == "" || law.ZH == "" || law.EN == "" {
			t.Errorf("%s: %+v, %+v", k, q, law)
		}
	}
}

// Before a declaration the page has nothing of the case, and it is not read at
// all; afterwards it tells what happened, without who.
func TestAPageHasNothingOfTheCaseBeforeADeclaration(t *testing.T) {
	o := open(t, 2)
	read := 0
	o.readCase = func(context.Context, uint64) (*casefile.CaseDetail, error) {
		read++
		at := time.Date(2026, 9, 1, 1, 0, 0, 0, time.UTC)
		return &casefile.CaseDetail{Events: []casefile.Event{{Kind: "accepted", OccurredAt: at.Add(time.Hour), Text: " 材料齐全 "}, {Kind: "received", OccurredAt: at},
			{Kind: "paused", OccurredAt: at, CorrectedBy: 9}}}, nil
	}
	r := o.one()
	account := r.Seats[0].Account
	p, err := o.page(ctx, account, r.ID)
	if err != nil || read != 0 || p.Review.State != "declare" || p.Law.ZH == "" || p.Question.ZH == "" || len(p.Story)+len(p.Papers)+len(p.Reasons) != 0 {
		t.Errorf("%+v, %v; read %d times", p, err, read)
	}
	o.Must(o.Declare(ctx, access.Principal{Account: account}, r.ID, None, ""))
	p, err = o.page(ctx, account, r.ID)
	if err != nil || read != 1 || len(p.Story) != 2 || p.Story[0].ZH != "申请人递交了申请材料。" || len(p.Papers) != 1 || p.Papers[0].Text != "材料齐全" || len(p.Reasons["improper"]) == 0 {
		t.Errorf("%+v, %v; read %d times", p, err, read)
	}
	_, err = o.page(ctx, 999, r.ID)
	o.WantCode(err, "unknown_review")
}
