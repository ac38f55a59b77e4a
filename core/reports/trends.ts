/**
 * How busy each group of a report was over its period: what the small bars beside it show.
 *
 * @module
 */

import { type Database, prepareArrays } from "../database.ts";
import { CALL_COUNTS } from "../fates.ts";
import { MODEL_COUNTS } from "../session_counts.ts";
import { keptTiers } from "../tiers.ts";
import { readWords } from "../words.ts";
import { type CallKinds, type MemberGroup, readKinds } from "./digest_parts.ts";
import type { Digests } from "./digest_rows.ts";
import { coverOf, type Interval, type Run } from "./digest_store.ts";
import { wordKey } from "./groups.ts";
import { groupColumn, isOfTime } from "./group_column.ts";
import { type DigestLists, joinNamed } from "./joined_digests.ts";
import { addRuns } from "./kept_runs.ts";
import type { MetricsQuery } from "./metrics_report.ts";
import { timedStretchOf } from "./pieces.ts";
import {
  and,
  readRows,
  sessionConditions,
  type SumTableName,
  type Where,
  whereOf,
} from "./sums.ts";
import type { GroupBy } from "./report_choices.ts";

/**
 * Tool calls of tools and extensions, responses of all else, in so many stretches of equal length,
 * by the key of the group. A period without begin starts with what was first.
 */
export function readTrends(
  db: Database,
  query: MetricsQuery,
  by: GroupBy,
  stretches: number,
): ReadonlyMap<string, readonly number[]> {
  const words = readWords(db), name = wordKey(words);
  const ofTools = by === "tool" || by === "extension" || by === "mode";
  const table = by === "extension" ? "extension_sums" : ofTools ? "tool_sums" : "model_sums";
  const counted = ofTools ? "uses" : "messages";
  const stretch = timedStretchOf(query.period, query.now, keptTiers(db));
  const ofAll = whereOf(stretch, query);
  const asked = (where: Where) =>
    query.model === undefined
      ? where
      : and(where, "x.member = (select id from words where text = ?)", [query.model]);
  const { to, from = firstBucket(db, table, asked(ofAll)) } = query.period;
  const trends = new Map<string, number[]>();
  const isWhole = sessionConditions(query).sql === "" && query.model === undefined &&
    !isOfTime(by);
  const place = by === "project" || by === "platform" ? by : undefined, kinds = readKinds(db);
  const levels = place ? ["day", "month"] as const : ["hour", "day", "month"] as const;
  for (let at = 0; at < stretches; at++) {
    const add = (key: string, count: number) => {
      if (count === 0) return;
      trends.getOrInsertComputed(key, () => Array<number>(stretches).fill(0))[at]! += count;
    };
    const border = (place: number) => Math.ceil(from + (to - from) * place / stretches);
    // A bucket may begin before the period that it belongs to.
    const span: Interval = [
      at === 0 ? stretch.from : border(at),
      at === stretches - 1 ? stretch.to : border(at + 1),
    ];
    const { runs, ranges } = isWhole
      ? coverOf(db, span, levels, "nothing")
      : { runs: [], ranges: [span] };
    addDigests(db, runs, { place, by: by as MemberGroup, kinds, name, add });
    for (const [from, to] of ranges) {
      const where = asked(whereOf({ ...stretch, from, to }, query));
      for (const [key, count] of readRows(db, table, groupColumn(by), [counted], where)) {
        add(name(key ?? -1), count!);
      }
    }
  }
  return trends;
}

const MESSAGES = MODEL_COUNTS.indexOf("messages"), USES = CALL_COUNTS.indexOf("uses");

/** How digests are told apart, by `place` where there is one, and what takes their counts. */
interface DigestTrends {
  readonly place: "project" | "platform" | undefined;
  readonly by: MemberGroup;
  readonly kinds: CallKinds;
  readonly name: (member: number) => string;
  readonly add: (key: string, count: number) => void;
}

/** What of months, days and hours is stored. */
function addDigests(
  db: Database,
  runs: readonly Run[],
  { place, by, kinds, name, add }: DigestTrends,
): void {
  const digests: Digests = new Map(), lists: DigestLists = new Map();
  addRuns(db, lists, {
    runs,
    of: place ? "places" : "all",
    parts: { whole: false, durations: false, tools: false },
    nameOf: (stored) => place ? name(stored[place] || -1) : "",
    by: `trends ${place ?? ""}`,
  });
  joinNamed(digests, lists);
  for (const [key, { models, calls }] of digests) {
    if (place || by === "model") {
      for (const [model, counts] of models) add(place ? key : name(model), counts[MESSAGES]!);
      continue;
    }
    for (const [kind, counts] of calls) {
      const known = kinds.get(kind)!, isCall = known[by === "mode" ? "tool" : by] !== 0;
      if (isCall) add(name(known[by]), counts[USES]!);
    }
  }
}

function firstBucket(db: Database, table: SumTableName, { sql, parameters }: Where): number {
  const sessions = sql.includes("s.") ? " join sessions s on s.id = x.session" : "";
  const [first] = prepareArrays(
    db,
    `select min(x.bucket) from ${table} x${sessions} where ${sql}`,
  )
    .get(...parameters) as unknown as [number | null];
  return first ?? 0;
}
