/**
 * The fold of the `metrics` group: events become facts, facts become sums by session and time.
 *
 * @module
 */

import type { Clock } from "../../core/clock.ts";
import type { Database } from "../../core/database.ts";
import type { TelemetryEvent } from "../../core/event.ts";
import type { Prices } from "../../core/prices.ts";
import {
  INPUT_COUNTS,
  INPUT_NAMES,
  MODEL_COUNTS,
  PAUSE_MAX_MS,
  TOOL_COUNTS,
} from "../../core/session_counts.ts";
import type { Words } from "../../core/words.ts";
import { AbsoluteCounts } from "./absolute_counts.ts";
import { ActiveSpans } from "./active_spans.ts";
import { CostStateTable } from "./cost_state_table.ts";
import { type DirtySessions, NOTHING_AT } from "./dirty_sessions.ts";
import { FactTable } from "./fact_table.ts";
import { INPUT_COLUMNS, type InputFact, mergeInputs, toldInputs } from "./input_fact.ts";
import { InputLines } from "./input_lines.ts";
import { FACT_KINDS, type FactKind, Lineage } from "./lineage.ts";
import { LoosePrompts } from "./loose_prompts.ts";
import { McpTools } from "./mcp_tools.ts";
import { PermissionTable } from "./permission_table.ts";
import {
  KEPT,
  mergeResponses,
  modelCounts,
  RESPONSE_COLUMNS,
  type ResponseFact,
  toldResponse,
  unsplitOf,
} from "./response_fact.ts";
import { SessionTable } from "./session_table.ts";
import { SumTable } from "./sum_table.ts";
import { factKey, toldText } from "./told.ts";
import { toolCounts } from "./tool_call_counts.ts";
import {
  mergeToolCalls,
  type Numbers,
  toldByHook,
  toldNote,
  toldProposal,
  toldResult,
  toldUse,
  TOOL_CALL_COLUMNS,
  type ToolCallFact,
} from "./tool_call_fact.ts";

/** Gives the number of a session. */
export type SessionNumber = (platform: string, sessionId: string) => number;

/** What the fold works with. */
export interface MetricsFoldParts {
  readonly db: Database;
  readonly words: Words;
  readonly clock: Clock;
  readonly prices: Prices;
  readonly sessionNumber: SessionNumber;
  /** Gets to know what the groups behind this one have to derive anew. */
  readonly dirty: DirtySessions;
}

/** Folds batches of events; every batch runs in a transaction of the caller. */
export class MetricsFold {
  readonly #clock: Clock;
  readonly #words: Words;
  readonly #prices: Prices;
  readonly #sessionNumber: SessionNumber;
  readonly #numbers: Numbers;
  readonly #sessions: SessionTable;
  readonly #spans: ActiveSpans;
  readonly #agentSpans: ActiveSpans;
  readonly #lineage: Lineage;
  readonly #permissions: PermissionTable;
  readonly #responses: FactTable<ResponseFact>;
  readonly #toolCalls: FactTable<ToolCallFact>;
  readonly #inputs: FactTable<InputFact>;
  readonly #inputLines: InputLines;
  readonly #modelSums: SumTable<typeof MODEL_COUNTS[number]>;
  readonly #toolSums: SumTable<typeof TOOL_COUNTS[number]>;
  readonly #extensionSums: SumTable<typeof TOOL_COUNTS[number]>;
  readonly #errorSums: SumTable<typeof INPUT_COUNTS[number]>;
  readonly #inputSums: SumTable<typeof INPUT_COUNTS[number]>;
  readonly #costStates: CostStateTable;
  readonly #mcpTools: McpTools;
  readonly #absolute: AbsoluteCounts;
  readonly #loose: LoosePrompts;
  readonly #dirty: DirtySessions;

  constructor({ db, words, clock, prices, sessionNumber, dirty }: MetricsFoldParts) {
    this.#dirty = dirty;
    this.#clock = clock;
    this.#words = words;
    this.#prices = prices;
    this.#sessionNumber = sessionNumber;
    this.#numbers = { word: (text) => words.number(text), file: factKey };
    this.#sessions = new SessionTable(db, words);
    this.#spans = new ActiveSpans(db);
    this.#agentSpans = new ActiveSpans(db, "agent_spans", ["session", "agent"]);
    this.#lineage = new Lineage(db);
    this.#permissions = new PermissionTable(db);
    this.#responses = new FactTable(db, "responses", RESPONSE_COLUMNS);
    this.#toolCalls = new FactTable(db, "tool_calls", TOOL_CALL_COLUMNS);
    this.#inputs = new FactTable(db, "inputs", INPUT_COLUMNS);
    this.#inputLines = new InputLines(db);
    this.#modelSums = new SumTable(db, "model_sums", MODEL_COUNTS);
    this.#toolSums = new SumTable(db, "tool_sums", TOOL_COUNTS);
    this.#extensionSums = new SumTable(db, "extension_sums", TOOL_COUNTS);
    this.#errorSums = new SumTable(db, "error_sums", INPUT_COUNTS);
    this.#inputSums = new SumTable(db, "input_sums", INPUT_COUNTS);
    this.#costStates = new CostStateTable(db, words);
    this.#mcpTools = new McpTools(db, words);
    this.#absolute = new AbsoluteCounts(db, words);
    this.#loose = new LoosePrompts(db);
  }

