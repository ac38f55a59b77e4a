/**
 * Whether memory stays flat: a million events through a pipeline in a thread of its own, as a
 * server has it, and out of its database again as exports.
 *
 * @module
 */

import { exportText } from "../../cli/exports/export_text.ts";
import { anonymize } from "../../core/anonymous.ts";
import { openForAudit } from "../../core/database.ts";
import { Archive } from "../../pipeline/archive.ts";
import { eventTable } from "../../pipeline/event_table.ts";
import { readStoredEvents } from "../../pipeline/stored_events.ts";
import { PipelineThread } from "../../pipeline/pipeline_thread.ts";
import { madeUpSessions } from "./made_up_events.ts";
import { atMost, type BenchRow } from "./row.ts";

const EVENTS = 1_000_000;
const BATCH = 1000;
/** By then everything that is ever loaded is loaded. */
const WARM = 200_000;
const SAMPLES_EVERY = 20_000;
const MIB = 1024 * 1024;

/** Runs the bench in a folder of its own. */
export async function benchMemory(folder: string): Promise<BenchRow[]> {
  const tables = { claude_code: "claude_raw_traces" };
  await using pipeline = new PipelineThread({ path: `${folder}/memory.db`, tables });
  const early: number[] = [], late: number[] = [];
  let done = 0, batch: string[] = [];
  for (const session of madeUpSessions()) {
    for (const event of session) {
      batch.push(event);
      if (batch.length < BATCH) continue;
      await pipeline.accept(batch, []);
      done += batch.length;
      batch = [];
      if (done % SAMPLES_EVERY !== 0) continue;
      const { rss } = Deno.memoryUsage();
      if (done > WARM && done <= 2 * WARM) early.push(rss);
      if (done > EVENTS - WARM) late.push(rss);
    }
    if (done >= EVENTS) break;
  }
  await pipeline.drain();
  const grown = (Math.max(...late) - Math.max(...early)) / MIB;
  return [
    atMost("Memory: grown from 400,000 to 1,000,000 events", Math.max(0, grown), 20, "MiB"),
    atMost("Memory: to export 1,000,000 events", exported(folder, false), 100, "MiB"),
    atMost("Memory: the same, anonymously", exported(folder, true), 400, "MiB"),
  ];
}

function* sampled<T>(rows: Iterable<T>, look: () => void): Generator<T> {
  let count = 0;
  for (const row of rows) {
    if (++count % SAMPLES_EVERY === 0) look();
    yield row;
  }
}

/** By how much memory grows at most while all events are written as JSON Lines, in MiB. */
function exported(folder: string, isAnonymous: boolean): number {
  const db = openForAudit(`${folder}/memory.db`);
  if (!db) throw new Error("Cannot export: there is no database");
  try {
    const period = { from: Number.MIN_SAFE_INTEGER, to: Number.MAX_SAFE_INTEGER };
    const events = readStoredEvents(db, period, new Archive(db, `${folder}/archive`), () => {});
    const before = Deno.memoryUsage().rss;
    let most = before;
    const look = () => most = Math.max(most, Deno.memoryUsage().rss);
    // An anonymous one reads all rows before it gives the first.
    const table = eventTable(sampled(events, look));
    const { table: told } = isAnonymous
      ? anonymize(table, { k: 5, monthsApart: false })
      : { table };
    const lines = sampled(exportText("jsonl", { what: "events" }, told), look);
    const rows = lines.reduce((count) => count + 1, 0);
    if (rows < EVENTS) throw new Error("Cannot export: events are missing");
    return (most - before) / MIB;
  } finally {
    db.close();
  }
}
