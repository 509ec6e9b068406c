// The real console, from outside: a data folder, an adapter's process, and what
// the command line exports.

import { execFile } from "node:child_process";
import { mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";
import * as wire from "./wire.mjs";

const run = promisify(execFile);

/** Console runs a program on folders of its own below dir. */
export class Console {
  #folders = 0;

  constructor({ program, adapters, dir }) {
    Object.assign(this, { program, adapters, dir });
  }

  /**
   * judge has the console judge an office: {settings, departments: [{code, reports,
   * items, authorizations, cases}]} as of the end of a date, of which it had read all but
   * what was told anew by the end of an earlier one. It answers the rows of `mingcha
   * cases` and `mingcha findings`.
   */
  async judge(office, asOf, readBy) {
    const data = join(this.dir, `office-${++this.#folders}`);
    mkdirSync(join(data, "sources"), { recursive: true, mode: 0o700 }); // all that adapters may read of it
    try {
      writeFileSync(join(data, "console.json"), JSON.stringify(office.settings));
      const said = [];
      for (const reports of [false, true]) {
        const departments = office.departments.filter(d => Boolean(d.reports) === reports);
        if (departments.length === 0) continue;
        const adapter = reports ? "oracle-reports" : "oracle", anew = departments.some(d => d.cases.some(c => c.anew?.length > 0));
        said.push(await this.#ingest(data, adapter, departments, false, anew ? readBy : asOf));
        if (anew) said.push(await this.#ingest(data, adapter, departments, true, asOf));
      }
      return { said, cases: await this.#rows(data, "cases"), findings: await this.#rows(data, "findings") };
    } finally {
      if (!process.env.ORACLE_KEEP) rmSync(data, { recursive: true, force: true });
    }
  }

  async #ingest(data, adapter, departments, anew, asOf) {
    const file = join(data, "sources", adapter + ".cases");
    writeFileSync(file, JSON.stringify(messages(departments, anew)));
    writeFileSync(file + ".json", JSON.stringify({ file }));
    return JSON.parse(await this.#mingcha(data, "ingest", "--adapters", this.adapters, "--adapter", adapter, "--config", file + ".json", "--as-of", asOf, "--json"));
  }

  async #rows(data, verb) {
    const out = join(data, verb + ".json");
    await this.#mingcha(data, verb, "--format", "json", "-o", out);
    return JSON.parse(readFileSync(out, "utf8"));
  }

  async #mingcha(data, verb, ...args) {
    const { stdout } = await run(this.program, [verb, "--data", data, ...args], { maxBuffer: 1 << 28 });
    return stdout;
  }
}

/** messages are the contract's, in the order in which the adapter sends them, with what it tells anew. */
function messages(departments, anew) {
  const out = { departments: [], items: [], events: [], rejections: [], overdue: [], authorizations: [] };
  for (const d of departments) {
    out.departments.push(wire.department(d));
    out.items.push(...d.items.map(wire.item));
    out.authorizations.push(...(d.authorizations ?? []).map(wire.authorization));
    for (const c of d.cases) {
      out.events.push(...c.events.map(e => wire.event(c, e)));
      out.rejections.push(...(c.rejections ?? []).map(r => wire.rejection(c, r)));
      out.overdue.push(...(c.overdue ?? []).map(o => wire.overdue(c, o)));
    }
  }
  if (anew) for (const d of departments) for (const c of d.cases) out.events.push(...(c.anew ?? []).map(e => wire.event(c, e)));
  return out;
}
