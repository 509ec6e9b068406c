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
  "acts.who": [
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
  "visits.severity": [
    { key: "minor", zh: "一般", en: "Minor" },
    { key: "serious", zh: "严重", en: "Serious" },
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
        "zh": "账簿编号",
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
        "width": 12
      },
      {
        "name": "about_id",
        "zh": "对象编号",
        "en": "About, no.",
        "width": 10
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
        "en": "By",
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
} as const satisfies Record<string, ListDescription>

export type ListName = keyof typeof lists
