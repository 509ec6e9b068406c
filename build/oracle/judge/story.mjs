// A case's story under art. 32 and 45 of the Licensing Law: receipt, supplements,
// acceptance, pauses, extensions, end.

import { at, dayOf } from "./days.mjs";
import { ends } from "./facts.mjs";

const listed45 = new Set(["hearing", "tender", "auction", "inspection", "test", "quarantine", "appraisal", "expert"]);

/** lawful says whether a pause is of a kind that art. 45 lists. */
export const lawful = pause => listed45.has(pause?.kind);

/** story tells a case as of a moment. */
export function story(facts, item, office, now) {
  const all = facts.filter(f => f.occurred <= now), { known, strangers } = ofThisProcedure(all, item, office);
  const first = kind => known.find(f => f.kind === kind);
  const { end, goneOn, decisions, contradicted } = ending(known, item, now);
  const until = end ? end.inFavour : now;
  const s = {
    all,
    facts: known, // of this procedure
    strangers,
    contradicted,
    received: first("received") ?? assumed(known, item),
    assumed: !first("received"),
    goneOn,
    decisions,
    accepted: first("accepted"),
    sent: first("delivered"),
    end,
    until,
    endTold: Math.min(...known.filter(f => ends.has(f.kind)).map(f => f.told)),
    refused: known.some(f => f.kind === "refusal_grounds"),
  };
  Object.assign(s, acceptance(s, item, office, now));
  s.start = start(s, item);
  s.pauses = pauses(s, item, office);
  s.extensions = known.filter(f => f.kind === "extended" && f.inFavour <= until && f.occurred <= until);
  return s;
}

// What cannot be before there is an application (arts. 29, 32, 37, 45).
const needApplication = new Set(["supplement_requested", "supplement_received", "paused", "extended"]);

/**
 * ofThisProcedure sets apart what is dated before the receipt: it stops nothing. An end
 * counts from its registration; where none is known it ends a case by dates alone, and
 * under the Licensing Law nothing. What the office's time for entries explains is no more
 * than a slip, but for a decision under that law, which needs an application.
 */
function ofThisProcedure(facts, item, office) {
  const receipt = facts.find(f => f.kind === "received"), known = [], strangers = [], summed = item.regime === "limits_only";
  for (const f of facts) {
    const at = f.effective ?? f.occurred, begun = receipt?.claimed;
    const end = ends.has(f.kind), slip = end && at < begun && (summed || f.kind !== "decided") && office.hours.between(at, begun) <= office.backEntry;
    if (!(at < begun) || slip || !(end || needApplication.has(f.kind))) {
      known.push(f);
      continue;
    }
    strangers.push(f);
    const registered = f.entered !== undefined || f.observed !== undefined ? f.registered : undefined;
    if (end && registered >= receipt.claimed) known.push({ ...f, inFavour: registered, told: registered });
    else if (end && summed) known.push(f);
  }
  return { known, strangers };
}

/**
 * ending is the end: the first, or under the Licensing Law a decision after it, which
 * says that it was none (administrators' page, what is told late). Of what is decided
 * again on the day of a decision the first ends the clocks; what it says otherwise is a
 * contradiction, and owed for.
 */
function ending(known, item, now) {
  const told = known.filter(f => ends.has(f.kind) && f.inFavour <= now).sort((a, b) => tellingOf(a) - tellingOf(b));
  let [end] = told, goneOn;
  const decisions = end?.kind === "decided" ? [end] : [];
  const after = f => (end.kind !== "decided" || end.decision?.outcome === "not_accepted" ? f.inFavour > end.inFavour : dayOf(f.inFavour) > dayOf(end.inFavour));
  if (item.regime !== "limits_only")
    for (const f of told)
      if (f.kind === "decided" && f !== end && after(f)) {
        goneOn ??= end;
        decisions.push((end = f));
      }
  const contradicted = contradiction(told);
  if (contradicted && !decisions.includes(contradicted)) decisions.push(contradicted);
  return { end, goneOn, decisions, contradicted };
}

// contradiction is the first decision that says otherwise than the one before it.
function contradiction(told) {
  const decided = told.filter(f => f.kind === "decided");
  return decided.find((f, i) => i > 0 && f.decision?.outcome !== decided[i - 1].decision?.outcome);
}

// assumed is the earliest record of a case without a receipt, which stands for it
// (the same page): not where the acceptance is the earliest, and the limit counts
// from that.
function assumed(known, item) {
  if (item.regime === "limits_only") return undefined;
  const earliest = f => Math.min(f.claimed, f.occurred);
  const [f] = known.filter(f => f.kind !== "note" && f.kind !== "delivered").sort((a, b) => earliest(a) - earliest(b) || (b.kind === "accepted") - (a.kind === "accepted"));
  return f?.kind === "accepted" && item.start !== "receipt" ? undefined : f;
}

