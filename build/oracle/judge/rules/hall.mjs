// V17 decided outside the hall (art. 26), V21 signed without authority, V22 no live
// authorization (chief representatives; domain, section 5).

// What is returned or not accepted needs no acceptance and no signature. Where the
// source does not say how it was decided, there may have been no signature to give.
const onTheMatter = new Set(["granted", "refused", "decided"]);

export function hall({ s, item, department }) {
  if (item.regime === "limits_only") return [];
  const outcome = s.end?.decision?.outcome;
  if (!onTheMatter.has(outcome)) return signatures({ s, item, department });
  const out = [];
  if (item.inHall && !s.accepted?.window) out.push({ rule: "V17", level: "red", raised: s.end.inFavour });
  return out.concat(signatures({ s, item, department }));
}

// The first decision that was signed without authority, if one was.
function signatures({ s, item, department }) {
  if (!item.windowSignOff || !department.reports) return [];
  for (const end of s.decisions.filter(f => ["granted", "refused"].includes(f.decision?.outcome))) {
    const found = signed(end, item, department);
    if (found.length > 0) return found;
  }
  return [];
}

function signed(end, item, department) {
  const out = [], t = end.inFavour;
  const live = (department.authorizations ?? []).filter(a => a.from <= t && t < (a.to ?? Infinity) && !(a.revoked <= t) &&
    (a.items.length === 0 || a.items.includes(item.code)) && a.powers.includes("sign"));
  const signer = end.decision?.signer;
  if (live.length === 0) out.push({ rule: "V22", level: "yellow", raised: t });
  else if (!live.some(a => signer && (signer === a.rep || signer === a.standIn))) out.push({ rule: "V21", level: "red", raised: t });
  return out;
}
