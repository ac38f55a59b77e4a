/**
 * Which sessions a list shows, and in which order.
 *
 * @module
 */

import { type Database, prepareArrays } from "../database.ts";
import { EVENT_TYPES } from "../event.ts";
import { INPUT_COUNTS, MODEL_COUNTS, TOOL_COUNTS } from "../session_counts.ts";
import { acceptanceOf } from "./acceptance.ts";
import { costOf } from "./cost.ts";
import { readForkTimes } from "./lineage.ts";
import type { Period } from "./period.ts";
import { countedSessions, countsOf, readRows, type SessionFilter, type Where } from "./sums.ts";

/** By what sessions can be sorted: the most comes first, what is not known last. */
export const SESSION_SORTS = [
  "recent",
  "started",
  "duration",
  "cost",
  "tokens",
  "prompts",
  "tools",
  "failed",
  "acceptance",
] as const;

/** One of {@linkcode SESSION_SORTS}; `recent` is by the latest moment, `tokens` by output. */
export type SessionSort = typeof SESSION_SORTS[number];

/** What is asked of the order. */
export interface OrderQuery extends SessionFilter {
  /** @default {"recent"} */
  readonly sort?: SessionSort | undefined;
  /** Only sessions that began in it. */
  readonly startedIn?: Period | undefined;
  /** Sessions whose share of accepted edits is below this, or not known, are left out. */
  readonly minAcceptance?: number | undefined;
}

type SessionRow = [number: number, startedAt: number | null, durationMs: number | null];
type Values = ReadonlyMap<number, number | null>;

const WHOLE_SESSIONS: Where = { sql: "x.tier = 0 and x.bucket = 0", parameters: [] };
const PROMPT = EVENT_TYPES.indexOf("user_prompt");

/** The numbers of the sessions, in their order; ties go by the latest moment. */
export function readSessionOrder(db: Database, query: OrderQuery): number[] {
  const { sort = "recent", minAcceptance } = query;
  const counted = countedSessions(query), began = beganIn(query.startedIn);
  const sql = counted.sql + began.sql;
  const parameters = [...counted.parameters, ...began.parameters];
  const rows = prepareArrays(
    db,
    `select s.id, s.started_at, s.ended_at - s.started_at from sessions s where ${sql}
     order by s.ended_at desc, s.session_id`,
  ).all(...parameters) as unknown as SessionRow[];
  const rates = minAcceptance === undefined ? undefined : acceptances(db);
  const numbers = rows.map(([number]) => number)
    .filter((number) => rates === undefined || (rates.get(number) ?? -1) >= minAcceptance!);
  if (sort === "recent") return numbers;
  const values: Values = sort === "started"
    ? new Map(rows.map(([number, startedAt]) => [number, startedAt]))
    : sort === "duration"
    ? durationsOf(db, rows)
    : VALUES[sort](db);
  // What is not known comes behind all that is, nothing too.
  const of = (number: number) => values.get(number) ?? -1;
  return numbers.toSorted((a, b) => of(b) - of(a));
}

/** How long each lasted, a fork without what it inherited. */
function durationsOf(db: Database, rows: readonly SessionRow[]): Values {
  const forks = readForkTimes(db);
  return new Map(rows.map(([number, startedAt, durationMs]) => {
    const inherited = Math.max(0, (forks.get(number) ?? 0) - (startedAt ?? 0));
    return [number, durationMs === null ? null : Math.max(0, durationMs - inherited)];
  }));
}

function beganIn(period: Period | undefined): { sql: string; parameters: number[] } {
  if (!period) return { sql: "", parameters: [] };
  const { from, to } = period;
  if (from === undefined) return { sql: " and s.started_at < ?", parameters: [to] };
  return { sql: " and s.started_at >= ? and s.started_at < ?", parameters: [from, to] };
}

const VALUES: Readonly<
  Record<Exclude<SessionSort, "recent" | "started" | "duration">, (db: Database) => Values>
> = {
  cost: costs,
  tokens: (db) =>
    new Map(
      readModels(db).map(([number, counts]) => [
        number,
        counts.messages === counts.messages_without_tokens ? null : counts.output,
      ]),
    ),
  prompts: (db) => {
    const rows = readRows(db, "input_sums", "x.session, x.member", INPUT_COUNTS, WHOLE_SESSIONS);
    return new Map(
      rows.filter(([, member]) => member === PROMPT).map(([number, , count]) => [
        number!,
        count!,
      ]),
    );
  },
  tools: (db) => new Map(readTools(db, ["uses"]).map(([number, { uses }]) => [number, uses])),
  failed: (db) =>
    new Map(readTools(db, ["failed"]).map(([number, { failed }]) => [number, failed])),
  acceptance: acceptances,
};

function costs(db: Database): Values {
  // Few calls search, and an index knows them.
  const searching = { ...WHOLE_SESSIONS, sql: `${WHOLE_SESSIONS.sql} and x.web_searches <> 0` };
  const searches = new Map(
    readTools(db, ["web_searches"], searching).map(([number, counts]) => [
      number,
      counts.web_searches,
    ]),
  );
  return new Map(
    readModels(db).map(([number, counts]) => [
      number,
      costOf([counts], searches.get(number) ?? 0).cost_usd,
    ]),
  );
}

function acceptances(db: Database): Values {
  return new Map(
    readTools(db, TOOL_COUNTS).map(([number, counts]) => [number, acceptanceOf([counts]).rate]),
  );
}

function readModels(db: Database) {
  return readRows(db, "model_sums", "x.session", MODEL_COUNTS, WHOLE_SESSIONS)
    .map((row) => [row[0]!, countsOf(MODEL_COUNTS, row)] as const);
}

function readTools<Name extends typeof TOOL_COUNTS[number]>(
  db: Database,
  names: readonly Name[],
  where = WHOLE_SESSIONS,
) {
  return readRows(db, "tool_sums", "x.session", names, where)
    .map((row) => [row[0]!, countsOf(names, row)] as const);
}
