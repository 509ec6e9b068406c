// The smallest case that still differs: events, then what they carry, are left out
// as long as the two go on differing.

/** shrink tries all cases that are one step smaller at once, again and again. */
export async function shrink(difference, differ) {
  let { department, kase, lines } = difference;
  for (let round = 0; round < 30; round++) {
    const tried = smaller(kase).map((c, i) => ({ ...c, no: `${kase.no}.${i}`, events: c.events.map(e => ({ ...e, id: `${e.id}.${i}` })) }));
    if (tried.length === 0) break;
    const still = (await differ([{ ...department, cases: tried }])).filter(d => d.open.length === 0);
    if (still.length === 0) break;
    ({ kase, lines } = still.sort((a, b) => a.kase.events.length - b.kase.events.length || a.lines.length - b.lines.length)[0]);
  }
  return { department, kase, lines };
}

function smaller(kase) {
  const out = [];
  kase.events.forEach((e, i) => {
    const rest = kase.events.filter((_, j) => j !== i);
    if (rest.length > 0) out.push({ ...kase, events: rest });
    for (const part of ["entered", "effective", "window", "notice", "text"]) {
      if (e[part] !== undefined) out.push({ ...kase, events: kase.events.with(i, { ...e, [part]: undefined }) });
    }
  });
  for (const reports of ["rejections", "overdue"]) if (kase[reports]?.length > 0) out.push({ ...kase, [reports]: [] });
  return out;
}
