package intake

import (
	"fmt"
	"strings"
	"testing"
	"time"

	pb "github.com/mingcha-console/mingcha/sdk/contract/mingcha/adapter/v1"
)

// filed and reported send a filing of a rejection and an overdue report.
func (r *rig) filed(id, no string, when time.Time) {
	r.t.Helper()
	if err := r.in.Rejections(ctx, "a", &pb.RejectionsResponse{Cursor: []byte(id), CaughtUp: true, Records: []*pb.RejectionRecord{{Record: &pb.RejectionRecord_Rejection{
		Rejection: &pb.Rejection{SourceId: id, Department: "GH", CaseNo: no, FilingNo: "否1", FiledAt: ts(when), Reason: "不符合规划"}}}}}); err != nil {
		r.t.Fatal(err)
	}
}

func (r *rig) reported(id, no string, when time.Time) {
	r.t.Helper()
	if err := r.in.Overdue(ctx, "a", &pb.OverdueResponse{Cursor: []byte(id), CaughtUp: true, Records: []*pb.OverdueRecord{{Record: &pb.OverdueRecord_Overdue{
		Overdue: &pb.OverdueCase{SourceId: id, Department: "GH", CaseNo: no, ReportedAt: ts(when), OverBy: "1"}}}}}); err != nil {
		r.t.Fatal(err)
	}
}

// A report or a rating that names a look-alike of a case, or hides what it names,
// waits in the quarantine, which names the character.
func TestReportsAndRatingsThatNameALookAlike(t *testing.T) {
	r := newRig(t, t.TempDir(), at("2026-03-11 09:00:00"))
	r.catalogue()
	when := at("2026-03-09 10:00:00")
	r.take(event("1", "GH-417", pb.EventKind_EVENT_KIND_RECEIVED, when), event("2", "规划（2026）17 号", pb.EventKind_EVENT_KIND_RECEIVED, when))
	for i, c := range []struct{ no, want string }{
		{"GН-417", "第 2 个字符是 U+041D（西里尔字母），看上去是 H"}, // of a case
		{"GН-999", "第 2 个字符是 U+041D（西里尔字母），看上去是 H"}, // of none
		{"GH\u2011417", "U+2011，看上去是 -"},
		{"ＧH-417", "U+FF27（全角字符），看上去是 G"},
		{"规划(2026)17 号", "已有的第 3 个字符是 U+FF08（全角字符）"},
		{"GH-\u200B417", "第 4 个字符是 U+200B（零宽空格）"},
		{"GH-\u3164417", "U+3164（韩文填充符）"},
		{"’GH-417", "文本标记：第 1 个字符是 U+2019（右单引号）"},
		{"`GH-417", "文本标记：第 1 个字符是 U+0060（反引号）"},
		{"'GH-417", "文本标记：第 1 个字符是 U+0027（撇号）"},
	} {
		for stream, send := range map[string]func(){
			"rejections": func() { r.filed(fmt.Sprint("f", i), c.no, when) },
			"overdue":    func() { r.reported(fmt.Sprint("o", i), c.no, when) },
			"ratings": func() {
				r.rate(rating(fmt.Sprint("p", i), func(m *pb.Rating) { m.CaseNo, m.RatedAt = c.no, ts(when) }))
			},
			"events": func() { r.take(event(fmt.Sprint("e", i), c.no, pb.EventKind_EVENT_KIND_ACCEPTED, when)) },
		} {
			send()
			got := r.query(fmt.Sprintf(`SELECT reason_zh FROM quarantine WHERE stream = '%s' ORDER BY id DESC LIMIT 1`, stream))
			if len(got) != 1 || !strings.Contains(got[0], c.want) {
				t.Errorf("%q among %s: %q, want %s", c.no, stream, got, c.want)
			}
		}
	}
	if n := r.query(`SELECT count(*) || '' FROM reports`)[0] + r.query(`SELECT count(*) || '' FROM ratings`)[0]; n != "00" {
		t.Errorf("some were taken: %s", n)
	}
	// By the case's own number they are taken; and so is what comes before its case.
	r.filed("good", "规划（2026）17 号", when)
	r.reported("good", "GH-417", when)
	r.rate(rating("good", func(m *pb.Rating) { m.CaseNo, m.RatedAt = "GH-417", ts(when) }), rating("none", func(m *pb.Rating) { m.CaseNo, m.RatedAt = "", ts(when) }),
		rating("early", func(m *pb.Rating) { m.CaseNo, m.RatedAt = "ＧＨ－５", ts(when) }))
	r.filed("early", "GH–5", when)
	if n := r.query(`SELECT count(*) || '' FROM reports`)[0] + r.query(`SELECT count(*) || '' FROM ratings`)[0]; n != "33" {
		t.Errorf("of what is as it is something was refused: %s, %q", n, r.quarantineOf("a"))
	}
	r.verify("")
}

