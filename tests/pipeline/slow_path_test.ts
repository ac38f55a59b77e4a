/** Tests of `pipeline/slow_path.ts`. */

import assert from "node:assert/strict";
import { inTransaction } from "../../core/database.ts";
import { encodeEvent } from "../../core/event.ts";
import { encodeChange, SlowPath } from "../../pipeline/slow_path.ts";
import { makeResponse, promptTexts } from "../helpers/events.ts";
import { diskFullError } from "../helpers/faults.ts";
import { derivedRows } from "./derived_rows.ts";
import { openParts, type Parts } from "./open_parts.ts";
import { tempDatabase } from "./temp_database.ts";

const LEASE_MS = 60_000;

Deno.test("SlowPath.runSlice() folds one block at a time, until there is none", async () => {
  using folder = tempDatabase();
  using parts = openParts(folder.path);
  await store(parts, promptTexts(150));
  const inputs: number[] = [], folded: number[] = [];

  for (let i = 0; i < 3; i++) {
    folded.push(await parts.slowPath.runSlice());
    inputs.push(parts.count("inputs"));
  }

  assert.deepEqual(folded, [1, 1, 0]);
  assert.deepEqual(inputs, [100, 150, 150]);
  assert.equal(await parts.changes.depth(), 0);
  assert.equal(parts.count("applied_batches"), 0);
});

Deno.test("SlowPath.runSlice() folds once, when a delivery comes twice", async () => {
  using folder = tempDatabase();
  using parts = openParts(folder.path);
  await store(parts, promptTexts(3));
  const { slow, folded } = countingPath(parts);
  const { ack } = parts.changes;
  parts.changes.ack = async () => {
    throw diskFullError();
  };
  await assert.rejects(() => slow.runSlice(), /full/);
  parts.changes.ack = ack;
  parts.clock.advance(LEASE_MS);

  const taken = await slow.runSlice();

  assert.equal(taken, 1);
  assert.deepEqual(folded, [3]);
  assert.equal(await parts.changes.depth(), 0);
  assert.equal(parts.count("applied_batches"), 0);
});

Deno.test("SlowPath.runSlice() folds once, when the process dies before the ack", async () => {
  using folder = tempDatabase();
  const clock = await dieBeforeAck(folder.path);
  using parts = openParts(folder.path, clock);
  const { slow, folded } = countingPath(parts);

  const taken = await slow.runSlice();

  assert.equal(taken, 1);
  assert.deepEqual(folded, []);
  assert.equal(parts.count("inputs"), 3);
  assert.equal(await parts.changes.depth(), 0);
});

Deno.test("SlowPath.runSlice() folds again, when the fold was rolled back", async () => {
  using folder = tempDatabase();
  using parts = openParts(folder.path);
  await store(parts, [encodeEvent(makeResponse({ id: "a", model: "claude-new-1", output: 5 }))]);
  let fails = true;
  const { slow, folded } = countingPath(parts, () => {
    if (fails) throw diskFullError();
  });
  await assert.rejects(() => slow.runSlice(), /full/);
  fails = false;
  parts.clock.advance(LEASE_MS);
  // A word that takes the number which the rollback set free.
  inTransaction(parts.db, () => parts.words.number("claude-other-1"));

  await slow.runSlice();

  assert.deepEqual(folded, [1, 1]);
  assert.deepEqual(derivedRows(parts.db).model_sums.map(({ member }) => member), [
    "claude-new-1",
    "claude-new-1",
    "claude-new-1",
    "claude-new-1",
  ]);
});

Deno.test("SlowPath.runSlice() buries a broken block at the third try", async () => {
  using folder = tempDatabase();
  using parts = openParts(folder.path);
  await store(parts, promptTexts(2));
  await store(parts, promptTexts(2, 2));
  parts.db.exec("update trace_blocks set body = x'00' where id = 1");
  const depths: number[] = [];

  for (let i = 0; i < 4; i++) {
    await parts.slowPath.runSlice();
    depths.push(await parts.changes.depth());
    parts.clock.advance(LEASE_MS);
  }

  assert.deepEqual(depths, [2, 2, 1, 0]);
  assert.equal(parts.count("inputs"), 2);
  const letters = parts.deadLetters();
  assert.deepEqual(letters.map(({ stream, attempts }) => ({ stream, attempts })), [
    { stream: "cdc:events", attempts: 3 },
  ]);
});

Deno.test("SlowPath.runSlice() buries a block once, however often it is announced", async () => {
  using folder = tempDatabase();
  using parts = openParts(folder.path);
  await store(parts, promptTexts(2));
  parts.db.exec("update trace_blocks set body = x'00' where id = 1");
  parts.groups.forget();
  await parts.runToEnd();
  const [first] = parts.deadLetters();

  parts.clock.advance(1000);
  inTransaction(parts.db, () => parts.groups.beginRebuild());
  await parts.runToEnd();

  const letters = parts.deadLetters();
  assert.deepEqual(letters.map(({ id, entry }) => [id, entry]), [[first?.id, "block:1"]]);
  assert.ok(letters[0]!.dead_at > first!.dead_at);
});

