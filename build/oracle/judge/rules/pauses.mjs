// V10 unlawful pause (art. 45), V11 overlong or never resumed, V12 near the end or
// again and again: these wherever pauses stop a clock.

import { at, dayOf } from "../days.mjs";
import { flowOf } from "../flow.mjs";
import { beforeCase, lawful } from "../story.mjs";
import { byDate } from "../standing.mjs";

export function pauses(matter) {
  const { s, item, office } = matter;
  const out = [], law = item.regime !== "limits_only";
  const all = spans(s);
  s.facts.filter(f => f.kind === "paused" && f.occurred <= s.until).forEach((f, i) => {
    const p = f.pause ?? {}, key = String(i + 1), span = all.find(s => s.fact === f);
    if (law && (!lawful(p) || !p.approver || p.notified === undefined || beforeCase(p.notified, s) || !p.approved)) out.push({ rule: "V10", level: "yellow", raised: f.occurred, key });
    if (span) out.push(...overlong(f, span, s, office, key));
  });
  return [...out, ...near(matter), ...repeated(matter)];
}

// spans are all pauses that were made, lawful or not.
function spans(s) {
  const out = [];
  let open;
  for (const f of s.facts.filter(f => f.occurred <= s.until)) {
    if (f.kind === "paused" && !open) out.push((open = { fact: f }));
    if (f.kind === "resumed" && open) {
      open.resumed = f;
      open = undefined;
    }
  }
  return out;
}

// The time that was told is kept; one unit beyond it is red (domain, section 2.1).
function overlong(f, { resumed }, s, office, key) {
  const never = !resumed && s.end ? [{ rule: "V11", level: "yellow", raised: s.until, key }] : [];
  if (!f.pause?.approved) return never;
  const to = Math.min(s.until, resumed?.inFavour ?? s.until), { n } = f.pause.approved;
  const flow = flowOf("working_days", office);
  const due = n => (flow ? flow.after(f.claimed, n * flow.size) : at(office.calendar.nthAfter(dayOf(f.claimed), n), office.hours.closes));
  if (to > due(n)) return [{ rule: "V11", level: to > due(n + 1) ? "red" : "yellow", raised: due(n), key }];
  return never;
}

// A pause that begins with no more than the office's share of a limit left.
function near({ s, office, promised, statutory }) {
  const limits = [promised, statutory].filter(Boolean);
  return s.pauses.flatMap((p, i) => {
    const close = limits.map(l => l.before(p)).some(l => s.start <= p.from && p.from <= l.due && (l.shareAt(p.from) <= office.nearEnd || (Number.isNaN(l.shareAt(p.from)) && p.from > s.start)));
    return close ? [{ rule: "V12", level: "review", raised: p.fact.inFavour, key: String(i + 1) }] : [];
  });
}

// One pause more than the office takes for ordinary, or from the third on such a
// share of the days; from the second on where that is longer than the longest limit.
function repeated({ s, office, promised, statutory }) {
  if (s.start === undefined) return [];
  const limits = [promised, statutory].filter(Boolean);
  for (let i = 1; i < s.pauses.length; i++) {
    const at = s.pauses[i].fact.inFavour, before = s.pauses.slice(0, i);
    const long = i > 1 || (limits.length > 0 && limits.every(l => still(before, at, s, office) > dayOf(l.before(s.pauses[0], at).due) - dayOf(s.start)));
    if (i + 1 > office.pausesMost || (long && share(before, at, s, office) >= office.pausedShare)) return [{ rule: "V12", level: "review", raised: at, key: "repeated" }];
  }
  return [];
}

// share is on how many of the days up to an instant it stood still, be it by nights.
function share(pauses, until, s, office) {
  const days = dayOf(until) - dayOf(s.start);
  return days > 0 ? still(pauses, until, s, office) / days : 0;
}

// still is on how many of them.
function still(pauses, until, s, office) {
  const each = pauses.map(p => byDate([p], s, office));
  let n = 0;
  for (let d = dayOf(s.start) + 1; d <= dayOf(until); d++) if (each.some(stands => stands(d))) n++;
  return n;
}
