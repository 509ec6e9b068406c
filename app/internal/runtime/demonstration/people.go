package demonstration

import (
	"fmt"
	"time"

	"github.com/mingcha-console/mingcha/app/internal/access"
	"github.com/mingcha-console/mingcha/app/internal/features/account"
	"github.com/mingcha-console/mingcha/app/internal/features/term"
	"github.com/mingcha-console/mingcha/app/internal/workday"
)

// here is the person at the console's own machine, the head of the office.
const here = ""

// office are those who work there, and departments' liaisons. Nobody can sign in as
// one of them before the head gives them a first password.
var office = []struct {
	login, name string
	role        access.Role
	department  string
}{
	{"banjia", "办事员甲", access.Staff, ""},
	{"banyi", "办事员乙", access.Staff, ""},
	{"zhiban", "值班员甲", access.Duty, ""},
	{"lingdao", "分管领导甲", access.Leader, ""},
	{"ga", "公安局联络员", access.Liaison, "GA"},
	{"gs", "工商局联络员", access.Liaison, "GS"},
	{"rs", "人社局联络员", access.Liaison, "RS"},
	{"ws", "卫生局联络员", access.Liaison, "WS"},
	{"fg", "房管局联络员", access.Liaison, "FG"},
	{"jt", "交通局联络员", access.Liaison, "JT"},
}

// volunteers are the supervisors, called by the first of the hundred surnames and
// numbers.
var volunteers = []struct {
	login, name string
	group       term.Group
	work        string
	barred      []string
	began       int // days before the first day of the story
	years       int
}{
	{"zhao", "赵一", term.Deputy, "示例街道人大代表", nil, 300, 2},
	{"qian", "钱二", term.Committee, "示例区政协委员", nil, 300, 2},
	{"sun", "孙三", term.Trader, "示例面馆店主", []string{"GS"}, 300, 2},
	{"li", "李四", term.Journalist, "示例日报记者", nil, 300, 2},
	{"zhou", "周五", term.Investor, "示例机械公司", []string{"SW"}, 705, 2}, // ends soon
	{"wu", "吴六", term.Citizen, "退休教师", []string{"JY"}, 200, 2},
	{"zheng", "郑七", term.Citizen, "示例社区居民", nil, 60, 2},
	{"feng", "冯八", term.Trader, "示例五金店店主", nil, 60, 3},
}

// found makes the accounts, appoints the volunteers and trains them.
func (t *teller) found() {
	ctx, head := t.as(here)
	for _, p := range office {
		t.next()
		_, err := t.People.Create(ctx, head, p.login, account.Profile{Name: p.name, Role: p.role, Department: p.department})
		t.done(err)
	}
	today, trained := t.today(), []uint64{}
	for i, v := range volunteers {
		t.next()
		a, err := t.People.Create(ctx, head, v.login, account.Profile{Name: v.name, Role: access.Volunteer})
		if !t.done(err) {
			continue
		}
		first := today - workday.Date(v.began)
		t.done(t.Terms.Appoint(ctx, head, t.next(), a.ID, term.Particulars{Certificate: fmt.Sprintf("示例-%03d", i+1), Group: v.group, Work: v.work,
			First: first.String(), Last: term.LastDay(first, v.years).String(), Barred: v.barred}))
		trained = append(trained, a.ID)
	}
	if len(trained) < len(volunteers) {
		return
	}
	ctx, staff := t.as("banjia")
	t.done(t.Terms.Train(ctx, staff, t.next(), term.Training{Date: (today - 20).String(), Topic: "暗访要领与回避", Hours: 2.5, Accounts: trained}))
	t.done(t.Terms.Train(ctx, staff, t.next(), term.Training{Date: (today - 6).String(), Topic: "怎样看懂办件的时限", Hours: 1.5, Accounts: trained[:len(trained)-1]}))
	t.done(t.Terms.Appraise(ctx, staff, t.next(), trained[4], today.Year()-1, term.Competent, "全年按时完成评议，记录写得具体。"))
}

// at is a moment of the stage's day, in the office's zone.
func (t *teller) at(hour, minute int) time.Time {
	return t.Calendar.StartOf(t.today()).Add(time.Duration(hour)*time.Hour + time.Duration(minute)*time.Minute)
}
