/** Tests of `blueplane analyze`. */

import { deepEqual, equal, match, ok } from "node:assert/strict";
import { keptNowhere, makePrompt } from "../../helpers/events.ts";
import { tellHome } from "../../helpers/filled_home.ts";
import { type Machine, tempMachine } from "../../helpers/run_blueplane.ts";
import { Transcript } from "../../helpers/transcripts.ts";
import { runHere } from "../recorded_io.ts";
import { nextTurn } from "../../../pipeline/slice.ts";

const NOON = Date.UTC(2026, 2, 1, 12);
const CLOCK = { now: () => NOON, sleep: nextTurn };

async function analyze(machine: Machine, ...args: string[]) {
  const { code, stdout, stderr } = await runHere(machine, ["analyze", ...args], {
    clock: CLOCK,
    columns: 80,
  });
  deepEqual({ code, stderr }, { code: 0, stderr: "" });
  return stdout;
}

/** An old session, and a young one with a call of a tool that failed three times. */
function writeTwo(machine: Machine): string[] {
  const old = new Transcript(machine.claude, { startedAt: NOON - 90_000 }).prompt().response();
  const young = new Transcript(machine.claude, { session: 2, startedAt: NOON - 60_000 });
  young.prompt();
  for (let i = 0; i < 3; i++) {
    young.response({ tool: "Bash" }).result({ content: "Exit code 1", isError: true });
  }
  return [old.sessionId, young.sessionId];
}

Deno.test("runAnalyze() shows a summary of all within 80 columns", async () => {
  using machine = tempMachine();
  const [, young] = writeTwo(machine);
  const stdout = await analyze(machine, young!.slice(0, 8));
  match(stdout, new RegExp(`^session ${young}\\nengine, Claude Code 2\\.1\\.231\\n`));
  for (const part of [/^ model /m, /^ tool /m, /^No call named a file\.$/m, /^ turn /m]) {
    match(stdout, part);
  }
  match(stdout, /^Bash failed 3 times in a row$/m);
  const wide = stdout.split("\n").filter((line) => line.length > 80);
  // What to do is said to its end.
  deepEqual(wide.filter((line) => !/^→ [^…]+$/.test(line)), []);
});

Deno.test("runAnalyze() shows what is chosen alone", async () => {
  using machine = tempMachine();
  writeTwo(machine);
  const parts = { "--tools": /^ tool /m, "--timeline": /^ turn /m, "--files": /^No call named/m };
  for (const [option, part] of Object.entries(parts)) {
    const stdout = await analyze(machine, "last", option);
    for (const [other, text] of Object.entries(parts)) equal(text.test(stdout), other === option);
    match(stdout, part);
    ok(!/^ model /m.test(stdout));
  }
  const insights = await analyze(machine, "last", "--insights");
  match(insights, /^Bash failed/m);
  match(insights, /^→ .*\n {2}\S/m);
});

Deno.test("runAnalyze() takes last for the session with the latest event", async () => {
  using machine = tempMachine();
  const [old, young] = writeTwo(machine);
  const last = async () =>
    JSON.parse(await analyze(machine, "last", "--json")).session.session_id;
  equal(await last(), young);
  const again = new Transcript(machine.claude, { startedAt: NOON - 5000 }).prompt("And now?");
  equal(again.sessionId, old);
  equal(await last(), old);
});

Deno.test("runAnalyze() prints the document as JSON and nothing else", async () => {
  using machine = tempMachine();
  const [old] = writeTwo(machine);
  const document = JSON.parse(await analyze(machine, old!, "--json", "--tools"));
  equal(document.schema, "blueplane.analyze/1");
  deepEqual([document.turns.length, document.tools, document.files], [1, [], []]);
  const list = await runHere(machine, ["sessions", "--json", "--session", old!]);
  deepEqual(document.session, JSON.parse(list.stdout).sessions[0]);
});

Deno.test("runAnalyze() says that a session is not there, with exit code 3", async () => {
  using machine = tempMachine();
  for (const [name, what] of [["last", "last session"], ["0000000f", "session"]]) {
    const { code, stdout, stderr } = await runHere(machine, ["analyze", name!]);
    deepEqual([code, stdout], [3, ""]);
    match(stderr, new RegExp(`^error: Cannot find the ${what}: there is none `));
  }
});

Deno.test("runAnalyze() shows dashes and why, where no tokens are kept", async () => {
  using machine = tempMachine();
  writeTwo(machine);
  await analyze(machine, "last");
  const place = { session: "s-cursor", platform: "cursor", at: NOON + 60_000 };
  await tellHome(
    machine.home,
    makePrompt({ ...place, id: "p1" }),
    keptNowhere({ ...place, id: "a" }),
  );
  const stdout = await analyze(machine, "last", "--no-sync");
  match(stdout, /^session s-cursor$/m);
  match(stdout, /^tokens {6}–, its assistant keeps none$/m);
  match(stdout, /^ composer-1 .* –\n/m);
  match(stdout, /^cost –: no tokens are kept$/m);
});

Deno.test("runAnalyze() tells what each source saw, when it is asked to", async () => {
  using machine = tempMachine();
  const [, young] = writeTwo(machine);

  const text = await analyze(machine, young!, "--sources");
  match(text, /^ seen by +files +/m);
  match(text, /^ tool calls +3 /m);
  match(text, /^ files, by us /m);
  const { sources } = JSON.parse(await analyze(machine, young!, "--sources", "--json"));
  deepEqual(sources.facts.map(({ fact }: { fact: string }) => fact), [
    "prompts",
    "responses",
    "tool_calls",
    "decisions",
    "compactions",
  ]);
  equal(JSON.parse(await analyze(machine, young!, "--json")).sources, undefined);
  match(await analyze(machine, young!, "--sources", "-f", "csv"), /^fact,seen/);
  match(await analyze(machine, young!, "--sources", "-f", "markdown"), /^## sources$/m);
});
