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
        "zh": "账簿编号",
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
        "en": "How",
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
} as const satisfies Record<string, ListDescription>

export type ListName = keyof typeof lists
