// What the judge works on, as the contract's messages in protobuf's JSON.

const time = t => (t === undefined ? undefined : new Date(t * 1000).toISOString().replace(".000", ""));
const code = (prefix, word) => (word === undefined ? undefined : prefix + word.toUpperCase());
const limit = l => l && { n: l.n, unit: code("UNIT_", l.unit), sameDay: l.sameDay };

/** department as a message. */
export const department = d => ({ code: d.code, name: d.name ?? d.code });

/** item as a message. */
export const item = i => ({
  department: i.department,
  code: i.code,
  version: i.version,
  name: i.name ?? i.code,
  caseType: code("CASE_TYPE_", i.type),
  regime: code("REGIME_", i.regime),
  promised: limit(i.promised),
  statutory: limit(i.statutory),
  clockStart: code("CLOCK_START_", i.start),
  supplementPauses: i.supplementPauses,
  inHall: i.inHall,
  windowSignOff: i.windowSignOff,
  steps: i.steps?.map(s => ({ name: s.name, limit: limit(s.limit) })),
  restDaysMoveEnd: i.restDaysMoveEnd,
});

/** event of a case as a message. */
export const event = (c, e) => ({
  sourceId: e.id,
  department: c.department,
  caseNo: c.no,
  itemCode: c.item,
  kind: code("EVENT_KIND_", e.kind),
  occurredAt: time(e.occurred),
  enteredAt: time(e.entered),
  effectiveAt: time(e.effective),
  handler: e.handler && { name: e.handler },
  window: e.window,
  text: e.text,
  itemVersion: e.itemVersion,
  application: e.kind === "received" ? { applicantName: "张三", applicantType: "person" } : undefined,
  step: e.step && { name: e.step },
  pause: e.pause && {
    kind: e.pause.kind,
    reason: e.pause.reason,
    approver: e.pause.approver,
    approved: limit(e.pause.approved),
    notifiedAt: time(e.pause.notified),
    noticeNo: e.pause.notice,
  },
  extension: e.extension && {
    by: limit(e.extension.by),
    approver: e.extension.approver,
    reason: e.extension.reason,
    notifiedAt: time(e.extension.notified),
  },
  decision: e.decision && {
    outcome: code("OUTCOME_", e.decision.outcome),
    decisionNo: e.decision.no,
    signer: e.decision.signer && { name: e.decision.signer },
    reason: e.decision.reason,
    legalBasis: e.decision.basis,
    remediesTold: e.decision.remedies,
    noticeNo: e.decision.notice,
    filingNo: e.decision.filing,
  },
  notice: e.notice && { noticeNo: e.notice.no, materials: e.notice.materials },
});

/** rejection filing of a case as a message. */
export const rejection = (c, r) => ({
  sourceId: r.id,
  department: c.department,
  filingNo: r.no,
  caseNo: c.no,
  stage: code("REJECTION_STAGE_", r.stage),
  facts: "材料不符",
  reason: "材料不符",
  legalArticle: "第三十八条",
  remediesTold: true,
  filedAt: time(r.filed),
  noticeAt: time(r.notice),
});

/** overdue report of a case as a message. */
export const overdue = (c, o) => ({
  sourceId: o.id,
  department: c.department,
  caseNo: c.no,
  clock: code("CLOCK_", o.clock),
  dueAt: time(o.due),
  actualAt: time(o.actual),
  overBy: o.overBy,
  reportedAt: time(o.reported),
});

/** authorization as a message. */
export const authorization = a => ({
  sourceId: a.id,
  department: a.department,
  authNo: a.no,
  rep: { name: a.rep },
  standIn: a.standIn && { name: a.standIn },
  items: a.items,
  powers: a.powers,
  validFrom: time(a.from),
  validTo: time(a.to),
  signer: "局长",
  signedAt: time(a.signed ?? a.from),
  revokedAt: time(a.revoked),
});
