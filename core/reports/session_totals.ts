/**
 * The sums of many sessions at once, as kinds of insights set them beside each other.
 *
 * @module
 */

import { type Database, isKeeper, prepareArrays } from "../database.ts";
import { EVENT_TYPES } from "../event.ts";
import { COST_PARTS } from "../fates.ts";
import { VERDICTS, WEB_SEARCH_MICROS } from "../session_counts.ts";
import type { ModelWork, SessionTotals, ToolTotals } from "../insight_rule.ts";
import { among, keepOfSessions, ofSessions } from "../kept_sessions.ts";
import { readWordNumber, readWords } from "../words.ts";
import type { Period } from "./period.ts";
import { headsGoingOn, readSessionHeads, type SessionHead } from "./session_heads.ts";
import { sessionConditions, type SessionFilter } from "./sums.ts";

/** What is older says little of how it is done today. */
const RECENT_MS = 90 * 86_400_000;

const TOOL_NUMBERS = "uses, ok, failed, rejected, lines_added + lines_removed";
const IS_CALL = `${["uses", ...VERDICTS.map((verdict) => `edits_${verdict}`)].join(" + ")} <> 0`;
const TOOL_COSTS = "cost_edits_rejected + cost_refused_by_person, cost_calls_failed";
const SPENT = COST_PARTS.filter((part) => part !== "unlinked").map((part) => `cost_${part}`)
  .join(" + ");
const KEPT = "lines_accepted + lines_auto, edits_accepted + edits_auto, edits_accepted + " +
  "edits_auto + edits_rejected + edits_modified + edits_undone";

type Head = [number, string, number, number | null, number, number];
type Models = Map<string, { messages: number; micros: number | null }>;

/** A session, and those of its tools that are of a server. */
interface Kept {
  readonly totals: SessionTotals;
  readonly served: readonly string[];
}

/** What most sessions did will never change again. */
const keptOf = keepOfSessions(readTotals);
/** The same with servers, by which those were known. */
const WITH_SERVERS = new WeakMap<
  SessionTotals,
  { readonly mark: string; readonly totals: SessionTotals }
>();

/**
 * The sessions that went on in a period, or in the last three months before the latest one, the
 * earliest first. Each is the same object until something in it changes.
 */
export function readSessionTotals(
  db: Database,
  filter: SessionFilter,
  words: ReadonlyMap<number, string>,
  period?: Period,
): SessionTotals[] {
  const numbers = readNumbers(db, filter, period ?? recent(db)), kept = keptOf(db, numbers);
  const servers = readServers(db, words), mark = JSON.stringify([...servers]);
  return numbers.map((number) => withServers(kept.get(number)!, servers, mark));
}

/** Sessions with a beginning and an end, the earliest first. */
function readNumbers(
  db: Database,
  filter: SessionFilter,
  { from = Number.MIN_SAFE_INTEGER, to }: Period,
): number[] {
  if (filter.session === undefined && isKeeper(db)) {
    const passes = passesOf(db, filter);
    return headsGoingOn(db, { from, to })
      .filter((head) => head.startedAt !== null && head.endedAt !== null && passes(head))
      .sort((a, b) =>
        a.startedAt! - b.startedAt! ||
        (a.sessionId === b.sessionId ? a.number - b.number : a.sessionId < b.sessionId ? -1 : 1)
      )
      .map(({ number }) => number);
  }
  const { sql, parameters } = sessionConditions(filter);
  const [text] = prepareArrays(
    db,
    `select json_group_array(s.id order by s.started_at, s.session_id, s.id)
     from sessions s where s.counted = 1 and s.started_at < ? and s.ended_at >= ?${sql}`,
  ).get(to, from, ...parameters) as unknown as [string];
  return JSON.parse(text) as number[];
}

function passesOf(db: Database, { platform, project }: SessionFilter) {
  const numberOf = (text: string) => readWordNumber(db, text);
  const wanted = platform === undefined ? undefined : numberOf(platform);
  const projects = [project ?? []].flat().map(numberOf);
  return (head: SessionHead) =>
    (wanted === undefined || head.platform === wanted) &&
    (projects.length === 0 || head.project !== null && projects.includes(head.project));
}

/** Of which server a tool is can be told after its calls. */
function withServers(
  { totals, served }: Kept,
  servers: ReadonlyMap<string, string>,
  mark: string,
): SessionTotals {
  if (served.length === 0) return totals;
  const known = WITH_SERVERS.get(totals);
  if (known?.mark === mark) return known.totals;
  const named = { ...totals, servers: new Set(served.map((name) => servers.get(name) ?? null)) };
  WITH_SERVERS.set(totals, { mark, totals: named });
  return named;
}

