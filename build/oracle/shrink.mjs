// The smallest case that still differs: events, then what they carry, are left out
// as long as the two go on differing.

/** shrink tries all cases that are one step smaller at once, again and again. */
export async function shrink(difference, differ) {
  let { department, kase, lines } = difference;
  for (let round = 0; round < 30; round++) {
    const tried = smaller(kase).map((c, i) => renamed(c, `.${i}`));
    if (tried.length === 0) break;
    const still = (await differ([{ ...department, cases: tried }])).filter(d => d.open.length === 0);
    if (still.length === 0) break;
    ({ kase, lines } = still.sort((a, b) => a.kase.events.length - b.kase.events.length || a.lines.length - b.lines.length)[0]);
  }
  return { department, kase, lines };
}

// renamed is a case of its own: the console knows records again by their ids.
function renamed(kase, mark) {
  const own = records => records?.map(r => ({ ...r, id: r.id + mark }));
  return { ...kase, no: kase.no + mark, events: own(kase.events), anew: own(kase.anew), rejections: own(kase.rejections), overdue: own(kase.overdue) };
}

function smaller(kase) {
  const out = [];
  kase.events.forEach((e, i) => {
    const rest = kase.events.filter((_, j) => j !== i);
    if (rest.length + (kase.anew?.length ?? 0) > 0) out.push({ ...kase, events: rest });
    for (const part of ["entered", "effective", "window", "notice", "text"]) {
      if (e[part] !== undefined) out.push({ ...kase, events: kase.events.with(i, { ...e, [part]: undefined }) });
    }
  });
  (kase.anew ?? []).forEach((e, i) => out.push({ ...kase, anew: kase.anew.filter((_, j) => j !== i) }));
  for (const reports of ["rejections", "overdue"]) if (kase[reports]?.length > 0) out.push({ ...kase, [reports]: [] });
  return out;
}