/** beforeCase says whether a moment lies on a day before there was a case. */
export const beforeCase = (t, s) => {
  const f = s.received ?? s.accepted;
  return t !== undefined && f !== undefined && dayOf(t) < dayOf(Math.min(f.claimed, f.occurred));
};

/**
 * acceptance follows art. 32: within five working days of receipt, or of the papers
 * that were asked for (findings R6), accept or tell what is missing; else the
 * application counts as accepted on the day on which it, or they, came.
 */
function acceptance(s, item, office, now) {
  if (item.regime === "limits_only" || !s.received) return {};
  let since = s.received.claimed, asked;
  const deadline = () => at(office.calendar.nthAfter(dayOf(since), office.noticeDays), office.hours.closes);
  for (const [f, moment] of exchange(s.facts)) {
    if (!asked && moment > deadline()) break;
    if (s.goneOn && ends.has(f.kind) && f.inFavour < s.end.inFavour) continue;
    if (f.kind === "accepted" || ends.has(f.kind)) return { awaiting: Boolean(asked), complete: since };
    if (f.kind === "supplement_requested") asked ??= f;
    else if (asked && answers(f, asked)) [since, asked] = [Math.max(f.claimed, s.received.claimed), undefined];
  }
  const awaiting = Boolean(asked);
  if (awaiting || deadline() >= now) return { awaiting, complete: since };
  return { deemed: since, deemedBy: deadline(), afterPapers: since !== s.received.claimed };
}

// exchange is what passes between department and applicant up to acceptance, each
// with the moment from which it counts.
function exchange(facts) {
  const out = [];
  let asked = -Infinity;
  for (const f of facts) {
    const told = f.kind === "supplement_received" ? f.occurred : tellingOf(f);
    if (f.kind === "supplement_requested") asked = told;
    if (f.kind === "supplement_received") out.push([f, f.claimed, Math.max(told, asked)]);
    else if (f.kind === "supplement_requested" || f.kind === "accepted" || ends.has(f.kind)) out.push([f, f.inFavour, told]);
  }
  return out.sort((a, b) => a[2] - b[2]);
}

// tellingOf is when a fact was told, which orders it among others.
const tellingOf = f => (f.inFavour === f.claimed ? f.occurred : f.inFavour);

/** answers says whether papers answer a request: not where they are dated before it. */
export const answers = (f, asked) => dayOf(f.claimed) >= dayOf(asked.claimed);

/** start is the instant from which the limits run; undefined: not yet. */
function start(s, item) {
  if (item.start === "receipt") return s.received?.claimed;
  if (s.deemed !== undefined) return s.deemed;
  if (s.accepted?.inFavour <= s.until) return s.accepted.claimed;
  return s.end ? untaken(s) ?? s.accepted?.claimed : undefined;
}

// A case that ended without acceptance: the applicant waited since the first receipt.
// The law leaves it open where papers were asked for between; this is the program's
// word, with which known answers agree.
const untaken = s => s.received?.claimed;

/** pauses that stop the clocks: from, to (undefined while it lasts), fact. */
function pauses(s, item, office) {
  const out = [];
  let open;
  const supplements = item.regime === "limits_only" ? item.supplementPauses : office.supplementPauses.has(`${item.department}/${item.code}`);
  // Before acceptance the item says whether papers that are awaited stop its clock,
  // after it the office (findings R8).
  const asked = f => supplements || (item.supplementPauses && !(s.accepted?.claimed < f.claimed) && !(s.deemed < f.claimed));
  const begins = f => (f.kind === "paused" ? item.regime === "limits_only" || lawful(f.pause) : f.kind === "supplement_requested" && asked(f));
  // Acceptance says that the papers are complete (art. 32).
  const taken = (f, open) => f === s.accepted && open.fact.kind === "supplement_requested" && item.regime !== "limits_only";
  const closes = { paused: "resumed", supplement_requested: "supplement_received" };
  for (const f of s.facts) {
    if (open?.from > f.inFavour && begins(f)) open = (open.to = open.from, undefined); // that was to begin later
    if (!open && begins(f)) {
      // One that was to begin after the end was made, too.
      if (f.inFavour <= s.until || (f.effective > f.occurred && f.occurred <= s.until)) out.push((open = { fact: f, from: f.inFavour, to: undefined }));
    } else if (open && f.occurred <= s.until && (f.kind === closes[open.fact.kind] || taken(f, open))) {
      if (f.kind === "supplement_received" && !answers(f, open.fact)) continue;
      if (f.claimed <= s.until) open.to = Math.max(open.from, f.claimed);
      open = undefined;
    }
  }
  return out;
}
