/**
 * What the client exports of itself and no transcript tells: how long requests took, which failed
 * or were refused, requests made beside the conversation, and who decided on tools.
 *
 * @module
 */

import { type Database, prepareArrays } from "../database.ts";
import { binnedPercentiles, binOf, type Percentiles } from "../durations.ts";
import { EXPORTED_VIA } from "../session_counts.ts";
import { type ExportedAlone, readExportedAlone } from "./exported_alone.ts";
import { type ExportedCompactions, readExportedCompactions } from "./exported_compactions.ts";
import type { Period } from "./period.ts";
import { type Rate, wilsonRate } from "./rates.ts";
import { sessionConditions, type SessionFilter } from "./sums.ts";

/** Requests that no transcript holds. */
export interface SideRequests {
  readonly requests: number;
  readonly tokens: {
    readonly input: number;
    readonly output: number;
    readonly cache_read: number;
    readonly cache_creation: number;
  };
  /** As the client counts it; null where it tells no cost. */
  readonly cost_usd: number | null;
}

/** Who decided how often, by decision. */
export interface Decisions {
  readonly accepted: number;
  readonly rejected: number;
}

/** The section. */
export interface ExportedReport {
  /** All that are told of: those of the conversation, and side requests. */
  readonly requests: number;
  /** Of the responses of sessions that export, those of which an export tells. */
  readonly seen: Rate | null;
  /** From sending a request to the end of its answer, and to its first token. */
  readonly request_ms: Percentiles | null;
  readonly first_token_ms: Percentiles | null;
  /**
   * Requests that took more than one try, of those that say how many: of answered ones their spans
   * do, of failed ones log records as well.
   */
  readonly retried: Rate | null;
  readonly failed: number;
  /** Why, by class. */
  readonly failed_by_class: Readonly<Record<string, number>>;
  readonly refused: number;
  /** Made beside the conversation: titles, summaries, compactions. */
  readonly side: SideRequests;
  /** The same by what for, as the client calls it; `unknown` where it says nothing. */
  readonly side_by_purpose: Readonly<Record<string, SideRequests>>;
  /** By who decided: `person`, `rule`, `hook`. */
  readonly decisions: Readonly<Record<string, Decisions>>;
  readonly compactions: ExportedCompactions;
  /** Sessions that no transcript and no hook tells of. */
  readonly alone: ExportedAlone;
  /** Records whose name no known version uses, by that. */
  readonly unknown: Readonly<Record<string, number>>;
}

/** What is asked for. */
export interface ExportedQuery {
  readonly period: Period;
  readonly filter: SessionFilter;
}

/** What stands once for each request: a log record before a span. */
const ONCE = `(x.via = ${EXPORTED_VIA.log} or not exists (select 1 from api_requests l
  where l.session = x.session and l.via = ${EXPORTED_VIA.log}))`;
/**
 * Whether a transcript holds a request: by its id, and where a version tells none, by tokens
 * within a quarter of an hour.
 */
const IS_HELD = `(x.response is not null or word_of_purpose.text = 'unknown' and exists
  (select 1 from responses r where r.session = x.session and r.side in (0, 1)
     and r.at between x.at - 900000 and x.at + 900000 and r.model = x.model
     and r.input = x.input and r.cache_read = x.cache_read
     and r.cache_creation = x.cache_creation))`;
/** What it was made for: a version that does not say that tells when compactions ran. */
const PURPOSE = `case when word_of_purpose.text = 'unknown' and exists
  (select 1 from exported_facts c where c.session = x.session
     and c.type = (select id from words where text = 'exported_compaction')
     and x.at between c.at - c.amount and c.at) then 'compact' else word_of_purpose.text end`;
/** What a log record leaves to the span of the same request. */
function alsoOfSpan(column: "attempt" | "ttft_ms"): string {
  return `coalesce(x.${column}, (select span.${column} from api_requests span
    where span.key = x.key and span.via = ${EXPORTED_VIA.span}))`;
}
/** Requests of the conversation itself that only an export tells of are no side requests. */
const OF_CONVERSATION = ["main", "agent"];

/** Purpose, whether held, input, output, cache read, cache creation, cost, times, attempt. */
type RequestRow = [
  purpose: string,
  held: number,
  input: number,
  output: number,
  cacheRead: number,
  cacheCreation: number,
  cost: number | null,
  durationMs: number | null,
  firstTokenMs: number | null,
  attempt: number | null,
];

/** The last two are of failed requests: how many tell their tries, and how many took several. */
type FactRow = [
  type: string,
  kind: string | null,
  verdict: string | null,
  count: number,
  tried: number,
  retried: number,
];

