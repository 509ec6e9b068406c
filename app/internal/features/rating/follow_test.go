package rating_test

import (
	"context"
	"fmt"
	"strings"
	"testing"
	"time"

	"google.golang.org/protobuf/types/known/timestamppb"

	"github.com/mingcha-console/mingcha/app/internal/access"
	"github.com/mingcha-console/mingcha/app/internal/act"
	"github.com/mingcha-console/mingcha/app/internal/features/matter"
	"github.com/mingcha-console/mingcha/app/internal/features/rating"
	"github.com/mingcha-console/mingcha/app/internal/features/rating/ratingtest"
	"github.com/mingcha-console/mingcha/app/internal/intake"
	"github.com/mingcha-console/mingcha/app/internal/list"
	"github.com/mingcha-console/mingcha/app/internal/officetest"
	pb "github.com/mingcha-console/mingcha/sdk/contract/mingcha/adapter/v1"
)

var ctx = context.Background()

type office struct{ *ratingtest.Office }

func open(t *testing.T) *office {
	t.Helper()
	return &office{ratingtest.Open(t)}
}

// Working hours end at 17:30. The rating comes in a day after it was given: the
// department's day has begun then.
func TestABadRatingOnItsWay(t *testing.T) {
	o := open(t)
	bad := o.Rating("r1", 5)
	o.At("2026-09-29 09:00")
	o.Rate(bad, o.Rating("r2", 3))
	o.MustFollow()
	o.MustFollow()
	all := o.Matters(o.GH)
	if len(all) != 1 || len(o.Matters(o.JS)) != 0 {
		t.Fatalf("GH sees %+v, JS %+v", all, o.Matters(o.JS))
	}
	m := all[0]
	if m.Source != matter.Rating || m.State != matter.Contact || m.Fact != "跑了三趟" || fmt.Sprint(m.Reasons) != "[多次跑动]" || m.Place != "12" || m.Handler != "李窗口" ||
		m.Category != "very_dissatisfied" || m.CaseID == 0 || !m.SeenAt.Equal(officetest.When("2026-09-28 10:00")) || m.Item != "I1" {
		t.Errorf("%+v", m)
	}
	o.WantDue(1, "2026-09-29 17:30")
	if !o.M.Waits(&m, o.GH) || o.M.Waits(&m, o.Staff) {
		t.Error("it waits for the department, though the office could record for it")
	}
	o.WantCode(o.Step(o.GH, 1, "object", "reason", "评的不是我们"), "moved_on") // first they try to contact
	o.At("2026-09-29 17:30")
	o.Must(o.Step(o.GH, 1, "contacted", "said", "说材料清单没有写全"))
	o.WantDue(1, "2026-10-12 17:30") // 30 September, 8, 9, 10, 12 October
	o.Must(o.Step(o.GH, 1, "object", "reason", "不是本部门的窗口"))
	o.WantDue(1, "2026-10-08 17:30") // the office's two: 30 September, 8 October
	o.Must(o.Step(o.Head, 1, "overrule", "reason", "窗口就是本部门的"))
	o.WantCode(o.Step(o.GH, 1, "object", "reason", "再说一次不是"), "used_up")
	o.Must(o.Step(o.GH, 1, "reply", "reply", "清单已补全，已当面致歉"))
	o.Must(o.Step(o.Staff, 1, "send_back", "reason", "清单网上还没有更新"))
	o.Must(o.Step(o.Staff, 1, "reply_for", "reply", "网上清单已更新，电话告知"))
	o.Must(o.Step(o.Staff, 1, "close", "conclusion", "已经核实，予以销号"))
	m = o.Matter(o.Head, 1)
	for i, late := range o.M.Late(&m) {
		if late {
			t.Errorf("step %d was in time", i)
		}
	}
	if told := o.M.Summarize(&m); told.State != "closed" || told.Reply != "网上清单已更新，电话告知" || told.Conclusion != "已经核实，予以销号" {
		t.Errorf("%+v", told)
	}
	o.Verify()
}

