package demonstration

import (
	"path/filepath"

	"github.com/mingcha-console/mingcha/app/internal/features/route"
	"github.com/mingcha-console/mingcha/app/internal/features/visit"
)

func (t *teller) pictures() visit.Photos {
	return visit.Photos{Dir: filepath.Join(t.Dir, visit.PhotoFolder)}
}

func finding(category, severity, fact string) []visit.VisitFinding {
	return []visit.VisitFinding{{Category: category, Severity: severity, Fact: fact}}
}

// planFirst sends volunteers on the next two days.
func (t *teller) planFirst() {
	t.ask(-13, "unannounced", "按普通办事人的身份去，不要说明来意。", []string{"zhao", "li"},
		route.Stop{Department: "GA", Place: "政务大厅二楼", Window: "12 号", Look: "九点是否到岗，替岗是否安排"},
		route.Stop{Department: "GS", Place: "政务大厅一楼", Window: "3 号", Item: "企业名称预先核准", Look: "是否一次告知"})
	t.ask(-12, "unannounced", "", []string{"wu", "zheng"},
		route.Stop{Department: "RS", Place: "人社服务中心", Window: "社保 2 号", Look: "十项公示是否齐全"},
		route.Stop{Department: "WS", Place: "政务大厅二楼", Window: "21 号", Look: "等候时间"})
}

// visitUnmanned is the first plan's day: one window unmanned, one in good order.
func (t *teller) visitUnmanned() {
	t.file(seen{login: "zhao", department: "GA", window: "12 号", planned: -13, hour: 9, minutes: 35, photographs: 2, sheet: visit.Sheet{
		StaffPresent: whole(2), StaffRequired: whole(3), Badge: "worn", ClosedSign: yes(false), WaitMinutes: whole(25), Attitude: 4, ToldAllAtOnce: "yes",
		Disclosed: []string{"item", "basis", "conditions", "procedure"},
		Findings:  finding("unmanned", "serious", "9:10 至 9:35 12 号窗口无人在岗，也没有暂停服务的牌子，六个人在等。")}})
	t.file(seen{login: "li", department: "GS", window: "3 号", planned: -13, hour: 10, minutes: 20, photographs: 1, sheet: visit.Sheet{
		StaffPresent: whole(4), StaffRequired: whole(4), Badge: "worn", WaitMinutes: whole(6), Attitude: 5, ToldAllAtOnce: "yes", Note: "窗口一次说清了要带的材料，还给了清单。"}})
	if m, ok := t.noted("zhao", "GA"); ok {
		t.assign(m, "大厅巡查发现 12 号窗口上班时间无人在岗、无告示。请核查原因，说明替岗怎样安排。")
	}
}

// visitTwo is the second plan's day; what was seen at WS is never answered.
func (t *teller) visitTwo() {
	t.file(seen{login: "wu", department: "RS", window: "社保 2 号", planned: -12, hour: 10, minutes: 25, photographs: 1, sheet: visit.Sheet{
		StaffPresent: whole(3), StaffRequired: whole(3), Badge: "worn", WaitMinutes: whole(12), Attitude: 4, ToldAllAtOnce: "yes",
		Findings: finding("disclosure", "minor", "墙上的办事指南还是去年的，收费标准一栏是空的。")}})
	t.file(seen{login: "zheng", department: "WS", window: "21 号", planned: -12, hour: 14, minutes: 50, photographs: 1, sheet: visit.Sheet{
		StaffPresent: whole(1), StaffRequired: whole(2), Badge: "missing", WaitMinutes: whole(45), Attitude: 3, ToldAllAtOnce: "no",
		Findings: finding("slow", "serious", "取号后等了 45 分钟，两个窗口只开一个，另一个的人在整理材料。")}})
	if m, ok := t.noted("wu", "RS"); ok {
		t.assign(m, "公示的办事指南过期、收费标准空白。请更新，并说明以后由谁按月核对。")
	}
	if m, ok := t.noted("zheng", "WS"); ok {
		t.assign(m, "21 号窗口排队 45 分钟而相邻窗口未开。请核查当天排班，提出高峰时段的增开办法。")
	}
}

