package city

import (
	"github.com/mingcha-console/mingcha/plugins/simulator/internal/officedays"
	v1 "github.com/mingcha-console/mingcha/sdk/contract/mingcha/adapter/v1"
)

// Ratings streams what applicants thought of the service they had: each when
// it is given, and a bad one again when the department has contacted its rater.
func (c *City) Ratings() *Stream {
	return c.stream(func(p *plan) []sending {
		p.ratings = c.rate(p)
		var queue []sending
		for i, m := range p.ratings {
			at := m.RatedAt
			if m.ContactedAt != nil {
				at = m.ContactedAt
			}
			queue = append(queue, sending{at.Seconds, i})
		}
		return queue
	})
}

const (
	rated       = 1.0 / 8 // of the cases with a result
	leftAName   = 1.0 / 3 // of the raters
	badOrdinary = 0.005   // of the ratings of a case that went right
	badWrong    = 0.06    // of one that did not; together 0.6%
)

// rate lets one applicant in eight rate the case. What chance decides comes
// from a stream of its own, so that the case is the same whether rated or not.
func (c *City) rate(p *plan) []*v1.Rating {
	result := p.result()
	r := p.opinion
	if result == nil || !r.chance(rated) {
		return nil
	}
	m := &v1.Rating{
		SourceId: p.no + "/P1", Department: p.department.code, CaseNo: p.no, ItemCode: p.item.published.Code,
		Level: level(&r, len(p.findings) > 0), Handler: result.handler, Window: result.window,
	}
	at := result.occurred + r.between(20, 4*minute)
	if m.Channel = "window"; result.window == "" || r.chance(0.35) {
		m.Channel = pick(&r, []string{"sms", "sms", "phone"})
		at = awake(&r, result.occurred)
	}
	m.RatedAt = stamp(at)
	if r.chance(leftAName) {
		a := p.events[0].application
		if m.RaterName = a.GetApplicantName(); a.GetApplicantType() != "person" {
			m.RaterName = personName(&r) // of the company, who came
		}
		m.RaterPhone = a.GetPhone()
	}
	switch {
	case bad(m.Level):
		g := pick(&r, grievances)
		m.Reasons, m.Text = g.ticked, g.text
		if again := c.contact(&r, m); again != nil {
			return []*v1.Rating{m, again}
		}
	case m.Level != v1.RatingLevel_RATING_LEVEL_FAIR && r.chance(0.3):
		m.Reasons = []string{pick(&r, praises)}
	}
	return []*v1.Rating{m}
}

// result is the event with which the applicant has what can be had; nil where
// nobody was served to the end.
func (p *plan) result() *event {
	for i := range p.events {
		switch e := &p.events[i]; e.kind {
		case v1.EventKind_EVENT_KIND_DELIVERED, v1.EventKind_EVENT_KIND_WITHDRAWN:
			return e
		}
	}
	return nil
}

func level(r *rng, wrong bool) v1.RatingLevel {
	worst := badOrdinary
	if wrong {
		worst = badWrong
	}
	switch x := r.float(); {
	case x < worst/3:
		return v1.RatingLevel_RATING_LEVEL_VERY_DISSATISFIED
	case x < worst:
		return v1.RatingLevel_RATING_LEVEL_DISSATISFIED
	case x < worst+0.01:
		return v1.RatingLevel_RATING_LEVEL_FAIR
	case x < worst+0.08:
		return v1.RatingLevel_RATING_LEVEL_SATISFIED
	}
	return v1.RatingLevel_RATING_LEVEL_VERY_SATISFIED
}

func bad(l v1.RatingLevel) bool { return l >= v1.RatingLevel_RATING_LEVEL_DISSATISFIED }

// awake is when a message or a call about the result is answered: within a
// day, and not at night.
func awake(r *rng, result int64) int64 {
	at := result + r.between(10*minute, 20*hour)
	d := dayOf(at)
	switch second := at - officedays.At(d, 0); {
	case second < 8*hour:
		at = officedays.At(d, r.between(8*hour, 9*hour))
	case second > 21*hour:
		at = officedays.At(d+1, r.between(8*hour, 9*hour))
	}
	return min(at, result+24*hour)
}

// contact is the bad rating once more, as the department reports that it has
// spoken with the rater: most within a working day, as 国办发〔2019〕51号 wants,
// some later; nil if never.
func (c *City) contact(r *rng, m *v1.Rating) *v1.Rating {
	at := c.days.AddOpen(m.RatedAt.Seconds, r.between(20*minute, officedays.OpenPerDay-hour))
	switch x := r.float(); {
	case x < 0.08:
		return nil
	case x < 0.22:
		at = officedays.At(c.days.After(dayOf(m.RatedAt.Seconds), 2+r.intn(4)), r.between(9*hour, 11*hour))
	}
	return &v1.Rating{
		SourceId: m.SourceId, Department: m.Department, CaseNo: m.CaseNo, ItemCode: m.ItemCode, Level: m.Level,
		Channel: m.Channel, Window: m.Window, Handler: m.Handler, RatedAt: m.RatedAt,
		RaterName: m.RaterName, RaterPhone: m.RaterPhone, Reasons: m.Reasons, Text: m.Text,
		ContactedAt: stamp(at), ContactResult: pick(r, contactResults),
	}
}

// grievance is what a rater ticks and writes.
type grievance struct {
	ticked []string
	text   string
}

var grievances = []grievance{
	{[]string{"服务态度差"}, "问两句就不耐烦，说材料上都写着自己看"},
	{[]string{"未一次性告知", "多次跑动"}, "来了三趟，每趟都说还缺一样"},
	{[]string{"办理时间长"}, "到了说好的时间还没办好，打了两次电话才给办"},
	{[]string{"窗口无人或等候久"}, "窗口没人，等了快一个小时"},
	{[]string{"要求提供清单外材料"}, "网上清单没有的证明也要交"},
	{[]string{"业务不熟练", "办理时间长"}, "工作人员不会用系统，换了三个人才办成"},
	{[]string{"办事指南不准确"}, "按指南准备的表格是旧版，只好重填"},
	{[]string{"服务态度差", "未一次性告知"}, "只说不行，不说怎么才行"},
}

var praises = []string{"服务态度好", "办理速度快", "一次办成", "讲解清楚"}

var contactResults = []string{
	"已电话致歉并说明情况，评价人表示理解", "情况属实，已批评教育经办人并向评价人致歉", "已当面致歉，评价人表示满意",
	"已说明办理依据，评价人保留意见", "评价人表示误按，建议加强评价器使用提示",
}
