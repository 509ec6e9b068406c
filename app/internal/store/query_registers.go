package store

import (
	"context"
	"database/sql"
	"fmt"
	"time"

	"google.golang.org/protobuf/proto"

	pb "github.com/mingcha-console/mingcha/sdk/contract/mingcha/adapter/v1"
)

func (s *Store) registerFilter(ctx context.Context, q RegisterQuery) (*filter, *names, error) {
	f := &filter{}
	if q.Department != "" {
		id, err := s.department(ctx, q.Department)
		if err != nil {
			return nil, nil, err
		}
		f.Add("dept = ?", id)
	}
	if q.Agreement != "" {
		if err := f.word("agreement", "agreement", agreementWords, q.Agreement); err != nil {
			return nil, nil, err
		}
	}
	if q.Text != "" {
		f.Add("case_no >= ? AND case_no < ?", q.Text, PrefixEnd(q.Text))
	}
	n, err := s.names(ctx)
	return f, n, err
}

func ofCase(id uint64) *Where {
	w := &Where{}
	w.Add("id = ?", int64(id))
	return w
}

// OverdueRegister lists the overdue register, newest first.
func (s *Store) OverdueRegister(ctx context.Context, q RegisterQuery) (Page[OverdueRow], error) {
	f, n, err := s.registerFilter(ctx, q)
	if err != nil {
		return Page[OverdueRow]{}, err
	}
	return List(ctx, s.db, overdueRegister, &f.Where, Window{q.Offset, q.Limit}, scanOverdue(n))
}

// EachOverdue calls each with every row of the overdue register that a filter
// chooses, newest first.
func (s *Store) EachOverdue(ctx context.Context, q RegisterQuery, each func(*OverdueRow) error) error {
	f, n, err := s.registerFilter(ctx, q)
	if err != nil {
		return err
	}
	return All(ctx, s.db, overdueRegister, &f.Where, scanOverdue(n), each)
}

// OverdueOf lists a case's rows of the overdue register.
func (s *Store) OverdueOf(ctx context.Context, caseID uint64) ([]OverdueRow, error) {
	n, err := s.names(ctx)
	if err != nil {
		return nil, err
	}
	p, err := List(ctx, s.db, overdueRegister, ofCase(caseID), Window{0, 10}, scanOverdue(n))
	return p.Rows, err
}

var overdueRegister = Listing{`dept, item, case_id, case_no, agreement, clock, due_at, over_at, ended_at, over_by, unit, paused,
	report_seq, reported_at, reported_over_by, responsible, explanation,
	coalesce((SELECT flags & 4 FROM cases c WHERE c.id = case_id), 0)`, "register_overdue", "register_overdue", "sort_at DESC, id DESC"}

func scanOverdue(n *names) func(*sql.Rows) (OverdueRow, error) {
	return func(r *sql.Rows) (o OverdueRow, err error) {
		var dept, item, agreement, clock, due, over, ended, unit, reported int64
		err = r.Scan(&dept, &item, &o.CaseID, &o.CaseNo, &agreement, &clock, &due, &over, &ended, &o.OverBy, &unit, &o.Paused,
			&o.ReportSeq, &reported, &o.ReportedOverBy, &o.Responsible, &o.Explanation, &o.PausedNow)
		o.Department, o.ItemName = n.dept[dept], n.item[item].name
		o.Agreement, o.Clock, o.Unit = word(agreementWords, agreement), word(clockWords, clock), word(unitWords, unit)
		o.DueAt, o.OverAt, o.EndedAt, o.ReportedAt = when(due), when(over), when(ended), when(reported)
		return o, err
	}
}

// RejectionRegister lists the rejections register, newest first.
func (s *Store) RejectionRegister(ctx context.Context, q RegisterQuery) (Page[RejectionRow], error) {
	f, n, err := s.registerFilter(ctx, q)
	if err != nil {
		return Page[RejectionRow]{}, err
	}
	return List(ctx, s.db, rejectionRegister, &f.Where, Window{q.Offset, q.Limit}, scanRejection(n))
}

// EachRejection calls each with every row of the rejections register that a
// filter chooses, newest first.
func (s *Store) EachRejection(ctx context.Context, q RegisterQuery, each func(*RejectionRow) error) error {
	f, n, err := s.registerFilter(ctx, q)
	if err != nil {
		return err
	}
	return All(ctx, s.db, rejectionRegister, &f.Where, scanRejection(n), each)
}

// RejectionsOf lists a case's rows of the rejections register.
func (s *Store) RejectionsOf(ctx context.Context, caseID uint64) ([]RejectionRow, error) {
	n, err := s.names(ctx)
	if err != nil {
		return nil, err
	}
	p, err := List(ctx, s.db, rejectionRegister, ofCase(caseID), Window{0, 10}, scanRejection(n))
	return p.Rows, err
}

