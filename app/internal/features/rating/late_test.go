package rating_test

import (
	"fmt"
	"testing"
	"time"

	"google.golang.org/protobuf/types/known/timestamppb"
	"pgregory.net/rapid"

	"github.com/mingcha-console/mingcha/app/internal/features/matter"
	"github.com/mingcha-console/mingcha/app/internal/features/rating"
	"github.com/mingcha-console/mingcha/app/internal/features/rating/ratingtest"
	"github.com/mingcha-console/mingcha/app/internal/list"
	"github.com/mingcha-console/mingcha/app/internal/list/listtest"
	"github.com/mingcha-console/mingcha/app/internal/officetest"
	"github.com/mingcha-console/mingcha/app/internal/workday"
	pb "github.com/mingcha-console/mingcha/sdk/contract/mingcha/adapter/v1"
)

func given(at string) func(*pb.Rating) {
	return func(r *pb.Rating) { r.RatedAt = timestamppb.New(officetest.When(at)) }
}

// M4: the limit runs from when the department could know, so no matter is overdue
// when it comes up. The office's late entry is not the department's; a rating that
// came late is marked.
func TestM4NoMatterIsOverdueWhenItIsBorn(t *testing.T) {
	for name, c := range map[string]struct {
		rate       func(o *office)
		due, begun string // of the first state, at the close of business; begun: where it is not the rating's day
		state      string
		late       bool // its first step
	}{
		// The office imports on Monday what was given on the Friday of the week before.
		"imported a week later": {func(o *office) {
			o.imports(file("部门,满意度,时间,电话\n规划局,非常不满意,2026-09-18 10:00,13855512345\n"))
		}, "2026-09-29", "2026-09-28", matter.Contact, false},
		// The next day: the department has its whole working day from then.
		"imported a day later": {func(o *office) {
			o.imports(file("部门,满意度,时间,电话\n规划局,非常不满意,2026-09-27 10:00,13855512345\n"))
		}, "2026-09-29", "2026-09-28", matter.Contact, false},
		"imported at once": {func(o *office) {
			o.imports(file("部门,满意度,时间,电话\n规划局,非常不满意,2026-09-28 09:30,13855512345\n"))
		}, "2026-09-29", "", matter.Contact, false},
		// What its own system sends it knew; but nothing is overdue that has just come up.
		"its own system, at once":     {func(o *office) { o.Rate(o.Rating("r", 5, given("2026-09-28 09:00"))) }, "2026-09-29", "", matter.Contact, false},
		"its own system, a day later": {func(o *office) { o.Rate(o.Rating("r", 5, given("2026-09-27 09:00"))) }, "2026-09-28", "", matter.Contact, false},
		"its own system, weeks later": {func(o *office) { o.Rate(o.Rating("r", 5, given("2026-09-07 09:00"))) }, "2026-09-29", "2026-09-28", matter.Contact, false},
		"weeks later and anonymous":   {func(o *office) { o.Rate(o.Rating("r", 5, given("2026-09-07 09:00"), ratingtest.Anonymous)) }, "2026-10-10", "2026-09-28", matter.Rectify, false},
		// The department's own report that it contacted the rater tells how late that
		// was; to put right what was wrong it has its time from when it is told to.
		"weeks later, contacted late": {func(o *office) {
			o.Rate(o.Rating("r", 5, given("2026-09-07 09:00"), ratingtest.Contacted("2026-09-15 10:00")))
		}, "2026-10-10", "", matter.Rectify, true},
		"weeks later, contacted in time": {func(o *office) {
			o.Rate(o.Rating("r", 5, given("2026-09-07 09:00"), ratingtest.Contacted("2026-09-08 10:00")))
		}, "2026-10-10", "", matter.Rectify, false},
	} {
		t.Run(name, func(t *testing.T) {
			o := open(t) // Monday 2026-09-28 10:00; 1 to 7 October are holidays, Saturday the 10th is worked
			c.rate(o)
			o.MustFollow()
			m := o.Matter(o.GH, 1)
			if m.State != c.state || o.M.Overdue(&m) {
				t.Errorf("%s, overdue %v", m.State, o.M.Overdue(&m))
			}
			o.WantDue(1, c.due+" 17:30")
			if got := m.CameLate(workday.Default()); got != (c.begun != "") {
				t.Errorf("came late: %v, begun %v", got, m.BegunAt)
			}
			if late := o.M.Late(&m); len(late) > 0 && late[0] != c.late || len(late) == 0 && c.late {
				t.Errorf("its steps are late: %v", late)
			}
			o.Verify()
		})
	}
}

