/** Tests of the fast side of a pipeline. */

import assert from "node:assert/strict";
import { openWriter } from "../../core/open_writer.ts";
import { Privacy } from "../../core/privacy.ts";
import { Words } from "../../core/words.ts";
import { DeadLetters } from "../../pipeline/dead_letters.ts";
import type { EventQueue } from "../../pipeline/event_queue.ts";
import { FastLane } from "../../pipeline/fast_lane.ts";
import { SqliteBroker } from "../../pipeline/sqlite_broker.ts";
import { Tombstones } from "../../pipeline/tombstones.ts";
import { TraceStore } from "../../pipeline/trace_store.ts";
import { promptTexts, TABLES } from "../helpers/events.ts";
import { diskFullError } from "../helpers/faults.ts";
import { VirtualClock } from "../helpers/virtual_clock.ts";
import { storedIds } from "./read_stored.ts";

const stream = "telemetry:events", group = "processors";

/** A queue in another database, as one of another program is. */
function openStage() {
  const db = openWriter(":memory:"), theirs = openWriter(":memory:");
  const clock = new VirtualClock(), words = new Words(db);
  const broker = new SqliteBroker({ db: theirs, clock, stream, group });
  const announced: number[] = [];
  const state = { isFull: false };
  const queue: EventQueue = {
    broker,
    isEmbedded: false,
    open: async () => {},
    epoch: async () => "",
    accept: (events) => broker.publish(events),
    rewound: () => {},
    noteStored: () => {},
    retell: async () => {},
    tend: async () => {},
    [Symbol.asyncDispose]: async () => {},
  };
  const lane = new FastLane({
    db,
    clock,
    words,
    traces: new TraceStore(db, words, TABLES),
    deadLetters: new DeadLetters(db, clock),
    tombstones: new Tombstones(db, new Privacy(new Uint8Array(32))),
    announce: (blocks) => {
      if (state.isFull) throw diskFullError();
      announced.push(...blocks.map(({ events }) => events.length));
    },
    forget: () => {},
    makeQueue: () => queue,
  });
  return {
    db,
    clock,
    broker,
    lane,
    announced,
    state,
    embedded: new SqliteBroker({ db, clock, stream, group }),
    [Symbol.dispose]: () => {
      db.close();
      theirs.close();
    },
  };
}

Deno.test("FastLane.takeBatches() takes batch after batch, while there is room", async () => {
  using stage = openStage();
  await stage.broker.publish(promptTexts(250));

  const taken = await stage.lane.takeBatches(Infinity, async () => stage.announced.length < 2);

  assert.equal(taken, true);
  assert.deepEqual(stage.announced, [100, 100]);
  assert.equal(await stage.lane.depth(), 50);
});

Deno.test("FastLane.takeBatches() stops after one batch, when its time is over", async () => {
  using stage = openStage();
  await stage.broker.publish(promptTexts(250));

  await stage.lane.takeBatches(stage.clock.now(), async () => true);

  assert.deepEqual(stage.announced, [100]);
});

Deno.test("FastLane.takeBatches() takes a failed batch first the next time", async () => {
  using stage = openStage();
  await stage.broker.publish(promptTexts(150));
  stage.state.isFull = true;
  await assert.rejects(() => stage.lane.takeBatches(Infinity, async () => true), /full/);

  stage.state.isFull = false;
  await stage.lane.takeBatches(Infinity, async () => true);

  assert.equal(storedIds(stage.db).length, 150);
  assert.equal(await stage.lane.depth(), 0);
});

Deno.test("FastLane.open() stores first what the embedded queue held", async () => {
  using stage = openStage();
  await stage.embedded.publish(promptTexts(150));
  await stage.embedded.take(10);

  const left = await stage.lane.open(new AbortController().signal);

  assert.equal(left, 0);
  assert.equal(storedIds(stage.db).length, 150);
  assert.equal(await stage.embedded.depth(), 0);
});
