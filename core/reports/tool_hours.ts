/**
 * Calls of tools by the hour of the user's day in which they were made.
 *
 * @module
 */

import type { Database } from "../database.ts";
import { readWords } from "../words.ts";
import { keptTiers } from "../tiers.ts";
import { localKeys, localStart } from "./local_time.ts";
import type { MetricsQuery } from "./metrics_report.ts";
import { timedStretchOf } from "./pieces.ts";
import { readRows, whereOf, withModel } from "./sums.ts";

/** Calls of one tool in one hour of the day. */
export interface ToolHour {
  uses: number;
  failed: number;
  rejected: number;
}

/** By tool, then by hour from 0 to 23; hours without a call are left out. */
export type ToolHours = ReadonlyMap<string, ReadonlyMap<number, ToolHour>>;

const COUNTS = ["uses", "failed", "rejected"] as const;

/** Reads them, the most used tool first. */
export function readToolHours(db: Database, query: MetricsQuery): ToolHours {
  const stretch = timedStretchOf(query.period, query.now, keptTiers(db));
  const by = "hour-of-day" as const;
  const start = localStart(by, { from: stretch.from, to: Math.min(stretch.to, query.now) });
  const where = withModel(whereOf(stretch, query), query.model);
  const words = readWords(db), hourOf = localKeys(by);
  const tools = new Map<string, Map<number, ToolHour>>();
  const rows = readRows(db, "kind_sums", `${start}, x.tool`, COUNTS, where) as number[][];
  for (const [bucket, tool, uses, failed, rejected] of rows) {
    // What was asked for without a tool has number 0.
    if (!tool || !uses) continue;
    const name = words.get(tool) ?? "other", hour = Number(hourOf(bucket!));
    const hours = tools.get(name) ?? new Map<number, ToolHour>();
    const known = hours.get(hour) ?? { uses: 0, failed: 0, rejected: 0 };
    known.uses += uses;
    known.failed += failed!;
    known.rejected += rejected!;
    tools.set(name, hours.set(hour, known));
  }
  const all = (hours: ReadonlyMap<number, ToolHour>) =>
    hours.values().reduce((sum, { uses }) => sum + uses, 0);
  return new Map(
    [...tools].sort(([a, x], [b, y]) => all(y) - all(x) || (a < b ? -1 : 1)),
  );
}