// answerUnmanned is the reply to the first finding, in time, and what RS asks for.
func (t *teller) answerUnmanned() {
	if m, ok := t.noted("zhao", "GA"); ok {
		t.step("ga", m, "reply", map[string]string{"reply": "情况属实。当班人员临时送材料，未按规定替岗。已批评教育，并在三个窗口设了替岗表，由大厅主任每天抽查。"})
	}
	if m, ok := t.noted("wu", "RS"); ok {
		t.step("rs", m, "ask_extension", map[string]string{"days": "3", "reason": "收费标准要等上级文件下发后才能公示，预计三个工作日内能到。"})
		t.step("banjia", m, "grant", map[string]string{"days": "3"})
	}
}

// closeUnmanned closes it; the department says how good the note was.
func (t *teller) closeUnmanned() {
	m, ok := t.noted("zhao", "GA")
	if !ok {
		return
	}
	t.step("banyi", m, "close", map[string]string{"conclusion": "替岗表已上墙，抽看三天监控均有人在岗，予以销号。"})
	ctx, liaison := t.as("ga")
	t.done(t.Feedback.Rate(ctx, liaison, t.next(), m.ID, rated(5, 4, "写得具体，便于核查。")))
	if m, ok := t.noted("wu", "RS"); ok {
		t.step("rs", m, "reply", map[string]string{"reply": "办事指南已全部更换，收费标准已按新文件公示；由综合科每月 5 日前核对一次。"})
	}
}

// planDeclined plans a visit for which one of the two falls ill, and another is
// asked instead.
func (t *teller) planDeclined() {
	t.ask(-7, "unannounced", "", []string{"qian", "sun"}, route.Stop{Department: "FG", Place: "房产交易大厅", Window: "8 号", Item: "房屋所有权登记", Look: "服务态度，是否刁难"})
	p, ok := t.plan(-7, "FG")
	if !ok {
		return
	}
	ctx, ill := t.as("sun")
	t.done(t.Plans.Decline(ctx, ill, p.ID, t.next(), route.Ill, nil, "发烧，去不了。"))
	if p, ok = t.plan(-7, "FG"); !ok {
		return
	}
	ctx, staff := t.as("banjia")
	t.done(t.Plans.Change(ctx, staff, p.ID, t.next(), p.Version, route.Outline{Date: p.Date, Mode: p.Mode, Note: p.Note, Members: []uint64{t.id("qian"), t.id("feng")}, Stops: stopsOf(&p)}))
	if m, ok := t.noted("wu", "RS"); ok {
		t.step("banyi", m, "close", map[string]string{"conclusion": "现场核对公示内容与文件一致，予以销号。"})
	}
}

func stopsOf(p *route.VisitPlan) []route.Stop {
	out := make([]route.Stop, len(p.Stops))
	for i, s := range p.Stops {
		out[i] = s.Stop
	}
	return out
}

// visitAttitude is that plan's day; what was seen is looked at again later.
func (t *teller) visitAttitude() {
	t.file(seen{login: "qian", department: "FG", window: "8 号", planned: -7, hour: 9, minutes: 40, photographs: 2, sheet: visit.Sheet{
		StaffPresent: whole(5), StaffRequired: whole(5), Badge: "unseen", WaitMinutes: whole(18), Attitude: 1, ToldAllAtOnce: "no",
		Findings: finding("attitude", "serious", "一位老人问缺什么材料，窗口回答“自己看墙上”，说了三遍才抬头。")}})
	m, ok := t.noted("qian", "FG")
	if !ok {
		return
	}
	ctx, who := t.as("qian")
	all, err := t.Visits.Of(t.ctx, who.Account)
	if t.done(err) && len(all) > 0 {
		t.done(t.Visits.Supplement(ctx, who, all[0].ID, t.next(), "下午又路过一次，值班长已经在给那位老人道歉。", nil))
	}
	t.assign(m, "8 号窗口对咨询的老人态度生硬、未一次告知。请核查并说明整改。")
}