// M4: bad ratings of long ago that a file brings open no matter by themselves. The tally
// says so; who asks for it sends them to their departments, whose time runs from then.
func TestM4OldBadRatingsAreToldAndOffered(t *testing.T) {
	o := open(t) // Monday 2026-09-28 10:00; 1 to 7 October are holidays, Saturday the 10th is worked
	f := file("部门,满意度,时间,电话\n规划局,非常不满意,2026-08-03 10:00,13855512345\n规划局,满意,2026-08-03 10:00,\n建设局,不满意,2026-08-29 09:00,13855512345\n规划局,不满意,2026-08-29 11:00,13855512345\n")
	if p := o.preview(f); p.Old != 2 || p.Usable != 4 {
		t.Errorf("%+v", p)
	}
	if got := o.imports(f); got != (rating.Imported{Rows: 4, Taken: 4, Old: 2}) {
		t.Errorf("%+v", got)
	}
	o.MustFollow()
	if m := o.Matters(o.Head); len(m) != 1 { // of 29 August, 11:00: thirty days less an hour ago
		t.Errorf("%+v", m)
	}
	f.FollowOld = true
	if got := o.imports(f); got != (rating.Imported{Rows: 4, Known: 4, Followed: 2}) {
		t.Errorf("%+v", got)
	}
	if m := o.Matters(o.Head); len(m) != 3 || o.M.Overdue(&m[1]) || o.M.Overdue(&m[2]) {
		t.Errorf("%+v", m)
	}
	o.WantDue(2, "2026-09-29 17:30") // a working day from when it was asked for
	if got := o.imports(f); got != (rating.Imported{Rows: 4, Known: 4}) {
		t.Errorf("asked for again: %+v", got)
	}
	o.Verify()
}

// M4 as a property: whenever a bad rating was given, whenever and however it comes
// in, its matter is not overdue when it comes up; and M3: what came of bad ratings
// adds up, and no share is over the whole.
func TestM4M3WhateverComesWhenever(t *testing.T) {
	o := open(t)
	n := 0
	rapid.Check(t, func(r *rapid.T) {
		n++
		o.At(o.Now.Add(time.Duration(rapid.IntRange(1, 3*24*60).Draw(r, "minutes later")) * time.Minute).In(workday.Default().Zone()).Format("2006-01-02 15:04"))
		before := len(o.Matters(o.Head))
		at := o.Now.Add(-time.Duration(rapid.IntRange(1, 29*24*60).Draw(r, "minutes ago")) * time.Minute)
		level := rapid.IntRange(1, 5).Draw(r, "level")
		switch rapid.SampledFrom([]string{"file", "adapter", "anonymous", "contacted"}).Draw(r, "how") {
		case "file":
			word := []string{"非常满意", "满意", "基本满意", "不满意", "非常不满意"}[level-1]
			o.imports(file(fmt.Sprintf("流水号,部门,满意度,时间\n%d,规划局,%s,%s\n", n, word, at.In(workday.Default().Zone()).Format(time.DateTime))))
		case "adapter":
			o.Rate(o.Rating(fmt.Sprint("r", n), level, func(x *pb.Rating) { x.RatedAt = timestamppb.New(at) }))
		case "anonymous":
			o.Rate(o.Rating(fmt.Sprint("r", n), level, ratingtest.Anonymous, func(x *pb.Rating) { x.RatedAt = timestamppb.New(at) }))
		case "contacted":
			o.Rate(o.Rating(fmt.Sprint("r", n), level, func(x *pb.Rating) {
				x.RatedAt = timestamppb.New(at)
				x.ContactedAt = timestamppb.New(at.Add(time.Duration(rapid.IntRange(0, 5*24*60).Draw(r, "minutes until contacted")) * time.Minute))
			}))
		}
		o.MustFollow()
		all := o.Matters(o.Head)
		for _, m := range all[min(before, len(all)):] {
			if o.M.Overdue(&m) {
				r.Fatalf("given %v, overdue at its birth %v: due %v", at, o.Now, o.M.Due(&m))
			}
		}
		f, err := o.Figures(ctx, "", officetest.When("2026-01-01 00:00"), o.Now.AddDate(1, 0, 0))
		if err != nil {
			r.Fatal(err)
		}
		sum := rating.Count{}
		for _, d := range append(f.Departments, rating.DepartmentCount{Count: f.Count}) {
			bad := d.Levels[3] + d.Levels[4]
			if d.Waiting < 0 || d.Waiting+d.Contacted > d.Followed || d.Late > d.Waiting+d.Contacted || d.Followed > bad || d.Satisfied() > d.Total() || d.Satisfied()+bad != d.Total() {
				r.Fatalf("%+v", d)
			}
			if d.Department != "" {
				sum.Followed, sum.Waiting, sum.Contacted, sum.Late = sum.Followed+d.Followed, sum.Waiting+d.Waiting, sum.Contacted+d.Contacted, sum.Late+d.Late
			}
		}
		if sum.Followed != f.Followed || sum.Waiting != f.Waiting || sum.Contacted != f.Contacted || sum.Late != f.Late {
			r.Fatalf("departments %+v, all %+v", sum, f.Count)
		}
	})
	o.Verify()
}

