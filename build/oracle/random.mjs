// Random numbers from a seed (sfc32), so that a run can be made again.

/** random gives a source of numbers that the seed, a whole number, fixes. */
export function random(seed) {
  let a = seed >>> 0, b = (seed / 2 ** 32) >>> 0, c = 0x9e3779b9, d = 1;
  const next = () => {
    const t = (a + b + d) >>> 0;
    d = (d + 1) >>> 0;
    a = b ^ (b >>> 9);
    b = (c + (c << 3)) >>> 0;
    c = ((c << 21) | (c >>> 11)) >>> 0;
    c = (c + t) >>> 0;
    return t / 2 ** 32;
  };
  for (let i = 0; i < 15; i++) next();
  return {
    /** below gives a whole number from 0 to n - 1. */
    below: n => Math.floor(next() * n),
    /** between gives a whole number from low to high, both included. */
    between: (low, high) => low + Math.floor(next() * (high - low + 1)),
    /** chance is true p times in one. */
    chance: p => next() < p,
    /** pick gives one of a list. */
    pick: list => list[Math.floor(next() * list.length)],
    /** weighted gives a key of {key: weight}. */
    weighted(weights) {
      let left = next() * Object.values(weights).reduce((sum, w) => sum + w, 0);
      for (const [key, w] of Object.entries(weights)) if ((left -= w) < 0) return key;
      return Object.keys(weights)[0];
    },
    /** shuffled gives the list in another order. */
    shuffled(list) {
      const out = [...list];
      for (let i = out.length - 1; i > 0; i--) {
        const j = Math.floor(next() * (i + 1));
        [out[i], out[j]] = [out[j], out[i]];
      }
      return out;
    },
  };
}
