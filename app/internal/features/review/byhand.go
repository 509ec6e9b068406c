package review

import (
	"context"
	"strings"

	"github.com/mingcha-console/mingcha/app/internal/access"
	"github.com/mingcha-console/mingcha/app/internal/act"
	"github.com/mingcha-console/mingcha/app/internal/fault"
)

// Subject is something that can be put up for review, with the review that it
// had, if any.
type Subject struct {
	ID         string // "overdue/123"
	Kind       Kind
	CaseID     uint64
	Department string // code
	Item       string // code
	Review     uint64 // 0: never put up
	State      string
	Verdict    Verdict
}

// Rule is the rule of a finding, such as V03; empty for other kinds.
func (s *Subject) Rule() string {
	if s.Kind != Finding {
		return ""
	}
	_, rest, _ := strings.Cut(s.ID, "-")
	rule, _, _ := strings.Cut(rest, "-")
	return rule
}

// SubjectsOfCase lists what of a case can be put up for review.
func (s *Reviews) SubjectsOfCase(ctx context.Context, id uint64) (out []Subject, err error) {
	for _, k := range Kinds {
		if k == Authorization {
			continue
		}
		some, err := s.subjects(ctx, k, `p.case_id = ?`, int64(id))
		if err != nil {
			return nil, err
		}
		out = append(out, some...)
	}
	return out, nil
}

// SubjectOfAuthorization is an authorization as something to review.
func (s *Reviews) SubjectOfAuthorization(ctx context.Context, seq uint64) ([]Subject, error) {
	return s.subjects(ctx, Authorization, `p.seq = ?`, int64(seq))
}

func (s *Reviews) subjects(ctx context.Context, k Kind, where string, args ...any) (out []Subject, err error) {
	rows, err := s.office.Store.Readers().QueryContext(ctx, `SELECT p.subject, p.case_id, d.code, coalesce(i.code, ''), coalesce(r.id, 0), coalesce(r.state, ''), coalesce(r.verdict, '')
		FROM (`+populations[k]+`) p JOIN departments d ON d.id = p.dept LEFT JOIN items i ON i.id = p.item LEFT JOIN reviews r ON r.subject = p.subject
		WHERE p.seq > 0 AND `+where+` ORDER BY p.seq, p.subject`, args...)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	for rows.Next() {
		x := Subject{Kind: k}
		if err := rows.Scan(&x.ID, &x.CaseID, &x.Department, &x.Item, &x.Review, &x.State, &x.Verdict); err != nil {
			return nil, err
		}
		out = append(out, x)
	}
	return out, rows.Err()
}

var errNoSubject = fault.New(fault.NotFound, "unknown_subject", "没有可以送评议的这一项，可能已经消除。请刷新页面。", "There is nothing such to put up for review; it may have gone. Reload the page.", nil)

// PutUp puts one thing up for review. The office chooses what is reviewed;
// by whom, it does not.
func (s *Reviews) PutUp(ctx context.Context, by access.Principal, subject, reason string) error {
	kind, _, _ := strings.Cut(subject, "/")
	if populations[Kind(kind)] == "" {
		return errNoSubject
	}
	found, err := s.subjects(ctx, Kind(kind), `p.subject = ?`, subject)
	if err != nil {
		return err
	}
	if len(found) == 0 {
		return errNoSubject
	}
	x := found[0]
	if x.Review > 0 {
		return errReviewed
	}
	free, err := s.reviewers(ctx)
	if err != nil {
		return err
	}
	_, _, err = putUp.Do(ctx, s.office.Journal, act.Done(putUp.Name(), subject), by.Account, putUpData{Kind: x.Kind, Due: s.due(), Reason: strings.TrimSpace(reason),
		Reviews: []putUpReview{{Subject: subject, CaseID: x.CaseID, Department: x.Department, Item: x.Item, Reviewers: seat(free, subject, x.Department, 2)}}})
	return err
}
