package ratings_test

import (
	"fmt"
	"testing"
	"time"

	"google.golang.org/protobuf/types/known/timestamppb"

	"github.com/mingcha-console/mingcha/app/internal/features/matter"
	"github.com/mingcha-console/mingcha/app/internal/intake"
	"github.com/mingcha-console/mingcha/app/internal/officetest"
	"github.com/mingcha-console/mingcha/app/internal/ratings"
	"github.com/mingcha-console/mingcha/app/internal/store"
	pb "github.com/mingcha-console/mingcha/sdk/contract/mingcha/adapter/v1"
)

// Working hours end at 17:30. The rating comes in a day after it was given: the
// department's day has begun then.
func TestABadRatingOnItsWay(t *testing.T) {
	o := open(t)
	bad := o.rating("r1", 5)
	o.At("2026-09-29 09:00")
	o.rate(bad, o.rating("r2", 3))
	o.follow()
	o.follow()
	all := o.matters(o.gh)
	if len(all) != 1 || len(o.matters(o.js)) != 0 {
		t.Fatalf("GH sees %+v, JS %+v", all, o.matters(o.js))
	}
	m := all[0]
	if m.Source != matter.Rating || m.State != matter.Contact || m.Fact != "跑了三趟" || fmt.Sprint(m.Reasons) != "[多次跑动]" || m.Place != "12" || m.Handler != "李窗口" ||
		m.Category != "very_dissatisfied" || m.CaseID == 0 || !m.SeenAt.Equal(officetest.When("2026-09-28 10:00")) || m.Item != "I1" {
		t.Errorf("%+v", m)
	}
	o.due(1, "2026-09-29 17:30")
	if !o.m.Waits(&m, o.gh) || o.m.Waits(&m, o.staff) {
		t.Error("it waits for the department, though the office could record for it")
	}
	o.WantCode(o.step(o.gh, 1, "object", "reason", "评的不是我们"), "moved_on") // first they try to contact
	o.At("2026-09-29 17:30")
	o.Must(o.step(o.gh, 1, "contacted", "said", "说材料清单没有写全"))
	o.due(1, "2026-10-12 17:30") // 30 September, 8, 9, 10, 12 October
	o.Must(o.step(o.gh, 1, "object", "reason", "不是本部门的窗口"))
	o.due(1, "2026-10-08 17:30") // the office's two: 30 September, 8 October
	o.Must(o.step(o.head, 1, "overrule", "reason", "窗口就是本部门的"))
	o.WantCode(o.step(o.gh, 1, "object", "reason", "再说一次不是"), "used_up")
	o.Must(o.step(o.gh, 1, "reply", "reply", "清单已补全，已当面致歉"))
	o.Must(o.step(o.staff, 1, "send_back", "reason", "清单网上还没有更新"))
	o.Must(o.step(o.staff, 1, "reply_for", "reply", "网上清单已更新，电话告知"))
	o.Must(o.step(o.staff, 1, "close", "conclusion", "已经核实，予以销号"))
	m = o.one(o.head, 1)
	for i, late := range o.m.Late(&m) {
		if late {
			t.Errorf("step %d was in time", i)
		}
	}
	if told := o.m.Tell(&m); told.State != "closed" || told.Reply != "网上清单已更新，电话告知" || told.Conclusion != "已经核实，予以销号" {
		t.Errorf("%+v", told)
	}
	o.Verify()
}

// The first step has no extension; what cannot be put right in five working days
// has up to fifteen. 1 to 7 October 2026 are holidays, Saturday the 10th is
// worked.
func TestMoreTimeToPutABadRatingRight(t *testing.T) {
	o := open(t)
	o.rate(o.rating("r1", 5))
	o.follow()
	more := func(action, days, reason string) error {
		by, given := o.gh, map[string]string{"days": days}
		if action == "grant" {
			by = o.staff
		} else {
			given["reason"] = reason
		}
		o.keys++
		return o.m.Step(ctx, by, 1, fmt.Sprintf("more-%06d", o.keys), len(o.one(by, 1).Steps), action, given)
	}
	o.WantCode(more("ask_extension", "5", "清单要统一修订"), "moved_on")
	o.At("2026-09-29 11:00")
	o.Must(o.step(o.gh, 1, "contacted", "said", "说材料清单没有写全"))
	o.due(1, "2026-10-12 17:30") // 30 September, 8, 9, 10, 12 October
	o.WantCode(more("ask_extension", "11", "清单要统一修订"), "step")
	o.At("2026-10-12 17:31")
	o.WantCode(more("ask_extension", "10", "清单要统一修订"), "too_late")
	o.At("2026-10-12 17:30")
	o.Must(more("ask_extension", "10", "清单要由省里统一修订"))
	m := o.one(o.gh, 1)
	if m.State != matter.Extension || !o.m.Waits(&m, o.staff) {
		t.Errorf("%+v", m)
	}
	o.due(1, "2026-10-12 17:30")
	o.Must(more("grant", "10", ""))
	o.due(1, "2026-10-26 17:30") // ten more: 13 to 16, 19 to 23, 26 October; fifteen in all
	o.At("2026-10-26 17:30")
	o.Must(o.step(o.gh, 1, "reply", "reply", "清单已经修订，网上同步"))
	m = o.one(o.head, 1)
	for i, late := range o.m.Late(&m) {
		if late {
			t.Errorf("step %d was in time", i)
		}
	}
	o.Must(o.step(o.staff, 1, "send_back", "reason", "窗口没有张贴新清单"))
	o.due(1, "2026-11-02 17:30") // five anew: 27 to 30 October, 2 November
	o.WantCode(more("ask_extension", "1", "还要一天时间"), "used_up")
	o.Verify()
}

