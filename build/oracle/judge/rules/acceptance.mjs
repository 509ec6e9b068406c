// V05 silence for five working days, V06 papers asked for more than once (art. 32).

export function acceptance({ s, item }) {
  if (item.regime === "limits_only") return [];
  const out = [];
  if (s.deemed !== undefined) out.push({ rule: "V05", level: "yellow", raised: s.deemedBy });
  const requests = s.facts.filter(f => f.kind === "supplement_requested" && f.occurred <= s.until);
  if (requests.length > 1) out.push({ rule: "V06", level: "yellow", raised: requests[1].occurred });
  return out;
}
