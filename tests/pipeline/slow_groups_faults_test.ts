/**
 * Fault sweep of the three groups, and of a rebuild.
 *
 * Goal: whichever statement fails, before or after it took effect, what is derived in the end is
 * what a run without failure derives. Method: blocks are stored and announced; then the nth
 * statement of the work throws as on a full disk, for n = 1, 2, … until a run ends without a
 * failure; the same process goes on, or another one starts.
 */

import assert from "node:assert/strict";
import { inTransaction } from "../../core/database.ts";
import { encodeEvent } from "../../core/event.ts";
import { literal } from "../../core/privacy.ts";
import {
  makeEvent,
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

const failures = [1, 2, 3].flatMap((n) => {
  const place = { use: `u${n}`, at: NOON + n * 1000 };
  return [
    makeToolUse({ ...place, id: `u${n}`, tool: "Bash" }),
    makeToolResult({ ...place, id: `r${n}`, outcome: "failed" }),
  ];
});
const first = [makePrompt({ id: "p1" }), makeResponse({ id: "m1", output: 3, at: NOON + 9000 })];
const blocks = [
  [...first, ...failures],
  [
    makeEvent("activity", { id: "n1", session: "fork" }, { native_at: NOON }),
    ...first.map((event) => ({ ...event, sessionId: literal("fork") })),
  ],
];

for (const restarts of [false, true]) {
  const what = restarts ? "restarts" : "goes on";
  Deno.test(`SlowGroups() derives the same, when any statement fails and it ${what}`, async () => {
    await sweep(restarts);
  });

  Deno.test(`beginRebuild() ends alike, when any statement fails and it ${what}`, async () => {
    await sweep(restarts, (parts) => inTransaction(parts.db, () => parts.groups.beginRebuild()));
  });
}

/** Derives without and with each fault; `begin` comes before it, once everything is derived. */
async function sweep(
  restarts: boolean,
  begin?: (parts: Parts) => unknown,
): Promise<void> {
  const expected = await run(restarts, begin);
  assert.equal(expected.insights.length, 1);
  const faults = await sweepFaults(async (faults) => {
    assert.deepEqual(await run(restarts, begin, faults), expected);
  }, STRIDE);
  assert.ok(faults > 100 / STRIDE, `${faults} faults`);
}

async function run(
  restarts: boolean,
  begin?: (parts: Parts) => unknown,
  faults?: Faults,
): Promise<DerivedRows> {
  using folder = tempDatabase();
  const clock = new VirtualClock();
  using stack = new DisposableStack();
  let parts = stack.use(openParts(folder.path, clock));
  await store(parts);
  if (begin) await parts.deriveAll();
  for (let i = 0; i < RETRIES_MAX; i++) {
    const failed = await withFaults(faults, async () => {
      if (i === 0) begin?.(parts);
      await parts.deriveAll();
    });
    if (!failed && await parts.groups.depth() === 0) {
      assert.deepEqual(parts.deadLetters(), []);
      return derivedRows(parts.db);
    }
    clock.advance(LEASE_MS);
    if (!restarts || !failed) continue;
    parts[Symbol.dispose]();
    parts = stack.use(openParts(folder.path, clock));
  }
  throw new Error("Cannot derive all: it fails again and again");
}

async function store(parts: Parts): Promise<void> {
  for (const events of blocks) {
    await parts.events.publish(events.map(encodeEvent));
    while (await parts.fastPath.runBatch() > 0);
  }
}

/** Runs work that may end with the injected fault and with nothing else. */
async function withFaults(faults: Faults | undefined, work: () => Promise<void>) {
  using _patch = faults?.patchDatabases();
  try {
    await work();
    return false;
  } catch (error) {
    if (!faults?.fired || !(error as Error).message.includes("disk is full")) throw error;
    return true;
  }
}
