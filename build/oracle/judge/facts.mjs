// What a case's events say, each with the moments that count.
//
// A fact registered later than the office's back-entry time after the date that it
// claims counts for its department from its registration, and against it from the
// claimed date (findings R2, R3; administrators' page, back_entry_hours).

// Events of one instant go by kind, in the order of a case's life (findings R5).
const life = [
  "received", "supplement_requested", "supplement_received", "accepted", "step_started", "step_finished", "paused", "resumed",
  "extended", "decided", "withdrawn", "voided", "forwarded", "delivered", "refusal_grounds", "note",
];

export const ends = new Set(["decided", "withdrawn", "voided", "forwarded"]);

// What begins a clock or goes on with one.
const starts = new Set(["received", "accepted", "supplement_received", "resumed"]);

/**
 * ahead says whether a fact that begins a clock, or goes on with it, claims an effect
 * after its registration: in hours in which the office was open. Under no named law papers
 * came when the source says (the reference of BPIC 2015 has a date of its own for them).
 */
export const ahead = (e, item, office) => starts.has(e.kind) && !(item.regime === "limits_only" && e.kind === "supplement_received") && e.effective > e.occurred && office.hours.between(e.occurred, e.effective) > 0;

/**
 * facts gives a case's events in the order in which they occurred. Of each:
 * claimed, registered, late, and inFavour, from when it counts for its department.
 * What is told anew is observed then, where it was to be there by when all had been read.
 */
export function facts({ events, anew = [] }, item, office, { now, readBy } = {}) {
  const former = new Map(events.map(e => [e.id, fact(e, item, office)]));
  for (const e of anew) {
    const told = fact({ ...e, observed: (e.entered ?? e.occurred) <= readBy ? now : undefined }, item, office);
    former.set(e.id, corrected(former.get(e.id), told));
  }
  const all = [...former.values()];
  // Under no named law ties stand as the source has them (the reference of BPIC 2015).
  if (item.regime === "limits_only") return all.sort((a, b) => a.occurred - b.occurred);
  return told(all.sort((a, b) => a.occurred - b.occurred || life.indexOf(a.kind) - life.indexOf(b.kind)));
}

function fact(e, item, office) {
  const claimed = ahead(e, item, office) ? e.occurred : e.effective ?? e.occurred; // a clock goes on from the registration
  const registered = Math.max(e.entered ?? e.occurred, e.observed ?? -Infinity);
  const late = registered > claimed && office.hours.between(claimed, registered) > office.backEntry;
  return { ...e, claimed, registered, late, told: late ? registered : claimed, inFavour: late && item.regime !== "limits_only" ? registered : claimed };
}

/**
 * corrected is what counts of a record that was told anew: in time, what it says; told
 * late, for all before that the former content stands where it is the less favourable.
 */
function corrected(former, anew) {
  if (!former || !anew.late) return anew;
  const begins = starts.has(anew.kind);
  return {
    ...anew,
    claimed: begins ? Math.min(former.claimed, anew.claimed) : anew.claimed,
    inFavour: Math.max(former.inFavour, anew.claimed),
    told: Math.max(former.told, anew.claimed),
  };
}

const answers = { resumed: "paused", supplement_received: "supplement_requested" };

// told orders what is of one instant and answers one another: what a case waits for
// comes before it is asked for anew, and what is asked for before it comes.
function told(facts) {
  const out = [], waits = new Set();
  for (let i = 0, j; i < facts.length; i = j) {
    for (j = i; j < facts.length && facts[j].occurred === facts[i].occurred; ) j++;
    const left = facts.slice(i, j);
    while (left.length > 0) {
      const n = next(left, waits);
      const [f] = left.splice(n, 1);
      if (answers[f.kind]) waits.delete(answers[f.kind]);
      else waits.add(f.kind);
      out.push(f);
    }
  }
  return out;
}

// next is the place of what comes next of an instant, which stands in the order of kinds.
function next(left, waits) {
  const asked = left[0].kind;
  const answer = left.findIndex(f => answers[f.kind] === asked);
  return waits.has(asked) && answer > 0 ? answer : 0;
}
