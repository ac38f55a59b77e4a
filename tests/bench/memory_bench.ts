/**
 * Whether memory stays flat: a million events through a pipeline in a thread of its own, as a
 * server has it.
 *
 * @module
 */

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
  ];
}
