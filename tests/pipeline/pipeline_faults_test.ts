/**
 * Fault sweep of the whole pipeline in one process that goes on.
 *
 * Goal: whichever statement fails once, before or after its effect, the pipeline recovers by
 * itself, loses nothing, counts nothing twice and leaves no error unhandled. Method: the
 * statements of this thread are counted, the nth one throws as on a full disk; the source hands
 * over again what was not accepted; virtual time passes until the queue is empty.
 */

import assert from "node:assert/strict";
import { encodeEvent } from "../../core/event.ts";
import { Pipeline } from "../../pipeline/pipeline.ts";
import {
  makePrompt,
  makeResponse,
  makeToolResult,
  makeToolUse,
  NOON,
  TABLES,
} from "../helpers/events.ts";
import { type Faults, sweepFaults, sweepStride } from "../helpers/faults.ts";
import { VirtualClock } from "../helpers/virtual_clock.ts";
import { type DerivedRows, derivedRows } from "./derived_rows.ts";
import { passTime } from "./pass_time.ts";
import { makeCheckpoint } from "./port_contract.ts";
import { deadLetters, readFile, storedIds } from "./read_stored.ts";
import { tempDatabase } from "./temp_database.ts";

/** Every so many calls fail; in a whole sweep, as `deno task soak` makes it, all. */
const STRIDE = sweepStride(13);
const TRIES_MAX = 20;
// Long enough to pass over most polls of an idle queue, short enough for every retry.
const STEP_MS = 1000;
const POISON = "no event";

const first = [
  makePrompt({ id: "e1", project: "aa", version: "2.1.4" }),
  makeResponse({ id: "e2", message: "m1", stop: null, output: 3, at: NOON + 1000 }),
  makeToolUse({ id: "e4", use: "u1", at: NOON + 2500 }),
].map(encodeEvent);
const second = [
  makeResponse({ id: "e3", session: "fork", message: "m1", output: 70, at: NOON + 2000 }),
  makePrompt({ id: "e5", platform: "cursor", session: "c1" }),
  makeToolResult({ id: "e6", use: "u1", at: NOON + 4000, added: 5 }),
].map(encodeEvent);

for (const restarts of [false, true]) {
  const what = restarts ? "restarts" : "goes on";
  Deno.test(`Pipeline() loses nothing, when any statement fails and it ${what}`, async () => {
    const expected = await runOnce();
    let unhandled = 0;
    const note = (event: PromiseRejectionEvent) => {
      event.preventDefault();
      unhandled++;
    };
    globalThis.addEventListener("unhandledrejection", note);
    try {
      const faults = await sweepFaults(async (faults) => {
        assert.deepEqual(await runOnce(faults, restarts), expected);
      }, STRIDE);
      assert.ok(faults > 100 / STRIDE, `${faults} faults`);
    } finally {
      globalThis.removeEventListener("unhandledrejection", note);
    }
    assert.equal(unhandled, 0);
  });
}

interface Outcome {
  readonly ids: readonly string[];
  readonly rows: DerivedRows;
  readonly letters: readonly (string | null)[];
}

async function runOnce(faults?: Faults, restarts = false): Promise<Outcome> {
  using folder = tempDatabase();
  const clock = new VirtualClock();
  const failed = await runWithFaults(folder.path, clock, faults, restarts);
  if (failed) {
    await using pipeline = new Pipeline({ path: folder.path, tables: TABLES, clock });
    await pipeline.resume();
    await passTime(clock, work(pipeline), STEP_MS);
  }
  return readFile(folder.path, (db) => ({
    ids: storedIds(db),
    rows: derivedRows(db),
    letters: [...new Set(deadLetters(db).map(({ body }) => body))],
  }));
}

/** @returns whether the process has to start again */
async function runWithFaults(
  path: string,
  clock: VirtualClock,
  faults: Faults | undefined,
  restarts: boolean,
): Promise<boolean> {
  using stack = new DisposableStack();
  if (faults) stack.use(faults.patchDatabases());
  try {
    await using pipeline = new Pipeline({ path, tables: TABLES, clock });
    await pipeline.resume();
    for (let i = 0; i < TRIES_MAX; i++) {
      const isDone = await passTime(clock, work(pipeline).then(() => true, isFault), STEP_MS);
      if (isDone || restarts) return !isDone;
    }
    throw new Error("Cannot hand over the events: it fails again and again");
  } catch (error) {
    isFault(error);
    return true;
  }
}

/** Hands over everything, as a source does that starts at its last checkpoint. */
async function work(pipeline: Pipeline): Promise<void> {
  await pipeline.accept(first, []);
  await pipeline.accept([POISON, ...second], [makeCheckpoint({ platform: "cursor" })]);
  await pipeline.drain();
}

/** Takes the injected fault for an answer, and nothing else. */
function isFault(error: unknown): false {
  if (error instanceof Error && error.message.includes("disk is full")) return false;
  throw error;
}
