// V13 an extension that art. 42 does not allow.

export function extensions({ s, item, faults }) {
  if (item.regime === "limits_only") return [];
  return s.extensions.flatMap((f, i) => (faults[i].length > 0 ? [{ rule: "V13", level: "red", raised: f.occurred, key: String(i + 1) }] : []));
}
