// Differences from the console that are open: what is right is decided by the text
// that is cited, and the console is not mended yet. An entry goes when it is. A case
// that one of them touches is counted apart when the two differ.

const lateKinds = new Set(["paused", "supplement_requested", "extended"]);

// What an overrun or a due moment can change of a case.
const clocks = /^(due_at|statutory_due_at|over_by|used|paused|paused_now|early|overdue|overdue_without_pauses|level|requests|extended):|V0[1-6]|V1[123]|V2[047]/;

/** open are the differences by name: in what, why, which cases they touch. */
export const open = {
  "end within a pause": {
    in: clocks,
    why: "A limit does not run out while it stands still (Licensing Law art. 45), and its last day ends at the close of business (Civil Code art. 203).",
    touches: ({ main, promised, statutory, steps }) => [main, promised, statutory, ...(steps ?? [])].some(c => c?.stoodStill || c?.asItWent.stoodStill),
  },
  "decided without acceptance": {
    in: clocks,
    why: "What was never accepted is counted from when its papers were complete (Licensing Law art. 32, 42), as where acceptance is deemed.",
    touches: ({ s, item }) => item.regime !== "limits_only" && s.end && !(s.accepted?.inFavour <= s.until) && s.deemed === undefined && (s.awaiting || s.complete !== s.received?.claimed),
  },
  "on the spot": {
    in: /V24|^(level|early):/,
    why: "V24 counts from acceptance or deemed acceptance (art. 32, 34): a later acceptance makes nothing timely.",
    touches: ({ s, item }) => item.type === "on_the_spot" && (!s.accepted || s.accepted.late || s.accepted.claimed > s.until || s.deemed !== undefined),
  },
  "pause of no length": {
    in: clocks,
    why: "A pause that took no time cannot take away a day of another (findings R8 speaks of days on which the case was open).",
    touches: ({ s, office }) => s.pauses.some(p => p.to !== undefined && office.hours.between(p.from, p.to) <= 1),
  },
  "asked again at once": {
    in: clocks,
    why: "What was awaited comes before it is asked for anew (findings R5), for papers as for pauses; else silence is found where nobody was silent.",
    touches: ({ s }) => s.facts.some(f => f.kind === "supplement_received" && s.facts.some(g => g.kind === "supplement_requested" && g.occurred === f.occurred)),
  },
  "summed, still paused": {
    in: clocks,
    why: "Where pauses are added up (the reference of BPIC 2015), a case that ended by its due moment is not overdue.",
    touches: ({ item, main, s }) => item.regime === "limits_only" && main?.after.length > 0 && !(s.pauses.at(-1)?.to < s.until),
  },
  "extended in working days": {
    in: clocks,
    why: "Ten working days are ten days that are worked, whatever unit the limit has (Licensing Law art. 82).",
    touches: ({ promised, statutory }) => [promised, statutory].some(c => c?.by && !c.limit.unit.endsWith("hours") && c.by.unit !== c.limit.unit),
  },
  "extended after the end, summed": {
    in: clocks,
    why: "What came after a limit had run out takes nothing back under any regime (cases: late_ext): V02 and V03 stand from the former end.",
    touches: ({ item, promised, statutory }) => item.regime === "limits_only" && [promised, statutory].some(c => c?.after.some(m => m.extension)),
  },
  "accepted while papers are awaited": {
    in: clocks,
    why: "Acceptance says that the papers are complete (Licensing Law art. 32): what was asked for before stops no clock after it (findings R8: one request stops the clock for good).",
    touches: ({ s, item, office }) => office.supplementPauses.has(`${item.department}/${item.code}`) && s.accepted && s.facts.some(f => f.kind === "supplement_requested" && f.claimed <= s.accepted.claimed),
  },
  "several entered late": {
    in: /V19|^level:/,
    why: "A finding stands from when the first of its facts was registered; it does not move when another is.",
    touches: ({ s }) => new Set(s.facts.filter(f => f.registered > f.claimed || f.entered > f.occurred).map(f => f.registered)).size > 1,
  },
  "signed on an earlier date": {
    in: /V2[12]|^level:/,
    why: "A decision that claims an earlier date counts for its department from its registration (findings R2), also for who had authority.",
    touches: ({ s, item }) => item.windowSignOff && s.end?.late,
  },
  "ended on an earlier date": {
    in: /V0[56]|V1[0123]|V20|^(level|requests|paused):/,
    why: "What lies behind the end of a case is no part of it: a pause that begins after the decision's date is none.",
    touches: ({ s }) => s.end?.effective < s.end?.occurred,
  },
  "overlong behind the end": {
    in: /V04|V11|^level:/,
    why: "A pause or a step is over when its case is: nothing that ran longer was exceeded by an end that was entered later.",
    touches: ({ s }) => Boolean(s.end) && s.facts.some(f => (f.kind === "resumed" || f.kind === "step_finished") && f.late),
  },
  "near its end, extended later": {
    in: /V12|^level:/,
    why: "Whether a pause began near the end of a limit is seen from that moment: a later extension takes nothing back.",
    touches: ({ s, promised, statutory }) => s.pauses.length > 0 && [promised, statutory].some(c => c?.by),
  },
  "told late": {
    in: /^(due_at|statutory_due_at|over_by|used|paused|paused_now|early|overdue|overdue_without_pauses|level|requests|extended):|V0[1-6]|V1[123]|V27/,
    why: "What was registered late counts for its department from its registration (findings R3), and an extension when it was told (art. 42; domain, section 3).",
    touches: ({ s }) => s.facts.some(f => lateKinds.has(f.kind) && (f.late || f.extension?.notified > f.inFavour)),
  },
};

/** touched are the names of those that touch a case. */
export const touched = matter => Object.keys(open).filter(name => open[name].touches(matter));

/** explained says whether those that touch a case can be why lines differ. */
export const explained = (names, lines) => lines.every(l => names.some(name => open[name].in.test(l)));
