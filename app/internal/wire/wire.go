// Package wire turns the contract's messages (sdk/contract) into the domain's
// words (package approval). The numbers of both are kept equal by a test, so
// that a conversion is a cast.
package wire

import (
	"time"

	"google.golang.org/protobuf/types/known/timestamppb"

	"github.com/mingcha-console/mingcha/app/internal/approval"
	pb "github.com/mingcha-console/mingcha/sdk/contract/mingcha/adapter/v1"
)

// instant reads a timestamp; an absent one is the zero Time.
func instant(t *timestamppb.Timestamp) time.Time {
	if t == nil {
		return time.Time{}
	}
	return time.Unix(t.Seconds, int64(t.Nanos)).UTC()
}

func limit(l *pb.Limit) approval.Limit {
	switch {
	case l == nil || l.N == 0 && !l.SameDay:
		return approval.Limit{}
	case l.N != 0:
		return approval.Limit{N: int(l.N), Unit: approval.Unit(l.Unit)}
	case l.Unit == pb.Unit_UNIT_CALENDAR_DAYS:
		return approval.Limit{Unit: approval.CalendarDays}
	}
	return approval.Limit{Unit: approval.WorkingDays} // a day has no other unit
}

func person(p *pb.Person) approval.Person {
	if p == nil {
		return approval.Person{}
	}
	return approval.Person{Name: p.Name, ID: p.Id, Post: p.Post}
}

// Item converts an item; unspecified choices get the contract's defaults, and a
// statutory limit that is not declared the law's.
func Item(m *pb.Item) approval.Item {
	it := approval.Item{
		Department: m.Department, Code: m.Code, Version: m.Version, Name: m.Name,
		CaseType: approval.CaseType(m.CaseType), Regime: approval.Regime(m.Regime),
		Promised: limit(m.Promised), Statutory: limit(m.Statutory),
		ClockStart: approval.ClockStart(m.ClockStart), SupplementPauses: m.SupplementPauses,
		InHall: m.InHall, WindowSignOff: m.WindowSignOff, RestDaysMoveEnd: m.RestDaysMoveEnd,
	}
	if it.CaseType == 0 {
		it.CaseType = approval.Committed
	}
	if it.Regime == 0 {
		it.Regime = approval.Licensing
	}
	if it.ClockStart == 0 {
		it.ClockStart = approval.FromAcceptance
	}
	for _, s := range m.Steps {
		it.Steps = append(it.Steps, approval.Step{Name: s.Name, Limit: limit(s.Limit)})
	}
	it.LawfulLimits()
	return it
}

// Event converts a case event. Seq and ObservedAt are the journal's to set.
func Event(m *pb.Event) approval.Event {
	e := approval.Event{
		SourceID: m.SourceId, Department: m.Department, CaseNo: m.CaseNo, ItemCode: m.ItemCode, ItemVersion: m.ItemVersion,
		Kind:       approval.EventKind(m.Kind),
		OccurredAt: instant(m.OccurredAt), EnteredAt: instant(m.EnteredAt), EffectiveAt: instant(m.EffectiveAt),
		Handler: person(m.Handler), Unit: m.Unit, Window: m.Window, Text: m.Text,
	}
	if d := m.Application; d != nil {
		e.Application = &approval.Application{
			ApplicantName: d.ApplicantName, ApplicantType: d.ApplicantType, ApplicantID: d.ApplicantId,
			Phone: d.Phone, ProjectName: d.ProjectName, InvestmentCode: d.InvestmentCode,
			Channel: d.Channel, GreenChannel: d.GreenChannel,
		}
	}
	if d := m.Step; d != nil {
		e.Step = &approval.StepDetail{Name: d.Name, Result: d.Result}
	}
	if d := m.Pause; d != nil {
		e.Pause = &approval.Pause{
			Kind: approval.PauseKind(d.Kind), Reason: d.Reason, Approver: d.Approver,
			Approved: limit(d.Approved), NotifiedAt: instant(d.NotifiedAt), NoticeNo: d.NoticeNo,
		}
	}
	if d := m.Extension; d != nil {
		e.Extension = &approval.Extension{
			By: limit(d.By), Approver: d.Approver, Reason: d.Reason, NotifiedAt: instant(d.NotifiedAt),
		}
	}
	if d := m.Decision; d != nil {
		e.Decision = &approval.Decision{
			Outcome: approval.Outcome(d.Outcome), DecisionNo: d.DecisionNo, CertNo: d.CertNo,
			Signer: person(d.Signer), Reason: d.Reason, LegalBasis: d.LegalBasis,
			RemediesTold: d.RemediesTold, NoticeNo: d.NoticeNo, FilingNo: d.FilingNo,
		}
	}
	if d := m.Notice; d != nil {
		e.Notice = &approval.Notice{NoticeNo: d.NoticeNo, Materials: d.Materials}
	}
	return e
}

