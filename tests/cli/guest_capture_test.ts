/** Tests of `cli/guest_capture.ts`, with a real pipeline in its thread. */

import assert from "node:assert/strict";
import { GuestCapture } from "../../cli/guest_capture.ts";
import { takeLentTurn } from "../../cli/lent_turn.ts";
import { takeHomeLock } from "../../cli/home_lock.ts";
import { type Clock, systemClock } from "../../core/clock.ts";
import { literal } from "../../core/privacy.ts";
import { makePrompt } from "../helpers/events.ts";
import { tempMachine, until } from "../helpers/run_blueplane.ts";
import { Transcript } from "../helpers/transcripts.ts";
import { openGuest, readablePrompts } from "./open_guest.ts";

/** No wait is over before it is ended: what is waited for has all the time that it takes. */
const PATIENT: Clock = {
  now: () => systemClock.now(),
  sleep: (_timeoutMs, signal) =>
    new Promise((resolve) => {
      if (signal?.aborted) resolve();
      signal?.addEventListener("abort", () => resolve(), { once: true });
    }),
};

Deno.test("GuestCapture.settle() lets be read what was just written", async () => {
  using machine = tempMachine();
  const workspace = openGuest(machine, PATIENT);
  const transcript = new Transcript(machine.claude).prompt();
  await using guest = new GuestCapture(workspace);
  await guest.settle();
  const before = readablePrompts(workspace);

  transcript.prompt();
  await guest.settle("facts");

  assert.deepEqual([before, readablePrompts(workspace)], [1, 2]);
});

Deno.test("GuestCapture() gives way to who wants to write, and goes on after", async () => {
  using machine = tempMachine();
  const workspace = openGuest(machine);
  const transcript = new Transcript(machine.claude).prompt();
  await using guest = new GuestCapture(workspace);
  await until("it reads", async () => (await guest.settle(), readablePrompts(workspace) === 1));
  {
    using lock = await takeLentTurn(workspace);
    assert.ok(lock);
    transcript.prompt();
    await guest.settle();
    assert.equal(readablePrompts(workspace), 1);
  }

  await until("it goes on", async () => (await guest.settle(), readablePrompts(workspace) === 2));
});

Deno.test("GuestCapture.record() keeps what is told, whoever writes", async () => {
  using machine = tempMachine();
  const workspace = openGuest(machine);
  const told = { ...makePrompt({ id: "told" }), platform: literal("claude_code") };
  {
    using _server = takeHomeLock(workspace.home);
    await using guest = new GuestCapture(workspace);
    await guest.settle();
    await guest.record([told]);
    assert.equal([...Deno.readDirSync(workspace.home.spool)].length, 1);
  }
  await using guest = new GuestCapture(workspace);
  await guest.record([{ ...told, eventId: literal("later") }]);

  await until(
    "both are read",
    async () => (await guest.settle(), readablePrompts(workspace) === 2),
  );
});