// What came before its case and only looks like it is told once the case begins: in
// the same opening, or in a later one.
func TestAReportThatCameBeforeItsCaseIsToldOf(t *testing.T) {
	for _, reopened := range []bool{false, true} {
		r := newRig(t, t.TempDir(), at("2026-03-11 09:00:00"))
		r.catalogue()
		when := at("2026-03-09 10:00:00")
		r.take(event("0", "GH-1", pb.EventKind_EVENT_KIND_RECEIVED, when))
		r.filed("f1", "GH–5", when)
		r.reported("o1", "GH-6", when)
		r.rate(rating("p1", func(m *pb.Rating) { m.CaseNo, m.RatedAt = "GH–5", ts(when) }))
		if reopened {
			r.close()
			r.again()
		}
		r.take(event("1", "GH-5", pb.EventKind_EVENT_KIND_RECEIVED, when), event("2", "GH–6", pb.EventKind_EVENT_KIND_RECEIVED, when), event("3", "GH-7", pb.EventKind_EVENT_KIND_RECEIVED, when))
		got := r.query(`SELECT stream || ' ' || source_id || ' ' || reason_zh FROM quarantine ORDER BY stream`)
		if len(got) != 3 || !strings.HasPrefix(got[0], "overdue o1 ") || !strings.HasPrefix(got[1], "ratings p1 ") || !strings.HasPrefix(got[2], "rejections f1 ") {
			t.Fatalf("reopened %v: %q", reopened, got)
		}
		if !strings.Contains(got[2], `"GH–5" 与后来的办件 "GH-5" 看上去相同：第 3 个字符是 U+2013，看上去是 -`) || !strings.Contains(got[0], "U+2013") {
			t.Errorf("%q", got)
		}
		r.verify("")
	}
}

// A folder of before keeps what it took: its reports and ratings may be corrected.
func TestWhatWasTakenByALookAlikeMayBeCorrected(t *testing.T) {
	r := newRig(t, t.TempDir(), at("2026-03-11 09:00:00"))
	r.catalogue()
	when := at("2026-03-09 10:00:00")
	r.rate(rating("p1", func(m *pb.Rating) { m.CaseNo, m.RatedAt = "GH–5", ts(when) }))
	r.take(event("1", "GH-5", pb.EventKind_EVENT_KIND_RECEIVED, when))
	r.rate(rating("p1", func(m *pb.Rating) { m.CaseNo, m.RatedAt, m.Text = "GH–5", ts(when), "已联系" }))
	if got := r.query(`SELECT text FROM ratings`); len(got) != 1 || got[0] != "已联系" {
		t.Errorf("%q", got)
	}
	r.verify("")
}

// An authorization does not miss an item by a letter of another script, nor hide its
// own number.
func TestAnAuthorizationThatNamesALookAlike(t *testing.T) {
	r := newRig(t, t.TempDir(), at("2026-03-11 09:00:00"))
	r.catalogue()
	send := func(id, no string, items ...string) {
		t.Helper()
		if err := r.in.Authorizations(ctx, "a", &pb.AuthorizationsResponse{Cursor: []byte(id), CaughtUp: true, Records: []*pb.AuthorizationRecord{{Record: &pb.AuthorizationRecord_Authorization{
			Authorization: &pb.Authorization{SourceId: id, Department: "GH", AuthNo: no, Items: items, ValidFrom: ts(at("2026-01-01 00:00:00")), ValidTo: ts(at("2026-12-01 00:00:00")), Rep: &pb.Person{Name: "赵"}}}}}}); err != nil {
			t.Fatal(err)
		}
	}
	send("z1", "授〔2026〕1", "I1", "I2", "I9")
	send("z2", "Ѕ-2", "I1")
	send("z3", "S-3", "І1")
	send("z4", "S-4", "I１")
	got := r.query(`SELECT source_id || ' ' || reason_zh FROM quarantine ORDER BY id`)
	if len(got) != 3 || !strings.Contains(got[0], `z2 授权书号 "Ѕ-2" 与看上去的不同：第 1 个字符是 U+0405（西里尔字母），看上去是 S`) || !strings.Contains(got[1], `z3 授权书所列的事项编码 "І1"`) || !strings.Contains(got[2], "U+FF11") {
		t.Errorf("%q", got)
	}
	r.verify("")
}
