// Differences from the console that are open: what is right is decided by the text
// that is cited, and the console is not mended yet. An entry goes when it is. A case
// that one of them touches is counted apart when the two differ.

const lateKinds = new Set(["paused", "supplement_requested", "extended"]);

// What an overrun or a due moment can change of a case.
const clocks = /^(due_at|statutory_due_at|over_by|used|paused|paused_now|early|overdue|overdue_without_pauses|level|requests|extended):|V0[1-6]|V1[0123]|V2[047]/;

/** open are the differences by name: in what, why, which cases they touch. */
export const open = {
  "ended on an earlier date": {
    in: clocks,
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
    in: clocks,
    why: "What was registered late counts for its department from its registration (findings R3), in a case's row as in its findings.",
    touches: ({ s, item }) => item.regime !== "limits_only" && s.facts.some(f => lateKinds.has(f.kind) && f.late),
  },
  "extended in another unit": {
    in: clocks,
    why: "An extension is counted in its own unit from where the limit ends, pauses taken out (Licensing Law art. 45, 82).",
    touches: ({ promised, statutory }) => [promised, statutory].some(c => c?.by && !c.limit.unit.endsWith("hours") && c.by.unit !== c.limit.unit),
  },
  "nothing left when it paused": {
    in: clocks,
    why: "A limit in hours that a pause met at its very end is due when the office is next open (Civil Code art. 203).",
    touches: ({ promised, statutory }) => [promised, statutory].some(c => c?.nothingLeft || c?.asItWent.nothingLeft),
  },
  "decided before acceptance was told": {
    in: clocks,
    why: "Who decides on the matter without acceptance is counted from when papers last were complete (Licensing Law art. 32, 42).",
    touches: ({ s, item }) => item.regime !== "limits_only" && Boolean(s.end) && !(s.accepted?.inFavour <= s.until) &&
      (s.awaiting || Boolean(s.accepted) || s.facts.some(f => f.kind === "supplement_received" && f.late)),
  },
  "summed, still paused": {
    in: /^(overdue|early|level):/,
    why: "Where pauses are added up (the reference of BPIC 2015), a case that ended by its due moment is not overdue.",
    touches: ({ s, item }) => item.regime === "limits_only" && s.pauses.length > 0 && !(s.pauses.at(-1).to < s.until),
  },
  "on the spot": {
    in: /^(early|level):|V24/,
    why: "What was not done on the spot was not done early (art. 34); an acceptance told late counts from the date that it claims.",
    touches: ({ item, s }) => item.type === "on_the_spot" && (s.deemed !== undefined || !s.accepted || s.accepted.late),
  },
  "asked as accepted": {
    in: clocks,
    why: "Acceptance says that the papers are complete (Licensing Law art. 32): nothing stands still that was asked for before it, or with it.",
    touches: ({ s, item }) => item.supplementPauses && s.facts.some(f => f.kind === "supplement_requested" && f.claimed === s.accepted?.claimed),
  },
  "summed, end moved": {
    in: clocks,
    why: "Where all is added up (the reference of BPIC 2015), days of rest move the sum's end only.",
    touches: ({ s, item }) => item.regime === "limits_only" && item.restDaysMoveEnd && s.pauses.length > 1,
  },
  "summed, worked between": {
    in: /^used:/,
    why: "What is used and what is paused make the days that have passed.",
    touches: ({ s, item }) => item.regime === "limits_only" && s.pauses.length > 1,
  },
  "summed, told late": {
    in: clocks,
    why: "No fact with a later moment of registration turns an overrun into timeliness, under no regime.",
    touches: ({ s, item }) => item.regime === "limits_only" && s.pauses.some(p => p.fact.late),
  },
};

/** touched are the names of those that touch a case. */
export const touched = matter => Object.keys(open).filter(name => open[name].touches(matter));

/** explained says whether those that touch a case can be why lines differ. */
export const explained = (names, lines) => lines.every(l => names.some(name => open[name].in.test(l)));