func TestMoreTimeThatTheOfficeRefuses(t *testing.T) {
	o := open(t)
	o.rate(o.rating("r1", 5, anonymous))
	o.follow()
	o.due(1, "2026-10-10 17:30") // 29, 30 September, 8, 9, 10 October
	o.Must(o.m.Step(ctx, o.gh, 1, "ask-more-1", 1, "ask_extension", map[string]string{"days": "3", "reason": "窗口改造尚未完工"}))
	o.Must(o.step(o.head, 1, "refuse", "reason", "先行答复，改造另报"))
	o.due(1, "2026-10-10 17:30")
	if m := o.one(o.gh, 1); m.State != matter.Rectify || m.Steps[2].Fields["reason"] != "先行答复，改造另报" {
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
			bad := o.rating("r1", 4)
			o.At("2026-09-28 11:00")
			if c.seen != "" {
				o.rate(bad)
				o.follow()
				o.At(c.seen)
			}
			contacted(c.contacted)(bad)
			o.rate(bad)
			o.follow()
			o.follow()
			m := o.one(o.gh, 1)
			if m.State != matter.Rectify || len(m.Steps) != 1 || !m.Steps[0].At.Equal(officetest.When(c.at)) || m.Steps[0].Fields["result"] != "已致歉，当场补办" || o.m.Late(&m)[0] != c.late {
				t.Errorf("%s: %+v, late %v", m.State, m.Steps, o.m.Late(&m))
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
	o.rate(o.rating("r1", 5, anonymous))
	o.follow()
	m := o.one(o.gh, 1)
	if m.State != matter.Rectify || len(m.Steps) != 1 || m.Steps[0].Action != matter.Anonymous || o.m.Late(&m)[0] {
		t.Errorf("%+v", m)
	}
	o.Must(o.step(o.gh, 1, "object", "reason", "系统误按，无人办事"))
	o.Must(o.step(o.head, 1, "uphold", "reason", "监控显示误按"))
	if m := o.one(o.gh, 1); m.State != matter.Dropped || !m.Done {
		t.Errorf("%+v", m)
	}
	o.Verify()
}

func TestWhoCouldNotBeReachedIsAResultToo(t *testing.T) {
	o := open(t)
	o.rate(o.rating("r1", 5))
	o.follow()
	o.At("2026-09-30 09:00") // a day too late
	if f, err := o.Figures(ctx, "", officetest.When("2026-09-01 00:00"), officetest.When("2026-11-01 00:00")); err != nil || f.Waiting != 1 || f.Late != 1 {
		t.Errorf("%+v, %v", f, err)
	}
	o.Must(o.step(o.staff, 1, "unreached_for", "tried", "部门来电：打了三次都关机"))
	m := o.one(o.gh, 1)
	if m.State != matter.Rectify || !o.m.Late(&m)[0] {
		t.Errorf("recorded by the office it is the department's contact, and late: %+v", m)
	}
	// What is reported afterwards changes nothing of what was done.
	o.rate(o.rating("r1", 5, func(r *pb.Rating) { r.RatedAt = timestamppb.New(officetest.When("2026-09-28 10:00")) }, contacted("2026-09-28 15:00")))
	o.follow()
	if m := o.one(o.gh, 1); len(m.Steps) != 1 {
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
	o.rate(o.rating("old", 5, given(31)), o.rating("new", 5, given(30)), o.rating("good", 3, given(1)), o.rating("of JS", 4, func(r *pb.Rating) { r.Department, r.CaseNo = "JS", "" }))
	o.Close()
	o.At("2026-12-01 09:00")
	o.Reopen()
	o.begin()
	o.follow()
	o.rate(o.rating("new", 1, func(r *pb.Rating) {
		r.RatedAt = timestamppb.New(officetest.When("2026-09-28 10:00").AddDate(0, 0, -30))
	})) // taken back by its department
	o.follow()
	all := o.matters(o.head)
	if len(all) != 2 || all[0].Department != "GH" || all[1].Department != "JS" || all[1].CaseID != 0 || all[0].Category != "very_dissatisfied" {
		t.Errorf("%+v", all)
	}
	o.Verify()
}

func TestFiltersOfTheList(t *testing.T) {
	o := open(t)
	o.rate(o.rating("r1", 1, func(r *pb.Rating) { r.RatedAt = timestamppb.New(o.Now.Add(-time.Hour)) }), o.rating("r2", 4, func(r *pb.Rating) { r.Text = "态度不好" }),
		o.rating("r3", 5, func(r *pb.Rating) { r.Department, r.CaseNo = "JS", "JS-07" }))
	o.follow()
	o.Must(o.step(o.js, 2, "contacted", "said", "说等了一上午"))
	for want, f := range map[string]ratings.Filter{
		"JS very_dissatisfied, GH dissatisfied, GH very_satisfied": {},
		"GH dissatisfied, GH very_satisfied":                       {Department: "GH"},
		"JS very_dissatisfied":                                     {Level: 5},
		"JS very_dissatisfied, GH dissatisfied":                    {Bad: true},
		"GH dissatisfied":                                          {Waiting: true},
		"GH dissatisfied ":                                         {Text: "态度"},
		"JS very_dissatisfied ":                                    {Text: "JS-"},
		"GH very_satisfied":                                        {To: o.Now},
		"JS very_dissatisfied, GH dissatisfied ":                   {From: o.Now},
		"":                                                         {Department: "none"},
	} {
		p, err := o.List(ctx, f, store.Window{Limit: 10})
		o.Must(err)
		got := ""
		for i, r := range p.Rows {
			if i > 0 {
				got += ", "
			}
			got += r.Department + " " + []string{"", "very_satisfied", "satisfied", "fair", "dissatisfied", "very_dissatisfied"}[r.Level]
		}
		if len(want) > 0 && want[len(want)-1] == ' ' {
			want = want[:len(want)-1]
		}
		if got != want || p.Total != len(p.Rows) {
			t.Errorf("%+v: %s of %d, want %s", f, got, p.Total, want)
		}
	}
	p, err := o.List(ctx, ratings.Filter{}, store.Window{Offset: 1, Limit: 1})
	if err != nil || len(p.Rows) != 1 || p.Total != 3 || p.Rows[0].Level != 4 || p.Rows[0].Matter != 1 || p.Rows[0].MatterState != "contact" {
		t.Errorf("a window: %+v, %v", p, err)
	}
	r, err := o.One(ctx, p.Rows[0].ID)
	if err != nil || !r.Named || r.ItemName != "建设用地规划许可" || r.CaseID == 0 {
		t.Errorf("%+v, %v", r, err)
	}
	if who, err := o.Rater(ctx, &r); err != nil || who.Name != raterName || who.Phone != raterPhone {
		t.Errorf("%+v, %v", who, err)
	}
	_, err = o.One(ctx, 4000)
	o.WantCode(err, "unknown_rating")
}

func TestActsInWords(t *testing.T) {
	for want, data := range map[string][2]string{
		"差评 #7 转部门处理：GH":                    {"rating.followed", `{"rating":7,"department":"GH"}`},
		"抽取回访：1 条（2026-09-01 至 2026-09-30）": {"callback.drawn", `{"first":"2026-09-01","last":"2026-09-30","callbacks":[{}]}`},
		"回访 #3：第 2 次没有接通":                   {"callback.recorded", `{"callback":3,"n":2}`},
		"回访 #3：已接通":                         {"callback.recorded", `{"callback":3,"n":2,"reached":true}`},
		"导入评价：9月.csv，新增 5 条":                {"rating.imported", `{"name":"9月.csv","taken":5}`},
	} {
		a := intake.RecordedAct{Type: data[0], Data: []byte(data[1])}
		if zh, en, ok := ratings.Words(&a); !ok || zh != want || en == "" {
			t.Errorf("%s: %q %q %v", data[0], zh, en, ok)
		}
	}
	if _, _, ok := ratings.Words(&intake.RecordedAct{Type: "visit.filed"}); ok {
		t.Error("a visit is no rating")
	}
}
