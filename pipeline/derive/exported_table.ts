/**
 * What a client exports of itself over OTLP: requests, what happened to tools, points of metrics.
 * Nothing of it is counted with what transcripts tell; ids join the two.
 *
 * @module
 */

import { type Database, prepareArrays, type Statement } from "../../core/database.ts";
import type { TelemetryEvent } from "../../core/event.ts";
import { EXPORTED_VIA } from "../../core/session_counts.ts";
import { factKey } from "../../core/fact_key.ts";
import type { Words } from "../../core/words.ts";
import { deciderOf } from "./exported_call.ts";
import { type Account, ACCOUNTS, fillAccount } from "./response_account.ts";
import type { ResponseFact } from "./response_fact.ts";
import { compareKnown, toldAgent, toldCount, toldFlag, toldSize, toldText } from "./told.ts";

/** A response's line is dated within this of what tells of its request. */
const REACH_MS = 15 * 60_000;
/** A decision is told a moment before the call runs, and lines can be dated a moment later. */
const SLACK_MS = 2000;

const REQUEST_COLUMNS = [
  "session",
  "at",
  "model",
  "purpose",
  "input",
  "output",
  "cache_read",
  "cache_creation",
  "cost",
  "duration_ms",
  "ttft_ms",
  "attempt",
  "fast",
  "effort",
  "agent",
  "agent_type",
  "skill",
  "server",
] as const;

/** Keys of stored facts that are to be completed anew. */
interface Affected {
  /** Those that a decision may be of which names none. */
  readonly calls: readonly number[];
  readonly responses: readonly number[];
}

/** A call as a decision is looked for. */
interface CallTimes {
  readonly session: number;
  readonly tool: number | null;
  readonly used_at: number | null;
  readonly resolved_at: number | null;
}

/** Writes `api_requests`, `exported_facts` and `metric_points`. */
export class ExportedTable {
  readonly #words: Words;
  readonly #findRequest: Statement;
  readonly #putRequest: Statement;
  readonly #addFact: Statement;
  readonly #addPoint: Statement;
  readonly #anyRequest: Statement;
  readonly #anyFact: Statement;
  readonly #findResponses: Statement;
  readonly #findAccounts: Statement;
  readonly #match: Statement;
  readonly #findCalls: Statement;
  readonly #findDecision: Statement;
  #hasRequests: boolean | undefined;
  #hasFacts: boolean | undefined;

