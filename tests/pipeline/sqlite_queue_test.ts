/** Tests of the embedded queue: what it makes of another one's positions. */

import assert from "node:assert/strict";
import { CheckpointStore, readCheckpoints } from "../../core/checkpoints.ts";
import { openWriter } from "../../core/open_writer.ts";
import { madeWith, noteMadeWith } from "../../core/made_with.ts";
import { EventError } from "../../core/event.ts";
import { Words } from "../../core/words.ts";
import { BATCH_MAX } from "../../pipeline/fast_path.ts";
import { SqliteQueue } from "../../pipeline/sqlite_queue.ts";
import { StoredMarks } from "../../pipeline/stored_marks.ts";
import { sweepFaults } from "../helpers/faults.ts";
import { VirtualClock } from "../helpers/virtual_clock.ts";
import { makeCheckpoint } from "./port_contract.ts";
import { tempDatabase } from "./temp_database.ts";

const POISON = "poison";
const BATCH = Array.from({ length: BATCH_MAX }, (_, i) => `event ${i}`);

function open(path: string) {
  const db = openWriter(path), words = new Words(db);
  const stored = new StoredMarks(db, words);
  const atOnce: string[] = [];
  const store = (events: readonly string[]) => {
    if (events.includes(POISON)) throw new EventError("Cannot store an event: it is none");
    atOnce.push(...events);
  };
  const clock = new VirtualClock(), forget = () => void atOnce.splice(0);
  const queue = new SqliteQueue({ db, words, stored, clock, store, forget });
  const accepted = new CheckpointStore(db, words);
  return { db, stored, queue, accepted, atOnce, [Symbol.dispose]: () => db.close() };
}

Deno.test("SqliteQueue.open() hands out at once what a dead one had taken", async () => {
  using folder = tempDatabase();
  {
    using parts = open(folder.path);
    await parts.queue.accept(["a", "b"], []);
    await parts.queue.broker.take(1);
  }

  using parts = open(folder.path);
  await parts.queue.open();

  assert.deepEqual((await parts.queue.broker.take(5)).map(({ body }) => body), ["a"]);
});

Deno.test("SqliteQueue.open() goes back to what is stored, when Redis was on before", async () => {
  const faults = await sweepFaults(async (faults) => {
    using folder = tempDatabase();
    {
      using parts = open(folder.path);
      parts.accepted.save(makeCheckpoint({ position: 90 }));
      parts.stored.save([{ machine: "aa", checkpoint: makeCheckpoint({ position: 50 }) }]);
      parts.stored.save([{ machine: "bb", checkpoint: makeCheckpoint({ id: "file2" }) }]);
      noteMadeWith(parts.db, "queue", "redis:aa");
      using _patch = faults.patchDatabases();
      await parts.queue.open().catch((error: Error) => assert.match(error.message, /full/));
    }

    using parts = open(folder.path);
    await parts.queue.open();

    assert.deepEqual(readCheckpoints(parts.db).size, 1);
    assert.equal(readCheckpoints(parts.db).get("file1")?.position, 50);
    assert.equal(madeWith(parts.db, "queue"), "embedded");
  });
  assert.ok(faults > 5, `${faults} faults`);
});

Deno.test("SqliteQueue.open() keeps what was accepted, when it was embedded before", async () => {
  using folder = tempDatabase();
  using parts = open(folder.path);
  await parts.queue.open();
  await parts.queue.accept([], [makeCheckpoint({ position: 90 })]);

  await parts.queue.open();

  assert.equal(readCheckpoints(parts.db).get("file1")?.position, 90);
});

Deno.test("SqliteQueue.accept() stores a batch at once, when nothing waits", async () => {
  using folder = tempDatabase();
  using parts = open(folder.path);

  await parts.queue.accept(BATCH, [makeCheckpoint({ position: 90 })]);

  assert.deepEqual(parts.atOnce, BATCH);
  assert.equal(await parts.queue.broker.depth(), 0);
  assert.equal(readCheckpoints(parts.db).get("file1")?.position, 90);
});

Deno.test("SqliteQueue.accept() queues a batch behind what waits or is taken", async () => {
  using folder = tempDatabase();
  using parts = open(folder.path);
  await parts.queue.accept(["first"], []);
  await parts.queue.accept(BATCH, []);
  await parts.queue.broker.take(2 * BATCH_MAX);

  await parts.queue.accept(BATCH, []);

  assert.deepEqual(parts.atOnce, []);
  assert.equal(await parts.queue.broker.depth(), 1 + 2 * BATCH_MAX);
});

Deno.test("SqliteQueue.accept() queues a batch, when one of it cannot be stored", async () => {
  using folder = tempDatabase();
  using parts = open(folder.path);

  // It stands in the second block: the first is taken back.
  await parts.queue.accept([...BATCH, POISON], [makeCheckpoint({ position: 90 })]);

  assert.deepEqual(parts.atOnce, []);
  assert.equal(await parts.queue.broker.depth(), BATCH_MAX + 1);
  assert.equal(readCheckpoints(parts.db).get("file1")?.position, 90);
});