// M3: 逾期联系 counts those contacted late and those that wait and are late; what is
// clicked are just these.
func TestM3ContactedLateIsAListOfThese(t *testing.T) {
	o := open(t)
	o.Rate(o.Rating("late", 5), o.Rating("in time", 4), o.Rating("waits", 5), o.Rating("good", 1))
	o.MustFollow()
	o.Must(o.Step(o.GH, 2, "contacted", "said", "说等了一上午"))
	o.At("2026-09-30 09:00")
	o.Must(o.Step(o.GH, 1, "contacted", "said", "说跑了三趟"))
	ids := func() (out []uint64) {
		p, err := o.List(ctx, o.Head, list.Asking("late", "true").Window(0, 10))
		o.Must(err)
		for _, r := range p.Rows {
			out = append(out, r.Matter)
		}
		return out
	}
	f, err := o.Figures(ctx, "GH", officetest.When("2026-09-01 00:00"), officetest.When("2026-11-01 00:00"))
	o.Must(err)
	if f.Followed != 3 || f.Waiting != 1 || f.Contacted != 2 || f.Late != 2 || fmt.Sprint(ids()) != "[3 1]" {
		t.Errorf("%+v, the list has %v", f.Count, ids())
	}
	o.Must(o.Step(o.GH, 3, "unreached", "tried", "打了三次都关机"))
	f, err = o.Figures(ctx, "GH", officetest.When("2026-09-01 00:00"), officetest.When("2026-11-01 00:00"))
	o.Must(err)
	if f.Waiting != 0 || f.Late != 2 || len(ids()) != 2 {
		t.Errorf("%+v: 待联系 0 · 逾期联系 2", f.Count)
	}
}

// Minor 23: ways of rating are words in the file for people, all that the contract
// and imports have.
func TestMinor23ChannelsAreWordsInTheFile(t *testing.T) {
	for channel, want := range map[string]string{"window": "窗口", "terminal": "自助终端", "mobile": "手机", "online": "网上", "sms": "短信", "phone": "电话"} {
		all := []rating.Rating{{ID: 1, Department: "GH", Level: 4, Channel: channel, RatedAt: officetest.When("2026-09-22 10:00")}}
		rows := listtest.Table(t, rating.Listed, listtest.File(t, rating.Listed, list.File{Format: list.XLSX, Departments: listtest.Departments}, all))
		listtest.Want(t, rows[0], "channel", want)
	}
}
