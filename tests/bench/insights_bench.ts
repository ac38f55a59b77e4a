/**
 * Insights: what one step of a very long session takes, and the report over many sessions.
 *
 * @module
 */

import { systemClock } from "../../core/clock.ts";
import { inTransaction, openReader } from "../../core/database.ts";
import { openWriter } from "../../core/open_writer.ts";
import { decodeEvent } from "../../core/event.ts";
import { openPrices } from "../../core/prices.ts";
import { reportInsights } from "../../core/reports/insights_report.ts";
import { Words } from "../../core/words.ts";
import { DirtySessions, EVERYTHING_AT } from "../../pipeline/derive/dirty_sessions.ts";
import { InsightTable } from "../../pipeline/derive/insight_table.ts";
import { MetricsFold } from "../../pipeline/derive/metrics_fold.ts";
import { UsageTable } from "../../pipeline/derive/usage_table.ts";
import { Pipeline } from "../../pipeline/pipeline.ts";
import { TraceStore } from "../../pipeline/trace_store.ts";
import { madeUpEvents, madeUpSessions } from "./made_up_events.ts";
import { atMost, type BenchRow, percentile } from "./row.ts";

const EVENTS = 200_000;
const LONG_EVENTS = 60_000;
const TABLES = { claude_code: "claude_raw_traces" };
const REPORTS = 50;

/** Runs the bench in a folder of its own. */
export async function benchInsights(folder: string): Promise<BenchRow[]> {
  const steps = timeSteps(`${folder}/long.db`);
  const reports = await timeReports(`${folder}/insights.db`);
  return [
    atMost(
      "Insights: a step of a session of 60,000 events, p95",
      percentile(steps, 0.95),
      5,
      "ms",
    ),
    atMost("Insights: report over 200,000 events, p50", percentile(reports, 0.5), 10, "ms"),
  ];
}

/** Derives one session to which no other one compares. */
function timeSteps(path: string): number[] {
  using db = openWriter(path);
  const words = new Words(db), prices = openPrices(undefined);
  const number = new TraceStore(db, words, TABLES).session("claude_code", "long");
  const fold = new MetricsFold({
    db,
    words,
    clock: systemClock,
    prices,
    sessionNumber: () => number,
    dirty: new DirtySessions(db, []),
  });
  let count = 0;
  for (const session of madeUpSessions()) {
    inTransaction(db, () => fold.apply(session.map(decodeEvent)));
    count += session.length;
    if (count >= LONG_EVENTS) break;
  }
  const usage = new UsageTable(db, words, prices, systemClock);
  const table = new InsightTable(db, words, prices, usage), times: number[] = [];
  let from: number | undefined = EVERYTHING_AT;
  while (from !== undefined) {
    const at: number = from, start = performance.now();
    from = inTransaction(db, () => table.derive(number, at));
    times.push(performance.now() - start);
  }
  return times;
}

async function timeReports(path: string): Promise<number[]> {
  {
    await using pipeline = new Pipeline({ path, tables: TABLES, clock: systemClock });
    const events = madeUpEvents(EVENTS);
    for (let from = 0; from < events.length; from += 1000) {
      await pipeline.accept(events.slice(from, from + 1000), []);
    }
    await pipeline.drain();
  }
  using db = openReader(path)!;
  return Array.from({ length: REPORTS }, () => {
    const start = performance.now();
    reportInsights(db);
    return performance.now() - start;
  });
}
