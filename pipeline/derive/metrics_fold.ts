/**
 * The fold of the `metrics` group: events become facts, facts become sums by session and time.
 *
 * @module
 */

import { hash } from "node:crypto";
import type { Clock } from "../../core/clock.ts";
import type { Database } from "../../core/database.ts";
import { EVENT_TYPES, type TelemetryEvent } from "../../core/event.ts";
import {
  CODE_COUNTS,
  INPUT_COUNTS,
  INPUT_NAMES,
  MODEL_COUNTS,
  OUTCOMES,
  TOOL_COUNTS,
} from "../../core/session_counts.ts";
import type { Words } from "../../core/words.ts";
import { CostStateTable } from "./cost_state_table.ts";
import { FactTable } from "./fact_table.ts";
import {
  type InputFact,
  mergeInputs,
  mergeResponses,
  mergeToolCalls,
  type ResponseFact,
  type ToolCallFact,
} from "./facts.ts";
import { SessionTable } from "./session_table.ts";
import { SumTable } from "./sum_table.ts";

/** Gives the number of a session. */
export type SessionNumber = (platform: string, sessionId: string) => number;

const RESPONSE_COLUMNS = [
  "session",
  "at",
  "model",
  "side",
  "stopped",
  "input",
  "output",
  "cache_read",
  "cache_creation",
  "cache_creation_5m",
  "cache_creation_1h",
] as const;
const TOOL_CALL_COLUMNS = [
  "session",
  "at",
  "tool",
  "side",
  "used_at",
  "resolved_at",
  "outcome",
  "extension",
  ...CODE_COUNTS,
] as const;
const INPUT_COLUMNS = ["session", "at", "kind"] as const;
// More than any true count; a million of them still sum exactly.
const COUNT_MAX = 2 ** 33;
const NO_RESULT = {
  resolved_at: null,
  outcome: null,
  lines_added: 0,
  lines_removed: 0,
  files_created: 0,
  created_file_lines: 0,
} as const;

/** Folds batches of events; every batch runs in a transaction of the caller. */
export class MetricsFold {
  readonly #clock: Clock;
  readonly #words: Words;
  readonly #sessionNumber: SessionNumber;
  readonly #sessions: SessionTable;
  readonly #responses: FactTable<ResponseFact>;
  readonly #toolCalls: FactTable<ToolCallFact>;
  readonly #inputs: FactTable<InputFact>;
  readonly #modelSums: SumTable;
  readonly #toolSums: SumTable;
  readonly #extensionSums: SumTable;
  readonly #inputSums: SumTable;
  readonly #costStates: CostStateTable;

  constructor(db: Database, words: Words, clock: Clock, sessionNumber: SessionNumber) {
    this.#clock = clock;
    this.#words = words;
    this.#sessionNumber = sessionNumber;
    this.#sessions = new SessionTable(db, words);
    this.#responses = new FactTable(db, "responses", RESPONSE_COLUMNS);
    this.#toolCalls = new FactTable(db, "tool_calls", TOOL_CALL_COLUMNS);
    this.#inputs = new FactTable(db, "inputs", INPUT_COLUMNS);
    this.#modelSums = new SumTable(db, "model_sums", MODEL_COUNTS);
    this.#toolSums = new SumTable(db, "tool_sums", TOOL_COUNTS);
    this.#extensionSums = new SumTable(db, "extension_sums", TOOL_COUNTS);
    this.#inputSums = new SumTable(db, "input_sums", INPUT_COUNTS);
    this.#costStates = new CostStateTable(db, words);
  }

  /** Applies a batch. Applying it twice changes nothing. */
  apply(events: readonly TelemetryEvent[]): void {
    try {
      for (const event of events) this.#tell(event);
      this.#flush();
    } catch (error) {
      this.#reset();
      throw error;
    }
  }

  /** Deletes sums of tiers that do not keep them any longer. */
  expire(): void {
    for (const sums of this.#sums()) {
      sums.expire(this.#clock.now());
    }
  }

  #tell(event: TelemetryEvent): void {
    const session = this.#sessionNumber(event.platform, event.sessionId);
    this.#sessions.see(session, event);
    const compare = (a: number, b: number) => this.#words.compare(a, b);
    const earlier = (a: number, b: number) => this.#sessions.earlier(a, b);
    if (event.eventType === "assistant_response") {
      if (event.payload.synthetic === true) return;
      const key = factKey(text(event, "message_id", event.eventId));
      const told = this.#response(event, session);
      this.#responses.tell(key, told, (a, b) => mergeResponses(a, b, earlier, compare));
    } else if (event.eventType === "tool_use" || event.eventType === "tool_result") {
      const key = factKey(text(event, "tool_use_id", event.eventId));
      const told = event.eventType === "tool_use"
        ? this.#toolUse(event, session)
        : toolResult(event, session);
      this.#toolCalls.tell(key, told, (a, b) => mergeToolCalls(a, b, earlier));
    } else if (event.eventType in INPUT_NAMES) {
      const told = { session, at: event.timestamp, kind: EVENT_TYPES.indexOf(event.eventType) };
      this.#inputs.tell(factKey(event.eventId), told, (a, b) => mergeInputs(a, b, earlier));
    } else if (event.eventType === "cost_state") {
      this.#costStates.tell(session, event);
    }
  }

