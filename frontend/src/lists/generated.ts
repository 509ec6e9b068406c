// Made by make generate from the lists that the features of the console describe.
// What is wrong here is put right there.

/** A word of a closed set, as the API has it and as people read it. */
export interface Word {
  readonly key: string
  readonly zh: string
  readonly en: string
}

/** A column of a list; sort is the order that goes by it. */
export interface ListColumn {
  readonly name: string
  readonly zh: string
  readonly en: string
  readonly width: number
  readonly sort?: string
  readonly words?: VocabularyName
}

/** What a list can be narrowed by: its parameter, and of a span its end's too. */
export interface ListFilter {
  readonly name: string
  readonly to?: string
  readonly zh: string
  readonly en: string
  readonly kind: 'department' | 'choice' | 'text' | 'span' | 'flag' | 'number'
  readonly words?: VocabularyName
  readonly keys?: readonly string[]
  readonly several?: boolean
}

/** An order in which a list can be shown; the first is the usual one. */
export interface ListOrder {
  readonly name: string
  readonly zh: string
  readonly en: string
}

/** A list: what the API, files and pages know of it. */
export interface ListDescription {
  readonly name: string
  readonly zh: string
  readonly en: string
  readonly columns: readonly ListColumn[]
  readonly filters: readonly ListFilter[]
  readonly orders: readonly ListOrder[]
  readonly fixed: boolean
}