// The first step has no extension; what cannot be put right in five working days
// has up to fifteen. 1 to 7 October 2026 are holidays, Saturday the 10th is
// worked.
func TestMoreTimeToPutABadRatingRight(t *testing.T) {
	o := open(t)
	o.Rate(o.Rating("r1", 5))
	o.MustFollow()
	more := func(action, days, reason string) error {
		by, given := o.GH, map[string]string{"days": days}
		if action == "grant" {
			by = o.Staff
		} else {
			given["reason"] = reason
		}
		return o.M.Step(ctx, by, 1, o.Key(), len(o.Matter(by, 1).Steps), action, given)
	}
	o.WantCode(more("ask_extension", "5", "清单要统一修订"), "moved_on")
	o.At("2026-09-29 11:00")
	o.Must(o.Step(o.GH, 1, "contacted", "said", "说材料清单没有写全"))
	o.WantDue(1, "2026-10-12 17:30") // 30 September, 8, 9, 10, 12 October
	o.WantCode(more("ask_extension", "11", "清单要统一修订"), "step")
	o.At("2026-10-12 17:31")
	o.WantCode(more("ask_extension", "10", "清单要统一修订"), "too_late")
	o.At("2026-10-12 17:30")
	o.Must(more("ask_extension", "10", "清单要由省里统一修订"))
	m := o.Matter(o.GH, 1)
	if m.State != matter.Extension || !o.M.Waits(&m, o.Staff) {
		t.Errorf("%+v", m)
	}
	o.WantDue(1, "2026-10-12 17:30")
	o.Must(more("grant", "10", ""))
	o.WantDue(1, "2026-10-26 17:30") // ten more: 13 to 16, 19 to 23, 26 October; fifteen in all
	o.At("2026-10-26 17:30")
	o.Must(o.Step(o.GH, 1, "reply", "reply", "清单已经修订，网上同步"))
	m = o.Matter(o.Head, 1)
	for i, late := range o.M.Late(&m) {
		if late {
			t.Errorf("step %d was in time", i)
		}
	}
	o.Must(o.Step(o.Staff, 1, "send_back", "reason", "窗口没有张贴新清单"))
	o.WantDue(1, "2026-11-02 17:30") // five anew: 27 to 30 October, 2 November
	o.WantCode(more("ask_extension", "1", "还要一天时间"), "used_up")
	o.Verify()
}

func TestMoreTimeThatTheOfficeRefuses(t *testing.T) {
	o := open(t)
	o.Rate(o.Rating("r1", 5, ratingtest.Anonymous))
	o.MustFollow()
	o.WantDue(1, "2026-10-10 17:30") // 29, 30 September, 8, 9, 10 October
	o.Must(o.M.Step(ctx, o.GH, 1, "ask-more-1", 1, "ask_extension", map[string]string{"days": "3", "reason": "窗口改造尚未完工"}))
	o.Must(o.Step(o.Head, 1, "refuse", "reason", "先行答复，改造另报"))
	o.WantDue(1, "2026-10-10 17:30")
	if m := o.Matter(o.GH, 1); m.State != matter.Rectify || m.Steps[2].Fields["reason"] != "先行答复，改造另报" {
		t.Errorf("%+v", m)
	}
	o.Verify()
}

// V25: contacted more than a working day after it was given. What the
// department's system reports counts by the moment reported, but nobody can
// report what is still to come.
func TestWhatADepartmentReportsIsTheContact(t *testing.T) {
	for name, c := range map[string]struct {
		contacted, seen string
		late            bool
		at              string
	}{
		"in time, seen late":     {"2026-09-29 17:30", "2026-10-08 09:00", false, "2026-09-29 17:30"},
		"late":                   {"2026-09-30 08:30", "2026-09-30 09:00", true, "2026-09-30 08:30"},
		"reported ahead":         {"2026-09-30 09:04", "2026-09-30 09:00", true, "2026-09-30 09:00"}, // a clock a little fast
		"before it was given":    {"2026-09-28 00:00", "2026-09-29 09:00", false, "2026-09-28 10:00"},
		"with the rating itself": {"2026-09-28 10:30", "", false, "2026-09-28 10:30"},
	} {
		t.Run(name, func(t *testing.T) {
			o := open(t)
			bad := o.Rating("r1", 4)
			o.At("2026-09-28 11:00")
			if c.seen != "" {
				o.Rate(bad)
				o.MustFollow()
				o.At(c.seen)
			}
			ratingtest.Contacted(c.contacted)(bad)
			o.Rate(bad)
			o.MustFollow()
			o.MustFollow()
			m := o.Matter(o.GH, 1)
			if m.State != matter.Rectify || len(m.Steps) != 1 || !m.Steps[0].At.Equal(officetest.When(c.at)) || m.Steps[0].Fields["result"] != "已致歉，当场补办" || o.M.Late(&m)[0] != c.late {
				t.Errorf("%s: %+v, late %v", m.State, m.Steps, o.M.Late(&m))
			}
			f, err := o.Figures(ctx, "GH", officetest.When("2026-09-01 00:00"), officetest.When("2026-11-01 00:00"))
			o.Must(err)
			if want := map[bool]int{true: 1}[c.late]; f.Late != want || f.Waiting != 0 || f.Levels != [5]int{3: 1} || f.Satisfied() != 0 {
				t.Errorf("%+v", f)
			}
			o.Verify()
		})
	}
}