var rejectionRegister = Listing{`dept, item, case_id, case_no, agreement, stage, decided_at, reason, legal_basis, remedies_told, notice_no,
	filing_seq, filing_no, filed_at, leader_opinion`, "register_rejections", "register_rejections", "sort_at DESC, id DESC"}

func scanRejection(n *names) func(*sql.Rows) (RejectionRow, error) {
	return func(r *sql.Rows) (o RejectionRow, err error) {
		var dept, item, agreement, stage, decided, filed int64
		err = r.Scan(&dept, &item, &o.CaseID, &o.CaseNo, &agreement, &stage, &decided, &o.Reason, &o.LegalBasis, &o.RemediesTold, &o.NoticeNo,
			&o.FilingSeq, &o.FilingNo, &filed, &o.LeaderOpinion)
		o.Department, o.ItemName = n.dept[dept], n.item[item].name
		o.Agreement, o.Stage = word(agreementWords, agreement), word(stageWords, stage)
		o.DecidedAt, o.FiledAt = when(decided), when(filed)
		return o, err
	}
}

// AuthorizationRegister lists chief-representative authorizations, newest
// first; status is "", "live", "future", "expired" or "revoked" at now.
func (s *Store) AuthorizationRegister(ctx context.Context, q RegisterQuery, status string, now time.Time) (Page[AuthorizationRow], error) {
	f, n, err := s.authorizationFilter(ctx, q, status, now)
	if err != nil {
		return Page[AuthorizationRow]{}, err
	}
	return List(ctx, s.db, authorizationRegister, &f.Where, Window{q.Offset, q.Limit}, scanAuthorization(n, now))
}

// EachAuthorization calls each with every authorization that a filter chooses,
// newest first.
func (s *Store) EachAuthorization(ctx context.Context, q RegisterQuery, status string, now time.Time, each func(*AuthorizationRow) error) error {
	f, n, err := s.authorizationFilter(ctx, q, status, now)
	if err != nil {
		return err
	}
	return All(ctx, s.db, authorizationRegister, &f.Where, scanAuthorization(n, now), each)
}

var authorizationRegister = Listing{"a.seq, a.dept, j.body", "authorizations a CROSS JOIN journal j ON j.seq = a.seq", "authorizations a", "a.valid_from DESC, a.id DESC"}

func (s *Store) authorizationFilter(ctx context.Context, q RegisterQuery, status string, now time.Time) (*filter, *names, error) {
	f := &filter{}
	if q.Department != "" {
		id, err := s.department(ctx, q.Department)
		if err != nil {
			return nil, nil, err
		}
		f.Add("a.dept = ?", id)
	}
	if q.Text != "" {
		like := "%" + likeEscaper.Replace(q.Text) + "%"
		f.Add(`(a.auth_no LIKE ? ESCAPE '\' OR a.rep LIKE ? ESCAPE '\' OR a.stand_in LIKE ? ESCAPE '\')`, like, like, like)
	}
	at := now.UnixMicro()
	switch status {
	case "revoked":
		f.Add("a.revoked_at > 0 AND a.revoked_at <= ?", at)
	case "expired":
		f.Add("a.valid_to <= ? AND NOT (a.revoked_at > 0 AND a.revoked_at <= ?)", at, at)
	case "future":
		f.Add("a.valid_from > ?", at)
	case "live":
		f.Add("a.valid_from <= ? AND a.valid_to > ? AND NOT (a.revoked_at > 0 AND a.revoked_at <= ?)", at, at, at)
	}
	n, err := s.names(ctx)
	return f, n, err
}

func scanAuthorization(n *names, now time.Time) func(*sql.Rows) (AuthorizationRow, error) {
	return func(r *sql.Rows) (o AuthorizationRow, err error) {
		var dept int64
		var body sql.RawBytes
		if err = r.Scan(&o.Seq, &dept, &body); err != nil {
			return o, err
		}
		var m pb.Authorization
		if err = proto.Unmarshal(body, &m); err != nil {
			return o, fmt.Errorf("store: record %d: %w", o.Seq, err)
		}
		o.No, o.Department = m.AuthNo, n.dept[dept]
		o.Rep, o.RepPost, o.StandIn = m.GetRep().GetName(), m.GetRep().GetPost(), m.GetStandIn().GetName()
		o.Items, o.Powers, o.SealNo, o.SignedBy = append([]string{}, m.Items...), append([]string{}, m.Powers...), m.SealNo, m.Signer
		o.ValidFrom, o.ValidTo = m.ValidFrom.AsTime(), m.ValidTo.AsTime()
		if m.RevokedAt != nil {
			o.RevokedAt = m.RevokedAt.AsTime()
		}
		switch {
		case !o.RevokedAt.IsZero() && !now.Before(o.RevokedAt):
			o.Status = "revoked"
		case now.Before(o.ValidFrom):
			o.Status = "future"
		case !now.Before(o.ValidTo):
			o.Status = "expired"
		default:
			o.Status = "live"
		}
		return o, nil
	}
}
