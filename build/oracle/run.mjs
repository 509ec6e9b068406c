// run.mjs: judges random cases and has the console judge the same ones; ends with
// status 1 where the two differ in what is not open (judge/open.mjs).
//
//   ORACLE_CONSOLE   the console's program (build/bin/mingcha)
//   ORACLE_CASES     how many cases (5,000)
//   MINGCHA_SEED     makes a former run again

import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { Console } from "./console.mjs";
import { differ } from "./differ.mjs";
import { makeOffice } from "./generate.mjs";
import { date, day } from "./judge/days.mjs";
import { readCalendar } from "./judge/office.mjs";
import { open } from "./judge/open.mjs";
import { random as fromSeed } from "./random.mjs";
import { show } from "./show.mjs";
import { shrink } from "./shrink.mjs";

const here = dirname(fileURLToPath(import.meta.url)), root = resolve(here, "../..");
const count = Number(process.env.ORACLE_CASES || 5000);
const seed = Number(process.env.MINGCHA_SEED || Math.floor(Math.random() * 2 ** 40));
const program = resolve(process.env.ORACLE_CONSOLE || join(root, "build/bin/mingcha"));

// An office has so many cases at most, each its own settings and moment.
const most = 1250;

const settings = [
  {},
  { mode: "strict" },
  { rules: { supplement_pauses: ["AA/P5", "BB/A5", "BB/J15"] } },
  { rules: { back_entry_hours: 16, pause_near_end_percent: 20, pauses_most: 2, paused_share_percent: 50 } },
];

/** adapters builds the adapter that streams the cases, with and without reports. */
function adapters(dir) {
  mkdirSync(dir);
  const pins = [["oracle", "-s -w"], ["oracle-reports", "-s -w -X main.reports=yes"]].map(([name, flags]) => {
    const file = join(dir, name);
    execFileSync("go", ["build", "-ldflags", flags, "-o", file, "./build/oracle/adapter"], { cwd: root, env: { ...process.env, CGO_ENABLED: "0" }, stdio: "inherit" });
    return { name, file: name, sha256: createHash("sha256").update(readFileSync(file)).digest("hex") };
  });
  writeFileSync(join(dir, "adapters.json"), JSON.stringify(pins));
  return dir;
}

async function main(dir) {
  console.log(`${count} random cases, seed ${seed}: MINGCHA_SEED=${seed} makes them again`);
  const random = fromSeed(seed);
  const theConsole = new Console({ program, adapters: adapters(join(dir, "adapters")), dir });
  const calendar = readCalendar(join(root, "sdk/holidays/data"));
  const openCases = {};
  let differing = 0;
  for (let left = count, n = 0; left > 0; left -= most, n++) {
    const asOf = day("2026-02-01") + random.below(300);
    const its = settings[n % settings.length];
    const readBy = asOf - random.pick([1, 1, 2, 5, 20, 60]);
    const departments = makeOffice(random, Math.min(left, most), asOf, undefined, readBy);
    const ask = departments => differ(theConsole, calendar, its, departments, asOf, readBy);
    const differences = await ask(departments);
    for (const d of differences) for (const name of d.open) openCases[name] = (openCases[name] ?? 0) + 1;
    const closed = differences.filter(d => d.open.length === 0);
    differing += closed.length;
    if (closed.length === 0) continue;
    closed.sort((a, b) => a.kase.events.length - b.kase.events.length);
    console.log(`\nas of ${date(asOf)}, settings ${JSON.stringify(its)}: ${closed.length} cases differ; the smallest:\n${show(await shrink(closed[0], ask))}`);
  }
  console.log(`${count} random cases, seed ${seed}: ${differing} judged otherwise`);
  for (const [name, cases] of Object.entries(openCases)) console.log(`  open, ${cases} cases: ${name}. ${open[name].why}`);
  return differing === 0;
}

const dir = mkdtempSync(join(tmpdir(), "oracle-"));
try {
  process.exitCode = (await main(dir)) ? 0 : 1;
} finally {
  rmSync(dir, { recursive: true, force: true });
}
