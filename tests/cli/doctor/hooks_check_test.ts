/** Tests of the examination of hooks. */

import { deepEqual, equal, match } from "node:assert/strict";
import { checkHooks } from "../../../cli/doctor/hooks_check.ts";
import { type Machine, tempMachine } from "../../helpers/run_blueplane.ts";
import { Transcript } from "../../helpers/transcripts.ts";
import { runHere } from "../recorded_io.ts";
import { openForDoctor } from "./open_for_doctor.ts";

// So that no client of the machine is asked.
const OPTIONS = { env: { PATH: "" } };

Deno.test("checkHooks() says what cannot be seen, when no hook is installed", async () => {
  using machine = tempMachine();
  new Transcript(machine.claude).prompt();

  const [hooks, spool] = await checkHooks(openForDoctor(machine, OPTIONS));

  deepEqual([hooks!.id, hooks!.severity], ["hooks.claude_code", "note"]);
  equal(hooks!.remedy, "blueplane install claude-code");
  deepEqual([spool!.severity, spool!.numbers], ["ok", { files_waiting: 0 }]);
});

Deno.test("checkHooks() is content, when hooks are installed and right", async () => {
  using machine = tempMachine();
  new Transcript(machine.claude).prompt();
  await runHere(machine, ["install", "claude-code"], OPTIONS);

  const [hooks] = await checkHooks(openForDoctor(machine, OPTIONS));

  deepEqual([hooks!.severity, hooks!.numbers], ["ok", { installed: 1 }]);
});

Deno.test("checkHooks() warns, when one was taken out by hand", async () => {
  using machine = tempMachine();
  new Transcript(machine.claude).prompt();
  await runHere(machine, ["install", "claude-code"], OPTIONS);
  takeOut(machine, "Stop");

  const [hooks] = await checkHooks(openForDoctor(machine, OPTIONS));

  equal(hooks!.severity, "warning");
  match(hooks!.title, /^Claude Code: hooks are not those for version 2\./);
});

Deno.test("checkHooks() counts what hooks left that nobody has read", async () => {
  using machine = tempMachine();
  Deno.mkdirSync(`${machine.home}/spool`, { recursive: true });
  Deno.writeTextFileSync(`${machine.home}/spool/1-2-3.jsonl`, "{}\n");

  const findings = await checkHooks(openForDoctor(machine, OPTIONS));

  const spool = findings.at(-1)!;
  deepEqual([spool.severity, spool.title], ["note", "1 event of hooks waiting"]);
});

function takeOut(machine: Machine, event: string): void {
  const path = `${machine.claude}/settings.json`;
  const settings = JSON.parse(Deno.readTextFileSync(path));
  delete settings.hooks[event];
  Deno.writeTextFileSync(path, JSON.stringify(settings));
}
