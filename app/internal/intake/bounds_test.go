package intake

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/mingcha-console/mingcha/app/internal/store"
	pb "github.com/mingcha-console/mingcha/sdk/contract/mingcha/adapter/v1"
)

// An authorization that names more items than an office has, or what is no item
// code, is set aside with its reason; one at the bound is taken.
func TestS5AuthorizationsItemsAreBounded(t *testing.T) {
	r := newRig(t, t.TempDir(), at("2026-03-11 09:00:00"))
	r.catalogue()
	scope := func(n int) (codes []string) {
		for i := range n {
			codes = append(codes, fmt.Sprint("I", i))
		}
		return codes
	}
	authorization := func(id string, items ...string) *pb.AuthorizationRecord {
		return &pb.AuthorizationRecord{Record: &pb.AuthorizationRecord_Authorization{Authorization: &pb.Authorization{SourceId: id, Department: "GH", AuthNo: id,
			Rep: &pb.Person{Name: "陈"}, Items: items, ValidFrom: ts(at("2026-01-01 00:00:00")), ValidTo: ts(at("2027-01-01 00:00:00"))}}}
	}
	if err := r.in.Authorizations(ctx, "a", &pb.AuthorizationsResponse{CaughtUp: true, Cursor: []byte("c"), Records: []*pb.AuthorizationRecord{
		authorization("most", scope(2000)...), authorization("more", scope(2001)...), authorization("nul", "I1", "I\x002"), authorization("long", strings.Repeat("I", 129)),
	}}); err != nil {
		t.Fatal(err)
	}
	got := r.in.Tally("a", Authorizations)
	if got.Taken != 1 || got.Refused["too_many_items"].Count != 1 || got.Refused["form_items"].Count != 2 {
		t.Errorf("%+v", got)
	}
	for code, words := range map[string]string{"too_many_items": "2001 个事项，超过上限 2000 个", "form_items": "不可显示的字符"} {
		if zh := got.Refused[code].ZH; !strings.Contains(zh, words) {
			t.Errorf("%s says %q, want %q in it", code, zh, words)
		}
	}
	r.verify("")
}

// What names a record is printable text of a bounded length, in every stream.
// What is not is set aside, its reason told, and what comes behind it is taken.
func TestS5CaseNumbersHaveAForm(t *testing.T) {
	r := newRig(t, t.TempDir(), at("2026-03-11 09:00:00"))
	r.catalogue()
	when := at("2026-03-09 10:00:00")
	received := pb.EventKind_EVENT_KIND_RECEIVED
	var events []*pb.Event
	for i, no := range []string{"GH\x00-1", strings.Repeat("9", 60_000), "GH-1\n", "GH-\u202e1", "\u0085", strings.Repeat("9", 257)} {
		events = append(events, event(fmt.Sprint("bad", i), no, received, when))
	}
	events = append(events, event("id\x00", "GH-2", received, when), event(strings.Repeat("i", 1025), "GH-3", received, when),
		event("good 1", strings.Repeat("9", 256), received, when), event("good 2", "规划〔2026〕0017 号\u3000甲", received, when), event("good 3", "GH-1 #7/①é", received, when))
	r.take(events...)
	got := r.in.Tally("a", Events)
	if got.Taken != 3 || got.Refused["form_case_no"].Count != 6 || got.Refused["form_source_id"].Count != 2 {
		t.Errorf("events: %+v", got)
	}
	reports := &pb.RejectionsResponse{CaughtUp: true, Cursor: []byte("c")}
	for _, no := range []string{"GH\x00-1", "GH-2"} {
		reports.Records = append(reports.Records, &pb.RejectionRecord{Record: &pb.RejectionRecord_Rejection{Rejection: &pb.Rejection{SourceId: "r" + no[:2] + no[3:], Department: "GH", CaseNo: no, FiledAt: ts(when)}}})
	}
	if err := r.in.Rejections(ctx, "a", reports); err != nil {
		t.Fatal(err)
	}
	r.rate(rating("p1", func(m *pb.Rating) { m.CaseNo, m.RatedAt = "GH\x1b[2J", ts(when) }), rating("p2", func(m *pb.Rating) { m.RatedAt = ts(when) }))
	for stream, field := range map[Stream]string{Rejections: "form_case_no", Ratings: "form_case_no"} {
		if n := r.in.Tally("a", stream); n.Taken != 1 || n.Refused[field].Count != 1 {
			t.Errorf("%s: %+v", stream, n)
		}
	}
	if err := r.s.Snapshot(ctx, func(tx *store.Reader) error {
		var ids []string
		err := tx.Each(func(row store.Row) error {
			ids = append(ids, row.Text(0))
			return nil
		}, `SELECT source_id FROM quarantine`)
		if slices.ContainsFunc(ids, func(id string) bool { return strings.ContainsFunc(id, unprintable) || len(id) > mostSourceID }) {
			t.Errorf("the quarantine shows %q", ids)
		}
		return err
	}); err != nil {
		t.Fatal(err)
	}
	r.verify("")
}