/** Of each of these sessions what its sums tell, but for the servers of its tools. */
function readTotals(
  db: Database,
  sessions: readonly number[] = [],
): [number, Kept][] {
  const words = readWords(db);
  const textOf = (number: number | null) => words.get(number ?? -1) ?? "other";
  const heads = prepareArrays(
    db,
    `select id, session_id, platform, project, started_at, ended_at from sessions
     where true${ofSessions("id", sessions)}`,
  ).all(...among(sessions)) as unknown as Head[];
  // One text of all takes less than half of the time that as many rows do.
  const read = (table: string, columns: string) => {
    const [rows] = prepareArrays(
      db,
      `select json_group_array(json_array(session, member, ${columns})) from ${table}
       where tier = 0 and bucket = 0${ofSessions("session", sessions)}`,
    ).get(...among(sessions)) as unknown as [string];
    return Map.groupBy(JSON.parse(rows) as number[][], ([session]) => session!);
  };
  const models = read(
    "model_sums",
    "messages, cost_micros, input + output + cache_read + cache_creation - priced_tokens + " +
      "messages_without_tokens",
  );
  // Tools and models alike: a row has many columns, and to read it twice takes twice as long.
  const calls = read(
    "(select *, tool as member from kind_sums)",
    `model, web_searches, ${IS_CALL}, ${TOOL_NUMBERS}, ${TOOL_COSTS}, ${SPENT}, ${KEPT}`,
  );
  const inputs = read("input_sums", "count");
  return heads.map(([number, sessionId, platform, project, startedAt, endedAt]) => {
    const rows = inputs.get(number) ?? [], made = calls.get(number) ?? [];
    const tools = toolsOf(made, textOf);
    const totals = {
      number,
      sessionId,
      platform: textOf(platform),
      project: project === null ? null : textOf(project),
      startedAt,
      endedAt,
      prompts: countOf(rows, "user_prompt") + countOf(rows, "queued_prompt"),
      interruptions: countOf(rows, "interruption"),
      models: modelsOf(models.get(number) ?? [], made, textOf),
      tools,
      work: workOf(made, textOf),
      servers: new Set<string>(),
    };
    const served = tools.keys().filter((name) => name.startsWith("mcp:")).toArray();
    return [number, { totals, served }];
  });
}

function recent(db: Database): Period {
  const last = isKeeper(db) ? readSessionHeads(db)[0]?.endedAt ?? null : latestEnd(db);
  return { from: (last ?? 0) - RECENT_MS, to: Number.MAX_SAFE_INTEGER };
}

function latestEnd(db: Database): number | null {
  const [last] = prepareArrays(db, "select max(ended_at) from sessions where counted = 1")
    .get() as unknown as [number | null];
  return last;
}

function readServers(
  db: Database,
  words: ReadonlyMap<number, string>,
): ReadonlyMap<string, string> {
  const rows = prepareArrays(db, "select tool, server from mcp_tools").all() as unknown as [
    number,
    number,
  ][];
  return new Map(rows.map(([tool, server]) => [words.get(tool) ?? "", words.get(server) ?? ""]));
}

/** With the searches beside their responses. */
function modelsOf(
  rows: readonly number[][],
  calls: readonly number[][],
  textOf: (number: number) => string,
): Models {
  return new Map(rows.map(([, model, messages, micros, unpriced]) => {
    const searches = calls.reduce((sum, call) => sum + (call[2] === model ? call[3]! : 0), 0);
    const all = micros! + searches * WEB_SEARCH_MICROS;
    return [textOf(model!), { messages: messages!, micros: unpriced! > 0 ? null : all }];
  }));
}

function toolsOf(
  rows: readonly number[][],
  textOf: (number: number) => string,
): Map<string, ToolTotals> {
  const tools = new Map<string, ToolTotals>();
  // A row for each kind of call.
  for (const [, tool, , , isCall, ...counts] of rows) {
    // What no call was made for has no tool.
    if (tool === 0 || isCall === 0) continue;
    const [uses, ok, failed, rejected, lines, refusedCost, failedCost] = counts;
    const name = textOf(tool!), known = tools.get(name);
    tools.set(name, {
      uses: uses! + (known?.uses ?? 0),
      ok: ok! + (known?.ok ?? 0),
      failed: failed! + (known?.failed ?? 0),
      rejected: rejected! + (known?.rejected ?? 0),
      lines: lines! + (known?.lines ?? 0),
      rejectedMicros: refusedCost! + (known?.rejectedMicros ?? 0),
      failedMicros: failedCost! + (known?.failedMicros ?? 0),
    });
  }
  return tools;
}

/** Calls that name no model say nothing of one. */
function workOf(
  rows: readonly number[][],
  textOf: (number: number) => string,
): Map<string, ModelWork> {
  const models = new Map<string, ModelWork>();
  for (const [, , model, ...counts] of rows) {
    if (model === 0) continue;
    const [micros, lines, kept, judged] = counts.slice(-4);
    const name = textOf(model!), known = models.get(name);
    models.set(name, {
      micros: micros! + (known?.micros ?? 0),
      lines: lines! + (known?.lines ?? 0),
      kept: kept! + (known?.kept ?? 0),
      judged: judged! + (known?.judged ?? 0),
    });
  }
  return models;
}

function countOf(rows: readonly number[][], type: typeof EVENT_TYPES[number]): number {
  const kind = EVENT_TYPES.indexOf(type);
  return rows.find(([, member]) => member === kind)?.[2] ?? 0;
}
