/** Tests of how exports that had to wait are stored. */

import { deepEqual, equal, match } from "node:assert/strict";
import { Gate } from "../../capture/gate.ts";
import { HeldExports, SETTLE_MS } from "../../capture/held_exports.ts";
import { followHeld } from "../../cli/follow_held.ts";
import { Trouble } from "../../cli/trouble.ts";
import { openWorkspace } from "../../cli/workspace.ts";
import type { Clock } from "../../core/clock.ts";
import { literal } from "../../core/privacy.ts";
import { makePrompt } from "../helpers/events.ts";
import { type Machine, tempMachine } from "../helpers/run_blueplane.ts";
import { recordedIo } from "./recorded_io.ts";

/** A workspace with a folder excluded, and what has to wait for that. */
function open(machine: Machine, clock: Clock) {
  const io = recordedIo(machine, [], { clock });
  const workspace = openWorkspace(io, { color: false, sync: true });
  const gate = new Gate(() => ({ paused: false, off: [], exclude: ["/x"], pauses: [] }));
  return { io, workspace, gate, held: new HeldExports(gate) };
}

Deno.test("followHeld() leaves in the spool what may be stored, also after a fault", async () => {
  using machine = tempMachine();
  const stop = new AbortController();
  const spool = `${machine.home}/spool`;
  let looks = 0;
  const clock: Clock = {
    now: () => looks * SETTLE_MS,
    sleep() {
      looks++;
      // A file in the way of the folder, at the look at which it is wanted first.
      if (looks === 1) Deno.writeTextFileSync(spool, "");
      if (looks === 2) Deno.removeSync(spool);
      if (looks === 4) stop.abort();
      return Promise.resolve();
    },
  };
  const { io, workspace, gate, held } = open(machine, clock);
  gate.noteFolder(literal("one"), "/y");
  held.hold([makePrompt({ id: "p", session: "one" }), makePrompt({ id: "q" })], 0);

  await followHeld(workspace, { held, trouble: new Trouble(io, stop.signal) }, stop.signal);

  const files = [...Deno.readDirSync(spool)];
  equal(files.length, 1);
  match(Deno.readTextFileSync(`${spool}/${files[0]!.name}`), /^[^\n]+"one"[^\n]+\n$/);
  deepEqual(held.counts, { waiting: 0, excluded: 0, unknown: 1 });
  match(io.stderr.text, /^warning: .+\nnote: storing exports goes on\n$/);
});

Deno.test("followHeld() stores at the end what waits of sessions that are known", async () => {
  using machine = tempMachine();
  const stop = new AbortController();
  const clock: Clock = {
    now: () => 0,
    sleep() {
      stop.abort();
      return Promise.resolve();
    },
  };
  const { io, workspace, gate, held } = open(machine, clock);
  gate.noteFolder(literal("one"), "/y");
  gate.noteFolder(literal("two"), "/x");
  held.hold(["one", "two", "three"].map((session) => makePrompt({ id: session, session })), 0);

  await followHeld(workspace, { held, trouble: new Trouble(io, stop.signal) }, stop.signal);

  const [file, ...others] = [...Deno.readDirSync(`${machine.home}/spool`)];
  equal(others.length, 0);
  match(Deno.readTextFileSync(`${machine.home}/spool/${file!.name}`), /^[^\n]+"one"[^\n]+\n$/);
  deepEqual(held.counts, { waiting: 0, excluded: 1, unknown: 1 });
});
