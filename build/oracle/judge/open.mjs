// Differences from the console that are open: what is right is decided by the text
// that is cited, and the console is not mended yet. An entry goes when it is. A case
// that one of them touches is counted apart when the two differ.

const lateKinds = new Set(["paused", "supplement_requested", "extended"]);

// What an overrun or a due moment can change of a case.
const clocks = /^(due_at|statutory_due_at|over_by|used|paused|paused_now|early|overdue|overdue_without_pauses|level|requests|extended):|V0[1-6]|V1[0123]|V2[047]/;

/** open are the differences by name: in what, why, which cases they touch. */
export const open = {
  "told late": {
    in: clocks,
    why: "What was registered late counts for its department from its registration (findings R3), in a case's row as in its findings.",
    touches: ({ s, item }) => item.regime !== "limits_only" && s.facts.some(f => lateKinds.has(f.kind) && f.late),
  },
  "decided before acceptance was told": {
    in: clocks,
    why: "Who decides on the matter without acceptance is counted from when papers last were complete (Licensing Law art. 32, 42).",
    touches: ({ s, item }) => item.regime !== "limits_only" && Boolean(s.end) && !(s.accepted?.inFavour <= s.until) &&
      (s.awaiting || Boolean(s.accepted) || s.facts.some(f => f.kind === "supplement_received" && f.late)),
  },
  "summed, told late": {
    in: clocks,
    why: "No fact with a later moment of registration turns an overrun into timeliness, under no regime.",
    touches: ({ s, item }) => item.regime === "limits_only" && s.pauses.some(p => p.fact.late),
  },
  "rest of a last day": {
    in: /^(used|over_by|paused|overdue|early|level|due_at|statutory_due_at):|V0[123]|V12|V27/,
    why: "The day that takes the place of a last day's rest counts as taken out, and is used up with a day's hours, where limit and pauses are added up, too.",
    touches: m => m.item.regime === "limits_only" && [m.promised, m.statutory].some(c => c?.restGiven || c?.asItWent.restGiven),
  },
  "same day, paused": {
    in: /^(used|over_by|paused|overdue|early|level|due_at|paused_now):|V0[123]|V12|V27/,
    why: "A limit of the very day that was paused goes on for the rest of that day.",
    touches: ({ s, item }) => item.promised?.n === 0 && s.pauses.length > 0,
  },
};

/** touched are the names of those that touch a case. */
export const touched = matter => Object.keys(open).filter(name => open[name].touches(matter));

/** explained says whether those that touch a case can be why lines differ. */
export const explained = (names, lines) => lines.every(l => names.some(name => open[name].in.test(l)));