// visitUnasked is a visit of a volunteer's own accord. Its department does not
// answer in time.
func (t *teller) visitUnasked() {
	t.file(seen{login: "li", department: "JT", window: "5 号", hour: 15, minutes: 30, photographs: 1, sheet: visit.Sheet{Mode: "open",
		StaffPresent: whole(2), StaffRequired: whole(2), Badge: "worn", WaitMinutes: whole(10), Attitude: 3, ToldAllAtOnce: "not_tried",
		Findings: finding("chatting", "minor", "两名窗口人员聊天约十分钟，前面有人等着。")}})
	if m, ok := t.noted("li", "JT"); ok {
		t.assign(m, "5 号窗口工作时间闲聊。请核查并提醒当班人员。")
	}
	if m, ok := t.noted("qian", "FG"); ok {
		t.step("fg", m, "reply", map[string]string{"reply": "已约谈当事人并调离窗口；8 号窗口增设老年人优先牌和放大镜。"})
	}
}

// press presses WS, whose reply is late, and arranges a second look at FG.
func (t *teller) press() {
	if m, ok := t.noted("zheng", "WS"); ok {
		t.step("banyi", m, "urge", map[string]string{"urged": "答复期限已过两个工作日，请今天之内答复；仍不答复的，将在本月通报中列出。"})
	}
	if m, ok := t.noted("qian", "FG"); ok {
		t.step("banyi", m, "arrange", map[string]string{"note": "请两位监督员三个工作日内再去一次。"})
	}
}

// planMissed plans a visit that nobody files.
func (t *teller) planMissed() {
	t.ask(-4, "unannounced", "", []string{"zheng"}, route.Stop{Department: "SS", Place: "办税服务厅", Window: "发票 6 号", Look: "延时服务是否落实"})
}

// planAgain plans the second look at FG.
func (t *teller) planAgain() {
	m, ok := t.noted("qian", "FG")
	if !ok {
		return
	}
	t.ask(-3, "unannounced", "看整改是否落实，不要表明身份。", []string{"feng", "wu"},
		route.Stop{Department: "FG", Place: "房产交易大厅", Window: "8 号", Look: "老年人优先是否落实", Matter: m.ID})
}

// visitAgain is the second look.
func (t *teller) visitAgain() {
	t.file(seen{login: "feng", department: "FG", window: "8 号", planned: -3, hour: 10, minutes: 20, photographs: 1, sheet: visit.Sheet{
		StaffPresent: whole(5), StaffRequired: whole(5), Badge: "worn", WaitMinutes: whole(7), Attitude: 5, ToldAllAtOnce: "yes", Note: "有老年人优先牌，工作人员主动出来问。"}})
}

// recordAgain records what the second look found.
func (t *teller) recordAgain() {
	if m, ok := t.noted("qian", "FG"); ok {
		t.step("banyi", m, "record", map[string]string{"found": "8 号窗口已换人，老年人优先牌在位，等候 7 分钟，态度良好。"})
	}
}

