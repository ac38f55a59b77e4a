/**
 * Fault sweep of what is done with dead letters.
 *
 * Goal: at whatever statement replay or drop fails, before or after its effect, no letter is lost
 * and none counts twice. Method: a file with letters of every kind; the nth statement of the
 * thread throws as on a full disk; the command is given again, to the same pipeline or to one
 * that starts anew; in the end all that can be stored is stored and counted once, and all that
 * cannot is a letter still.
 */

import assert from "node:assert/strict";
import { encodeEvent } from "../../core/event.ts";
import { Pipeline } from "../../pipeline/pipeline.ts";
import { encodeChange } from "../../pipeline/slow_path.ts";
import { makePrompt, makeResponse, promptTexts, TABLES } from "../helpers/events.ts";
import { type Faults, sweepFaults, sweepStride } from "../helpers/faults.ts";
import { VirtualClock } from "../helpers/virtual_clock.ts";
import { derivedRows } from "./derived_rows.ts";
import { openParts } from "./open_parts.ts";
import { passTime } from "./pass_time.ts";
import { deadLetters, readFile, storedIds } from "./read_stored.ts";
import { tempDatabase } from "./temp_database.ts";

/** Every so many calls fail; in a whole sweep, as `deno task soak` makes it, all. */
const STRIDE = sweepStride(13);
/** Most of its calls are those of a start, which others sweep too. */
const DROP_STRIDE = sweepStride(7);
const EVENTS = { stream: "telemetry:events", group: "processors" } as const;
const CHANGES = { stream: "cdc:events", group: "metrics" } as const;
const TRIES_MAX = 20;
const STEP_MS = 1000;

for (const restarts of [false, true]) {
  const what = restarts ? "restarts" : "goes on";
  Deno.test(`Replay() loses no letter, when any statement fails and it ${what}`, async () => {
    const expected = await runOnce(replayAll);
    assert.deepEqual(expected.letters, ["3", "4"]);
    assert.deepEqual(expected.ids, ["m1", "p0", "p1", "p2", "p3"]);
    assert.equal(expected.rows.inputs.length, 4);

    const faults = await sweepFaults(async (faults) => {
      assert.deepEqual(await runOnce(replayAll, faults, restarts), expected);
    }, STRIDE);

    assert.ok(faults > 100 / STRIDE, `${faults} faults`);
  });
}

Deno.test("DeadLetters.drop() drops those chosen, when any statement fails", async () => {
  const dropTwo = async (pipeline: Pipeline) => {
    await pipeline.command("drop", { ids: [1, 4] });
    await pipeline.drain();
  };
  const expected = await runOnce(dropTwo);
  assert.deepEqual(expected.letters, ["2", "3", "5", "6"]);

  const faults = await sweepFaults(async (faults) => {
    assert.deepEqual(await runOnce(dropTwo, faults), expected);
  }, DROP_STRIDE);

  assert.ok(faults > 20 / DROP_STRIDE, `${faults} faults`);
});

async function replayAll(pipeline: Pipeline): Promise<void> {
  await pipeline.command("replay", { all: true });
  await pipeline.drain();
}

async function runOnce(
  work: (pipeline: Pipeline) => Promise<void>,
  faults?: Faults,
  restarts = false,
) {
  using folder = tempDatabase();
  const clock = new VirtualClock();
  await fill(folder.path, clock);
  for (let i = 0, isDone = false; !isDone; i++) {
    if (i > TRIES_MAX) throw new Error("Cannot finish the work: it fails again and again");
    isDone = await tryWork(folder.path, clock, work, faults, restarts);
  }
  return readFile(folder.path, (db) => ({
    ids: storedIds(db),
    rows: derivedRows(db),
    letters: deadLetters(db).map(({ id }) => String(id)),
  }));
}

/** Opens a pipeline and does the work, again and again unless it is to be opened anew. */
async function tryWork(
  path: string,
  clock: VirtualClock,
  work: (pipeline: Pipeline) => Promise<void>,
  faults: Faults | undefined,
  restarts: boolean,
): Promise<boolean> {
  using stack = new DisposableStack();
  if (faults && !faults.fired) stack.use(faults.patchDatabases());
  try {
    await using pipeline = new Pipeline({ path, tables: TABLES, clock });
    await pipeline.resume();
    for (let i = 0; i < TRIES_MAX; i++) {
      const isDone = await passTime(clock, work(pipeline).then(() => true, isFault), STEP_MS);
      if (isDone || restarts) return isDone;
    }
    throw new Error("Cannot finish the work: it fails again and again");
  } catch (error) {
    return isFault(error);
  }
}

/** Two blocks, one of them folded; letters of three events, of none, of no block, of a block. */
async function fill(path: string, clock: VirtualClock): Promise<void> {
  using parts = openParts(path, clock);
  await parts.events.publish(promptTexts(2));
  await parts.runToEnd();
  await parts.events.publish(promptTexts(1, 2));
  await parts.fastPath.runBatch();
  const [change] = await parts.changes.take(1);
  const bodies = [
    promptTexts(1, 3)[0]!,
    encodeEvent(makeResponse({ id: "m1", output: 70 })),
    encodeEvent(makePrompt({ id: "x", platform: "emacs" })),
    "two words",
    promptTexts(1)[0]!,
  ];
  bodies.forEach((body, i) =>
    parts.letters.add(EVENTS, { id: `${i}`, body, attempts: 3 }, undefined)
  );
  const body = encodeChange(JSON.parse(change!.body).block, 1);
  parts.letters.add(CHANGES, { id: change!.id, body, attempts: 3 }, undefined);
  await parts.changes.ack([change!.id]);
}

/** Takes the injected fault for an answer, and nothing else. */
function isFault(error: unknown): false {
  if (error instanceof Error && error.message.includes("disk is full")) return false;
  throw error;
}
