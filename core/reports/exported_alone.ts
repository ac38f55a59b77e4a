/**
 * Sessions that only exports tell of, as of a machine whose transcripts are gone: nothing of them
 * is in any total. What they took is of log records, else of spans, else of points of metrics.
 *
 * @module
 */

import { type Database, prepareArrays } from "../database.ts";
import { EXPORTED_VIA } from "../session_counts.ts";
import type { Period } from "./period.ts";
import type { Where } from "./sums.ts";

/** What is told of them. */
export interface ExportedAlone {
  readonly sessions: number;
  /** Null where only points of metrics tell of them: these count none. */
  readonly requests: number | null;
  readonly tokens: Readonly<Record<typeof KINDS[number], number>>;
  /** As the client counts it; null where it tells no cost. */
  readonly cost_usd: number | null;
}

const KINDS = ["input", "output", "cache_read", "cache_creation"] as const;
const COUNTED = ["tokens", "cost_micros"];

type RequestRow = [session: number, via: number, requests: number, ...counts: (number | null)[]];
type PointRow = [session: number, metric: string, kind: string | null, value: number];

/** Those of a period. */
export function readExportedAlone(
  db: Database,
  { from = 0, to }: Period,
  { sql, parameters }: Where,
): ExportedAlone {
  const where = `s.counted = 0 and x.at >= ? and x.at < ?${sql}`;
  const places = [from, to, ...parameters];
  const requests = requestsBySession(readRequests(db, where, places));
  const points = Map.groupBy(
    readPoints(db, where, places).filter(([session]) => !requests.has(session)),
    ([session]) => session,
  );
  const rows = [...requests.values()], told = [...points.values()].flat();
  const sumOf = (place: number, metric: string, kind?: string) =>
    rows.reduce((sum, [, , , ...counts]) => sum + (counts[place] ?? 0), 0) +
    told.filter(([, name, of]) => name === metric && (kind === undefined || of === kind))
      .reduce((sum, [, , , value]) => sum + value, 0);
  const isCostTold = rows.some(([, , , ...counts]) => counts[KINDS.length] != null) ||
    told.some(([, metric]) => metric === "cost_micros");
  return {
    sessions: requests.size + points.size,
    requests: rows.length === 0 && points.size > 0
      ? null
      : rows.reduce((sum, [, , one]) => sum + one, 0),
    tokens: Object.fromEntries(
      KINDS.map((kind, place) => [kind, sumOf(place, "tokens", kind)]),
    ) as ExportedAlone["tokens"],
    cost_usd: isCostTold ? sumOf(KINDS.length, "cost_micros") / 1e6 : null,
  };
}

function readRequests(
  db: Database,
  where: string,
  places: readonly (string | number)[],
): RequestRow[] {
  return prepareArrays(
    db,
    `select x.session, x.via, count(*), sum(x.input), sum(x.output), sum(x.cache_read),
       sum(x.cache_creation), sum(x.cost)
     from api_requests x join sessions s on s.id = x.session where ${where} group by 1, 2`,
  ).all(...places) as unknown as RequestRow[];
}

/** A session's log records tell what its spans do. */
function requestsBySession(rows: readonly RequestRow[]): Map<number, RequestRow> {
  const logs = rows.filter(([, via]) => via === EXPORTED_VIA.log);
  const others = rows.filter(([, via]) => via !== EXPORTED_VIA.log);
  return new Map([...others, ...logs].map((row) => [row[0], row]));
}

/** Of points that count from their start on the last of each series tells all before it. */
function readPoints(
  db: Database,
  where: string,
  places: readonly (string | number)[],
): PointRow[] {
  return prepareArrays(
    db,
    `select session, w.text, k.text, sum(value) from (
       select x.session, x.metric, x.kind, x.value, x.cumulative, x.at,
         max(x.at) over (partition by x.session, x.metric, x.kind, x.model, x.purpose,
           x.started_at) as last_at
       from metric_points x join sessions s on s.id = x.session where ${where}
     ) join words w on w.id = metric left join words k on k.id = kind
     where (cumulative = 0 or at = last_at)
       and w.text in (${COUNTED.map((name) => `'${name}'`).join(", ")})
     group by session, metric, kind`,
  ).all(...places) as unknown as PointRow[];
}