// visitThree are three findings on one day: one is objected to, of one more time is
// asked for, one is replied to.
func (t *teller) visitThree() {
	t.file(seen{login: "sun", department: "RS", window: "就业 1 号", hour: 9, minutes: 25, photographs: 1, sheet: visit.Sheet{
		StaffPresent: whole(2), StaffRequired: whole(3), Badge: "worn", WaitMinutes: whole(15), Attitude: 4,
		Findings: finding("late", "minor", "9:10 到时就业 1 号窗口还没有开，9:18 才有人来。")}})
	t.file(seen{login: "qian", department: "GA", window: "出入境 4 号", hour: 10, minutes: 30, photographs: 1, sheet: visit.Sheet{
		StaffPresent: whole(6), StaffRequired: whole(6), Badge: "worn", WaitMinutes: whole(20), Attitude: 4,
		Findings: finding("no_sign", "minor", "4 号窗口换班时没有放暂停服务的牌子。")}})
	t.file(seen{login: "wu", department: "GS", window: "7 号", hour: 14, minutes: 40, photographs: 1, sheet: visit.Sheet{
		StaffPresent: whole(4), StaffRequired: whole(4), Badge: "worn", WaitMinutes: whole(9), Attitude: 4, ToldAllAtOnce: "no",
		Findings: finding("refused", "serious", "个体户补照，材料齐全，窗口说系统忙让明天再来，没有出具不予受理的书面说明。")}})
	for _, x := range []struct{ login, department, task string }{
		{"sun", "RS", "就业 1 号窗口开门晚了约 18 分钟。请核查。"},
		{"qian", "GA", "出入境 4 号窗口换班时无暂停服务告示。请核查。"},
		{"wu", "GS", "7 号窗口对材料齐全的补照申请口头推辞，未出具书面说明。请核查当天系统记录。"},
	} {
		if m, ok := t.noted(x.login, x.department); ok {
			t.assign(m, x.task)
		}
	}
}

// answers are what the three departments say to it.
func (t *teller) answers() {
	if m, ok := t.noted("sun", "RS"); ok {
		t.step("rs", m, "object", map[string]string{"reason": "当天 9:00 至 9:20 全市停电检修，大厅门口贴有告示，请核对供电公司通知。"})
	}
	if m, ok := t.noted("qian", "GA"); ok {
		t.step("ga", m, "reply", map[string]string{"reply": "属实。已给每个窗口配暂停服务牌，换班须摆放，由值班长检查。"})
	}
	if m, ok := t.noted("wu", "GS"); ok {
		t.step("gs", m, "ask_extension", map[string]string{"days": "2", "reason": "需调取上级系统的日志，预计两个工作日。"})
	}
}

// plansAhead are what is planned for today and later.
func (t *teller) plansAhead() {
	t.ask(0, "unannounced", "", []string{"zhao", "feng"},
		route.Stop{Department: "SS", Place: "办税服务厅", Window: "发票 6 号", Look: "上次没有去成，看延时服务"},
		route.Stop{Department: "CZ", Place: "政务大厅三楼", Window: "30 号", Look: "十项公示"})
	t.ask(2, "open", "与工商局说明后一同查看。", []string{"li"}, route.Stop{Department: "GS", Place: "政务大厅一楼", Window: "7 号", Look: "书面说明是否出具"})
	t.ask(1, "unannounced", "", []string{"zheng", "wu"}, route.Stop{Department: "JT", Place: "运管服务大厅", Window: "5 号", Look: "工作纪律"})
	if p, ok := t.plan(1, "JT"); ok {
		ctx, who := t.as("wu")
		t.done(t.Plans.Decline(ctx, who, p.ID, t.next(), route.OtherDuty, nil, "学校有活动。"))
	}
	t.ask(3, "online", "", []string{"sun"}, route.Stop{Department: "WH", Item: "营业性演出备案", Look: "网上能不能办到底"})
	if p, ok := t.plan(3, "WH"); ok {
		ctx, staff := t.as("banjia")
		t.done(t.Plans.Cancel(ctx, staff, p.ID, t.next(), p.Version, "网上办事系统当天升级停用"))
	}
}

// visitLast has not been assessed yet.
func (t *teller) visitLast() {
	t.file(seen{login: "zheng", department: "HB", window: "26 号", hour: 15, minutes: 35, photographs: 2, sheet: visit.Sheet{
		StaffPresent: whole(1), StaffRequired: whole(2), Badge: "worn", WaitMinutes: whole(30), Attitude: 4, ToldAllAtOnce: "no",
		Findings: finding("slow", "minor", "材料补了两次，第二次要的东西第一次没有说。"), Suggestion: "请把排污许可证的材料清单贴在窗口。"}})
}
