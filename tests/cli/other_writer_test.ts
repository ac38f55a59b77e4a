/** Tests of `cli/other_writer.ts`, beside a process that really writes, or does not. */

import assert from "node:assert/strict";
import { GuestCapture } from "../../cli/guest_capture.ts";
import { takeLentTurn } from "../../cli/lent_turn.ts";
import { OtherWriter } from "../../cli/other_writer.ts";
import { openWorkspace } from "../../cli/workspace.ts";
import { type Clock, systemClock } from "../../core/clock.ts";
import { literal } from "../../core/privacy.ts";
import { makePrompt } from "../helpers/events.ts";
import { tempMachine, until } from "../helpers/run_blueplane.ts";
import { Transcript } from "../helpers/transcripts.ts";
import { openGuest, readablePrompts } from "./open_guest.ts";
import { recordedIo } from "./recorded_io.ts";

const NEVER = new AbortController().signal;

/** No wait is over before it is ended: what is waited for has all the time that it takes. */
const PATIENT: Clock = ((at) => ({ ...systemClock, now: () => at }))(systemClock.now());

/** A clock on which time passes by sleeping alone, and how often somebody slept. */
function counted(): { clock: Clock; slept: () => number } {
  let now = systemClock.now(), times = 0;
  const sleep: Clock["sleep"] = (timeoutMs, signal) => {
    times++;
    now += timeoutMs;
    return systemClock.sleep(1, signal);
  };
  return { clock: { now: () => now, sleep }, slept: () => times };
}

Deno.test("settle() waits until the other one has stored what was written", async () => {
  using machine = tempMachine();
  const transcript = new Transcript(machine.claude).prompt();
  const workspace = openGuest(machine);
  await using guest = new GuestCapture(workspace);
  await until("it reads", async () => (await guest.settle(), readablePrompts(workspace) === 1));
  using other = new OtherWriter(openGuest(machine, PATIENT));
  await other.settle(NEVER);

  for (let written = 2; written <= 6; written++) {
    transcript.prompt();
    await other.settle(NEVER);
    assert.equal(readablePrompts(workspace), written);
  }
  new Transcript(machine.claude, { session: 2, cwd: "/home/ada/new" }).prompt();
  const settled = async () => (await other.settle(NEVER), readablePrompts(workspace) === 7);
  await until("a file that is new is seen", settled);
});

Deno.test("settle() waits for what was told through the spool", async () => {
  using machine = tempMachine();
  const workspace = openGuest(machine);
  await using writing = new GuestCapture(workspace);
  await writing.settle();
  await using guest = new GuestCapture(openGuest(machine, PATIENT));
  await guest.settle();

  await guest.record([{ ...makePrompt({ id: "told" }), platform: literal("claude_code") }]);
  await guest.settle();

  assert.equal(readablePrompts(workspace), 1);
});

Deno.test("settle() waits once for what nobody reads, until that is read", async () => {
  using machine = tempMachine();
  const { clock, slept } = counted();
  const workspace = openGuest(machine, clock);
  const transcript = new Transcript(machine.claude).prompt();
  using other = new OtherWriter(workspace);
  await other.settle(NEVER);
  const inVain = slept();
  transcript.prompt();
  await other.settle(NEVER);
  assert.ok(inVain > 1);
  assert.equal(slept(), inVain);
  {
    await using guest = new GuestCapture(openGuest(machine));
    await until(
      "it is read",
      async () => (await guest.settle(), readablePrompts(workspace) === 2),
    );
  }
  await other.settle(NEVER);
  assert.equal(slept(), inVain);

  transcript.prompt();
  await other.settle(NEVER);
  assert.ok(slept() > inVain);
});

Deno.test("look() names nothing while capture is paused", async () => {
  using machine = tempMachine();
  const io = { ...recordedIo(machine, ["mcp"]) };
  const env = (name: string) => name === "BLUEPLANE_CAPTURE_PAUSED" ? "true" : io.env(name);
  const workspace = openWorkspace({ ...io, env }, { color: false, sync: true, quiet: true });
  new Transcript(machine.claude).prompt();
  using lock = await takeLentTurn(workspace);
  using other = new OtherWriter(workspace);

  assert.ok(lock);
  assert.deepEqual(await other.look(), []);
});
