/**
 * Calls of tools by the hour of the user's day in which they were made.
 *
 * @module
 */

import type { Database } from "../database.ts";
import { CALL_COUNTS } from "../fates.ts";
import { readWords } from "../words.ts";
import { modelNumber, readKinds } from "./digest_parts.ts";
import { readGroupedDigests } from "./digests.ts";
import { localKeys } from "./local_time.ts";
import type { MetricsQuery } from "./metrics_report.ts";

/** Calls of one tool in one hour of the day. */
export interface ToolHour {
  uses: number;
  failed: number;
  rejected: number;
}

/** By tool, then by hour from 0 to 23; hours without a call are left out. */
export type ToolHours = ReadonlyMap<string, ReadonlyMap<number, ToolHour>>;

const COUNTS = ["uses", "failed", "rejected"] as const;
const PLACES = COUNTS.map((name) => CALL_COUNTS.indexOf(name));

/** Reads them, the most used tool first. */
export function readToolHours(db: Database, query: MetricsQuery): ToolHours {
  const by = "hour-of-day", words = readWords(db), kinds = readKinds(db);
  const model = query.model === undefined ? undefined : modelNumber(query.model, words);
  const { period, now } = query, parts = { whole: false, times: false, tools: false };
  const digests = readGroupedDigests(db, { period, now, filter: query, parts }, {
    group: "time",
    by,
    name: localKeys(by),
  });
  const tools = new Map<string, Map<number, ToolHour>>();
  for (const [hour, { calls }] of digests) {
    for (const [kind, counts] of calls) {
      const { tool, model: of } = kinds.get(kind)!;
      const [uses, failed, rejected] = PLACES.map((place) => counts[place]!);
      // What was asked for without a tool has number 0.
      if (tool === 0 || uses === 0 || model !== undefined && of !== model) continue;
      const hours = tools.getOrInsertComputed(words.get(tool) ?? "other", () => new Map());
      const nothing = () => ({ uses: 0, failed: 0, rejected: 0 });
      const known = hours.getOrInsertComputed(Number(hour), nothing);
      known.uses += uses!;
      known.failed += failed!;
      known.rejected += rejected!;
    }
  }
  const all = (hours: ReadonlyMap<number, ToolHour>) =>
    hours.values().reduce((sum, { uses }) => sum + uses, 0);
  return new Map(
    [...tools].sort(([a, x], [b, y]) => all(y) - all(x) || (a < b ? -1 : 1)),
  );
}