/** The section of a period; null where nothing was exported, or a model is asked for. */
export function readExported(
  db: Database,
  { period, filter }: ExportedQuery,
): ExportedReport | null {
  if (filter.model !== undefined) return null;
  const where = sessionConditions(filter), { sql, parameters } = where;
  const places = [period.from ?? 0, period.to, ...parameters];
  const alone = readExportedAlone(db, period, where);
  const facts = readFacts(db, sql, places);
  const requests = readRequests(db, sql, places);
  if (requests.length === 0 && facts.length === 0 && alone.sessions === 0) return null;
  const failed = facts.filter(([type]) => type === "failed_request");
  const side = requests.filter(([purpose, held]) =>
    held === 0 && !OF_CONVERSATION.includes(purpose)
  );
  return {
    requests: requests.length,
    seen: readSeen(db, sql, places),
    request_ms: timesOf(requests.map(([, , , , , , , ms]) => ms)),
    first_token_ms: timesOf(requests.map(([, , , , , , , , ms]) => ms)),
    retried: retriedOf(requests, failed),
    failed: countOf(failed, "failed_request"),
    failed_by_class: byKind(failed),
    refused: countOf(facts, "refused_request"),
    side: sideOf(side),
    side_by_purpose: Object.fromEntries(
      [...Map.groupBy(side, ([purpose]) => purpose)].sort(([a], [b]) => a < b ? -1 : 1)
        .map(([purpose, rows]) => [purpose, sideOf(rows)]),
    ),
    decisions: decisionsOf(facts.filter(([type]) => type === "tool_decision")),
    compactions: readExportedCompactions(db, period, where),
    alone,
    unknown: byKind(facts.filter(([type]) => type === "unknown_export")),
  };
}

function readRequests(
  db: Database,
  sql: string,
  places: readonly (string | number)[],
): RequestRow[] {
  return prepareArrays(
    db,
    `select ${PURPOSE}, ${IS_HELD}, x.input, x.output, x.cache_read,
       x.cache_creation, x.cost, x.duration_ms, ${alsoOfSpan("ttft_ms")},
       ${alsoOfSpan("attempt")}
     from api_requests x join sessions s on s.id = x.session
       join words word_of_purpose on word_of_purpose.id = x.purpose
     where x.at >= ? and x.at < ?${sql} and ${ONCE}`,
  ).all(...places) as unknown as RequestRow[];
}

function readFacts(db: Database, sql: string, places: readonly (string | number)[]): FactRow[] {
  return prepareArrays(
    db,
    `select t.text, k.text, v.text, count(*), count(x.amount), ifnull(sum(x.amount > 1), 0)
     from exported_facts x
     join sessions s on s.id = x.session join words t on t.id = x.type
     left join words k on k.id = x.kind left join words v on v.id = x.verdict
     where x.at >= ? and x.at < ?${sql} and (x.via = ${EXPORTED_VIA.log}
       or t.text = 'failed_request' and ${ONCE} and not exists (select 1 from exported_facts l
         where l.session = x.session and l.type = x.type and l.via = ${EXPORTED_VIA.log}))
     group by 1, 2, 3`,
  ).all(...places) as unknown as FactRow[];
}

function retriedOf(requests: readonly RequestRow[], failed: readonly FactRow[]): Rate | null {
  const tries = requests.flatMap(([, , , , , , , , , attempt]) => attempt ?? []);
  const sum = (of: (row: FactRow) => number) => failed.reduce((all, row) => all + of(row), 0);
  return wilsonRate(
    tries.filter((attempt) => attempt > 1).length + sum(([, , , , , retried]) => retried),
    tries.length + sum(([, , , , tried]) => tried),
  );
}

/** Only of sessions that export at all: one that does not is not half seen. */
function readSeen(
  db: Database,
  sql: string,
  places: readonly (string | number)[],
): Rate | null {
  const [all = 0, seen = 0] = prepareArrays(
    db,
    `select count(*), sum(exists (select 1 from api_requests a where a.session = r.session
       and a.at between r.at - 900000 and r.at + 900000
       and (a.response = r.key or a.model = r.model and a.input = r.input
         and a.cache_read = r.cache_read and a.cache_creation = r.cache_creation)))
     from responses r join sessions s on s.id = r.session
     where r.at >= ? and r.at < ?${sql}
       and exists (select 1 from api_requests e where e.session = r.session)`,
  ).get(...places) as unknown as [number, number | null];
  return wilsonRate(seen ?? 0, all);
}

function timesOf(times: readonly (number | null)[]): Percentiles | null {
  const bins = Map.groupBy(times.filter((ms) => ms !== null), binOf);
  return binnedPercentiles([...bins].map(([bin, { length }]) => [bin, length]));
}

function sideOf(rows: readonly RequestRow[]): SideRequests {
  const sum = (of: (row: RequestRow) => number) => rows.reduce((all, row) => all + of(row), 0);
  const told = rows.filter(([, , , , , , cost]) => cost !== null);
  return {
    requests: rows.length,
    tokens: {
      input: sum(([, , input]) => input),
      output: sum(([, , , output]) => output),
      cache_read: sum(([, , , , read]) => read),
      cache_creation: sum(([, , , , , creation]) => creation),
    },
    cost_usd: told.length === 0 ? null : sum(([, , , , , , cost]) => cost ?? 0) / 1e6,
  };
}

function decisionsOf(facts: readonly FactRow[]): Record<string, Decisions> {
  const of = (rows: readonly FactRow[], wanted: string) =>
    rows.filter(([, , verdict]) => verdict === wanted).reduce((n, [, , , one]) => n + one, 0);
  return Object.fromEntries(
    [...Map.groupBy(facts, ([, who]) => who ?? "other")].sort(([a], [b]) => a < b ? -1 : 1)
      .map((
        [who, rows],
      ) => [who, { accepted: of(rows, "accept"), rejected: of(rows, "reject") }]),
  );
}

function byKind(facts: readonly FactRow[]): Record<string, number> {
  return Object.fromEntries(facts.map(([, kind, , count]) => [kind ?? "other", count]));
}

function countOf(facts: readonly FactRow[], wanted: string): number {
  return facts.filter(([type]) => type === wanted).reduce((n, [, , , one]) => n + one, 0);
}