export const vocabularies = {
  "acts.group": [
    { key: "access", zh: "登录与账户", en: "Sign-in, accounts" },
    { key: "export", zh: "导出", en: "Exports" },
    { key: "opening", zh: "查看受保护信息", en: "Openings" },
    { key: "review", zh: "评议", en: "Reviews" },
    { key: "visit", zh: "暗访与路线", en: "Visits, routes" },
    { key: "matter", zh: "督办", en: "Matters" },
    { key: "rating", zh: "评价与回访", en: "Ratings, calls" },
    { key: "term", zh: "任期与履职", en: "Terms" },
    { key: "setting", zh: "设置", en: "Settings" },
  ],
  "acts.subject": [
    { key: "case", zh: "办件", en: "Case" },
    { key: "rating", zh: "评价", en: "Rating" },
    { key: "review", zh: "评议", en: "Review" },
    { key: "visit", zh: "暗访", en: "Visit" },
    { key: "matter", zh: "督办", en: "Matter" },
    { key: "callback", zh: "回访", en: "Call-back" },
    { key: "plan", zh: "暗访安排", en: "Planned visit" },
    { key: "account", zh: "账户", en: "Account" },
    { key: "department", zh: "部门", en: "Department" },
  ],
  "acts.who": [
    { key: "account", zh: "有账户的人员", en: "Somebody with an account" },
    { key: "here", zh: "本机", en: "This machine" },
    { key: "console", zh: "系统", en: "The console" },
    { key: "volunteer", zh: "义务监督员", en: "A volunteer" },
  ],
  "matters.source": [
    { key: "visit", zh: "暗访", en: "Visit" },
    { key: "review", zh: "评议", en: "Review" },
    { key: "rating", zh: "好差评", en: "Rating" },
  ],
  "matters.state": [
    { key: "assess", zh: "研判中", en: "Being assessed" },
    { key: "assigned", zh: "待部门答复", en: "Awaiting the reply" },
    { key: "extension", zh: "部门申请延期", en: "More time asked for" },
    { key: "contact", zh: "待联系", en: "To be contacted" },
    { key: "rectify", zh: "待整改", en: "To be put right" },
    { key: "objected", zh: "部门有异议", en: "Objected to" },
    { key: "replied", zh: "已答复，待核实", en: "Replied, to be verified" },
    { key: "revisit", zh: "待复访", en: "Re-visit arranged" },
    { key: "revisited", zh: "已复访，待销号", en: "Re-visited, to be closed" },
    { key: "closed", zh: "已销号", en: "Closed" },
    { key: "dropped", zh: "不成立", en: "Not upheld" },
  ],
  "reviews.kind": [
    { key: "rejection", zh: "否定报备", en: "Negative filing" },
    { key: "overdue", zh: "超时", en: "Overdue" },
    { key: "authorization", zh: "首席代表授权", en: "Authorization" },
    { key: "finding", zh: "异常认定", en: "Finding" },
  ],
  "reviews.office.state": [
    { key: "open", zh: "评议中", en: "Under review" },
    { key: "third", zh: "意见不一，第三人评议", en: "They differ; a third decides" },
    { key: "done", zh: "已评定", en: "Decided" },
  ],
  "reviews.reason": [
    { key: "no_reason", zh: "没有说明理由", en: "No reasons given" },
    { key: "wrong_basis", zh: "引用的依据不对", en: "Based on the wrong rule" },
    { key: "remedies_missing", zh: "没有告知复议、诉讼权利", en: "Remedies not told" },
    { key: "papers_were_complete", zh: "材料其实是齐的", en: "The papers were complete" },
    { key: "could_be_supplemented", zh: "本可以让申请人补正", en: "The applicant could have supplemented them" },
    { key: "told_twice", zh: "分几次才说清要补什么", en: "Told bit by bit what was missing" },
    { key: "no_explanation", zh: "没有说明为什么超时", en: "No explanation for the delay" },
    { key: "explanation_untrue", zh: "说明与事实不符", en: "The explanation is not true" },
    { key: "pause_abused", zh: "挂起的理由不成立", en: "No good reason for the pause" },
    { key: "extension_abused", zh: "延长的理由不成立", en: "No good reason for the extension" },
    { key: "nobody_responsible", zh: "没有人负责", en: "Nobody answers for it" },
    { key: "powers_incomplete", zh: "授权不完整，窗口办不了事", en: "Powers too narrow for the window" },
    { key: "not_published", zh: "没有公布", en: "Not published" },
    { key: "no_stand_in", zh: "没有同岗替代", en: "No stand-in" },
    { key: "signed_elsewhere", zh: "仍由后方签批", en: "Still signed behind the window" },
    { key: "finding_right", zh: "认定正确", en: "The finding is right" },
    { key: "finding_right_but_excused", zh: "认定正确，但情有可原", en: "Right, but excusable" },
    { key: "finding_wrong", zh: "认定有误", en: "The finding is wrong" },
    { key: "facts_entered_wrong", zh: "部门录入有误", en: "Wrongly entered by the department" },
    { key: "papers_missing", zh: "看不到必要的材料", en: "Needed papers are missing" },
    { key: "facts_disputed", zh: "事实有争议", en: "The facts are disputed" },
  ],
  "reviews.verdict": [
    { key: "proper", zh: "适当", en: "Proper" },
    { key: "improper", zh: "不当", en: "Improper" },
    { key: "cannot_tell", zh: "无法判断", en: "Cannot tell" },
  ],
  "term.agreement": [
    { key: "both", zh: "双方都报", en: "Both report" },
    { key: "only_ours", zh: "漏报", en: "Left out" },
    { key: "only_theirs", zh: "仅部门报", en: "Only theirs" },
    { key: "awaited", zh: "期限内未报", en: "Not due yet" },
    { key: "no_duty", zh: "未约定报送", en: "No duty" },
    { key: "late", zh: "迟报", en: "Reported late" },
  ],
  "term.authorization": [
    { key: "live", zh: "有效", en: "Live" },
    { key: "future", zh: "未生效", en: "Not yet in force" },
    { key: "expired", zh: "已过期", en: "Expired" },
    { key: "revoked", zh: "已撤销", en: "Revoked" },
  ],
  "term.called": [
    { key: "very_satisfied", zh: "非常满意", en: "Very satisfied" },
    { key: "satisfied", zh: "满意", en: "Satisfied" },
    { key: "fair", zh: "基本满意", en: "Fair" },
    { key: "dissatisfied", zh: "不满意", en: "Dissatisfied" },
    { key: "very_dissatisfied", zh: "非常不满意", en: "Very dissatisfied" },
    { key: "not_theirs", zh: "不是本人评的", en: "Not theirs" },
  ],
  "term.caseType": [
    { key: "on_the_spot", zh: "即办件", en: "On the spot" },
    { key: "committed", zh: "承诺件", en: "Committed" },
    { key: "joint", zh: "联办件", en: "Joint" },
    { key: "referred_up", zh: "上报件", en: "Referred up" },
  ],
  "term.channel": [
    { key: "window", zh: "窗口", en: "window" },
    { key: "online", zh: "网上", en: "online" },
    { key: "self_service", zh: "自助机", en: "self-service" },
    { key: "terminal", zh: "自助终端", en: "self-service terminal" },
    { key: "mobile", zh: "手机", en: "mobile" },
    { key: "sms", zh: "短信", en: "text message" },
    { key: "phone", zh: "电话", en: "telephone" },
  ],
  "term.clock": [
    { key: "promised", zh: "承诺时限", en: "Promised limit" },
    { key: "statutory", zh: "法定时限", en: "Statutory limit" },
  ],
  "term.figures": [
    { key: "same", zh: "天数一致", en: "Figures agree" },
    { key: "differ", zh: "天数不一致", en: "Figures differ" },
  ],
  "term.findingState": [
    { key: "active", zh: "有效", en: "Active" },
    { key: "superseded", zh: "已并入更重一级", en: "Superseded" },
    { key: "settled", zh: "已了结", en: "Settled" },
    { key: "withdrawn", zh: "已撤销", en: "Withdrawn" },
  ],
  "term.level": [
    { key: "none", zh: "正常", en: "Clear" },
    { key: "review", zh: "待核", en: "Review" },
    { key: "data", zh: "数据", en: "Data" },
    { key: "warn", zh: "预警", en: "Warning" },
    { key: "yellow", zh: "黄牌", en: "Yellow" },
    { key: "red", zh: "红牌", en: "Red" },
  ],
  "term.outcome": [
    { key: "open", zh: "在办", en: "Open" },
    { key: "granted", zh: "准予", en: "Granted" },
    { key: "refused", zh: "不予许可", en: "Refused" },
    { key: "not_accepted", zh: "不予受理", en: "Not accepted" },
    { key: "returned", zh: "退件", en: "Returned" },
    { key: "decided", zh: "已决定", en: "Decided" },
    { key: "withdrawn", zh: "申请人撤回", en: "Withdrawn" },
    { key: "voided", zh: "作废办结", en: "Voided" },
    { key: "forwarded", zh: "转报办结", en: "Forwarded" },
  ],
  "term.power": [
    { key: "accept", zh: "受理", en: "accept" },
    { key: "review", zh: "审核", en: "review" },
    { key: "sign", zh: "签批", en: "sign off" },
    { key: "seal", zh: "用章", en: "seal" },
    { key: "survey", zh: "现场踏勘", en: "site survey" },
  ],
  "term.rating": [
    { key: "very_satisfied", zh: "非常满意", en: "Very satisfied" },
    { key: "satisfied", zh: "满意", en: "Satisfied" },
    { key: "fair", zh: "基本满意", en: "Fair" },
    { key: "dissatisfied", zh: "不满意", en: "Dissatisfied" },
    { key: "very_dissatisfied", zh: "非常不满意", en: "Very dissatisfied" },
  ],
  "term.stage": [
    { key: "not_accepted", zh: "不予受理", en: "Not accepted" },
    { key: "refused", zh: "不予许可", en: "Refused" },
    { key: "returned", zh: "退件", en: "Returned" },
    { key: "cannot_finish", zh: "不能按期办结", en: "Cannot finish in time" },
    { key: "grounds", zh: "存在否定理由", en: "Grounds for refusal" },
  ],
  "term.state": [
    { key: "open", zh: "在办（全部）", en: "Open (all)" },
    { key: "received", zh: "已收件", en: "Received" },
    { key: "supplement", zh: "待补正", en: "Papers awaited" },
    { key: "accepted", zh: "办理中", en: "In progress" },
    { key: "paused", zh: "挂起中", en: "Paused" },
    { key: "ended", zh: "已办结", en: "Ended" },
  ],
  "term.unitName": [
    { key: "working_days", zh: "工作日", en: "working days" },
    { key: "calendar_days", zh: "自然日", en: "calendar days" },
    { key: "working_hours", zh: "工作小时", en: "working hours" },
    { key: "seconds", zh: "秒", en: "seconds" },
    { key: "working_seconds", zh: "工作秒", en: "working seconds" },
  ],
  "visits.badge": [
    { key: "worn", zh: "佩戴", en: "Worn" },
    { key: "missing", zh: "没戴", en: "Not worn" },
    { key: "unseen", zh: "没看清", en: "Could not see" },
  ],
  "visits.category": [
    { key: "unmanned", zh: "无人在岗", en: "Nobody there" },
    { key: "late", zh: "迟到早退", en: "Came late, left early" },
    { key: "no_sign", zh: "没有暂停牌", en: "No “closed” sign" },
    { key: "chatting", zh: "聊天、玩手机", en: "Chatting, on the phone" },
    { key: "refused", zh: "推诿、拒办", en: "Turned away" },
    { key: "attitude", zh: "态度不好", en: "Unfriendly" },
    { key: "disclosure", zh: "公示不全", en: "Not all disclosed" },
    { key: "slow", zh: "办理拖拉", en: "Slow" },
    { key: "other", zh: "其他", en: "Other" },
  ],
  "visits.disclosed": [
    { key: "body", zh: "办事机构", en: "Body" },
    { key: "item", zh: "办事项目", en: "Item" },
    { key: "basis", zh: "法律依据", en: "Legal basis" },
    { key: "procedure", zh: "办事程序", en: "Procedure" },
    { key: "conditions", zh: "申报条件", en: "Conditions" },
    { key: "materials", zh: "所需材料", en: "Papers needed" },
    { key: "limit", zh: "承诺时限", en: "Promised limit" },
    { key: "fee_basis", zh: "收费依据", en: "Basis of fees" },
    { key: "fee_standard", zh: "收费标准", en: "Fees" },
    { key: "result", zh: "办理结果", en: "Result" },
  ],
  "visits.mode": [
    { key: "unannounced", zh: "暗访", en: "Unannounced" },
    { key: "open", zh: "明察", en: "Announced" },
    { key: "online", zh: "线上", en: "Online" },
  ],
  "visits.severity": [
    { key: "minor", zh: "一般", en: "Minor" },
    { key: "serious", zh: "严重", en: "Serious" },
  ],
  "visits.told": [
    { key: "yes", zh: "一次说清了", en: "Yes, at once" },
    { key: "no", zh: "没说清", en: "No" },
    { key: "not_tried", zh: "没有问", en: "Did not ask" },
  ],
  "volunteers.grade": [
    { key: "excellent", zh: "优秀", en: "Excellent" },
    { key: "competent", zh: "称职", en: "Competent" },
    { key: "basic", zh: "基本称职", en: "Basic" },
    { key: "inadequate", zh: "不称职", en: "Inadequate" },
  ],
  "volunteers.group": [
    { key: "deputy", zh: "人大代表", en: "Deputy" },
    { key: "committee", zh: "政协委员", en: "Committee" },
    { key: "investor", zh: "外来投资者", en: "Investor" },
    { key: "trader", zh: "个体工商户", en: "Trader" },
    { key: "journalist", zh: "新闻记者", en: "Journalist" },
    { key: "citizen", zh: "市民代表", en: "Citizen" },
  ],
  "volunteers.state": [
    { key: "serving", zh: "在任", en: "In term" },
    { key: "ending", zh: "即将期满", en: "Ends soon" },
    { key: "coming", zh: "尚未到任", en: "Not begun" },
    { key: "over", zh: "任期已结束", en: "Term over" },
    { key: "unregistered", zh: "未登记聘任", en: "Unregistered" },
    { key: "closed", zh: "账户已停用", en: "Account closed" },
  ],
  "volunteers.why": [
    { key: "resigned", zh: "本人辞任", en: "Resigned" },
    { key: "moved", zh: "工作或住处变动", en: "Moved away" },
    { key: "inactive", zh: "长期不履职", en: "Inactive" },
    { key: "dismissed", zh: "解聘", en: "Dismissed" },
    { key: "other", zh: "其他", en: "Other" },
  ],
} as const satisfies Record<string, readonly Word[]>

