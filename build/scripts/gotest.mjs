// gotest.mjs COUNTS: reads `go test -json` on standard input, prints a line for
// each package, the slowest tests and the output of what failed, and writes "PASSED
// FAILED SKIPPED" to the file COUNTS. Only top-level tests are counted.
import { writeFileSync } from "node:fs";
import { createInterface } from "node:readline";

const count = { pass: 0, fail: 0, skip: 0 };
const output = new Map(); // of each test and package that has not ended
const inPackage = new Map();
const slow = []; // "SECONDS s PACKAGE TEST" of each that took over five seconds

const short = pkg => pkg.split("/").slice(3).join("/") || pkg;

for await (const line of createInterface({ input: process.stdin })) {
  let e;
  try {
    e = JSON.parse(line);
  } catch {
    console.log(line); // the go command itself, complaining
    continue;
  }
  const key = `${e.Package} ${e.Test ?? ""}`;
  if (e.Action === "build-output") process.stdout.write(e.Output);
  if (e.Action === "output") output.set(key, (output.get(key) ?? "") + e.Output);
  if (!(e.Action in count)) continue;

  const said = output.get(key) ?? "";
  output.delete(key);
  if (e.Test) {
    const top = !e.Test.includes("/");
    if (top) {
      count[e.Action]++;
      inPackage.set(e.Package, (inPackage.get(e.Package) ?? 0) + 1);
      if (e.Elapsed >= 5) slow.push(`${e.Elapsed.toFixed(0).padStart(4)} s  ${short(e.Package)} ${e.Test}`);
    }
    if (e.Action === "fail" || (e.Action === "skip" && top)) {
      console.log(`${e.Action.toUpperCase()} ${short(e.Package)} ${e.Test}\n${said}`);
    }
    continue;
  }
  const tests = inPackage.get(e.Package) ?? 0;
  if (e.Action === "fail") {
    console.log(`FAIL ${short(e.Package)} ${e.Elapsed.toFixed(1)} s\n${said}`);
    if (tests === 0) count.fail++; // it did not compile, or broke before any test
  } else if (tests > 0) {
    console.log(`ok   ${short(e.Package)}  ${tests} tests  ${e.Elapsed.toFixed(1)} s`);
  }
}
if (slow.length > 0) console.log(["the slowest tests, many at once:", ...slow.sort().reverse()].join("\n"));
writeFileSync(process.argv[2], `${count.pass} ${count.fail} ${count.skip}\n`);
