/**
 * The fast path on the embedded broker: events a second, the time of a batch, bytes on disk.
 *
 * @module
 */

import { systemClock } from "../../core/clock.ts";
import { openWriter } from "../../core/open_writer.ts";
import { Words } from "../../core/words.ts";
import { DeadLetters } from "../../pipeline/dead_letters.ts";
import { FastPath } from "../../pipeline/fast_path.ts";
import { Pipeline } from "../../pipeline/pipeline.ts";
import { SqliteBroker } from "../../pipeline/sqlite_broker.ts";
import { StoredMarks } from "../../pipeline/stored_marks.ts";
import { TraceStore } from "../../pipeline/trace_store.ts";
import { madeUpEvents } from "./made_up_events.ts";
import { atLeast, atMost, type BenchRow, percentile } from "./row.ts";

const EVENTS = 100_000;
const TABLES = { claude_code: "claude_raw_traces" };

/** Runs the bench in a folder of its own. */
export async function benchFastPath(folder: string): Promise<BenchRow[]> {
  const events = madeUpEvents(EVENTS);
  const batches = await timeBatches(`${folder}/batches.db`, events);
  const total = batches.reduce((sum, ms) => sum + ms, 0);
  const whole = await timeWhole(`${folder}/whole.db`, events);
  return [
    atLeast("Fast path: take, store, announce, ack", EVENTS / total * 1000, 25_000, "events/s"),
    atMost("Fast path: batch of 100, p50", percentile(batches, 0.5), 3, "ms"),
    atMost("Fast path: batch of 100, p95", percentile(batches, 0.95), 8, "ms"),
    atLeast("Pipeline: stored and folded", EVENTS / whole.ms * 1000, 25_000, "events/s"),
    atMost("Disk: all in", whole.bytes / EVENTS, 200, "B/event"),
    atLeast("Disk: raw payload smaller by", whole.ratio, 7, "times"),
  ];
}

async function timeBatches(path: string, events: readonly string[]): Promise<number[]> {
  using db = openWriter(path);
  const broker = (stream: "telemetry:events" | "cdc:events") =>
    new SqliteBroker({ db, clock: systemClock, stream, group: "bench" });
  const queue = broker("telemetry:events");
  const changes = broker("cdc:events");
  const words = new Words(db);
  const fastPath = new FastPath({
    db,
    queue,
    traces: new TraceStore(db, words, TABLES),
    deadLetters: new DeadLetters(db, systemClock),
    tombstones: { holds: () => false },
    announce: (blocks) => changes.append(blocks.map(({ id }) => JSON.stringify({ block: id }))),
    stored: new StoredMarks(db, words),
    epoch: async () => "",
    noteStored: () => {},
  });
  const times: number[] = [];
  for (let from = 0; from < events.length; from += 5000) {
    await queue.publish(events.slice(from, from + 5000));
    for (;;) {
      const start = performance.now();
      if (await fastPath.runBatch() === 0) break;
      times.push(performance.now() - start);
    }
  }
  return times;
}

async function timeWhole(path: string, events: readonly string[]) {
  const start = performance.now();
  {
    await using pipeline = new Pipeline({ path, tables: TABLES, clock: systemClock });
    for (let from = 0; from < events.length; from += 1000) {
      await pipeline.accept(events.slice(from, from + 1000), []);
    }
    await pipeline.drain();
  }
  const ms = performance.now() - start;
  using db = openWriter(path);
  const row = db.prepare("select raw_bytes * 1.0 / bytes as ratio from storage").get();
  return { ms, bytes: Deno.statSync(path).size, ratio: Number(row?.ratio) };
}