export type VocabularyName = keyof typeof vocabularies

export const lists = {
  acts: {
    "name": "acts",
    "zh": "操作记录",
    "en": "the record of acts",
    "columns": [
      {
        "name": "seq",
        "zh": "存证编号",
        "en": "Journal no.",
        "width": 10
      },
      {
        "name": "at",
        "zh": "时间",
        "en": "Time",
        "width": 20
      },
      {
        "name": "who",
        "zh": "操作者",
        "en": "By",
        "width": 12,
        "words": "acts.who"
      },
      {
        "name": "name",
        "zh": "姓名",
        "en": "Name",
        "width": 12
      },
      {
        "name": "account",
        "zh": "账户",
        "en": "Account",
        "width": 10
      },
      {
        "name": "group",
        "zh": "类别",
        "en": "Kind",
        "width": 12,
        "words": "acts.group"
      },
      {
        "name": "type",
        "zh": "操作",
        "en": "Type",
        "width": 24
      },
      {
        "name": "words_zh",
        "zh": "内容",
        "en": "Act (Chinese)",
        "width": 44
      },
      {
        "name": "words_en",
        "zh": "内容（英文）",
        "en": "Act",
        "width": 44
      },
      {
        "name": "about",
        "zh": "对象",
        "en": "About",
        "width": 12,
        "words": "acts.subject"
      },
      {
        "name": "about_id",
        "zh": "对象编号",
        "en": "About, no.",
        "width": 14
      },
      {
        "name": "about_name",
        "zh": "对象名称",
        "en": "About, name",
        "width": 24
      },
      {
        "name": "reason",
        "zh": "事由",
        "en": "Reason",
        "width": 44
      },
      {
        "name": "remote",
        "zh": "来源地址",
        "en": "From address",
        "width": 22
      }
    ],
    "filters": [
      {
        "name": "group",
        "zh": "类别",
        "en": "Kind",
        "kind": "choice",
        "words": "acts.group"
      },
      {
        "name": "by",
        "zh": "操作者",
        "en": "Who",
        "kind": "choice"
      },
      {
        "name": "text",
        "zh": "查找",
        "en": "Search",
        "kind": "text"
      },
      {
        "name": "from",
        "to": "to",
        "zh": "时间",
        "en": "Time",
        "kind": "span"
      }
    ],
    "orders": [],
    "fixed": true
  },
  authorizations: {
    "name": "authorizations",
    "zh": "首席代表授权",
    "en": "Authorizations",
    "columns": [
      {
        "name": "auth_no",
        "zh": "授权书号",
        "en": "No.",
        "width": 20
      },
      {
        "name": "department",
        "zh": "部门",
        "en": "Department",
        "width": 14
      },
      {
        "name": "rep",
        "zh": "首席代表",
        "en": "Chief representative",
        "width": 12
      },
      {
        "name": "rep_post",
        "zh": "职务",
        "en": "Post",
        "width": 14
      },
      {
        "name": "stand_in",
        "zh": "替岗",
        "en": "Stand-in",
        "width": 12
      },
      {
        "name": "items",
        "zh": "事项编码（空为全部）",
        "en": "Item codes (empty: all)",
        "width": 30
      },
      {
        "name": "powers",
        "zh": "权限",
        "en": "Powers",
        "width": 24,
        "words": "term.power"
      },
      {
        "name": "valid_from",
        "zh": "生效时间",
        "en": "Valid from",
        "width": 20
      },
      {
        "name": "valid_to",
        "zh": "截止时间",
        "en": "Valid to",
        "width": 20
      },
      {
        "name": "revoked_at",
        "zh": "撤销时间",
        "en": "Revoked",
        "width": 20
      },
      {
        "name": "status",
        "zh": "状态",
        "en": "State",
        "width": 10,
        "words": "term.authorization"
      },
      {
        "name": "seal_no",
        "zh": "印章编号",
        "en": "Seal no.",
        "width": 16
      },
      {
        "name": "signed_by",
        "zh": "签发人",
        "en": "Signed by",
        "width": 12
      }
    ],
    "filters": [
      {
        "name": "department",
        "zh": "部门",
        "en": "Department",
        "kind": "department"
      },
      {
        "name": "text",
        "zh": "查找",
        "en": "Search",
        "kind": "text"
      },
      {
        "name": "status",
        "zh": "状态",
        "en": "State",
        "kind": "choice",
        "words": "term.authorization",
        "several": true
      }
    ],
    "orders": [],
    "fixed": true
  },
  cases: {
    "name": "cases",
    "zh": "办件",
    "en": "Cases",
    "columns": [
      {
        "name": "case_no",
        "zh": "办件编号",
        "en": "Case no.",
        "width": 24,
        "sort": "case_no"
      },
      {
        "name": "department",
        "zh": "部门",
        "en": "Department",
        "width": 14,
        "sort": "department"
      },
      {
        "name": "limit",
        "zh": "时限",
        "en": "Limit",
        "width": 8
      },
      {
        "name": "received",
        "zh": "收件日期",
        "en": "Received",
        "width": 12,
        "sort": "received"
      },
      {
        "name": "outcome",
        "zh": "结果",
        "en": "Outcome",
        "width": 14,
        "words": "term.outcome"
      },
      {
        "name": "ended",
        "zh": "办结日期",
        "en": "Ended",
        "width": 12,
        "sort": "ended"
      },
      {
        "name": "extended",
        "zh": "延长",
        "en": "Extended by",
        "width": 8
      },
      {
        "name": "requests",
        "zh": "挂起次数",
        "en": "Pauses",
        "width": 8
      },
      {
        "name": "paused",
        "zh": "挂起",
        "en": "Paused",
        "width": 8
      },
      {
        "name": "refused",
        "zh": "有否定理由",
        "en": "Grounds for refusal",
        "width": 8
      },
      {
        "name": "sent",
        "zh": "送达日期",
        "en": "Delivered",
        "width": 12
      },
      {
        "name": "out_of_order",
        "zh": "次序颠倒",
        "en": "Received after its end",
        "width": 8
      },
      {
        "name": "paused_now",
        "zh": "正在挂起",
        "en": "Paused now",
        "width": 8
      },
      {
        "name": "due",
        "zh": "到期日期",
        "en": "Due",
        "width": 12,
        "sort": "due"
      },
      {
        "name": "overdue",
        "zh": "超时",
        "en": "Overdue",
        "width": 8
      },
      {
        "name": "overdue_without_pauses",
        "zh": "不扣挂起则超时",
        "en": "Overdue without pauses",
        "width": 8
      },
      {
        "name": "item",
        "zh": "事项编码",
        "en": "Item code",
        "width": 16
      },
      {
        "name": "case_type",
        "zh": "办件类型",
        "en": "Type",
        "width": 12,
        "words": "term.caseType"
      },
      {
        "name": "accepted",
        "zh": "受理日期",
        "en": "Accepted",
        "width": 12
      },
      {
        "name": "statutory_due",
        "zh": "法定到期日期",
        "en": "Statute due",
        "width": 12
      },
      {
        "name": "used",
        "zh": "已用",
        "en": "Used",
        "width": 8
      },
      {
        "name": "early",
        "zh": "提前办结",
        "en": "Ended early",
        "width": 8
      },
      {
        "name": "level",
        "zh": "级别",
        "en": "Level",
        "width": 8,
        "sort": "level",
        "words": "term.level"
      },
      {
        "name": "item_name",
        "zh": "事项名称",
        "en": "Item",
        "width": 32
      },
      {
        "name": "window",
        "zh": "窗口",
        "en": "Window",
        "width": 12
      },
      {
        "name": "handler",
        "zh": "经办人",
        "en": "Handler",
        "width": 10
      },
      {
        "name": "applicant",
        "zh": "申请人（已隐去部分）",
        "en": "Applicant (masked)",
        "width": 18
      },
      {
        "name": "project",
        "zh": "工程项目",
        "en": "Project",
        "width": 28
      },
      {
        "name": "state",
        "zh": "状态",
        "en": "State",
        "width": 10,
        "words": "term.state"
      },
      {
        "name": "limit_unit",
        "zh": "时限单位",
        "en": "Unit",
        "width": 10,
        "words": "term.unitName"
      },
      {
        "name": "over_by",
        "zh": "超出",
        "en": "Over by",
        "width": 8
      },
      {
        "name": "received_at",
        "zh": "收件时间",
        "en": "Received at",
        "width": 20
      },
      {
        "name": "accepted_at",
        "zh": "受理时间",
        "en": "Accepted at",
        "width": 20
      },
      {
        "name": "due_at",
        "zh": "到期时间",
        "en": "Due at",
        "width": 20
      },
      {
        "name": "statutory_due_at",
        "zh": "法定到期时间",
        "en": "Statute due at",
        "width": 20
      },
      {
        "name": "ended_at",
        "zh": "办结时间",
        "en": "Ended at",
        "width": 20
      },
      {
        "name": "sent_at",
        "zh": "送达时间",
        "en": "Delivered at",
        "width": 20
      },
      {
        "name": "corrected",
        "zh": "事后更正过",
        "en": "Corrected",
        "width": 8
      },
      {
        "name": "unlisted",
        "zh": "缺节假日表",
        "en": "Holiday list missing",
        "width": 8
      },
      {
        "name": "overdue_by_registration",
        "zh": "登记口径超时",
        "en": "Overdue by registration",
        "width": 8
      }
    ],
    "filters": [
      {
        "name": "department",
        "zh": "部门",
        "en": "Department",
        "kind": "department"
      },
      {
        "name": "item",
        "zh": "事项",
        "en": "Item",
        "kind": "choice"
      },
      {
        "name": "state",
        "zh": "状态",
        "en": "State",
        "kind": "choice",
        "words": "term.state",
        "several": true
      },
      {
        "name": "level",
        "zh": "级别",
        "en": "Level",
        "kind": "choice",
        "words": "term.level",
        "keys": [
          "any",
          "review",
          "data",
          "warn",
          "yellow",
          "red"
        ],
        "several": true
      },
      {
        "name": "overdue",
        "zh": "超时",
        "en": "Overdue",
        "kind": "flag"
      },
      {
        "name": "committed",
        "zh": "有时限的已办结件",
        "en": "Ended, with a limit",
        "kind": "flag"
      },
      {
        "name": "text",
        "zh": "查找",
        "en": "Search",
        "kind": "text"
      },
      {
        "name": "received_from",
        "to": "received_to",
        "zh": "收件日期",
        "en": "Date received",
        "kind": "span"
      },
      {
        "name": "due_from",
        "to": "due_to",
        "zh": "到期日期",
        "en": "Due date",
        "kind": "span"
      }
    ],
    "orders": [
      {
        "name": "received",
        "zh": "收件日期",
        "en": "Received"
      },
      {
        "name": "due",
        "zh": "到期日期",
        "en": "Due"
      },
      {
        "name": "ended",
        "zh": "办结日期",
        "en": "Ended"
      },
      {
        "name": "case_no",
        "zh": "办件编号",
        "en": "Case no."
      },
      {
        "name": "department",
        "zh": "部门",
        "en": "Department"
      },
      {
        "name": "level",
        "zh": "级别",
        "en": "Level"
      }
    ],
    "fixed": false
  },
  findings: {
    "name": "findings",
    "zh": "异常",
    "en": "Findings",
    "columns": [
      {
        "name": "id",
        "zh": "编号",
        "en": "No.",
        "width": 20
      },
      {
        "name": "case_no",
        "zh": "办件编号",
        "en": "Case no.",
        "width": 24
      },
      {
        "name": "department",
        "zh": "部门",
        "en": "Department",
        "width": 14
      },
      {
        "name": "item",
        "zh": "事项编码",
        "en": "Item code",
        "width": 16
      },
      {
        "name": "item_name",
        "zh": "事项名称",
        "en": "Item",
        "width": 28
      },
      {
        "name": "rule",
        "zh": "规则",
        "en": "Rule",
        "width": 8
      },
      {
        "name": "key",
        "zh": "区别",
        "en": "Key",
        "width": 8
      },
      {
        "name": "name_zh",
        "zh": "异常",
        "en": "Finding (Chinese)",
        "width": 18
      },
      {
        "name": "name_en",
        "zh": "异常（英文）",
        "en": "Finding",
        "width": 24
      },
      {
        "name": "level",
        "zh": "级别",
        "en": "Level",
        "width": 8,
        "words": "term.level"
      },
      {
        "name": "state",
        "zh": "状态",
        "en": "State",
        "width": 12,
        "words": "term.findingState"
      },
      {
        "name": "raised_at",
        "zh": "成立时间",
        "en": "Established",
        "width": 20
      },
      {
        "name": "settled_at",
        "zh": "了结时间",
        "en": "Settled",
        "width": 20
      },
      {
        "name": "basis_zh",
        "zh": "依据",
        "en": "Basis (Chinese)",
        "width": 40
      },
      {
        "name": "basis_en",
        "zh": "依据（英文）",
        "en": "Basis",
        "width": 40
      },
      {
        "name": "words_zh",
        "zh": "说明",
        "en": "Arithmetic (Chinese)",
        "width": 60
      },
      {
        "name": "words_en",
        "zh": "说明（英文）",
        "en": "Arithmetic",
        "width": 60
      },
      {
        "name": "evidence",
        "zh": "证据（存证编号）",
        "en": "Evidence (journal numbers)",
        "width": 20
      }
    ],
    "filters": [
      {
        "name": "department",
        "zh": "部门",
        "en": "Department",
        "kind": "department"
      },
      {
        "name": "rule",
        "zh": "规则",
        "en": "Rule",
        "kind": "choice",
        "several": true
      },
      {
        "name": "level",
        "zh": "级别",
        "en": "Level",
        "kind": "choice",
        "words": "term.level",
        "keys": [
          "review",
          "data",
          "warn",
          "yellow",
          "red"
        ],
        "several": true
      },
      {
        "name": "state",
        "zh": "状态",
        "en": "State",
        "kind": "choice",
        "words": "term.findingState",
        "several": true
      },
      {
        "name": "open",
        "zh": "在办件",
        "en": "Open cases",
        "kind": "flag"
      },
      {
        "name": "text",
        "zh": "查找",
        "en": "Search",
        "kind": "text"
      },
      {
        "name": "case_id",
        "zh": "办件",
        "en": "Case",
        "kind": "number"
      },
      {
        "name": "raised_from",
        "to": "raised_to",
        "zh": "成立时间",
        "en": "Established",
        "kind": "span"
      }
    ],
    "orders": [],
    "fixed": false
  },
  matters: {
    "name": "matters",
    "zh": "督办",
    "en": "matters",
    "columns": [
      {
        "name": "id",
        "zh": "编号",
        "en": "No.",
        "width": 8
      },
      {
        "name": "source",
        "zh": "来源",
        "en": "Source",
        "width": 8,
        "words": "matters.source"
      },
      {
        "name": "department",
        "zh": "部门",
        "en": "Department",
        "width": 14
      },
      {
        "name": "item_name",
        "zh": "事项名称",
        "en": "Item",
        "width": 28
      },
      {
        "name": "category",
        "zh": "问题",
        "en": "Problem",
        "width": 14
      },
      {
        "name": "severity",
        "zh": "程度",
        "en": "Severity",
        "width": 8,
        "words": "visits.severity"
      },
      {
        "name": "fact",
        "zh": "情况",
        "en": "What was seen",
        "width": 50
      },
      {
        "name": "place",
        "zh": "地点窗口",
        "en": "Place and window",
        "width": 18
      },
      {
        "name": "handler",
        "zh": "工作人员",
        "en": "Handler",
        "width": 12
      },
      {
        "name": "seen",
        "zh": "发生日期",
        "en": "Seen on",
        "width": 12
      },
      {
        "name": "opened_at",
        "zh": "登记时间",
        "en": "Came up",
        "width": 20,
        "sort": "opened"
      },
      {
        "name": "state",
        "zh": "进度",
        "en": "State",
        "width": 16,
        "words": "matters.state"
      },
      {
        "name": "due_at",
        "zh": "期限",
        "en": "Due",
        "width": 20,
        "sort": "due"
      },
      {
        "name": "overdue",
        "zh": "已逾期",
        "en": "Overdue",
        "width": 8
      },
      {
        "name": "late_steps",
        "zh": "逾期办理次数",
        "en": "Late steps",
        "width": 8
      },
      {
        "name": "replied_at",
        "zh": "部门答复时间",
        "en": "Replied",
        "width": 20
      },
      {
        "name": "reply",
        "zh": "部门答复",
        "en": "Reply",
        "width": 50
      },
      {
        "name": "done_at",
        "zh": "办结时间",
        "en": "Closed",
        "width": 20
      },
      {
        "name": "conclusion",
        "zh": "结论",
        "en": "Conclusion",
        "width": 50
      },
      {
        "name": "begun_on",
        "zh": "迟到评价起算日",
        "en": "Runs from, as it came late",
        "width": 14
      }
    ],
    "filters": [
      {
        "name": "department",
        "zh": "部门",
        "en": "Department",
        "kind": "department"
      },
      {
        "name": "source",
        "zh": "来源",
        "en": "Source",
        "kind": "choice",
        "words": "matters.source",
        "several": true
      },
      {
        "name": "state",
        "zh": "进度",
        "en": "State",
        "kind": "choice",
        "words": "matters.state",
        "several": true
      },
      {
        "name": "open",
        "zh": "未办结",
        "en": "Open",
        "kind": "flag"
      },
      {
        "name": "overdue",
        "zh": "已逾期",
        "en": "Overdue",
        "kind": "flag"
      },
      {
        "name": "soon",
        "zh": "即将到期",
        "en": "Due soon",
        "kind": "flag"
      },
      {
        "name": "waiting",
        "zh": "等我处理",
        "en": "Waiting for me",
        "kind": "flag"
      },
      {
        "name": "text",
        "zh": "查找",
        "en": "Search",
        "kind": "text"
      },
      {
        "name": "from",
        "to": "to",
        "zh": "登记时间",
        "en": "Came up",
        "kind": "span"
      }
    ],
    "orders": [
      {
        "name": "opened",
        "zh": "登记时间",
        "en": "Came up"
      },
      {
        "name": "due",
        "zh": "期限",
        "en": "Due"
      }
    ],
    "fixed": false
  },
  overdue: {
    "name": "overdue",
    "zh": "超时登记",
    "en": "Overdue register",
    "columns": [
      {
        "name": "case_no",
        "zh": "办件编号",
        "en": "Case no.",
        "width": 24
      },
      {
        "name": "department",
        "zh": "部门",
        "en": "Department",
        "width": 14
      },
      {
        "name": "item_name",
        "zh": "事项名称",
        "en": "Item",
        "width": 28
      },
      {
        "name": "agreement",
        "zh": "双方核对",
        "en": "Agreement",
        "width": 12,
        "words": "term.agreement"
      },
      {
        "name": "clock",
        "zh": "时限",
        "en": "Limit",
        "width": 10,
        "words": "term.clock"
      },
      {
        "name": "due_at",
        "zh": "到期时间",
        "en": "Due",
        "width": 20
      },
      {
        "name": "ended_at",
        "zh": "办结时间",
        "en": "Ended",
        "width": 20
      },
      {
        "name": "over_by",
        "zh": "超出",
        "en": "Over by",
        "width": 8
      },
      {
        "name": "unit",
        "zh": "单位",
        "en": "Unit",
        "width": 10,
        "words": "term.unitName"
      },
      {
        "name": "paused",
        "zh": "挂起",
        "en": "Paused",
        "width": 8
      },
      {
        "name": "paused_now",
        "zh": "正在挂起",
        "en": "Paused now",
        "width": 8
      },
      {
        "name": "reported_at",
        "zh": "部门报告时间",
        "en": "Reported",
        "width": 20
      },
      {
        "name": "reported_over_by",
        "zh": "部门报的超出",
        "en": "Over by, as reported",
        "width": 12
      },
      {
        "name": "responsible",
        "zh": "责任人",
        "en": "Responsible",
        "width": 14
      },
      {
        "name": "explanation",
        "zh": "部门说明",
        "en": "Explanation",
        "width": 50
      },
      {
        "name": "figures",
        "zh": "天数核对",
        "en": "Figures",
        "width": 12,
        "words": "term.figures"
      },
      {
        "name": "by_registration",
        "zh": "登记口径超时",
        "en": "Overdue by registration",
        "width": 8
      }
    ],
    "filters": [
      {
        "name": "department",
        "zh": "部门",
        "en": "Department",
        "kind": "department"
      },
      {
        "name": "text",
        "zh": "查找",
        "en": "Search",
        "kind": "text"
      },
      {
        "name": "agreement",
        "zh": "双方核对",
        "en": "Agreement",
        "kind": "choice",
        "words": "term.agreement",
        "several": true
      }
    ],
    "orders": [],
    "fixed": true
  },
  quarantine: {
    "name": "quarantine",
    "zh": "问题数据",
    "en": "Quarantine",
    "columns": [
      {
        "name": "id",
        "zh": "编号",
        "en": "No.",
        "width": 8
      },
      {
        "name": "adapter",
        "zh": "数据接口",
        "en": "Adapter",
        "width": 14
      },
      {
        "name": "stream",
        "zh": "报送内容",
        "en": "Stream",
        "width": 14
      },
      {
        "name": "department",
        "zh": "部门",
        "en": "Department",
        "width": 14
      },
      {
        "name": "source_id",
        "zh": "来源编号",
        "en": "Source id",
        "width": 24
      },
      {
        "name": "reason_zh",
        "zh": "原因",
        "en": "Reason (Chinese)",
        "width": 50
      },
      {
        "name": "reason_en",
        "zh": "原因（英文）",
        "en": "Reason",
        "width": 50
      },
      {
        "name": "observed_at",
        "zh": "收到时间",
        "en": "Seen",
        "width": 20
      }
    ],
    "filters": [
      {
        "name": "adapter",
        "zh": "数据接口",
        "en": "Adapter",
        "kind": "choice"
      }
    ],
    "orders": [],
    "fixed": true
  },
  ratings: {
    "name": "ratings",
    "zh": "好差评",
    "en": "Ratings",
    "columns": [
      {
        "name": "id",
        "zh": "编号",
        "en": "No.",
        "width": 10
      },
      {
        "name": "department",
        "zh": "部门",
        "en": "Department",
        "width": 14
      },
      {
        "name": "level",
        "zh": "满意度",
        "en": "Level",
        "width": 18,
        "words": "term.rating"
      },
      {
        "name": "rated_at",
        "zh": "评价时间",
        "en": "Rated",
        "width": 20
      },
      {
        "name": "channel",
        "zh": "渠道",
        "en": "Way",
        "width": 10,
        "words": "term.channel"
      },
      {
        "name": "window",
        "zh": "窗口",
        "en": "Window",
        "width": 10
      },
      {
        "name": "handler",
        "zh": "工作人员",
        "en": "Staff",
        "width": 12
      },
      {
        "name": "item",
        "zh": "事项编码",
        "en": "Item code",
        "width": 16
      },
      {
        "name": "item_name",
        "zh": "事项名称",
        "en": "Item",
        "width": 28
      },
      {
        "name": "case_no",
        "zh": "办件编号",
        "en": "Case",
        "width": 24
      },
      {
        "name": "reasons",
        "zh": "原因",
        "en": "Ticked",
        "width": 24
      },
      {
        "name": "text",
        "zh": "意见",
        "en": "Comment",
        "width": 60
      },
      {
        "name": "contacted_at",
        "zh": "部门联系时间",
        "en": "Contacted",
        "width": 20
      },
      {
        "name": "contact_result",
        "zh": "联系结果",
        "en": "Result",
        "width": 40
      },
      {
        "name": "matter",
        "zh": "督办编号",
        "en": "Matter",
        "width": 10
      },
      {
        "name": "matter_state",
        "zh": "督办进度",
        "en": "What came of it",
        "width": 12,
        "words": "matters.state"
      },
      {
        "name": "first_level",
        "zh": "部门首次报送的满意度",
        "en": "First told by the department",
        "width": 18,
        "words": "term.rating"
      },
      {
        "name": "rewritten_at",
        "zh": "部门改写时间",
        "en": "Rewritten by the department",
        "width": 20
      },
      {
        "name": "called",
        "zh": "回访时本人说",
        "en": "Said when called back",
        "width": 18,
        "words": "term.called"
      },
      {
        "name": "counts",
        "zh": "计入统计的满意度",
        "en": "Counted as",
        "width": 18,
        "words": "term.rating"
      },
      {
        "name": "contact_told_at",
        "zh": "联系情况报来时间（迟报）",
        "en": "Contact told late",
        "width": 20
      }
    ],
    "filters": [
      {
        "name": "department",
        "zh": "部门",
        "en": "Department",
        "kind": "department"
      },
      {
        "name": "case_id",
        "zh": "办件",
        "en": "Case",
        "kind": "number"
      },
      {
        "name": "level",
        "zh": "满意度",
        "en": "Level",
        "kind": "choice",
        "words": "term.rating",
        "several": true
      },
      {
        "name": "bad",
        "zh": "差评",
        "en": "Bad ratings",
        "kind": "flag"
      },
      {
        "name": "rewritten",
        "zh": "部门改写过",
        "en": "Rewritten by the department",
        "kind": "flag"
      },
      {
        "name": "waiting",
        "zh": "待联系",
        "en": "To be contacted",
        "kind": "flag"
      },
      {
        "name": "late",
        "zh": "逾期联系",
        "en": "Contacted late",
        "kind": "flag"
      },
      {
        "name": "text",
        "zh": "查找",
        "en": "Search",
        "kind": "text"
      },
      {
        "name": "from",
        "to": "to",
        "zh": "评价时间",
        "en": "Rated",
        "kind": "span"
      }
    ],
    "orders": [],
    "fixed": true
  },
  rejections: {
    "name": "rejections",
    "zh": "否定报备",
    "en": "Rejection register",
    "columns": [
      {
        "name": "case_no",
        "zh": "办件编号",
        "en": "Case no.",
        "width": 24
      },
      {
        "name": "department",
        "zh": "部门",
        "en": "Department",
        "width": 14
      },
      {
        "name": "item_name",
        "zh": "事项名称",
        "en": "Item",
        "width": 28
      },
      {
        "name": "agreement",
        "zh": "双方核对",
        "en": "Agreement",
        "width": 12,
        "words": "term.agreement"
      },
      {
        "name": "stage",
        "zh": "情形",
        "en": "Stage",
        "width": 14,
        "words": "term.stage"
      },
      {
        "name": "decided_at",
        "zh": "决定时间",
        "en": "Decided",
        "width": 20
      },
      {
        "name": "reason",
        "zh": "理由",
        "en": "Reason",
        "width": 40
      },
      {
        "name": "legal_basis",
        "zh": "法律依据",
        "en": "Legal basis",
        "width": 30
      },
      {
        "name": "remedies_told",
        "zh": "已告知救济途径",
        "en": "Remedies told",
        "width": 8
      },
      {
        "name": "notice_no",
        "zh": "文书号",
        "en": "Notice no.",
        "width": 18
      },
      {
        "name": "filing_no",
        "zh": "报备号",
        "en": "Filing no.",
        "width": 18
      },
      {
        "name": "filed_at",
        "zh": "报备时间",
        "en": "Filed",
        "width": 20
      },
      {
        "name": "leader_opinion",
        "zh": "领导意见",
        "en": "Leader's opinion",
        "width": 30
      }
    ],
    "filters": [
      {
        "name": "department",
        "zh": "部门",
        "en": "Department",
        "kind": "department"
      },
      {
        "name": "text",
        "zh": "查找",
        "en": "Search",
        "kind": "text"
      },
      {
        "name": "agreement",
        "zh": "双方核对",
        "en": "Agreement",
        "kind": "choice",
        "words": "term.agreement",
        "several": true
      },
      {
        "name": "stage",
        "zh": "情形",
        "en": "Stage",
        "kind": "choice",
        "words": "term.stage",
        "several": true
      },
      {
        "name": "decided_from",
        "to": "decided_to",
        "zh": "决定日期",
        "en": "Date decided",
        "kind": "span"
      }
    ],
    "orders": [],
    "fixed": true
  },
  reviews: {
    "name": "reviews",
    "zh": "评议",
    "en": "Reviews",
    "columns": [
      {
        "name": "id",
        "zh": "编号",
        "en": "No.",
        "width": 8
      },
      {
        "name": "kind",
        "zh": "类别",
        "en": "Kind",
        "width": 14,
        "words": "reviews.kind"
      },
      {
        "name": "department",
        "zh": "部门",
        "en": "Department",
        "width": 14
      },
      {
        "name": "item_name",
        "zh": "事项名称",
        "en": "Item",
        "width": 28
      },
      {
        "name": "case_no",
        "zh": "办件编号",
        "en": "Case",
        "width": 24
      },
      {
        "name": "state",
        "zh": "进度",
        "en": "State",
        "width": 16,
        "words": "reviews.office.state"
      },
      {
        "name": "verdict",
        "zh": "结果",
        "en": "Outcome",
        "width": 10,
        "words": "reviews.verdict"
      },
      {
        "name": "answered",
        "zh": "已评人数",
        "en": "Answered",
        "width": 8
      },
      {
        "name": "verdict_1",
        "zh": "监督员甲",
        "en": "Reviewer 1",
        "width": 10,
        "words": "reviews.verdict"
      },
      {
        "name": "verdict_2",
        "zh": "监督员乙",
        "en": "Reviewer 2",
        "width": 10,
        "words": "reviews.verdict"
      },
      {
        "name": "verdict_3",
        "zh": "监督员丙",
        "en": "Reviewer 3",
        "width": 10,
        "words": "reviews.verdict"
      },
      {
        "name": "reasons",
        "zh": "理由",
        "en": "Reasons",
        "width": 40,
        "words": "reviews.reason"
      },
      {
        "name": "notes",
        "zh": "补充说明",
        "en": "Notes",
        "width": 50
      },
      {
        "name": "created_at",
        "zh": "交评时间",
        "en": "Put up",
        "width": 20
      },
      {
        "name": "due_at",
        "zh": "期限",
        "en": "Due",
        "width": 20
      },
      {
        "name": "done_at",
        "zh": "评定时间",
        "en": "Decided",
        "width": 20
      },
      {
        "name": "draw",
        "zh": "抽取编号",
        "en": "Draw",
        "width": 10
      },
      {
        "name": "by_hand",
        "zh": "送评理由",
        "en": "Put up because",
        "width": 30
      }
    ],
    "filters": [
      {
        "name": "department",
        "zh": "部门",
        "en": "Department",
        "kind": "department"
      },
      {
        "name": "kind",
        "zh": "类别",
        "en": "Kind",
        "kind": "choice",
        "words": "reviews.kind",
        "several": true
      },
      {
        "name": "state",
        "zh": "进度",
        "en": "State",
        "kind": "choice",
        "words": "reviews.office.state",
        "several": true
      },
      {
        "name": "verdict",
        "zh": "结果",
        "en": "Outcome",
        "kind": "choice",
        "words": "reviews.verdict",
        "several": true
      },
      {
        "name": "text",
        "zh": "查找",
        "en": "Search",
        "kind": "text"
      },
      {
        "name": "from",
        "to": "to",
        "zh": "交评时间",
        "en": "Put up",
        "kind": "span"
      }
    ],
    "orders": [],
    "fixed": false
  },
  visits: {
    "name": "visits",
    "zh": "暗访",
    "en": "Visits",
    "columns": [
      {
        "name": "id",
        "zh": "编号",
        "en": "No.",
        "width": 8
      },
      {
        "name": "department",
        "zh": "部门",
        "en": "Department",
        "width": 14
      },
      {
        "name": "mode",
        "zh": "方式",
        "en": "How",
        "width": 8,
        "words": "visits.mode"
      },
      {
        "name": "arrived_at",
        "zh": "到达时间",
        "en": "Arrived",
        "width": 20
      },
      {
        "name": "left_at",
        "zh": "离开时间",
        "en": "Left",
        "width": 20
      },
      {
        "name": "place",
        "zh": "地点",
        "en": "Place",
        "width": 18
      },
      {
        "name": "window",
        "zh": "窗口",
        "en": "Window",
        "width": 10
      },
      {
        "name": "item",
        "zh": "想办的事项",
        "en": "What was tried",
        "width": 24
      },
      {
        "name": "staff_present",
        "zh": "在岗人数",
        "en": "Staff there",
        "width": 8
      },
      {
        "name": "staff_required",
        "zh": "应有人数",
        "en": "Staff required",
        "width": 8
      },
      {
        "name": "badge",
        "zh": "工作牌",
        "en": "Badge",
        "width": 10,
        "words": "visits.badge"
      },
      {
        "name": "closed_sign",
        "zh": "有暂停办理牌",
        "en": "“Closed” sign",
        "width": 8
      },
      {
        "name": "wait_minutes",
        "zh": "等候（分钟）",
        "en": "Waited (minutes)",
        "width": 8
      },
      {
        "name": "attitude",
        "zh": "态度（1 差，5 好）",
        "en": "Attitude (1 worst, 5 best)",
        "width": 8
      },
      {
        "name": "told_all_at_once",
        "zh": "一次说清材料",
        "en": "Papers told at once",
        "width": 12,
        "words": "visits.told"
      },
      {
        "name": "disclosed",
        "zh": "看到的公示",
        "en": "Disclosures seen",
        "width": 40,
        "words": "visits.disclosed"
      },
      {
        "name": "findings",
        "zh": "发现的问题",
        "en": "Findings",
        "width": 24,
        "words": "visits.category"
      },
      {
        "name": "serious",
        "zh": "其中严重",
        "en": "Serious ones",
        "width": 8
      },
      {
        "name": "facts",
        "zh": "看到的事实",
        "en": "What was seen",
        "width": 60
      },
      {
        "name": "note",
        "zh": "说明",
        "en": "Note",
        "width": 40
      },
      {
        "name": "suggestion",
        "zh": "建议",
        "en": "Suggestion",
        "width": 40
      },
      {
        "name": "supplements",
        "zh": "补充",
        "en": "Added",
        "width": 40
      },
      {
        "name": "photos",
        "zh": "照片",
        "en": "Photographs",
        "width": 8
      },
      {
        "name": "filed_at",
        "zh": "提交时间",
        "en": "Filed",
        "width": 20
      },
      {
        "name": "seq",
        "zh": "存证编号",
        "en": "Journal no.",
        "width": 10
      }
    ],
    "filters": [
      {
        "name": "department",
        "zh": "部门",
        "en": "Department",
        "kind": "department"
      },
      {
        "name": "mode",
        "zh": "方式",
        "en": "Kind",
        "kind": "choice",
        "words": "visits.mode",
        "several": true
      },
      {
        "name": "finding",
        "zh": "发现的问题",
        "en": "Finding",
        "kind": "choice",
        "words": "visits.category",
        "several": true
      },
      {
        "name": "text",
        "zh": "查找",
        "en": "Search",
        "kind": "text"
      },
      {
        "name": "from",
        "to": "to",
        "zh": "到达时间",
        "en": "Arrived",
        "kind": "span"
      }
    ],
    "orders": [],
    "fixed": false
  },
  volunteers: {
    "name": "volunteers",
    "zh": "义务监督员",
    "en": "Volunteers",
    "columns": [
      {
        "name": "certificate",
        "zh": "证书编号",
        "en": "Certificate",
        "width": 14
      },
      {
        "name": "name",
        "zh": "姓名",
        "en": "Name",
        "width": 12
      },
      {
        "name": "group",
        "zh": "类别",
        "en": "Group",
        "width": 12,
        "words": "volunteers.group"
      },
      {
        "name": "work",
        "zh": "职业与单位",
        "en": "Occupation and workplace",
        "width": 24
      },
      {
        "name": "state",
        "zh": "任期状态",
        "en": "State",
        "width": 12,
        "words": "volunteers.state"
      },
      {
        "name": "first",
        "zh": "起始日期",
        "en": "First day",
        "width": 12
      },
      {
        "name": "until",
        "zh": "截止日期",
        "en": "Until",
        "width": 12
      },
      {
        "name": "why",
        "zh": "提前结束原因",
        "en": "Ended early",
        "width": 12,
        "words": "volunteers.why"
      },
      {
        "name": "from",
        "zh": "统计起",
        "en": "Figures from",
        "width": 12
      },
      {
        "name": "to",
        "zh": "统计止",
        "en": "Figures to",
        "width": 12
      },
      {
        "name": "assigned",
        "zh": "应评",
        "en": "Reviews assigned",
        "width": 8
      },
      {
        "name": "in_time",
        "zh": "按时评议",
        "en": "Given in time",
        "width": 8
      },
      {
        "name": "late",
        "zh": "逾期评议",
        "en": "Given late",
        "width": 8
      },
      {
        "name": "awaited",
        "zh": "未评议",
        "en": "Awaited",
        "width": 8
      },
      {
        "name": "interests",
        "zh": "声明回避",
        "en": "Stepped aside",
        "width": 8
      },
      {
        "name": "asked",
        "zh": "安排暗访",
        "en": "Visits asked for",
        "width": 8
      },
      {
        "name": "answered",
        "zh": "按安排提交",
        "en": "Of those filed",
        "width": 8
      },
      {
        "name": "filed",
        "zh": "提交暗访",
        "en": "Sheets filed",
        "width": 8
      },
      {
        "name": "findings",
        "zh": "发现问题",
        "en": "Findings",
        "width": 8
      },
      {
        "name": "upheld",
        "zh": "查实办结",
        "en": "Upheld",
        "width": 8
      },
      {
        "name": "dropped",
        "zh": "不成立",
        "en": "Not upheld",
        "width": 8
      },
      {
        "name": "training_hours",
        "zh": "培训学时",
        "en": "Hours",
        "width": 8
      },
      {
        "name": "last_active",
        "zh": "最近履职月份",
        "en": "Last active",
        "width": 12
      },
      {
        "name": "inactive",
        "zh": "长期未履职",
        "en": "Inactive",
        "width": 8
      },
      {
        "name": "ratings",
        "zh": "部门评价次数",
        "en": "Ratings",
        "width": 8
      },
      {
        "name": "facts",
        "zh": "事实清楚",
        "en": "Facts",
        "width": 8
      },
      {
        "name": "fairness",
        "zh": "态度公允",
        "en": "Fair",
        "width": 8
      },
      {
        "name": "appraised_year",
        "zh": "履职评价年度",
        "en": "Appraised year",
        "width": 8
      },
      {
        "name": "grade",
        "zh": "履职评价",
        "en": "Appraisal",
        "width": 10,
        "words": "volunteers.grade"
      }
    ],
    "filters": [],
    "orders": [],
    "fixed": true
  },
} as const satisfies Record<string, ListDescription>

export type ListName = keyof typeof lists
