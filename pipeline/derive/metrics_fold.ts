/**
 * The fold of the `metrics` group: events become facts, facts become sums by session and time.
 *
 * @module
 */

import type { Clock } from "../../core/clock.ts";
import type { Database } from "../../core/database.ts";
import type { TelemetryEvent } from "../../core/event.ts";
import { factKey } from "../../core/fact_key.ts";
import type { Prices } from "../../core/prices.ts";
import { INPUT_NAMES, PAUSE_MAX_MS } from "../../core/session_counts.ts";
import type { Words } from "../../core/words.ts";
import { AbsoluteCounts } from "./absolute_counts.ts";
import { ActiveSpans } from "./active_spans.ts";
import { AgentCalls } from "./agent_calls.ts";
import { CostShares } from "./cost_shares.ts";
import { CostStateTable } from "./cost_state_table.ts";
import { type DirtySessions, NOTHING_AT } from "./dirty_sessions.ts";
import { EditFates } from "./edit_fates.ts";
import { isOfCall, toldByExport } from "./exported_call.ts";
import { ExportedTable } from "./exported_table.ts";
import { FactSums } from "./fact_sums.ts";
import { FactTable } from "./fact_table.ts";
import { INPUT_COLUMNS, type InputFact, mergeInputs, toldInputs } from "./input_fact.ts";
import { InputLines } from "./input_lines.ts";
import { FACT_KINDS, type FactKind, Lineage, type Owned, ownedBy } from "./lineage.ts";
import { LoosePrompts } from "./loose_prompts.ts";
import { McpTools } from "./mcp_tools.ts";
import { PermissionTable } from "./permission_table.ts";
import {
  mergeResponses,
  RESPONSE_COLUMNS,
  type ResponseFact,
  toldResponse,
} from "./response_fact.ts";
import { priceResponse } from "./response_price.ts";
import { Rewinds } from "./rewinds.ts";
import { SessionStarts } from "./session_starts.ts";
import { SessionTable } from "./session_table.ts";
import { toldText } from "./told.ts";
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
import { TRACKED, TrackingTable } from "./tracking_table.ts";

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
  readonly #sums: FactSums;
  readonly #shares: CostShares;
  readonly #starts: SessionStarts;
  readonly #costStates: CostStateTable;
  readonly #mcpTools: McpTools;
  readonly #absolute: AbsoluteCounts;
  readonly #loose: LoosePrompts;
  readonly #rewinds: Rewinds;
  readonly #fates: EditFates;
  readonly #agentCalls: AgentCalls;
  readonly #tracking: TrackingTable;
  readonly #exported: ExportedTable;
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
    this.#sums = new FactSums(db, words);
    const facts = { responses: this.#responses, toolCalls: this.#toolCalls };
    this.#shares = new CostShares(db, facts);
    this.#starts = new SessionStarts(db, words);
    this.#costStates = new CostStateTable(db, words);
    this.#mcpTools = new McpTools(db, words);
    this.#absolute = new AbsoluteCounts(db, words);
    this.#loose = new LoosePrompts(db);
    this.#rewinds = new Rewinds(db);
    this.#fates = new EditFates(db);
    this.#agentCalls = new AgentCalls(db, words);
    this.#tracking = new TrackingTable(db);
    this.#exported = new ExportedTable(db, words);
  }

  /** Applies a batch. Applying it twice changes nothing. */
  apply(events: readonly TelemetryEvent[]): void {
    this.gather(events);
    this.writeSums();
  }

  /**
   * Applies a batch but for its sums, which are written with those of others.
   *
   * @returns how many rows of sums are to be written before the transaction ends
   */
  gather(events: readonly TelemetryEvent[]): number {
    try {
      for (const event of events) this.#tell(event);
      this.#flush();
      this.#dirty.flush();
      return this.#sums.keep();
    } catch (error) {
      this.forget();
      throw error;
    }
  }

  /** Writes the sums of all that was gathered; where it fails, so must the transaction. */
  writeSums(): void {
    this.#sums.flush();
  }

  /** Gives responses the price that holds now. */
  reprice(keys: readonly number[]): void {
    try {
      for (const key of keys) this.#responses.touch(key);
      this.#flush();
      this.#sums.flush();
      // Nothing but sums hangs on what a response cost.
      this.#dirty.flushChanges();
    } catch (error) {
      this.forget();
      throw error;
    }
  }

  /** Deletes sums of tiers that do not keep them any longer. */
  expire(): void {
    this.#sums.expire(this.#clock.now());
  }

  /** Forgets an unfinished batch, and what was read of rows that are no more. */
  forget(): void {
    for (const facts of [this.#responses, this.#toolCalls, this.#inputs]) facts.reset();
    for (
      const part of [
        this.#sessions,
        this.#spans,
        this.#agentSpans,
        this.#lineage,
        this.#permissions,
        this.#loose,
        this.#rewinds,
        this.#fates,
        this.#shares,
        this.#tracking,
        this.#exported,
        this.#sums,
        this.#dirty,
      ]
    ) {
      part.reset();
    }
  }

  #tell(event: TelemetryEvent): void {
    const session = this.#sessionNumber(event.platform, event.sessionId);
    // What is exported beside a transcript makes no session longer or more active.
    if (event.metadata.exported !== undefined) return this.#tellExported(event, session);
    this.#sessions.see(session, event);
    this.#rewinds.tell(session, event);
    this.#fates.tell(session, event);
    this.#agentCalls.tell(session, event);
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
    else if (TRACKED.has(event.eventType)) this.#tellTracked(event, session);
    else this.#absolute.tell(session, event);
  }

  #noteMoment({ timestamp: at, metadata }: TelemetryEvent, session: number): void {
    this.#spans.note([session], at);
    if (typeof metadata.agent_id !== "string" || metadata.warmup === true) return;
    this.#agentSpans.note([session, factKey(metadata.agent_id)], at);
    // Two stretches that it joins were apart before it.
    this.#dirty.mark(session, at - PAUSE_MAX_MS);
  }

  /** What a hook tells of turns is counted where the transcript tells it. */
  #tellOfHook(event: TelemetryEvent, session: number): void {
    if (event.eventType === "tool_use" && event.payload.tool_use_id !== undefined) {
      this.#tellCall(event, toldByHook(event, session, this.#numbers));
    } else if (event.eventType === "permission_request") {
      const tool = this.#words.number(toldText(event, "tool"));
      this.#dirty.mark(session, event.timestamp);
      const calls = this.#permissions.tell(event, session, tool);
      for (const key of calls) this.#toolCalls.touch(key);
    } else if (event.eventType === "session_start") {
      this.#lineage.noteNative(session, event.timestamp);
      this.#starts.tell(session, event);
    } else if (event.eventType === "user_prompt") this.#tellInput(event, session);
  }

  #tellExported(event: TelemetryEvent, session: number): void {
    const { calls, responses } = this.#exported.tell(event, session);
    for (const key of calls) this.#toolCalls.touch(key);
    for (const key of responses) this.#responses.touch(key);
    if (isOfCall(event)) this.#tellCall(event, toldByExport(event, session, this.#numbers));
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

  #tellTracked(event: TelemetryEvent, session: number): void {
    const key = this.#tracking.tell(event, session);
    if (key !== undefined) this.#toolCalls.touch(key);
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
    for (const session of seen) this.#dirty.mark(session, NOTHING_AT);
    this.#flushFacts(now);
    // Who was first shows in what each session tells alone: all of it must be written.
    this.#lineage.flush(seen, (kind, key, owner) => {
      if (kind === FACT_KINDS.response) this.#responses.update(key, ownedBy(owner));
      else if (kind === FACT_KINDS.toolCall) this.#toolCalls.update(key, ownedBy(owner));
      else this.#inputs.update(key, ownedBy(owner));
    });
    this.#flushFacts(now);
    this.#spans.flush();
    this.#agentSpans.flush();
  }

  #flushFacts(now: number): void {
    this.#shares.gather();
    this.#responses.flush(
      (fact, sign) => {
        this.#dirty.mark(fact.session, fact.at);
        this.#sums.addResponse(fact, sign, now);
      },
      (fact, key) => {
        const priced = priceResponse(fact, this.#prices, this.#words);
        this.#exported.completeResponse(priced, key);
        return this.#shares.completeResponse(priced, key);
      },
    );
    this.#toolCalls.flush((fact, sign, key) => {
      this.#fates.note(key, fact);
      this.#permissions.note(fact.session, fact.resolved_at ?? fact.at);
      this.#sumCall(fact, sign, now);
    }, (fact, key) => {
      fact.reported = this.#tracking.reportedOf(key);
      return this.#shares.completeCall(this.#withAsked(fact, key), key);
    });
    this.#shares.reset();
    this.#flushFates(now);
    for (const key of this.#loose.affected()) this.#inputs.touch(key);
    this.#inputs.flush((fact, sign) => {
      this.#dirty.mark(fact.session, fact.at);
      this.#permissions.note(fact.session, fact.at);
      this.#sums.addInput(fact, sign, now);
    }, (fact) => this.#loose.complete(fact));
    this.#loose.reset();
    this.#flushOpened(now);
  }

  /** What became of edits hangs on other edits, too: these must be written. */
  #flushFates(now: number): void {
    this.#rewinds.flush((session, spans) => {
      this.#fates.noteSpans(session, spans);
      for (const [from] of spans) this.#dirty.mark(session, from);
    });
    for (const key of this.#fates.takeAffected()) this.#toolCalls.touch(key);
    this.#toolCalls.flush(
      (fact, sign) => this.#sumCall(fact, sign, now),
      (fact) => this.#fates.complete(fact),
    );
  }

  /** Since when a call that a hook tells of was open hangs on other calls and on prompts. */
  #flushOpened(now: number): void {
    for (const key of this.#permissions.takeAffected()) this.#toolCalls.touch(key);
    const sum = (fact: ToolCallFact, sign: 1 | -1) => this.#sumCall(fact, sign, now);
    this.#toolCalls.flush(sum, (fact, key) => this.#withAsked(fact, key));
  }

  #withAsked(merged: ToolCallFact, key: number): ToolCallFact {
    const fact = this.#permissions.opened(merged);
    const isAsked = this.#permissions.isAsked(fact) || this.#exported.isLetRun(fact, key);
    fact.asked = isAsked ? 1 : 0;
    return fact;
  }

  #sumCall(fact: ToolCallFact, sign: 1 | -1, now: number): void {
    this.#dirty.mark(fact.session, fact.at);
    // The sums of the session of its response have its share.
    if (fact.share_session !== null) this.#dirty.mark(fact.share_session, NOTHING_AT);
    this.#sums.addCall(fact, sign, now);
  }
}

/**
 * Which signs of life are told hangs on how much is read at once, and a state can change with
 * nobody there: they make no one active.
 */
function isMoment({ metadata, eventType }: TelemetryEvent): boolean {
  return metadata.undated !== true && eventType !== "activity" && eventType !== "session_state";
}
