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

/**
 * facts gives a case's events in the order in which they occurred. Of each:
 * claimed, registered, late, and inFavour, from when it counts for its department.
 */
export function facts(events, item, office) {
  const all = events.map(e => {
    const claimed = e.effective ?? e.occurred;
    const registered = e.entered ?? e.occurred;
    const late = registered > claimed && office.hours.between(claimed, registered) > office.backEntry;
    return { ...e, claimed, registered, late, told: late ? registered : claimed, inFavour: late && item.regime !== "limits_only" ? registered : claimed };
  });
  // Under no named law ties stand as the source has them (the reference of BPIC 2015).
  if (item.regime === "limits_only") return all.sort((a, b) => a.occurred - b.occurred);
  return told(all.sort((a, b) => a.occurred - b.occurred || life.indexOf(a.kind) - life.indexOf(b.kind)));
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