Deno.test("SlowPath.runSlice() does not hold up others, while a broken block waits", async () => {
  using folder = tempDatabase();
  using parts = openParts(folder.path);
  await store(parts, promptTexts(2));
  await store(parts, promptTexts(2, 2));
  parts.db.exec("update trace_blocks set body = x'00' where id = 1");

  await parts.slowPath.runSlice();
  await parts.slowPath.runSlice();

  assert.equal(parts.count("inputs"), 2);
  assert.equal(await parts.changes.depth(), 1);
});

Deno.test("SlowPath.runSlice() buries an announcement that is none", async () => {
  using folder = tempDatabase();
  using parts = openParts(folder.path);
  await parts.changes.publish(["no JSON"]);

  for (let i = 0; i < 3; i++) {
    await Promise.allSettled([parts.slowPath.runSlice()]);
    parts.clock.advance(LEASE_MS);
  }

  assert.deepEqual(parts.deadLetters().map(({ body }) => body), [null]);
  assert.equal(await parts.changes.depth(), 0);
});

Deno.test("SlowPath.runSlice() folds nothing that is a dead letter already", async () => {
  using folder = tempDatabase();
  using parts = openParts(folder.path);
  await store(parts, promptTexts(2));
  const ack = parts.changes.ack.bind(parts.changes);
  let isBroken = true;
  const { slow, folded } = countingPath(parts, () => {
    if (isBroken) throw new RangeError("Cannot fold: for once");
  });
  parts.changes.ack = async () => {
    throw diskFullError();
  };
  for (let i = 0; i < 3; i++) {
    await Promise.allSettled([slow.runSlice()]);
    parts.clock.advance(LEASE_MS);
  }
  const letters = parts.deadLetters();

  isBroken = false;
  parts.changes.ack = ack;
  await slow.runSlice();

  assert.deepEqual(folded, [2, 2, 2]);
  assert.equal(letters.length, 1);
  assert.equal(parts.count("inputs"), 0);
  assert.equal(await parts.changes.depth(), 0);
  assert.equal(parts.count("applied_batches"), 0);
});

Deno.test("SlowPath.runSlice() leaves sums to a longer transaction, and loses none", async () => {
  using folder = tempDatabase();
  using parts = openParts(folder.path);
  for (let block = 0; block < 3; block++) await store(parts, promptTexts(2, 2 * block));

  parts.db.exec("begin");
  for (let block = 0; block < 3; block++) await parts.slowPath.runSlice();
  const before = parts.count("input_sums");
  parts.fold.writeSums();
  parts.db.exec("commit");

  const [sum] = derivedRows(parts.db).input_sums;
  assert.equal(before, 0);
  assert.deepEqual([parts.count("inputs"), sum?.count], [6, 6]);
});

Deno.test("SlowPath.fold() folds the block that an announcement names", async () => {
  using folder = tempDatabase();
  using parts = openParts(folder.path);
  await store(parts, promptTexts(2));

  parts.slowPath.fold(encodeChange(1, 2));

  assert.equal(parts.slowPath.name, "metrics");
  assert.equal(parts.count("inputs"), 2);
});

Deno.test("SlowPath.runSlice() folds the rest of a block, when one count is absurd", async () => {
  using folder = tempDatabase();
  using parts = openParts(folder.path);
  await store(parts, [
    encodeEvent(makeResponse({ id: "a", output: 1e300 })),
    encodeEvent(makeResponse({ id: "b", output: 5 })),
  ]);

  await parts.runToEnd();

  assert.deepEqual(parts.deadLetters(), []);
  assert.equal(parts.count("responses"), 2);
});

Deno.test("encodeChange() tells the block and how many events are in it", () => {
  assert.deepEqual(JSON.parse(encodeChange(7, 100)), { block: 7, events: 100 });
});

/** Brings events through the fast path alone. */
async function store(parts: Parts, texts: readonly string[]): Promise<void> {
  await parts.events.publish(texts);
  while (await parts.fastPath.runBatch() > 0);
}

/** A path that notes the size of each block that it folds. */
function countingPath(parts: Parts, afterFold: () => void = () => {}) {
  const folded: number[] = [];
  const slow = new SlowPath({
    db: parts.db,
    name: "metrics",
    changes: parts.changes,
    readBlock: (block) => parts.traces.read(block),
    fold: (events) => {
      folded.push(events.length);
      parts.fold.gather(events);
      afterFold();
    },
    settle: () => parts.fold.writeSums(),
    deadLetters: parts.letters,
    release: (ids, delayMs) => parts.changes.release(ids, delayMs),
    forget: () => {
      parts.traces.forget();
      parts.fold.forget();
    },
  });
  return { slow, folded };
}

/** Leaves the file as a process does that is killed between the commit and the ack. */
async function dieBeforeAck(path: string) {
  using parts = openParts(path);
  await store(parts, promptTexts(3));
  parts.changes.ack = async () => {
    throw diskFullError();
  };
  await assert.rejects(() => parts.slowPath.runSlice(), /full/);
  return parts.clock;
}
