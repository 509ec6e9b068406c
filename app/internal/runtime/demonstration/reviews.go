package demonstration

import (
	"slices"

	"github.com/mingcha-console/mingcha/app/internal/access"
	"github.com/mingcha-console/mingcha/app/internal/features/matter"
	"github.com/mingcha-console/mingcha/app/internal/features/review"
	"github.com/mingcha-console/mingcha/app/internal/list"
	"github.com/mingcha-console/mingcha/app/internal/workday"
)

// drawOverdue has a share of what was overdue reviewed, and sets the month's plan.
func (t *teller) drawOverdue() {
	ctx, staff := t.as("banjia")
	t.next()
	t.done(t.Reviews.SetPlan(ctx, staff, review.ReviewPlan{Every: review.Monthly, Shares: []review.Share{{Kind: review.Rejection, Percent: 5}, {Kind: review.Overdue, Percent: 5}}}))
	t.draw(review.Overdue, 30, 20)
}

// drawRejections has a share of the rejections reviewed.
func (t *teller) drawRejections() { t.draw(review.Rejection, 20, 6) }

// draw draws reviews of a kind, of the last days.
func (t *teller) draw(kind review.Kind, days, percent int) {
	ctx, staff := t.as("banjia")
	t.next()
	_, err := t.Reviews.Draw(ctx, staff, review.Sample{Kind: kind, From: t.today() - workday.Date(days), To: t.today() - 1, Percent: percent})
	t.done(err)
}

// open are the reviews of a kind that are not done, the oldest first.
func (t *teller) open(kind review.Kind) []review.Review {
	var out []review.Review
	t.done(t.Reviews.Each(t.ctx, list.Ask{Texts: map[string][]string{"kind": {string(kind)}}}, func(r *review.Review) error {
		if r.State != review.Done {
			out = append(out, *r)
		}
		return nil
	}))
	slices.SortFunc(out, func(a, b review.Review) int { return int(a.ID) - int(b.ID) })
	return out
}

// opinion is a reviewer's verdict with its reason.
type opinion struct {
	verdict review.Verdict
	reason  string
	note    string
}

var (
	fair    = opinion{verdict: review.Proper}
	excused = opinion{review.Improper, "pause_abused", "挂起的时间里没有看到补正通知，说明不了为什么停。"}
	silent  = opinion{review.Improper, "no_explanation", "只写了“工作原因”，没有说是什么原因。"}
	unsure  = opinion{review.CannotTell, "papers_missing", ""}
)

// judge has those who sit at a review say what they think, as far as there are
// opinions; nobody who spoke is asked again.
func (t *teller) judge(id uint64, opinions ...opinion) {
	logins := t.logins()
	for _, o := range opinions {
		r, err := t.Reviews.Review(t.ctx, id)
		if !t.done(err) {
			return
		}
		i := slices.IndexFunc(r.Seats, func(s review.Seat) bool { return s.State == review.Assigned || s.State == review.Declared })
		if i < 0 {
			return
		}
		ctx, who := t.as(logins[r.Seats[i].Account])
		if r.Seats[i].State == review.Assigned {
			t.next()
			t.done(t.Reviews.Declare(ctx, who, id, review.None, ""))
		}
		t.next()
		var ticked []string
		if o.reason != "" {
			ticked = []string{o.reason}
		}
		t.done(t.Reviews.Judge(ctx, who, id, o.verdict, ticked, o.note))
	}
}

// judgeFirst are the verdicts on a third of the first draw: both find it proper.
func (t *teller) judgeFirst() {
	all := t.open(review.Overdue)
	for _, r := range all[:len(all)/3] {
		t.judge(r.ID, fair, fair)
	}
}

