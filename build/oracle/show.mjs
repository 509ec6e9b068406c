// A case in lines that a person can read and reckon through.

const text = t => new Date((t + 8 * 3600) * 1000).toISOString().slice(0, 19).replace("T", " ");

const limit = l => (l ? `${l.n} ${l.unit}` : "none");

/** show writes a case and where the two differ. */
export function show({ department, kase, lines }) {
  const item = department.items.find(i => i.code === kase.item);
  const out = [`${kase.no}: ${item.code}, ${item.regime}, ${item.type}, from ${item.start}, promised ${limit(item.promised)}, statutory ${limit(item.statutory)}${department.reports ? ", reports itself" : ""}`];
  for (const e of kase.events) out.push("  " + event(e));
  for (const e of kase.anew ?? []) out.push(`  told anew: ${event(e)}${kase.events.some(f => f.id === e.id) ? " (a correction)" : ""}`);
  for (const r of kase.rejections ?? []) out.push(`  rejection filed ${text(r.filed)}`);
  for (const o of kase.overdue ?? []) out.push(`  overdue reported ${text(o.reported)}`);
  return [...out, "  judge / console:", ...lines.map(l => "    " + l)].join("\n");
}

function event(e) {
  const more = Object.entries({ effective: e.effective, entered: e.entered, told: e.pause?.notified ?? e.extension?.notified })
    .filter(([, t]) => t !== undefined)
    .map(([name, t]) => `, ${name} ${text(t)}`);
  const says = e.pause
    ? `, ${e.pause.kind}, approver ${e.pause.approver ?? "-"}, approved ${limit(e.pause.approved)}`
    : e.extension
      ? `, by ${limit(e.extension.by)}, approver ${e.extension.approver ?? "-"}, reason ${e.extension.reason ?? "-"}`
      : e.decision
        ? `, ${Object.entries(e.decision).filter(([, v]) => v !== undefined).map(([k, v]) => `${k} ${v}`).join(", ")}`
        : e.step
          ? `, ${e.step}`
          : "";
  return `${text(e.occurred)} ${e.kind}${more.join("")}${says}${e.window ? `, window ${e.window}` : ""}`;
}