// Rejection converts a negative-decision filing.
func Rejection(m *pb.Rejection) approval.RejectionFiling {
	return approval.RejectionFiling{
		SourceID: m.SourceId, Department: m.Department, No: m.FilingNo, CaseNo: m.CaseNo,
		Stage: approval.RejectionStage(m.Stage), Facts: m.Facts, Reason: m.Reason,
		LegalArticle: m.LegalArticle, MissingMaterials: m.MissingMaterials, RemediesTold: m.RemediesTold,
		NoticeNo: m.NoticeNo, Handler: person(m.Handler), LeaderOpinion: m.LeaderOpinion,
		FiledTo: m.FiledTo, FiledAt: instant(m.FiledAt), NoticeAt: instant(m.NoticeAt),
	}
}

// Overdue converts a department's own overdue report.
func Overdue(m *pb.OverdueCase) approval.OverdueReport {
	r := approval.OverdueReport{
		SourceID: m.SourceId, Department: m.Department, CaseNo: m.CaseNo,
		DueAt: instant(m.DueAt), ActualAt: instant(m.ActualAt), OverBy: m.OverBy,
		Responsible: person(m.Responsible), Explanation: m.Explanation, ReportedAt: instant(m.ReportedAt),
	}
	switch m.Clock {
	case pb.Clock_CLOCK_PROMISED:
		r.Clock = "promised"
	case pb.Clock_CLOCK_STATUTORY:
		r.Clock = "statutory"
	}
	return r
}

// Authorization converts a chief-representative authorization.
func Authorization(m *pb.Authorization) approval.Authorization {
	a := approval.Authorization{
		SourceID: m.SourceId, Department: m.Department, No: m.AuthNo, AppointmentNo: m.AppointmentNo,
		Rep: person(m.Rep), StandIn: person(m.StandIn), Items: m.Items,
		ValidFrom: instant(m.ValidFrom), ValidTo: instant(m.ValidTo), Signer: m.Signer,
		SignedAt: instant(m.SignedAt), RevokedAt: instant(m.RevokedAt), RevokedReason: m.RevokedReason,
		SealNo: m.SealNo,
	}
	for _, p := range m.Powers {
		a.Powers = append(a.Powers, approval.Power(p))
	}
	return a
}

// Rating converts what an applicant thought of the service.
func Rating(m *pb.Rating) approval.Rating {
	return approval.Rating{
		SourceID: m.SourceId, Department: m.Department, CaseNo: m.CaseNo, ItemCode: m.ItemCode,
		Level: approval.RatingLevel(m.Level), Channel: m.Channel, Window: m.Window, Handler: person(m.Handler),
		RatedAt: instant(m.RatedAt), RaterName: m.RaterName, RaterPhone: m.RaterPhone,
		Reasons: m.Reasons, Text: m.Text, ContactedAt: instant(m.ContactedAt), ContactResult: m.ContactResult,
	}
}