func TestNobodyHasToContactWhoLeftNoName(t *testing.T) {
	o := open(t)
	o.Rate(o.Rating("r1", 5, ratingtest.Anonymous))
	o.MustFollow()
	m := o.Matter(o.GH, 1)
	if m.State != matter.Rectify || len(m.Steps) != 1 || m.Steps[0].Action != matter.Anonymous || o.M.Late(&m)[0] {
		t.Errorf("%+v", m)
	}
	o.Must(o.Step(o.GH, 1, "object", "reason", "系统误按，无人办事"))
	o.Must(o.Step(o.Head, 1, "uphold", "reason", "监控显示误按"))
	if m := o.Matter(o.GH, 1); m.State != matter.Dropped || !m.Done {
		t.Errorf("%+v", m)
	}
	o.Verify()
}

func TestWhoCouldNotBeReachedIsAResultToo(t *testing.T) {
	o := open(t)
	o.Rate(o.Rating("r1", 5))
	o.MustFollow()
	o.At("2026-09-30 09:00") // a day too late
	if f, err := o.Figures(ctx, "", officetest.When("2026-09-01 00:00"), officetest.When("2026-11-01 00:00")); err != nil || f.Waiting != 1 || f.Late != 1 {
		t.Errorf("%+v, %v", f, err)
	}
	o.Must(o.Step(o.Staff, 1, "unreached_for", "tried", "部门来电：打了三次都关机"))
	m := o.Matter(o.GH, 1)
	if m.State != matter.Rectify || !o.M.Late(&m)[0] {
		t.Errorf("recorded by the office it is the department's contact, and late: %+v", m)
	}
	// What is reported afterwards changes nothing of what was done.
	o.Rate(o.Rating("r1", 5, func(r *pb.Rating) { r.RatedAt = timestamppb.New(officetest.When("2026-09-28 10:00")) }, ratingtest.Contacted("2026-09-28 15:00")))
	o.MustFollow()
	if m := o.Matter(o.GH, 1); len(m.Steps) != 1 {
		t.Errorf("%+v", m.Steps)
	}
	o.Verify()
}

// Of what was given more than 30 days before it came in nothing is made; and a
// console that stopped in between makes up for it, once.
func TestWhatIsFollowedAndWhen(t *testing.T) {
	o := open(t)
	given := func(days int) func(*pb.Rating) {
		return func(r *pb.Rating) { r.RatedAt = timestamppb.New(o.Now.AddDate(0, 0, -days)) }
	}
	o.Rate(o.Rating("old", 5, given(31)), o.Rating("new", 5, given(30)), o.Rating("good", 3, given(1)), o.Rating("of JS", 4, func(r *pb.Rating) { r.Department, r.CaseNo = "JS", "" }))
	o.Close()
	o.At("2026-12-01 09:00")
	o.Reopen()
	o.Begin()
	o.MustFollow()
	o.Rate(o.Rating("new", 1, func(r *pb.Rating) {
		r.RatedAt = timestamppb.New(officetest.When("2026-09-28 10:00").AddDate(0, 0, -30))
	})) // taken back by its department
	o.MustFollow()
	all := o.Matters(o.Head)
	if len(all) != 2 || all[0].Department != "GH" || all[1].Department != "JS" || all[1].CaseID != 0 || all[0].Category != "very_dissatisfied" {
		t.Errorf("%+v", all)
	}
	o.Verify()
}

