/** Tests of `blueplane purge`. */

import { deepEqual, equal, match } from "node:assert/strict";
import { type Machine, tempMachine } from "../../helpers/run_blueplane.ts";
import { Transcript } from "../../helpers/transcripts.ts";
import { runHere } from "../recorded_io.ts";

async function fill(machine: Machine): Promise<string> {
  const [first] = [1, 2].map((session) =>
    new Transcript(machine.claude, { session }).prompt().response()
  );
  await runHere(machine, ["sync"]);
  return first!.sessionId;
}

async function shown(machine: Machine): Promise<number> {
  const { stdout } = await runHere(machine, ["sessions", "--json"]);
  return JSON.parse(stdout).total;
}

Deno.test("runPurge() deletes what is named, and says how much that was", async () => {
  using machine = tempMachine();
  const id = await fill(machine);
  const { code, stdout } = await runHere(machine, [
    "purge",
    "--session",
    id.slice(0, 8),
    "--yes",
  ]);
  equal(code, 0);
  match(
    stdout,
    /^2 events of 1 session \(\d+ B of traces\) purged\n {2}telemetry.db: .+ before, .+ now\n$/,
  );
  equal(await shown(machine), 1);
  const rest = await runHere(machine, ["purge", "--all", "--yes", "--json"]);
  const { bytes: _, ...document } = JSON.parse(rest.stdout);
  deepEqual(document, { schema: "blueplane.purge/1", dry_run: false, sessions: 1, events: 2 });
  equal(await shown(machine), 0);
  await runHere(machine, ["sync", "--again"]);
  equal(await shown(machine), 2);
});

Deno.test("runPurge() finds a session that is not read yet, and keeps it away", async () => {
  using machine = tempMachine();
  await fill(machine);
  const { sessionId } = new Transcript(machine.claude, { session: 3 }).prompt().response();
  const args = ["purge", "--session", sessionId, "--yes"];
  equal((await runHere(machine, ["--no-sync", ...args])).code, 3);
  const { code, stdout } = await runHere(machine, args);
  equal(code, 0);
  match(stdout, /^2 events of 1 session /);
  equal(await shown(machine), 2);
});

Deno.test("runPurge() only says what would go with --dry-run", async () => {
  using machine = tempMachine();
  await fill(machine);
  const { stdout } = await runHere(machine, ["purge", "--platform", "claude", "--dry-run"]);
  match(stdout, /^4 events of 2 sessions \(\d+ B of traces\) would go\n$/);
  equal(await shown(machine), 2);
});

Deno.test("runPurge() asks before, and does nothing without a yes", async () => {
  using machine = tempMachine();
  await fill(machine);
  const asked = await runHere(machine, ["purge", "--all"], { typed: "y\n" });
  deepEqual([asked.code, asked.stdout], [1, ""]);
  equal(
    asked.stderr,
    "This deletes 4 events of 2 sessions. Type yes to go on: " +
      "error: Cannot purge: it was not confirmed; nothing is deleted\n",
  );
  equal(await shown(machine), 2);
  equal((await runHere(machine, ["purge", "--all"], { typed: "yes\n" })).code, 0);
  equal(await shown(machine), 0);
});

Deno.test("runPurge() is refused, when it is not said what, or nobody can be asked", async () => {
  using machine = tempMachine();
  await fill(machine);
  for (
    const [args, error] of [
      [[], /say what: --all, --before, --platform or --session/],
      [["--all", "--before", "2026-01-01"], /--all goes with no --before/],
      [["--all"], /nobody can be asked; say --yes/],
      [["--before", "yesterday", "--yes"], /Cannot read the time/],
      [["--before", "yesterday"], /Cannot read the time/],
      [["--before", "2999-01-01", "--yes"], /the time that was named is in the future/],
      [["--before", "2999-01-01", "--dry-run"], /the time that was named is in the future/],
      [["--platform", "emacs", "--yes"], /'emacs' is none of/],
    ] as const
  ) {
    const { code, stderr } = await runHere(machine, ["purge", ...args]);
    equal(code, 2);
    match(stderr, error);
  }
  equal((await runHere(machine, ["purge", "--session", "gone", "--yes"])).code, 3);
  equal(await shown(machine), 2);
});
