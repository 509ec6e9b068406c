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
  "visits.severity": [
    { key: "minor", zh: "一般", en: "Minor" },
    { key: "serious", zh: "严重", en: "Serious" },
  ],
} as const satisfies Record<string, readonly Word[]>

export type VocabularyName = keyof typeof vocabularies

export const lists = {
  matters: {
    "name": "matters",
    "zh": "督办",
    "en": "Matters",
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
} as const satisfies Record<string, ListDescription>

export type ListName = keyof typeof lists
