/** Tests of `blueplane privacy audit`. */

import { deepEqual, equal, match, ok } from "node:assert/strict";
import { tempMachine } from "../../helpers/run_blueplane.ts";
import { Transcript } from "../../helpers/transcripts.ts";
import { runHere } from "../recorded_io.ts";

const PROMPT = "weave algebraic patterns just as the loom weaves flowers";

Deno.test("runPrivacyAudit() finds nothing before and after something is read", async () => {
  using machine = tempMachine();
  const first = await runHere(machine, ["privacy", "audit", "--json"]);
  new Transcript(machine.claude).prompt(PROMPT).response();
  equal((await runHere(machine, ["sync"])).code, 0);

  const { code, stdout } = await runHere(machine, ["privacy", "audit", "--json"]);

  deepEqual([first.code, code], [0, 0]);
  const report = JSON.parse(stdout);
  deepEqual(Object.keys(report), [
    "schema",
    "clean",
    "columns",
    "places",
    "not_looked_at",
    "events",
    "looked_for",
    "findings",
  ]);
  deepEqual([report.schema, report.clean], ["blueplane.privacy_audit/1", true]);
  ok(report.events > 0 && report.looked_for.own_words > 0);
  ok(report.places.some(({ place }: { place: string }) => place === "telemetry.db"));
  equal(stdout.includes(machine.path), false);
});

Deno.test("runPrivacyAudit() ends with 1 where anything private lies in the home", async () => {
  using machine = tempMachine();
  new Transcript(machine.claude).prompt(PROMPT).response();
  await runHere(machine, ["sync"]);
  Deno.mkdirSync(`${machine.home}/spool`, { recursive: true });
  Deno.writeTextFileSync(`${machine.home}/spool/1`, `{"prompt":"${PROMPT}","at":"/home/ada/e"}`);

  const { code, stdout } = await runHere(machine, ["privacy", "audit", "-q"]);

  equal(code, 1);
  for (const kind of ["looks like a path", "looks like a sentence", "an assistant's files"]) {
    match(stdout, new RegExp(`^✗ spool/1: .*${kind}`, "m"));
  }
  equal(stdout.includes("weave"), false);
});

Deno.test("runPrivacyAudit() looks at files and for texts that are named", async () => {
  using machine = tempMachine();
  const file = `${machine.path}/out.csv`;
  Deno.writeTextFileSync(file, "session,title\n1,Lovelace\n");
  const args = ["privacy", "audit", file, "--look-for", "Lovelace", "--look-for", "Babbage"];

  const { code, stdout } = await runHere(machine, [...args, "--json"]);

  equal(code, 1);
  deepEqual(JSON.parse(stdout).findings, [{ place: "argument 1", kind: "looked_for", count: 1 }]);
  equal(stdout.includes("Lovelace"), false);
});

for (
  const [args, code, error] of [
    [["nowhere.csv"], 3, /^error: Cannot look at argument 1: there is no such file/],
    [["--look-for", "abc"], 2, /^error: Cannot look for a text: it is shorter than 4/],
  ] as const
) {
  Deno.test(`runPrivacyAudit() refuses ${args.join(" ")}`, async () => {
    using machine = tempMachine();

    const run = await runHere(machine, ["privacy", "audit", ...args]);

    equal(run.code, code);
    match(run.stderr, error);
  });
}
