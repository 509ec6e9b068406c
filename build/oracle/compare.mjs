// The judge's answer beside the console's, in one form.

const seconds = s => (s === null || s === undefined ? null : Date.parse(s.replace(" ", "T") + "+08:00") / 1000);
const text = t => (t === null || t === undefined ? null : new Date((t + 8 * 3600) * 1000).toISOString().slice(0, 19).replace("T", " "));

/** differences of a case: lines "field: judge / console". */
export function differences(judged, row, findings, summed) {
  const out = [];
  if (!row) return ["the console has no such case"];
  for (const [field, value] of Object.entries(judged.row)) {
    const ours = field.endsWith("_at") ? text(value) : value, theirs = row[field] ?? null;
    if (ours !== theirs) out.push(`${field}: ${ours} / ${theirs}`);
  }
  // Of a warning that has been overtaken it is said that there was one.
  const line = f => f.rule === "V01" && f.state === "superseded" ? "V01 superseded" : `${f.rule}${f.key ? ` ${f.key}` : ""} ${f.level} ${f.state} ${f.raised}`;
  const ours = new Set(judged.findings.map(f => line({ ...f, raised: text(f.raised) })));
  const theirs = new Set(findings.filter(f => f.state !== "withdrawn").map(f => line({ ...f, raised: text(seconds(f.raised_at)) })));
  // Where pauses and extensions are added up, a warning overtaken is not looked at.
  if (summed) for (const set of [ours, theirs]) set.delete("V01 superseded");
  for (const l of ours) if (!theirs.has(l)) out.push(`finding: ${l} / -`);
  for (const l of theirs) if (!ours.has(l)) out.push(`finding: - / ${l}`);
  return out;
}