  constructor(db: Database, words: Words) {
    this.#words = words;
    const columns = REQUEST_COLUMNS.join(", ");
    this.#findRequest = prepareArrays(
      db,
      `select ${columns} from api_requests where key = ? and via = ?`,
    );
    this.#putRequest = db.prepare(
      `insert or replace into api_requests (key, via, ${columns}, response)
       values (?, ?, ${REQUEST_COLUMNS.map(() => "?").join(", ")}, ?)`,
    );
    this.#addFact = db.prepare(
      `insert into exported_facts (key, session, at, type, via, ref, name, kind, verdict, amount)
       values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?) on conflict do nothing`,
    );
    this.#addPoint = db.prepare(
      `insert into metric_points (key, session, at, started_at, metric, kind, model, purpose,
         cumulative, value) values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?) on conflict do nothing`,
    );
    this.#anyRequest = prepareArrays(db, "select exists (select 1 from api_requests)");
    this.#anyFact = prepareArrays(db, "select exists (select 1 from exported_facts)");
    this.#findResponses = prepareArrays(
      db,
      `select key from responses where session = ?1 and side in (0, 1)
         and at >= ?2 - ${REACH_MS} and at <= ?2 + ${REACH_MS} and request = ?3
       order by key`,
    );
    const isOfResponse = `key = ?1 and session = ?2 and at >= ?3 - ${REACH_MS}
      and at <= ?3 + ${REACH_MS}`;
    this.#findAccounts = prepareArrays(
      db,
      `select ${ACCOUNTS.join(", ")} from api_requests where ${isOfResponse} order by via`,
    );
    this.#match = db.prepare(
      `update api_requests set response = ?4
       where ${isOfResponse} and (response is null or response > ?4)`,
    );
    this.#findCalls = prepareArrays(
      db,
      `select key from tool_calls where session = ?1 and used_at <= ?3 and tool = ?2
         and resolved_at >= ?4`,
    );
    this.#findDecision = prepareArrays(
      db,
      `select exists (select 1 from exported_facts where session = ? and type = ?
         and at >= ? and at <= ? and kind = ? and verdict = ?
         and (ref = ? or ref is null and name = ?))`,
    );
  }

  /** Keeps what an event tells; the caller holds the transaction. */
  tell(event: TelemetryEvent, session: number): Affected {
    if (event.eventType === "api_request") {
      return { calls: [], responses: this.#tellRequest(event, session) };
    }
    if (event.eventType === "metric_point") this.#tellPoint(event, session);
    else this.#tellFact(event, session);
    const { tool, tool_use_id: call } = event.payload;
    const isNamed = event.eventType !== "tool_decision" || typeof tool !== "string" || call;
    const calls = isNamed
      ? []
      : this.#callsAround(event.timestamp, session, this.#words.number(String(tool)));
    return { calls, responses: [] };
  }

  /** Notes of which request a response is, and fills in what that tells of its account. */
  completeResponse(fact: ResponseFact, key: number): void {
    const { request, session, at } = fact;
    const isTold = request !== null && (this.#hasRequests ??= isAny(this.#anyRequest));
    if (isTold) this.#match.run(request, session, at, key);
    Object.assign(fact, fillAccount(fact, isTold ? this.#accountOf(fact) : undefined));
  }

  /** Whether a person is known to have let a call run: by its id, or by its tool and time. */
  isLetRun({ session, tool, used_at, resolved_at }: CallTimes, key: number): boolean {
    if (tool === null || used_at === null || resolved_at === null) return false;
    this.#hasFacts ??= isAny(this.#anyFact);
    if (!this.#hasFacts) return false;
    const found = this.#findDecision.get(
      session,
      this.#words.number("tool_decision"),
      used_at - SLACK_MS,
      resolved_at + SLACK_MS,
      this.#words.number("person"),
      this.#words.number("accept"),
      key,
      tool,
    );
    return (found as unknown as [number])[0] === 1;
  }

  /** Forgets what a rolled-back transaction knew. */
  reset(): void {
    this.#hasRequests = undefined;
    this.#hasFacts = undefined;
  }

  /** On whose account exports say that a response goes: a log record before a span. */
  #accountOf({ request, session, at }: ResponseFact): Account | undefined {
    const told = this.#findAccounts.all(request, session, at) as unknown as (number | null)[][];
    const first = (place: number) => told.find((row) => row[place] !== null)?.[place] ?? null;
    return told.length === 0
      ? undefined
      : { agent_type: first(0), skill: first(1), server: first(2), effort: first(3) };
  }

  #callsAround(at: number, session: number, tool: number): number[] {
    const rows = this.#findCalls.all(session, tool, at + SLACK_MS, at - SLACK_MS);
    return (rows as unknown as [number][]).map(([key]) => key);
  }

  /**
   * Of two tellings of one request that are not the same, one holds in any order.
   *
   * @returns keys of the stored responses that it is, or was before, the request of
   */
  #tellRequest(event: TelemetryEvent, session: number): number[] {
    const key = keyOf(event, "request_id"), via = viaOf(event);
    const told = this.#requestRow(event, session);
    const before = this.#findRequest.get(key, via) as unknown as (number | null)[] | undefined;
    if (before && compareRows(before, told) >= 0) return [];
    const responses = this.#responsesOf(key, session, event.timestamp);
    this.#putRequest.run(key, via, ...told, responses[0] ?? null);
    this.#hasRequests = true;
    const [session0, at0] = before ?? [];
    return session0 == null || at0 == null
      ? responses
      : [...new Set([...responses, ...this.#responsesOf(key, session0, at0)])];
  }

  #responsesOf(request: number, session: number, at: number): number[] {
    const rows = this.#findResponses.all(session, at, request) as unknown as [number][];
    return rows.map(([key]) => key);
  }

  #requestRow(event: TelemetryEvent, session: number): (number | null)[] {
    const row: Record<typeof REQUEST_COLUMNS[number], number | null> = {
      session,
      at: event.timestamp,
      model: this.#words.number(toldText(event, "model")),
      purpose: this.#words.number(toldText(event, "purpose", "unknown")),
      input: toldCount(event, "input_tokens"),
      output: toldCount(event, "output_tokens"),
      cache_read: toldCount(event, "cache_read_tokens"),
      cache_creation: toldCount(event, "cache_creation_tokens"),
      cost: toldSize(event, "cost_micros"),
      duration_ms: toldSize(event, "duration_ms"),
      ttft_ms: toldSize(event, "ttft_ms"),
      attempt: toldSize(event, "attempt"),
      fast: toldFlag(event, "fast"),
      effort: this.#word(event, "effort"),
      agent: toldAgent(event),
      agent_type: this.#word(event, "agent_type"),
      skill: this.#word(event, "skill"),
      server: this.#word(event, "mcp_server"),
    };
    return REQUEST_COLUMNS.map((name) => row[name]);
  }

  #tellFact(event: TelemetryEvent, session: number): void {
    const { eventType, timestamp: at } = event;
    this.#addFact.run(
      factKey(event.eventId),
      session,
      at,
      this.#words.number(eventType),
      viaOf(event),
      this.#refOf(event),
      this.#word(event, "tool") ?? this.#word(event, "model"),
      this.#kindOf(event),
      this.#verdictOf(event),
      toldSize(event, eventType === "failed_request" ? "attempt" : "duration_ms"),
    );
    this.#hasFacts = true;
  }

  #refOf(event: TelemetryEvent): number | null {
    const { tool_use_id: call, request_id: request, message_uuid: message } = event.payload;
    const id = call ?? request ?? message;
    return typeof id === "string" ? factKey(id) : null;
  }

  /** Who decided, why a request failed, what a prompt was or called for, or what is new. */
  #kindOf(event: TelemetryEvent): number | null {
    if (event.eventType === "exported_compaction") return this.#word(event, "trigger");
    if (event.eventType === "unknown_export") return this.#word(event, "kind");
    if (event.eventType === "tool_decision") return this.#words.number(deciderOf(event));
    if (event.payload.is_command === true) return this.#words.number("command");
    return this.#word(event, "error_class") ?? this.#word(event, "error_kind");
  }

  #verdictOf(event: TelemetryEvent): number | null {
    if (event.payload.success === undefined) return this.#word(event, "decision");
    return this.#words.number(event.payload.success === true ? "ok" : "failed");
  }

  #tellPoint(event: TelemetryEvent, session: number): void {
    const { value, started_at: startedAt } = event.payload;
    this.#addPoint.run(
      factKey(event.eventId),
      session,
      event.timestamp,
      typeof startedAt === "number" && Number.isSafeInteger(startedAt) ? startedAt : null,
      this.#words.number(toldText(event, "metric")),
      this.#word(event, "kind"),
      this.#word(event, "model"),
      this.#word(event, "purpose"),
      toldFlag(event, "cumulative"),
      typeof value === "number" && Number.isSafeInteger(value) ? value : 0,
    );
  }

  #word(event: TelemetryEvent, name: string): number | null {
    const text = event.payload[name];
    return typeof text === "string" ? this.#words.number(text) : null;
  }
}

/** The key of what is told: of its id where it has one, else of the event. */
function keyOf(event: TelemetryEvent, name: string): number {
  return factKey(toldText(event, name, event.eventId));
}

function viaOf({ metadata }: TelemetryEvent): number {
  return EXPORTED_VIA[metadata.exported === "span" ? "span" : "log"];
}

function isAny(statement: Statement): boolean {
  return (statement.get() as unknown as [number])[0] === 1;
}

function compareRows(a: readonly (number | null)[], b: readonly (number | null)[]): number {
  for (let i = 0; i < a.length; i++) {
    const order = compareKnown(a[i] ?? null, b[i] ?? null);
    if (order !== 0) return order;
  }
  return 0;
}
