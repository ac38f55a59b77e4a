/** Tests of the examination of our entries in an assistant's settings. */

import { deepEqual, equal, match } from "node:assert/strict";
import { checkHookEntries } from "../../../cli/doctor/hook_entries_check.ts";
import { type Machine, tempMachine } from "../../helpers/run_blueplane.ts";
import { openForDoctor } from "./open_for_doctor.ts";

function write(machine: Machine, settings: unknown): void {
  Deno.writeTextFileSync(`${machine.claude}/settings.json`, JSON.stringify(settings));
}

/** A hook that calls a program; this file is one that is there. */
function hook(program: string) {
  return { hooks: [{ type: "command", command: `${program} hook claude-code`, timeout: 1 }] };
}

function check(machine: Machine) {
  return checkHookEntries(openForDoctor(machine)).filter(({ id }) => id.endsWith("claude_code"));
}

function program(machine: Machine): string {
  const path = `${machine.path}/bin/blueplane`;
  Deno.mkdirSync(`${machine.path}/bin`, { recursive: true });
  Deno.writeTextFileSync(path, "", { mode: 0o700 });
  return path;
}

Deno.test("checkHookEntries() says nothing of hooks that are not installed", () => {
  using machine = tempMachine();

  deepEqual(check(machine).map(({ id, severity }) => [id, severity]), [
    ["status_line.claude_code", "note"],
  ]);
});

Deno.test("checkHookEntries() is well with a program that is there, called once", () => {
  using machine = tempMachine();
  const command = `${program(machine)} statusline`;
  write(machine, {
    hooks: { Stop: [hook(program(machine))], SessionEnd: [hook(program(machine))] },
    statusLine: { type: "command", command },
  });

  const [entries, status] = check(machine);
  deepEqual([entries!.severity, entries!.numbers!.entries, status!.severity], ["ok", 2, "ok"]);
});

Deno.test("checkHookEntries() finds a program that is gone", () => {
  using machine = tempMachine();
  write(machine, { hooks: { Stop: [hook(`'${machine.path}/o p/blueplane' --home /x`)] } });

  const [entries] = check(machine);
  deepEqual([entries!.severity, entries!.numbers!.programs_missing], ["warning", 1]);
  deepEqual(entries!.details, [`${machine.path}/o p/blueplane`]);
});

Deno.test("checkHookEntries() finds a status line whose program was moved", () => {
  using machine = tempMachine();
  const command = `${program(machine)} statusline`;
  write(machine, { statusLine: { type: "command", command } });
  Deno.renameSync(program(machine), `${machine.path}/bin/moved`);

  const [status] = check(machine);
  deepEqual([status!.severity, status!.details], ["warning", [`${machine.path}/bin/blueplane`]]);
});

Deno.test("checkHookEntries() finds an event that calls twice, and hooks switched off", () => {
  using machine = tempMachine();
  const one = hook(program(machine));
  write(machine, { hooks: { Stop: [one, one], SessionEnd: [one] } });
  deepEqual(check(machine)[0]!.numbers, {
    entries: 3,
    entries_doubled: 1,
    programs_missing: 0,
    files_switched_off: 0,
  });
  match(check(machine)[0]!.title, /1 event calls us twice/);

  write(machine, { disableAllHooks: true, hooks: { Stop: [one] } });
  match(check(machine)[0]!.title, /switch all hooks off/);
  equal(check(machine)[0]!.severity, "warning");
});

Deno.test("checkHookEntries() knows a status line of another program", () => {
  using machine = tempMachine();
  write(machine, { statusLine: { type: "command", command: "other" } });

  match(check(machine).at(-1)!.title, /another program's/);
});
