package store

import (
	"context"
	"database/sql"
	"fmt"
	"time"

	"google.golang.org/protobuf/proto"

	pb "github.com/mingcha-console/mingcha/sdk/contract/mingcha/adapter/v1"
)

func (s *Store) registerFilter(ctx context.Context, q RegisterQuery) (*filter, error) {
	f := &filter{}
	if q.Department != "" {
		id, err := s.department(ctx, q.Department)
		if err != nil {
			return nil, err
		}
		f.add("dept = ?", id)
	}
	if q.Agreement != "" {
		if err := f.word("agreement", "agreement", agreementWords, q.Agreement); err != nil {
			return nil, err
		}
	}
	if q.Text != "" {
		f.add("case_no >= ? AND case_no < ?", q.Text, prefixEnd(q.Text))
	}
	return f, nil
}

// OverdueRegister lists the overdue register, newest first.
func (s *Store) OverdueRegister(ctx context.Context, q RegisterQuery) (Page[OverdueRow], error) {
	f, err := s.registerFilter(ctx, q)
	if err != nil {
		return Page[OverdueRow]{}, err
	}
	return s.overdue(ctx, f, q.Offset, q.Limit)
}

// OverdueOf lists a case's rows of the overdue register.
func (s *Store) OverdueOf(ctx context.Context, caseID uint64) ([]OverdueRow, error) {
	f := &filter{}
	f.add("id = ?", int64(caseID))
	p, err := s.overdue(ctx, f, 0, 10)
	return p.Rows, err
}

func (s *Store) overdue(ctx context.Context, f *filter, offset, limit int) (Page[OverdueRow], error) {
	n, err := s.names(ctx)
	if err != nil {
		return Page[OverdueRow]{}, err
	}
	return page(ctx, s.db, list{`dept, item, case_id, case_no, agreement, clock, due_at, over_at, ended_at, over_by, unit, paused,
		report_seq, reported_at, reported_over_by, responsible, explanation,
		coalesce((SELECT flags & 4 FROM cases c WHERE c.id = case_id), 0)`, "register_overdue", "register_overdue", "sort_at DESC, id DESC"}, f, offset, limit,
		func(r *sql.Rows) (o OverdueRow, err error) {
			var dept, item, agreement, clock, due, over, ended, unit, reported int64
			err = r.Scan(&dept, &item, &o.CaseID, &o.CaseNo, &agreement, &clock, &due, &over, &ended, &o.OverBy, &unit, &o.Paused,
				&o.ReportSeq, &reported, &o.ReportedOverBy, &o.Responsible, &o.Explanation, &o.PausedNow)
			o.Department, o.ItemName = n.dept[dept], n.item[item].name
			o.Agreement, o.Clock, o.Unit = word(agreementWords, agreement), word(clockWords, clock), word(unitWords, unit)
			o.DueAt, o.OverAt, o.EndedAt, o.ReportedAt = when(due), when(over), when(ended), when(reported)
			return o, err
		})
}

// RejectionRegister lists the rejections register, newest first.
func (s *Store) RejectionRegister(ctx context.Context, q RegisterQuery) (Page[RejectionRow], error) {
	f, err := s.registerFilter(ctx, q)
	if err != nil {
		return Page[RejectionRow]{}, err
	}
	return s.rejections(ctx, f, q.Offset, q.Limit)
}

// RejectionsOf lists a case's rows of the rejections register.
func (s *Store) RejectionsOf(ctx context.Context, caseID uint64) ([]RejectionRow, error) {
	f := &filter{}
	f.add("id = ?", int64(caseID))
	p, err := s.rejections(ctx, f, 0, 10)
	return p.Rows, err
}

func (s *Store) rejections(ctx context.Context, f *filter, offset, limit int) (Page[RejectionRow], error) {
	n, err := s.names(ctx)
	if err != nil {
		return Page[RejectionRow]{}, err
	}
	return page(ctx, s.db, list{`dept, item, case_id, case_no, agreement, stage, decided_at, reason, legal_basis, remedies_told, notice_no,
		filing_seq, filing_no, filed_at, leader_opinion`, "register_rejections", "register_rejections", "sort_at DESC, id DESC"}, f, offset, limit,
		func(r *sql.Rows) (o RejectionRow, err error) {
			var dept, item, agreement, stage, decided, filed int64
			err = r.Scan(&dept, &item, &o.CaseID, &o.CaseNo, &agreement, &stage, &decided, &o.Reason, &o.LegalBasis, &o.RemediesTold, &o.NoticeNo,
				&o.FilingSeq, &o.FilingNo, &filed, &o.LeaderOpinion)
			o.Department, o.ItemName = n.dept[dept], n.item[item].name
			o.Agreement, o.Stage = word(agreementWords, agreement), word(stageWords, stage)
			o.DecidedAt, o.FiledAt = when(decided), when(filed)
			return o, err
		})
}

// AuthorizationRegister lists chief-representative authorizations, newest
// first; status is "", "live", "future", "expired" or "revoked" at now.
func (s *Store) AuthorizationRegister(ctx context.Context, q RegisterQuery, status string, now time.Time) (Page[AuthorizationRow], error) {
	f := &filter{}
	if q.Department != "" {
		id, err := s.department(ctx, q.Department)
		if err != nil {
			return Page[AuthorizationRow]{}, err
		}
		f.add("a.dept = ?", id)
	}
	if q.Text != "" {
		like := "%" + likeEscaper.Replace(q.Text) + "%"
		f.add(`(a.auth_no LIKE ? ESCAPE '\' OR a.rep LIKE ? ESCAPE '\' OR a.stand_in LIKE ? ESCAPE '\')`, like, like, like)
	}
	at := now.UnixMicro()
	switch status {
	case "revoked":
		f.add("a.revoked_at > 0 AND a.revoked_at <= ?", at)
	case "expired":
		f.add("a.valid_to <= ? AND NOT (a.revoked_at > 0 AND a.revoked_at <= ?)", at, at)
	case "future":
		f.add("a.valid_from > ?", at)
	case "live":
		f.add("a.valid_from <= ? AND a.valid_to > ? AND NOT (a.revoked_at > 0 AND a.revoked_at <= ?)", at, at, at)
	}
	n, err := s.names(ctx)
	if err != nil {
		return Page[AuthorizationRow]{}, err
	}
	return page(ctx, s.db, list{"a.seq, a.dept, j.body", "authorizations a CROSS JOIN journal j ON j.seq = a.seq", "authorizations a", "a.valid_from DESC, a.id DESC"}, f, q.Offset, q.Limit,
		func(r *sql.Rows) (o AuthorizationRow, err error) {
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
		})
}