// standAside has somebody declare an interest, so that another takes the seat, and
// two differ, so that a third decides.
func (t *teller) standAside() {
	all := t.open(review.Overdue)
	if len(all) < 2 {
		return
	}
	if i := slices.IndexFunc(all[0].Seats, func(s review.Seat) bool { return s.State == review.Assigned }); i >= 0 {
		ctx, who := t.as(t.logins()[all[0].Seats[i].Account])
		t.next()
		t.done(t.Reviews.Declare(ctx, who, all[0].ID, review.Kin, "经办人是亲戚。"))
	}
	t.judge(all[1].ID, fair, silent, silent)
}

// judgeSecond are the verdicts on what is left but for one review, whose reviewers
// are late: some find it improper, so that matters come of it.
func (t *teller) judgeSecond() {
	all := t.open(review.Overdue)
	for i, r := range all[:max(0, len(all)-1)] {
		switch i % 4 {
		case 0:
			t.judge(r.ID, excused, excused)
		case 1:
			t.judge(r.ID, fair, excused, fair)
		case 2:
			t.judge(r.ID, fair, fair)
		default:
			t.judge(r.ID, silent, unsure, silent)
		}
	}
}

// assess does what the office does with what reviews found: the first it hands
// over, the second it does not uphold.
func (t *teller) assess() {
	var all []matter.Matter
	t.done(t.Matters.Each(t.ctx, access.Here, list.Ask{Order: "opened", Texts: map[string][]string{"source": {string(matter.Review)}, "state": {matter.Assess}}}, func(m *matter.Matter) error {
		all = append(all, *m)
		return nil
	}))
	slices.SortFunc(all, func(a, b matter.Matter) int { return int(a.ID) - int(b.ID) })
	for i := range all {
		switch i % 3 {
		case 0:
			t.assign(all[i], "评议认为超时的说明不能成立。请核查挂起是否有书面依据，并说明责任。")
		case 1:
			t.step("banyi", all[i], "drop", map[string]string{"reason": "案卷里有补正通知的送达记录，评议时没有看到，不予交办。"})
		}
	}
}

// judgeRejections are verdicts on some of the second draw: some reviews are done,
// of some one verdict is in, at some two differ, others nobody has opened.
func (t *teller) judgeRejections() {
	for i, r := range t.open(review.Rejection) {
		switch i % 5 {
		case 0:
			t.judge(r.ID, fair, fair)
		case 1:
			t.judge(r.ID, fair)
		case 2:
			t.judge(r.ID, fair, opinion{review.Improper, "could_be_supplemented", "缺的两样都可以当场补。"})
		case 3:
			t.judge(r.ID, opinion{review.Improper, "no_reason", "通知书只写“不符合规定”。"}, opinion{review.Improper, "no_reason", ""})
		}
	}
}

// putUp puts up by hand what somebody wants looked at: findings of cases whose
// reports were reviewed.
func (t *teller) putUp() {
	ctx, staff := t.as("banjia")
	var cases []uint64
	t.done(t.Reviews.Each(t.ctx, list.Ask{Texts: map[string][]string{"kind": {string(review.Overdue)}}}, func(r *review.Review) error {
		cases = append(cases, r.CaseID)
		return nil
	}))
	slices.Sort(cases)
	put := 0
	for _, id := range cases {
		subjects, err := t.Reviews.SubjectsOfCase(t.ctx, id)
		if !t.done(err) || put == 3 {
			return
		}
		i := slices.IndexFunc(subjects, func(s review.Subject) bool { return s.Kind == review.Finding && s.Review == 0 })
		if i < 0 {
			continue
		}
		t.next()
		if t.done(t.Reviews.PutUp(ctx, staff, subjects[i].ID, "部门对这条异常有不同看法，请两位监督员看一看。")) {
			put++
		}
	}
	for i, r := range t.open(review.Finding) {
		switch i {
		case 0:
			t.judge(r.ID, opinion{verdict: review.Proper, reason: "finding_right"})
		case 1:
			t.judge(r.ID, opinion{verdict: review.Proper, reason: "finding_right"}, opinion{review.Improper, "facts_entered_wrong", ""})
		}
	}
}