  /** Applies a batch. Applying it twice changes nothing. */
  apply(events: readonly TelemetryEvent[]): void {
    try {
      for (const event of events) this.#tell(event);
      this.#flush();
      this.#dirty.flush();
    } catch (error) {
      this.forget();
      throw error;
    }
  }

  /** Gives responses the price that holds now. */
  reprice(keys: readonly number[]): void {
    try {
      for (const key of keys) this.#responses.update(key, again);
      this.#flush();
      // Nothing but sums hangs on what a response cost.
      this.#dirty.reset();
    } catch (error) {
      this.forget();
      throw error;
    }
  }

  /** Deletes sums of tiers that do not keep them any longer. */
  expire(): void {
    for (const sums of this.#sums()) {
      sums.expire(this.#clock.now());
    }
  }

  /** Makes sums over all sessions anew, of what is left where rows were deleted. */
  makeTotals(): void {
    for (const sums of this.#sums()) sums.makeTotals();
  }

  /** Forgets an unfinished batch, and what was read of rows that are no more. */
  forget(): void {
    for (const facts of [this.#responses, this.#toolCalls, this.#inputs]) facts.reset();
    for (const sums of this.#sums()) sums.reset();
    for (
      const part of [
        this.#sessions,
        this.#spans,
        this.#agentSpans,
        this.#lineage,
        this.#permissions,
        this.#loose,
        this.#dirty,
      ]
    ) {
      part.reset();
    }
  }

  #tell(event: TelemetryEvent): void {
    const session = this.#sessionNumber(event.platform, event.sessionId);
    this.#sessions.see(session, event);
    if (isMoment(event)) this.#noteMoment(event, session);
    if (event.hookType !== undefined) {
      this.#tellOfHook(event, session);
    } else if (event.eventType === "assistant_response") {
      this.#tellResponse(event, session);
    } else if (event.eventType === "tool_use") {
      this.#mcpTools.tell(event);
      this.#tellCall(event, toldUse(event, session, this.#numbers));
    } else if (event.eventType === "tool_result") {
      this.#tellCall(event, toldResult(event, session, this.#numbers));
    } else if (event.eventType === "tool_note") {
      this.#tellCall(event, toldNote(event, session));
    } else if (event.eventType === "edit_proposal") {
      this.#tellCall(event, toldProposal(event, session, this.#numbers), "proposal_id");
    } else if (event.eventType === "activity") {
      const { native_at: nativeAt } = event.payload;
      if (typeof nativeAt === "number") this.#lineage.noteNative(session, nativeAt);
    } else if (event.eventType === "cost_state") {
      this.#costStates.tell(session, event);
    } else if (event.eventType in INPUT_NAMES) this.#tellInput(event, session);
    else this.#absolute.tell(session, event);
  }

  #noteMoment({ timestamp: at, metadata }: TelemetryEvent, session: number): void {
    this.#spans.note([session], at);
    if (typeof metadata.agent_id !== "string" || metadata.warmup === true) return;
    this.#agentSpans.note([session, factKey(metadata.agent_id)], at);
    // Two stretches that it joins were apart before it.
    this.#dirty.mark(session, at - PAUSE_MAX_MS);
  }

  /** What a hook tells of prompts and turns is counted where the transcript tells it. */
  #tellOfHook(event: TelemetryEvent, session: number): void {
    if (event.eventType === "tool_use" && event.payload.tool_use_id !== undefined) {
      this.#tellCall(event, toldByHook(event, session, this.#numbers));
    } else if (event.eventType === "permission_request") {
      const tool = this.#words.number(toldText(event, "tool"));
      this.#dirty.mark(session, event.timestamp);
      for (const key of this.#permissions.tell(event, session, tool)) {
        this.#toolCalls.update(key, again);
      }
    } else if (event.eventType === "session_start") {
      this.#lineage.noteNative(session, event.timestamp);
    }
  }

  #tellResponse(event: TelemetryEvent, session: number): void {
    if (event.payload.synthetic === true) return;
    const key = factKey(toldText(event, "message_id", event.eventId));
    const told = toldResponse(event, session, this.#numbers.word);
    this.#responses.tell(key, told, (a, b) => {
      const owner = this.#owner(FACT_KINDS.response, key, a, b);
      return mergeResponses(a, b, owner, (x, y) => this.#words.compare(x, y));
    });
  }

  #tellCall(event: TelemetryEvent, told: ToolCallFact, id = "tool_use_id"): void {
    const key = factKey(toldText(event, id, event.eventId));
    this.#toolCalls.tell(key, told, (a, b) => {
      const owner = this.#owner(FACT_KINDS.toolCall, key, a, b);
      return mergeToolCalls(a, b, owner, (x, y) => this.#words.compare(x, y));
    });
  }

  #tellInput(event: TelemetryEvent, session: number): void {
    const { line } = event.metadata;
    const own = factKey(event.eventId);
    const told = toldInputs(event, session).flatMap(([key, fact]) =>
      key === own && typeof line === "string"
        ? this.#inputLines.tell(line, key, fact)
        : [[key, fact] as const]
    );
    for (const [key, fact] of told) {
      this.#loose.note(fact);
      this.#inputs.tell(
        key,
        fact,
        (a, b) => mergeInputs(a, b, this.#owner(FACT_KINDS.input, key, a, b)),
      );
    }
  }

  /** An owner for now; who it is in truth turns out when the batch ends. */
  #owner(kind: FactKind, key: number, a: Owned, b: Owned): number {
    this.#lineage.noteShared(kind, key, a.session, b.session);
    return a.session;
  }

  #flush(): void {
    const now = this.#clock.now();
    const seen = this.#sessions.flush();
    this.#lineage.flush(seen, (kind, key, session) => {
      const reown = <T extends Owned>(fact: T): T => ({ ...fact, session });
      if (kind === FACT_KINDS.response) this.#responses.update(key, reown);
      else if (kind === FACT_KINDS.toolCall) this.#toolCalls.update(key, reown);
      else this.#inputs.update(key, reown);
    });
    for (const session of seen) this.#dirty.mark(session, NOTHING_AT);
    this.#responses.flush((fact, sign) => {
      this.#dirty.mark(fact.session, fact.at);
      const where = { session: fact.session, member: fact.model, at: fact.at, now };
      this.#modelSums.add(where, modelCounts(fact), sign);
    }, (fact) => {
      fact.cost = this.#costOf(fact);
      return fact;
    });
    this.#toolCalls.flush(
      (fact, sign) => this.#sumCall(fact, sign, now),
      (fact) => {
        fact.asked = this.#permissions.isAsked(fact) ? 1 : 0;
        return fact;
      },
    );
    for (const key of this.#loose.affected()) this.#inputs.update(key, again);
    this.#inputs.flush((fact, sign) => {
      this.#dirty.mark(fact.session, fact.at);
      if (fact.kind >= 0) this.#inputSums.add({ ...fact, member: fact.kind, now }, ONE, sign);
    }, (fact) => this.#loose.complete(fact));
    this.#loose.reset();
    this.#spans.flush();
    this.#agentSpans.flush();
    for (const sums of this.#sums()) sums.flush();
  }

  #sumCall(fact: ToolCallFact, sign: 1 | -1, now: number): void {
    this.#dirty.mark(fact.session, fact.at);
    if (fact.tool === null) return;
    const where = { session: fact.session, member: fact.tool, at: fact.at, now };
    const counts = toolCounts(fact, this.#words);
    this.#toolSums.add(where, counts, sign);
    if (fact.extension !== null) {
      this.#extensionSums.add({ ...where, member: fact.extension }, counts, sign);
    }
    if (fact.error !== null) this.#errorSums.add({ ...where, member: fact.error }, ONE, sign);
  }

  #costOf(fact: ResponseFact): number | null {
    if (fact.kept !== KEPT.exact) return null;
    return this.#prices.costOf({
      model: this.#words.text(fact.model),
      at: fact.at,
      input: fact.input,
      output: fact.output,
      cacheRead: fact.cache_read,
      cacheCreation5m: fact.cache_creation_5m + unsplitOf(fact),
      cacheCreation1h: fact.cache_creation_1h,
      webSearches: fact.web_searches,
      fast: fact.fast === 1,
    });
  }

  #sums(): readonly Pick<SumTable, "flush" | "reset" | "expire" | "makeTotals">[] {
    return [
      this.#modelSums,
      this.#toolSums,
      this.#extensionSums,
      this.#errorSums,
      this.#inputSums,
    ];
  }
}

/** What every fact has. */
interface Owned {
  readonly session: number;
}

const ONE = { count: 1 } as const;

/**
 * Which signs of life are told hangs on how much is read at once, and a state can change with
 * nobody there: they make no one active.
 */
function isMoment({ metadata, eventType }: TelemetryEvent): boolean {
  return metadata.undated !== true && eventType !== "activity" && eventType !== "session_state";
}

/** The same fact, to be completed anew; a copy, as what was before is still to be compared. */
function again<T extends object>(fact: T): T {
  return { ...fact };
}
