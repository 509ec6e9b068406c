package export

// words are what the pages call the words of the API in Chinese, under the names
// of their messages; the tests of the pages hold them to each other.
var words = map[string]map[string]string{
	"term.level":           {"none": "正常", "review": "待核", "data": "数据", "warn": "预警", "yellow": "黄牌", "red": "红牌"},
	"term.outcome":         {"open": "在办", "granted": "准予", "refused": "不予许可", "not_accepted": "不予受理", "returned": "退件", "decided": "已决定", "withdrawn": "申请人撤回", "voided": "作废办结", "forwarded": "转报办结"},
	"term.caseType":        {"on_the_spot": "即办件", "committed": "承诺件", "joint": "联办件", "referred_up": "上报件"},
	"term.findingState":    {"active": "有效", "superseded": "已并入更重一级", "settled": "已了结", "withdrawn": "已撤销"},
	"term.agreement":       {"both": "双方一致", "only_ours": "漏报", "only_theirs": "仅部门报", "awaited": "期限内未报"},
	"term.clock":           {"promised": "承诺时限", "statutory": "法定时限"},
	"term.stage":           {"not_accepted": "不予受理", "refused": "不予许可", "returned": "退件", "cannot_finish": "不能按期办结", "grounds": "存在否定理由"},
	"term.power":           {"accept": "受理", "review": "审核", "sign": "签批", "seal": "用章", "survey": "现场踏勘"},
	"term.authorization":   {"live": "有效", "future": "未生效", "expired": "已过期", "revoked": "已撤销"},
	"term.unitName":        {"working_days": "工作日", "calendar_days": "自然日", "working_hours": "工作小时"},
	"reviews.kind":         {"rejection": "否定报备", "overdue": "超时", "authorization": "首席代表授权", "finding": "异常认定"},
	"reviews.office.state": {"open": "评议中", "third": "意见不一，第三人评议", "done": "已评定"},
	"reviews.verdict":      {"proper": "适当", "improper": "不当", "cannot_tell": "无法判断"},
	"reviews.reason":       {"no_reason": "没有说明理由", "wrong_basis": "引用的依据不对", "remedies_missing": "没有告知复议、诉讼权利", "papers_were_complete": "材料其实是齐的", "could_be_supplemented": "本可以让申请人补正", "told_twice": "分几次才说清要补什么", "no_explanation": "没有说明为什么超时", "explanation_untrue": "说明与事实不符", "pause_abused": "挂起的理由不成立", "extension_abused": "延长的理由不成立", "nobody_responsible": "没有人负责", "powers_incomplete": "授权不完整，窗口办不了事", "not_published": "没有公布", "no_stand_in": "没有同岗替代", "signed_elsewhere": "仍由后方签批", "finding_right": "认定正确", "finding_right_but_excused": "认定正确，但情有可原", "finding_wrong": "认定有误", "facts_entered_wrong": "部门录入有误", "papers_missing": "看不到必要的材料", "facts_disputed": "事实有争议"},
	"visits.mode":          {"unannounced": "暗访", "open": "明察", "online": "线上"},
	"visits.badge":         {"worn": "佩戴", "missing": "没戴", "unseen": "没看清"},
	"visits.told":          {"yes": "一次说清了", "no": "没说清", "not_tried": "没有问"},
	"visits.disclosed":     {"body": "办事机构", "item": "办事项目", "basis": "法律依据", "procedure": "办事程序", "conditions": "申报条件", "materials": "所需材料", "limit": "承诺时限", "fee_basis": "收费依据", "fee_standard": "收费标准", "result": "办理结果"},
	"visits.category":      {"unmanned": "无人在岗", "late": "迟到早退", "no_sign": "没有暂停牌", "chatting": "聊天、玩手机", "refused": "推诿、拒办", "attitude": "态度不好", "disclosure": "公示不全", "slow": "办理拖拉", "other": "其他"},
	"acts.who":             {"here": "本机", "console": "系统", "volunteer": "义务监督员"},
	"acts.group":           {"access": "登录与账户", "export": "导出", "opening": "查看受保护信息", "review": "评议", "visit": "暗访与路线", "matter": "督办", "rating": "评价与回访", "term": "任期与履职", "setting": "设置"},
}
