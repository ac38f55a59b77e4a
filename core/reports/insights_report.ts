/**
 * The report of insights: what was found, each with its numbers and what to do.
 *
 * @module
 */

import { type Database, prepareArrays } from "../database.ts";
import { INSIGHT_KINDS, INSIGHT_TYPES, type InsightKind } from "../insight_kinds.ts";
import { readWords } from "../words.ts";
import { type Coverage, type FilesRead, readCoverage } from "./coverage.ts";
import { countedSessions, type SessionFilter } from "./sums.ts";

/** What is asked of the report. */
export interface InsightsQuery extends SessionFilter {
  /** Only these; all of them without it. */
  readonly type?: typeof INSIGHT_TYPES[number] | undefined;
  /** How many; 0 is all. @default {20} */
  readonly limit?: number;
  /** Names of projects by their hash, where they can be told. */
  readonly labels?: ReadonlyMap<string, string>;
  /** What is known better than the database tells. */
  readonly coverage?: FilesRead | undefined;
}

/** One finding. */
export interface Insight {
  readonly kind: string;
  readonly type: string;
  readonly title: string;
  readonly session_id: string;
  readonly platform: string;
  readonly project_id: string | null;
  readonly project_label: string | null;
  /** The tool that it speaks of. */
  readonly tool: string | null;
  /** What was counted, by name. */
  readonly numbers: Readonly<Record<string, number>>;
  /** Of how many. */
  readonly n: number;
  readonly period: { readonly from: string; readonly to: string };
  readonly suggestion: string;
}

/** The document. */
export interface InsightsReport {
  readonly schema: "blueplane.insights/1";
  readonly insights: readonly Insight[];
  readonly total: number;
  readonly coverage: Coverage;
}

type Row = [
  sessionId: string,
  platform: number,
  project: number | null,
  kind: string,
  member: number,
  at: number,
  untilAt: number,
  count: number,
  n: number,
];

/** Insights, the latest first. */
export function reportInsights(db: Database, query: InsightsQuery = {}): InsightsReport {
  const { type, limit = 20, labels = new Map() } = query;
  const kinds = new Map(
    INSIGHT_KINDS.filter((kind) => type === undefined || kind.type === type)
      .map((kind) => [kind.name, kind]),
  );
  const { sql, parameters } = countedSessions(query);
  const from = `from insights x join sessions s on s.id = x.session
    join words k on k.id = x.kind
    where k.text in (select value from json_each(?)) and ${sql}`;
  const given = [JSON.stringify([...kinds.keys()]), ...parameters];
  const [total] = prepareArrays(db, `select count(*) ${from}`)
    .get(...given) as unknown as [number];
  const rows = prepareArrays(
    db,
    `select s.session_id, s.platform, s.project, k.text, x.member, x.at, x.until_at, x.count, x.n
     ${from} order by x.until_at desc, s.session_id, k.text, x.count desc, x.at
     limit ?`,
  ).all(...given, limit === 0 ? -1 : limit) as unknown as Row[];
  const words = readWords(db);
  return {
    schema: "blueplane.insights/1",
    insights: rows.map((row) => insightOf(row, kinds.get(row[3])!, words, labels)),
    total,
    coverage: readCoverage(db, query.coverage),
  };
}

function insightOf(
  [sessionId, platform, project, kind, member, at, untilAt, count, n]: Row,
  { type, counts, title, suggestion }: InsightKind,
  words: ReadonlyMap<number, string>,
  labels: ReadonlyMap<string, string>,
): Insight {
  const projectId = project === null ? null : words.get(project) ?? null;
  const tool = words.get(member);
  return {
    kind,
    type,
    title: title(count, tool),
    session_id: sessionId,
    platform: words.get(platform) ?? "other",
    project_id: projectId,
    project_label: projectId === null ? null : labels.get(projectId) ?? null,
    tool: tool ?? null,
    numbers: { [counts]: count },
    n,
    period: { from: new Date(at).toISOString(), to: new Date(untilAt).toISOString() },
    suggestion,
  };
}
