package intake

import (
	"strings"
	"testing"
	"time"

	"google.golang.org/protobuf/types/known/timestamppb"

	pb "github.com/mingcha-console/mingcha/sdk/contract/mingcha/adapter/v1"
)

// A time that stands for none is none, in every record of the contract: where the fact
// may do without, it does; where it may not, the record is refused with what was sent.
func TestATimeThatStandsForNoDateIsNeverTakenForOne(t *testing.T) {
	now := time.Date(2026, 10, 12, 9, 0, 0, 0, time.UTC)
	day := timestamppb.New(time.Date(2026, 9, 1, 1, 0, 0, 0, time.UTC))
	for name, none := range map[string]*timestamppb.Timestamp{
		"1970-01-01T00:00:00Z": {}, "0001-01-01T00:00:00Z": timestamppb.New(time.Time{}), "1970-01-01T00:00:01Z": {Seconds: 1},
		"1969-12-31T16:00:00Z": {Seconds: -8 * 3600}, "1899-12-30T00:00:00Z": timestamppb.New(time.Date(1899, 12, 30, 0, 0, 0, 0, time.UTC)),
	} {
		event := func(occurred *timestamppb.Timestamp) prepared {
			return prepareEvent(&pb.EventRecord{Record: &pb.EventRecord_Event{Event: &pb.Event{SourceId: "1", Department: "GH", CaseNo: "1", ItemCode: "I1",
				Kind: pb.EventKind_EVENT_KIND_PAUSED, OccurredAt: occurred, EnteredAt: none, EffectiveAt: none, Pause: &pb.Pause{NotifiedAt: none}, Extension: &pb.Extension{NotifiedAt: none}}}}, now)
		}
		if p := event(day); p.fault != nil || !p.event.EnteredAt.IsZero() || !p.event.EffectiveAt.IsZero() || !p.event.Pause.NotifiedAt.IsZero() || !p.event.Extension.NotifiedAt.IsZero() {
			t.Errorf("%s, an event: %+v, %+v", name, p.fault, p.event)
		}
		rejection := func(filed *timestamppb.Timestamp) prepared {
			return prepareRejection(&pb.RejectionRecord{Record: &pb.RejectionRecord_Rejection{Rejection: &pb.Rejection{SourceId: "1", Department: "GH", CaseNo: "1", FiledAt: filed, NoticeAt: none}}}, now)
		}
		if p := rejection(day); p.fault != nil || !p.filing.NoticeAt.IsZero() {
			t.Errorf("%s, a filing: %+v", name, p.fault)
		}
		overdue := func(reported *timestamppb.Timestamp) prepared {
			return prepareOverdue(&pb.OverdueRecord{Record: &pb.OverdueRecord_Overdue{Overdue: &pb.OverdueCase{SourceId: "1", Department: "GH", CaseNo: "1", ReportedAt: reported, DueAt: none, ActualAt: none}}}, now)
		}
		if p := overdue(day); p.fault != nil || !p.report.DueAt.IsZero() || !p.report.ActualAt.IsZero() {
			t.Errorf("%s, an overdue report: %+v", name, p.fault)
		}
		authorization := func(from, to *timestamppb.Timestamp) prepared {
			return prepareAuthorization(&pb.AuthorizationRecord{Record: &pb.AuthorizationRecord_Authorization{Authorization: &pb.Authorization{SourceId: "1", Department: "GH", ValidFrom: from, ValidTo: to, SignedAt: none, RevokedAt: none}}}, now)
		}
		year := timestamppb.New(day.AsTime().AddDate(1, 0, 0))
		if p := authorization(day, year); p.fault != nil || !p.auth.RevokedAt.IsZero() || !p.auth.SignedAt.IsZero() {
			t.Errorf("%s, an authorization: %+v, %+v", name, p.fault, p.auth)
		}
		rating := func(rated *timestamppb.Timestamp) prepared {
			return prepareRating(&pb.RatingRecord{Record: &pb.RatingRecord_Rating{Rating: &pb.Rating{SourceId: "1", Department: "GH", Level: pb.RatingLevel_RATING_LEVEL_FAIR, RatedAt: rated, ContactedAt: none}}}, now)
		}
		if p := rating(day); p.fault != nil || !p.rating.ContactedAt.IsZero() {
			t.Errorf("%s, a rating: %+v", name, p.fault)
		}
		for field, p := range map[string]prepared{"occurred_at": event(none), "filed_at": rejection(none), "reported_at": overdue(none), "valid_from": authorization(none, year),
			"valid_to": authorization(day, none), "rated_at": rating(none)} {
			if f := p.fault; f == nil || f.code != "missing_"+field || !strings.Contains(f.zh, field+" 没有日期：送来的是 "+name) || !strings.Contains(f.en, name) {
				t.Errorf("%s as %s: %+v", name, field, f)
			}
		}
	}
}