  #response(event: TelemetryEvent, session: number): ResponseFact {
    return {
      session,
      at: event.timestamp,
      model: this.#words.number(text(event, "model")),
      side: event.payload.sidechain === true ? 1 : 0,
      stopped: event.payload.stop_reason == null ? 0 : 1,
      input: count(event, "input_tokens"),
      output: count(event, "output_tokens"),
      cache_read: count(event, "cache_read_tokens"),
      cache_creation: count(event, "cache_creation_tokens"),
      cache_creation_5m: count(event, "cache_creation_5m_tokens"),
      cache_creation_1h: count(event, "cache_creation_1h_tokens"),
    };
  }

  #toolUse(event: TelemetryEvent, session: number): ToolCallFact {
    const extension = event.payload.file_extension;
    return {
      session,
      at: event.timestamp,
      tool: this.#words.number(text(event, "tool")),
      side: event.payload.sidechain === true ? 1 : 0,
      used_at: event.timestamp,
      extension: typeof extension === "string" ? this.#words.number(extension) : null,
      ...NO_RESULT,
    };
  }

  #flush(): void {
    const now = this.#clock.now();
    this.#responses.flush((fact, sign) => {
      const where = { session: fact.session, member: fact.model, at: fact.at, now };
      this.#modelSums.add(where, modelCounts(fact), sign);
    });
    this.#toolCalls.flush((fact, sign) => {
      if (fact.tool === null) return;
      const where = { session: fact.session, member: fact.tool, at: fact.at, now };
      this.#toolSums.add(where, toolCounts(fact), sign);
      if (fact.extension === null) return;
      this.#extensionSums.add({ ...where, member: fact.extension }, toolCounts(fact), sign);
    });
    this.#inputs.flush((fact, sign) => {
      this.#inputSums.add({ ...fact, member: fact.kind, now }, [1], sign);
    });
    this.#sessions.flush();
    for (const sums of this.#sums()) sums.flush();
  }

  #sums(): readonly SumTable[] {
    return [this.#modelSums, this.#toolSums, this.#extensionSums, this.#inputSums];
  }

  #reset(): void {
    for (const facts of [this.#responses, this.#toolCalls, this.#inputs]) facts.reset();
    for (const sums of this.#sums()) sums.reset();
    this.#sessions.reset();
  }
}

/** 52 bits of SHA-256: what one id is the same by in all sessions. */
function factKey(id: string): number {
  return parseInt(hash("sha256", id, "hex").slice(0, 13), 16);
}

function toolResult(event: TelemetryEvent, session: number): ToolCallFact {
  const outcome = OUTCOMES.indexOf(text(event, "outcome") as typeof OUTCOMES[number]);
  return {
    session,
    at: event.timestamp,
    tool: null,
    side: event.payload.sidechain === true ? 1 : 0,
    used_at: null,
    extension: null,
    resolved_at: event.timestamp,
    outcome: outcome < 0 ? OUTCOMES.indexOf("failed") : outcome,
    lines_added: count(event, "lines_added"),
    lines_removed: count(event, "lines_removed"),
    files_created: count(event, "files_created"),
    created_file_lines: count(event, "created_file_lines"),
  };
}

function modelCounts(fact: ResponseFact): number[] {
  const split = fact.cache_creation_5m + fact.cache_creation_1h;
  return [
    1,
    1 - fact.stopped,
    fact.input,
    fact.output,
    fact.cache_read,
    fact.cache_creation,
    fact.cache_creation_5m,
    fact.cache_creation_1h,
    Math.max(0, fact.cache_creation - split),
  ];
}

function toolCounts(fact: ToolCallFact): number[] {
  return [
    1,
    ...OUTCOMES.map((_, outcome) => fact.outcome === outcome ? 1 : 0),
    ...CODE_COUNTS.map((name) => fact[name]),
  ];
}

function text(event: TelemetryEvent, name: string, missing = "other"): string {
  const value = event.payload[name];
  return typeof value === "string" ? value : missing;
}

function count(event: TelemetryEvent, name: string): number {
  const value = event.payload[name];
  return typeof value === "number" && value > 0 ? Math.min(Math.trunc(value), COUNT_MAX) : 0;
}