func TestFiltersOfTheList(t *testing.T) {
	o := open(t)
	o.Rate(o.Rating("r1", 1, func(r *pb.Rating) { r.RatedAt = timestamppb.New(o.Now.Add(-time.Hour)) }), o.Rating("r2", 4, func(r *pb.Rating) { r.Text = "态度不好" }),
		o.Rating("r3", 5, func(r *pb.Rating) { r.Department, r.CaseNo, r.Reasons = "JS", "JS-07", []string{"排队久", "R&D"} }))
	o.MustFollow()
	o.Must(o.Step(o.JS, 2, "contacted", "said", "说等了一上午"))
	instant := func(at time.Time) string { return at.Format(time.RFC3339Nano) }
	for want, f := range map[string]list.Ask{
		"JS very_dissatisfied, GH dissatisfied, GH very_satisfied": list.Asking(),
		"GH dissatisfied, GH very_satisfied":                       list.Asking("department", "GH"),
		"JS very_dissatisfied":                                     list.Asking("level", "very_dissatisfied"),
		"JS very_dissatisfied, GH very_satisfied":                  list.Asking("level", "very_dissatisfied", "level", "very_satisfied"),
		"JS very_dissatisfied, GH dissatisfied":                    list.Asking("bad", "true"),
		"GH dissatisfied":                                          list.Asking("waiting", "true"),
		"GH dissatisfied ":                                         list.Asking("text", "态度"),
		"JS very_dissatisfied ":                                    list.Asking("text", "JS-"),
		"GH dissatisfied  ":                                        list.Asking("text", "不好 态度"), // each word
		"JS very_dissatisfied  ":                                   list.Asking("text", "排队久 JS-0"),
		"JS very_dissatisfied   ":                                  list.Asking("text", "R&D"), // of what was ticked
		" ":                                                        list.Asking("text", "态度 排队久"),
		"  ":                                                       list.Asking("text", `","`), // stands between, in no reason
		"GH very_satisfied":                                        list.Asking("to", instant(o.Now)),
		"JS very_dissatisfied, GH dissatisfied ":                   list.Asking("from", instant(o.Now)),
		"":                                                         list.Asking("department", "none"),
	} {
		p, err := o.List(ctx, o.Head, f.Window(0, 10))
		o.Must(err)
		got := ""
		for i, r := range p.Rows {
			if i > 0 {
				got += ", "
			}
			got += r.Department + " " + []string{"", "very_satisfied", "satisfied", "fair", "dissatisfied", "very_dissatisfied"}[r.Level]
		}
		want = strings.TrimRight(want, " ")
		if got != want || p.Total != len(p.Rows) {
			t.Errorf("%+v: %s of %d, want %s", f, got, p.Total, want)
		}
	}
	p, err := o.List(ctx, o.Head, list.Asking().Window(1, 1))
	if err != nil || len(p.Rows) != 1 || p.Total != 3 || p.Rows[0].Level != 4 || p.Rows[0].Matter != 1 || p.Rows[0].MatterState != "contact" {
		t.Errorf("a window: %+v, %v", p, err)
	}
	r, err := o.One(ctx, p.Rows[0].ID)
	if err != nil || !r.Named || r.ItemName != "建设用地规划许可" || r.CaseID == 0 {
		t.Errorf("%+v, %v", r, err)
	}
	if who, err := o.Rater(ctx, o.Staff, r.ID, "部门说联系不上"); err != nil || who.Name != ratingtest.Name || who.Phone != ratingtest.Phone {
		t.Errorf("%+v, %v", who, err)
	}
	_, err = o.One(ctx, 4000)
	o.WantCode(err, "unknown_rating")
}

// A liaison sees its own department's ratings, whatever it asks for.
func TestALiaisonSeesItsOwn(t *testing.T) {
	o := open(t)
	o.Rate(o.Rating("r1", 5), o.Rating("r2", 5, func(r *pb.Rating) { r.Department, r.CaseNo = "JS", "" }))
	for _, ask := range []list.Ask{list.Asking(), list.Asking("department", "GH")} {
		p, err := o.List(ctx, o.GH, ask)
		if o.Must(err); len(p.Rows) != 1 || p.Rows[0].Department != "GH" {
			t.Errorf("%+v", p.Rows)
		}
	}
	others := list.Asking("department", "JS")
	_, err := o.List(ctx, o.GH, others)
	o.WantCode(err, "not_found")
	o.WantCode(rating.Listed.Asked(access.With(ctx, o.GH), others), "not_found") // before a file of it is journaled
	o.Must(rating.Listed.Asked(access.With(ctx, o.Head), others))
}

func TestActsInWords(t *testing.T) {
	for want, data := range map[string][2]string{
		"差评 #7 转部门处理：GH":     {"rating.followed", `{"rating":7,"department":"GH"}`},
		"导入评价：9月.csv，新增 5 条": {"rating.imported", `{"name":"9月.csv","taken":5}`},
	} {
		a := intake.RecordedAct{Type: data[0], Data: []byte(data[1])}
		if zh, en := act.NewRegistry().Add(rating.Tables, rating.Acts...).Words(&a); zh != want || en == "" {
			t.Errorf("%s: %q %q", data[0], zh, en)
		}
	}
}
