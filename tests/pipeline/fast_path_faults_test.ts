/**
 * Fault sweep of the way from the queue to the derived rows.
 *
 * Goal: whichever call of the database fails, before or after it took effect, no event is lost
 * and none counts twice. Method: a small history goes through all parts while the nth call of any
 * statement throws, for n = 1, 2, … until a run ends without a failure. Then the process starts
 * again (or goes on), the source tells all its events again, since it does not know which were
 * accepted, and what is stored and derived must be what a run without failure gives.
 */

import assert from "node:assert/strict";
import { encodeEvent } from "../../core/event.ts";
import {
  makePrompt,
  makeResponse,
  makeToolResult,
  makeToolUse,
  NOON,
} from "../helpers/events.ts";
import { type Faults, sweepFaults, sweepStride } from "../helpers/faults.ts";
import { VirtualClock } from "../helpers/virtual_clock.ts";
import { type DerivedRows, derivedRows } from "./derived_rows.ts";
import { openParts, type Parts } from "./open_parts.ts";
import { tempDatabase } from "./temp_database.ts";

/** Every so many calls fail; in a whole sweep, as `deno task soak` makes it, all. */
const STRIDE = sweepStride(13);
const LEASE_MS = 60_000;
const RETRIES_MAX = 20;
const POISON = "no event";

const history = [
  makePrompt({ id: "e1", project: "aa", version: "2.1.4" }),
  makeResponse({ id: "e2", message: "m1", stop: null, output: 3, input: 10, at: NOON + 1000 }),
  makeResponse({ id: "e3", message: "m1", output: 70, input: 10, at: NOON + 2000 }),
  makeToolUse({ id: "e4", use: "u1", at: NOON + 2500, extension: "ts" }),
  makeResponse({ id: "e3", session: "fork", message: "m1", output: 70, input: 10, at: NOON }),
  makePrompt({ id: "e5", platform: "cursor", session: "c1", project: "bb" }),
  makeToolResult({ id: "e6", use: "u1", at: NOON + 4000, added: 5 }),
  makePrompt({ id: "e1", project: "aa", version: "2.1.4" }),
].map(encodeEvent);
const texts = [...history.slice(0, 3), POISON, ...history.slice(3)];
const storedIds = ["e1", "e2", "e3", "e3", "e4", "e5", "e6"];

Deno.test("FastPath() loses nothing, when any call fails and the process restarts", async () => {
  const expected = await rowsWithoutFault();

  const faults = await sweepFaults(async (faults) => {
    using folder = tempDatabase();
    const clock = new VirtualClock();
    await expectFault(faults, async () => {
      using parts = openParts(folder.path, clock, faults);
      await tell(parts);
    });

    using parts = openParts(folder.path, clock);
    await tell(parts);

    await assertWhole(parts, expected);
  }, STRIDE);

  assert.ok(faults > 100 / STRIDE, `${faults} faults`);
});

Deno.test("FastPath() loses nothing, when any call fails and the process goes on", async () => {
  const expected = await rowsWithoutFault();

  const faults = await sweepFaults(async (faults) => {
    using folder = tempDatabase();
    const clock = new VirtualClock();
    await tellUntilDone(folder.path, clock, faults);

    using parts = openParts(folder.path, clock);
    await assertWhole(parts, expected);
  }, STRIDE);

  assert.ok(faults > 100 / STRIDE, `${faults} faults`);
});

/** Says all events anew, and works until all is done. */
async function tell(parts: Parts): Promise<void> {
  await parts.events.publish(texts);
  await parts.runToEnd();
}

async function assertWhole(parts: Parts, expected: DerivedRows): Promise<void> {
  assert.deepEqual(parts.storedIds(), storedIds);
  assert.deepEqual(derivedRows(parts.db), expected);
  assert.deepEqual(
    new Set(parts.deadLetters().map(({ message }) => message)),
    new Set(["Cannot read an event: it is no JSON"]),
  );
  const stored = parts.db.prepare("select sum(events) as n from storage").get();
  assert.equal(stored?.n, storedIds.length);
}

async function rowsWithoutFault(): Promise<DerivedRows> {
  using folder = tempDatabase();
  using parts = openParts(folder.path);
  await tell(parts);
  return derivedRows(parts.db);
}

/** Goes on with the same parts after a failure; only when they cannot open, with new ones. */
async function tellUntilDone(path: string, clock: VirtualClock, faults: Faults): Promise<void> {
  using stack = new DisposableStack();
  let parts: Parts | undefined;
  for (let i = 0; i < RETRIES_MAX; i++) {
    const failed = await expectFault(faults, async () => {
      parts ??= stack.use(openParts(path, clock, faults));
      await tell(parts);
    });
    if (!failed) return;
    clock.advance(LEASE_MS);
  }
  throw new Error("Cannot tell the events: it fails again and again");
}

/** Runs work that may end with the injected fault and with nothing else. */
async function expectFault(faults: Faults, work: () => Promise<void>): Promise<boolean> {
  try {
    await work();
    return false;
  } catch (error) {
    if (!faults.fired || !(error as Error).message.includes("disk is full")) throw error;
    return true;
  }
}
