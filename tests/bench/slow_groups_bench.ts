/**
 * The fast path beside a slow path that has no end of work, and a rebuild of everything.
 *
 * @module
 */

import { systemClock } from "../../core/clock.ts";
import { openWriter } from "../../core/open_writer.ts";
import { openPrices } from "../../core/prices.ts";
import { Words } from "../../core/words.ts";
import { DeadLetters } from "../../pipeline/dead_letters.ts";
import { DirtySessions } from "../../pipeline/derive/dirty_sessions.ts";
import { MetricsFold } from "../../pipeline/derive/metrics_fold.ts";
import type { MakeQueue } from "../../pipeline/event_queue.ts";
import { FastPath } from "../../pipeline/fast_path.ts";
import { Pipeline } from "../../pipeline/pipeline.ts";
import { SESSION_GROUPS, SlowGroups } from "../../pipeline/slow_groups.ts";
import { SqliteBroker } from "../../pipeline/sqlite_broker.ts";
import { SqliteQueue } from "../../pipeline/sqlite_queue.ts";
import { StoredMarks } from "../../pipeline/stored_marks.ts";
import { TraceStore } from "../../pipeline/trace_store.ts";
import { madeUpEvents } from "./made_up_events.ts";
import { atLeast, atMost, type BenchRow, percentile } from "./row.ts";

const EVENTS = 100_000;
const BATCH = 100;
/** So much is stored and waits to be folded before the first batch that is timed. */
const WAITING = 80_000;
const TABLES = { claude_code: "claude_raw_traces" };

/** Runs the bench in a folder of its own. */
export async function benchSlowGroups(folder: string): Promise<BenchRow[]> {
  const events = madeUpEvents(EVENTS);
  const batches = await timeSaturated(`${folder}/saturated.db`, events);
  const { rebuildMs, looks } = await timeRebuild(`${folder}/rebuild.db`, events);
  const name = "Fast path while the slow path is saturated: batch of 100";
  return [
    atMost(`${name}, p50`, percentile(batches, 0.5), 3, "ms"),
    atMost(`${name}, p95`, percentile(batches, 0.95), 8, "ms"),
    atMost("Slow path: between two looks at the queue, p95", percentile(looks, 0.95), 5, "ms"),
    atLeast("Rebuild: all derived again", EVENTS / rebuildMs * 1000, 25_000, "events/s"),
  ];
}

/** Lets a batch come after each slice of slow work, while that never ends. */
async function timeSaturated(path: string, events: readonly string[]) {
  using db = openWriter(path);
  const clock = systemClock, words = new Words(db), traces = new TraceStore(db, words, TABLES);
  const queue = new SqliteBroker({ db, clock, stream: "telemetry:events", group: "processors" });
  const deadLetters = new DeadLetters(db, clock);
  const dirty = new DirtySessions(db, SESSION_GROUPS);
  const prices = openPrices(undefined);
  const fold = new MetricsFold({
    db,
    words,
    clock,
    prices,
    sessionNumber: (platform, id) => traces.session(platform, id),
    dirty,
  });
  const groups = new SlowGroups({ db, clock, words, traces, deadLetters, dirty, fold, prices });
  const fastPath = new FastPath({
    db,
    queue,
    traces,
    deadLetters,
    tombstones: { holds: () => false },
    announce: (blocks) => groups.announce(blocks),
    stored: new StoredMarks(db, words),
    epoch: async () => "",
    noteStored: () => {},
  });
  await queue.publish(events.slice(0, WAITING));
  while (await fastPath.runBatch() > 0);
  const batches: number[] = [];
  for (let from = WAITING; from < events.length; from += BATCH) {
    if (await groups.backlog() === 0) throw new Error("Cannot bench: the slow path is done");
    await groups.step();
    await queue.publish(events.slice(from, from + BATCH));
    batches.push(await time(() => fastPath.runBatch()));
  }
  return batches;
}

/** Times it as a whole, and from each look at the queue of events to the next: commits, too. */
async function timeRebuild(path: string, events: readonly string[]) {
  const looks: number[] = [];
  const makeQueue: MakeQueue = (parts) => {
    const queue = new SqliteQueue(parts), take = queue.broker.take.bind(queue.broker);
    let lookedAt = performance.now();
    queue.broker.take = async (max) => {
      looks.push(performance.now() - lookedAt);
      const taken = await take(max);
      lookedAt = performance.now();
      return taken;
    };
    return queue;
  };
  await using pipeline = new Pipeline({ path, tables: TABLES, clock: systemClock, makeQueue });
  for (let from = 0; from < events.length; from += 1000) {
    await pipeline.accept(events.slice(from, from + 1000), []);
  }
  await pipeline.drain();
  looks.length = 0;
  const rebuildMs = await time(() => pipeline.rebuild());
  return { rebuildMs, looks };
}

async function time(work: () => Promise<unknown>): Promise<number> {
  const start = performance.now();
  await work();
  return performance.now() - start;
}
