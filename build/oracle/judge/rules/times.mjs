// V20 times that contradict one another.

import { at as moment, dayOf } from "../days.mjs";
import { ahead, ends } from "../facts.mjs";
import { answers, beforeCase } from "../story.mjs";

export function times({ s, item, office, now }) {
  const at = [];
  const { accepted, end, sent } = s;
  const received = s.assumed ? undefined : s.received;
  if (s.goneOn) at.push(end.occurred);
  if (s.assumed && s.received && s.received.kind !== "refusal_grounds" && now > moment(office.calendar.nthAfter(dayOf(s.received.occurred), 1), office.hours.closes)) at.push(s.received.occurred);
  for (const f of s.all) if (item.regime !== "limits_only" && beforeCase(f.pause?.notified ?? f.extension?.notified, s)) at.push(f.occurred);
  for (const f of s.all) if (ahead(f, item, office)) at.push(f.occurred);
  for (const f of s.strangers) at.push(ends.has(f.kind) ? received.occurred : f.occurred);
  if (s.contradicted) at.push(s.contradicted.occurred);
  if (received && accepted && accepted.occurred < received.occurred) at.push(received.occurred);
  if (received && end && end.occurred < received.occurred) at.push(received.occurred);
  const decided = s.all.find(f => f.kind === "decided"), known = s.facts.find(f => f.kind === "decided");
  if (accepted && known && known.occurred < accepted.occurred) at.push(accepted.occurred);
  if (sent && decided && sent.occurred < decided.occurred) at.push(decided.occurred);
  for (const f of s.all) if (f.entered !== undefined && f.entered + office.skew < f.occurred) at.push(f.occurred);
  const told = s.all.filter(f => f.occurred <= s.until || f.claimed <= s.until), summed = item.regime === "limits_only";
  at.push(...resumedUnpaused(told, summed), ...finishedUnbegun(told), ...suppliedUnasked(told));
  return at.length > 0 ? [{ rule: "V20", level: "data", raised: Math.min(...at) }] : [];
}

// What is of one instant has no order of its own.
function instants(facts) {
  const out = [];
  for (const f of facts) {
    if (out.length > 0 && out.at(-1)[0].occurred === f.occurred) out.at(-1).push(f);
    else out.push([f]);
  }
  return out;
}

// Where ties stand as they were sent, each is told after the one before it.
function resumedUnpaused(facts, summed) {
  const out = [];
  let paused = false;
  for (const instant of instants(facts)) {
    const ofPauses = instant.filter(f => f.kind === "paused" || f.kind === "resumed");
    const many = kind => ofPauses.filter(f => f.kind === kind).length;
    if (!summed) {
      if (many("resumed") > many("paused") + paused) out.push(instant[0].occurred);
      paused = many("paused") + paused > many("resumed");
      continue;
    }
    ofPauses.forEach((f, i) => {
      const opens = f.kind === "paused";
      if (!opens && !paused && !ofPauses.slice(i).some(g => g.kind === "paused")) out.push(f.occurred);
      paused = opens;
    });
  }
  return out;
}

function finishedUnbegun(facts) {
  const out = [], begun = new Set();
  for (const instant of instants(facts)) {
    for (const f of instant) if (f.kind === "step_started") begun.add(f.step);
    if (instant.some(f => f.kind === "step_finished" && !begun.has(f.step))) out.push(instant[0].occurred);
  }
  return out;
}

// Papers dated before they were asked for answer nothing.
function suppliedUnasked(facts) {
  const out = [];
  let asked, ever = false;
  for (const instant of instants(facts)) {
    const request = instant.find(f => f.kind === "supplement_requested");
    ever ||= Boolean(request);
    asked ??= request;
    for (const f of instant.filter(f => f.kind === "supplement_received")) {
      if (!ever || (asked && !answers(f, asked))) out.push(f.occurred);
      else asked = undefined;
    }
  }
  return out;
}
