/**
 * Sessions, metrics by day and turns as tables to be exported, a page at a time: a long history
 * takes no more memory than a short one. No name of a project is in them.
 *
 * @module
 */

import { type Database, prepareArrays } from "../database.ts";
import { type ExportColumn, type ExportTable, SESSION_TEXTS, textOf } from "../exported.ts";
import { groupNumbers, numberAt, sessionNumbers } from "../metrics.ts";
import { readWords } from "../words.ts";
import { readGroups } from "./groups.ts";
import type { Period } from "./period.ts";
import { reportSessions, type Session } from "./sessions_report.ts";
import { countedSessions, type SessionFilter } from "./sums.ts";
import { withToldTokens } from "./told_tokens.ts";

/** Which part of the history is exported. */
export interface ExportQuery extends SessionFilter {
  /** Sessions that began in it, what happened in it. */
  readonly period: Period;
  /** Milliseconds since 1970 UTC. */
  readonly now: number;
}

const PAGE = 200;
const TURNS_PAGE = 5000;

const ROLES: Readonly<Record<string, ExportColumn["role"]>> = {
  session_id: "unit",
  platform: "category",
  models: "category",
  project_id: "project",
  started_at: "time",
};

const KINDS = { usd: "number", share: "number", flag: "flag" } as const;

/** The columns of {@linkcode sessionsTable}. */
export function sessionColumns(): ExportColumn[] {
  return [...SESSION_TEXTS.map(textColumn), ...sessionNumbers().map(numberColumn)];
}

/** Sessions that began in the period, the latest first. */
export function sessionsTable(db: Database, query: ExportQuery): ExportTable {
  const numbers = sessionNumbers();
  return {
    columns: sessionColumns(),
    rows: {
      *[Symbol.iterator]() {
        for (const session of sessionsIn(db, query)) {
          const { project_label: _, ...document } = session, told = withToldTokens(session);
          yield {
            document,
            cells: [
              ...SESSION_TEXTS.map((name) => textOf(session[name])),
              ...numbers.map(({ path }) => numberAt(told, path)),
            ],
          };
        }
      },
    },
  };
}

/** The columns of {@linkcode metricsTable}. */
export function dayColumns(): ExportColumn[] {
  const numbers = groupNumbers("totals", "rates").map(numberColumn);
  return [{ name: "day", kind: "text", role: "day" }, ...numbers];
}

/** A row for each day of this machine's zone on which something happened. */
export function metricsTable(db: Database, query: ExportQuery): ExportTable {
  const numbers = groupNumbers("totals", "rates");
  const groups = readGroups(db, query, "day", readWords(db));
  return {
    columns: dayColumns(),
    rows: groups.map(({ key: day, totals, rates }) => {
      const told = { totals: withToldTokens(totals), rates };
      return {
        document: { day, totals, rates },
        cells: [day, ...numbers.map(({ path, part }) => numberAt(told, path, part))],
      };
    }),
  };
}

/** The columns of {@linkcode conversationsTable}. */
export const TURN_COLUMNS: readonly ExportColumn[] = [
  ...["session_id", "platform", "project_id", "started_at"].map(textColumn),
  { name: "duration_ms", kind: "integer" },
  { name: "responses", kind: "integer" },
  { name: "tool_calls", kind: "integer" },
  { name: "failed", kind: "integer" },
  { name: "interrupted", kind: "flag" },
];

/** The turns of sessions: from what a person typed to the last answer before the next. */
export function conversationsTable(db: Database, query: ExportQuery): ExportTable {
  const words = readWords(db);
  return {
    columns: TURN_COLUMNS,
    rows: {
      *[Symbol.iterator]() {
        for (const turn of turnsIn(db, query)) {
          const [sessionId, platform, project, startedAt, ...counts] = turn;
          const interrupted = counts.pop() === 1;
          const cells = [
            sessionId,
            words.get(platform) ?? "other",
            project === null ? null : words.get(project) ?? null,
            new Date(startedAt).toISOString(),
            ...counts,
            interrupted,
          ];
          const named = TURN_COLUMNS.map(({ name }, i) => [name, cells[i]] as const);
          yield { document: Object.fromEntries(named), cells };
        }
      },
    },
  };
}

/** All matching sessions, read a page at a time. */
function* sessionsIn(db: Database, query: ExportQuery): Generator<Session> {
  const { period: startedIn, ...filter } = query;
  for (let offset = 0;; offset += PAGE) {
    const { sessions } = reportSessions(db, { ...filter, startedIn, limit: PAGE, offset });
    yield* sessions;
    if (sessions.length < PAGE) return;
  }
}

type TurnRow = [
  sessionId: string,
  platform: number,
  project: number | null,
  startedAt: number,
  ...counts: (number | null)[],
];

function* turnsIn(db: Database, { period, ...filter }: ExportQuery): Generator<TurnRow> {
  const { sql, parameters } = countedSessions(filter);
  const page = prepareArrays(
    db,
    `select s.session_id, s.platform, s.project, t.started_at, t.duration_ms, t.responses,
       t.tool_calls, t.failed, t.interrupted
     from turns t join sessions s on s.id = t.session
     where ${sql} and t.started_at >= ? and t.started_at < ?
     order by t.session, t.started_at, t.input limit ${TURNS_PAGE} offset ?`,
  );
  const range = [period.from ?? Number.MIN_SAFE_INTEGER, period.to];
  for (let offset = 0;; offset += TURNS_PAGE) {
    const turns = page.all(...parameters, ...range, offset) as unknown as TurnRow[];
    yield* turns;
    if (turns.length < TURNS_PAGE) return;
  }
}

function textColumn(name: string): ExportColumn {
  const role = ROLES[name];
  return { name, kind: "text", ...(role ? { role } : {}) };
}

function numberColumn({ id, unit }: { id: string; unit: string }): ExportColumn {
  return { name: id, kind: KINDS[unit as keyof typeof KINDS] ?? "integer" };
}
