/**
 * What each source saw of a session, out of its stored events: which facts only one of them saw,
 * where they disagree, and which of them the reports believe.
 *
 * @module
 */

import type { TelemetryEvent } from "./event.ts";
import { compactionKeys, promptKeys, type Sighting } from "./source_joins.ts";

/** Where an event can come from. */
export const SOURCES = ["files", "hooks", "log_records", "spans"] as const;

/** One of {@linkcode SOURCES}: `files` are transcripts, or an assistant's database. */
export type SourceName = typeof SOURCES[number];

/** A kind of fact, as its sources saw it. */
export interface ComparedFact {
  readonly fact: "prompts" | "responses" | "tool_calls" | "decisions" | "compactions";
  /** How many each saw; null where it can tell of none. */
  readonly seen: Readonly<Record<SourceName, number | null>>;
  /** Those that all saw that saw any, and gave them ids; null where nothing joins them. */
  readonly in_all: number | null;
  /** Those that no other saw, by source. */
  readonly only: Readonly<Record<SourceName, number | null>>;
  /** Those of which two say different things; null where only their number is told. */
  readonly disagreeing: number | null;
  /** The first of those, and what each source says; nothing of what is said is content. */
  readonly differences: readonly {
    /** A call's or a request's, where it has one. */
    readonly id: string;
    readonly says: Readonly<Partial<Record<SourceName, string>>>;
  }[];
  /** Which the reports count. */
  readonly believed: SourceName;
  readonly why: string;
}

/** Tokens and cost of the session by who counted them. */
export interface CountedTokens {
  readonly by: "files" | "log_records" | "metrics" | "client";
  readonly tokens: Readonly<Record<typeof TOKEN_KINDS[number], number>>;
  /** Null where it is not told; ours is reckoned from prices, and stands in the session. */
  readonly cost_usd: number | null;
}

/** The part of the document. */
export interface SourceComparison {
  readonly facts: readonly ComparedFact[];
  readonly tokens: readonly CountedTokens[];
}

/** A rule or a mode: only files tell the two apart. */
const POLICY = "policy";
const REFUSALS: ReadonlyMap<unknown, string> = new Map([
  ["rejected", "person reject"],
  ["permission_denied", `${POLICY} reject`],
  ["hook_blocked", "hook reject"],
]);
const DIFFERENCES_MAX = 5;
const TOKEN_KINDS = ["input", "output", "cache_read", "cache_creation"] as const;

/** What a source says of one fact. */
interface Sight {
  readonly key: string | undefined;
  /** What of it another source may say otherwise; undefined where it says nothing. */
  readonly says: string | undefined;
}

type Sights = Record<SourceName, Sight[]>;

const PROMPTS: ReadonlySet<string> = new Set([
  "user_prompt",
  "queued_prompt",
  "slash_command",
  "exported_prompt",
]);
const COMPACTIONS: ReadonlySet<string> = new Set(["context_compact", "exported_compaction"]);
const WHY = {
  prompts: "each line is a prompt; old clients give what else tells of it no id",
  responses: "a transcript holds the final usage of each response, an export loses some",
  tool_calls: "a call and its result stand in the transcript; a hook's alone counts, too",
  decisions: "a person's decision is believed from whoever tells it",
  compactions: "the transcript says when its past was cut",
};

/** Compares what events of one session tell; their order says nothing. */
export function compareSources(events: Iterable<TelemetryEvent>): SourceComparison {
  const seen = new SeenFacts();
  for (const event of events) seen.note(event);
  return seen.compare();
}

/** One that is joined by more than its own id. */
interface Seen extends Sighting {
  readonly source: SourceName;
}

/** Collects what each source saw. */
class SeenFacts {
  readonly #prompts: Seen[] = [];
  readonly #calls = emptySights();
  readonly #decisions = emptySights();
  readonly #compactions: Seen[] = [];
  readonly #responses = new Map<string, TelemetryEvent>();
  readonly #requests: TelemetryEvent[] = [];
  readonly #metrics: Record<string, number> = {};
  #hasMetrics = false;
  #client: TelemetryEvent | undefined;

  note(event: TelemetryEvent): void {
    const { eventType: type } = event;
    const source = sourceOf(event);
    if (source === "metrics") this.#noteMetric(event);
    else if (type === "api_request") this.#requests.push(event);
    else if (type === "assistant_response") this.#noteResponse(event);
    else if (PROMPTS.has(type)) this.#prompts.push(seenBy(source, event));
    else if (COMPACTIONS.has(type)) this.#compactions.push(seenBy(source, event));
    else if (type === "cost_state") this.#noteClient(event);
    else this.#noteCall(event, source);
  }

  compare(): SourceComparison {
    const prompts = promptKeys(this.#prompts), compactions = compactionKeys(this.#compactions);
    return {
      facts: [
        joined("prompts", sightsOf(this.#prompts, prompts)),
        joined("responses", this.#requestSights()),
        joined("tool_calls", this.#calls),
        joined("decisions", this.#decisions),
        joined("compactions", sightsOf(this.#compactions, compactions)),
      ],
      tokens: this.#tokens(),
    };
  }

  #noteCall(event: TelemetryEvent, source: SourceName): void {
    const { eventType: type, payload } = event;
    const { tool_use_id: id, outcome, success } = payload;
    if (type === "tool_use") {
      const isHook = source === "hooks";
      this.#calls[source].push(sight(id, isHook ? endOf(success) : undefined));
    } else if (type === "tool_result") {
      this.#calls[source].push(sight(id, typeof outcome === "string" ? outcome : undefined));
      const decision = decisionIn(payload);
      if (decision !== undefined) this.#decisions[source].push(sight(id, decision));
    } else if (type === "tool_run") this.#calls[source].push(sight(id, endOf(success)));
    else if (type === "tool_decision") {
      const decision = `${deciderOf(payload.source)} ${payload.decision}`;
      this.#decisions[source].push(sight(id, decision));
    } else if (type === "permission_request") this.#decisions[source].push(sight(undefined));
  }

  /** Of the lines of a response the one with most output counts. */
  #noteResponse(event: TelemetryEvent): void {
    if (event.payload.synthetic === true) return;
    const key = String(event.payload.message_id ?? event.eventId);
    const before = this.#responses.get(key);
    const output = numberIn(event, "output_tokens");
    if (!before || numberIn(before, "output_tokens") < output) this.#responses.set(key, event);
  }

  #noteMetric({ payload }: TelemetryEvent): void {
    const { metric, kind, value, cumulative } = payload;
    // Points that count from their start on would be added to themselves.
    if (cumulative === true || typeof value !== "number") return;
    if (metric !== "tokens" && metric !== "cost_micros") return;
    this.#hasMetrics = true;
    const name = metric === "tokens" ? String(kind) : "cost_micros";
    this.#metrics[name] = (this.#metrics[name] ?? 0) + value;
  }

  #noteClient(event: TelemetryEvent): void {
    const longer = (one: TelemetryEvent) => numberIn(one, "duration_ms");
    if (!this.#client || longer(this.#client) < longer(event)) this.#client = event;
  }

  /** By request id where both sides know it, else by their tokens. */
  #requestSights(): Sights {
    const sights = emptySights();
    const isIdKnown = this.#requests.some(({ payload }) => payload.request_id !== undefined);
    const add = (event: TelemetryEvent, source: SourceName) =>
      sights[source].push({
        key: isIdKnown ? textIn(event, "request_id") : prefixOf(event),
        says: `${prefixOf(event)}, output ${numberIn(event, "output_tokens")}`,
      });
    for (const response of this.#responses.values()) add(response, "files");
    for (const request of this.#requests) {
      // A request beside the conversation is no response of it.
      const purpose = textIn(request, "purpose");
      const source = sourceOf(request);
      const isSide = purpose !== "main" && purpose !== "agent" && purpose !== "unknown";
      if (!isSide && source !== "metrics") add(request, source);
    }
    return sights;
  }

  #tokens(): CountedTokens[] {
    const requests = this.#requests.filter((event) => sourceOf(event) === "log_records");
    const told: (CountedTokens | undefined)[] = [
      sumOf("files", [...this.#responses.values()]),
      sumOf("log_records", requests),
      this.#hasMetrics
        ? {
          by: "metrics",
          tokens: tokensOf((kind) => this.#metrics[kind] ?? 0),
          cost_usd: this.#metrics.cost_micros === undefined
            ? null
            : this.#metrics.cost_micros / 1e6,
        }
        : undefined,
      this.#client && clientTokens(this.#client),
    ];
    return told.filter((one) => one !== undefined);
  }
}

function emptySights(): Sights {
  return { files: [], hooks: [], log_records: [], spans: [] };
}

function sight(key: unknown, says?: string): Sight {
  return { key: typeof key === "string" ? key : undefined, says };
}

function seenBy(source: SourceName, event: TelemetryEvent): Seen {
  return { source, event, isFile: source === "files" };
}

function sightsOf(seen: readonly Seen[], keys: ReadonlyMap<Sighting, string>): Sights {
  const sights = emptySights();
  for (const one of seen) {
    const { tokens_before: size } = one.event.payload;
    // A line that tells what another one does has no key, and is no fact of its own.
    if (one.isFile && !keys.has(one)) continue;
    sights[one.source].push(sight(keys.get(one), size == null ? undefined : String(size)));
  }
  return sights;
}

function sourceOf({ hookType, metadata }: TelemetryEvent): SourceName | "metrics" {
  if (metadata.exported === "metric") return "metrics";
  if (metadata.exported !== undefined) {
    return metadata.exported === "span" ? "spans" : "log_records";
  }
  return hookType === undefined ? "files" : "hooks";
}

/** Facts by their ids; where only files give them any, nothing is joined. */
function joined(fact: ComparedFact["fact"], sights: Sights): ComparedFact {
  const keys = new Map(
    SOURCES.map((source) => [source, saysByKey(sights[source])] as const),
  );
  const telling = SOURCES.filter((source) => sights[source].length > 0);
  const naming = telling.filter((source) => keys.get(source)!.size > 0);
  const isJoined = naming.length > 1;
  const all = new Set([...keys.values()].flatMap((of) => [...of.keys()]));
  const seers = (key: string) => telling.filter((source) => keys.get(source)!.has(key));
  const unkeyed = (source: SourceName) =>
    sights[source].filter(({ key }) => key === undefined).length;
  const own = (source: SourceName) =>
    [...all].filter((key) => seers(key).join() === source).length;
  const differing = !isJoined ? [] : [...all].sort()
    .filter((key) => differ(telling.map((source) => keys.get(source)!.get(key))));
  return {
    fact,
    seen: bySource((source) =>
      sights[source].length === 0 ? null : keys.get(source)!.size + unkeyed(source)
    ),
    in_all: !isJoined
      ? null
      : [...all].filter((key) => seers(key).length === naming.length).length,
    only: bySource((source) =>
      sights[source].length === 0 || !isJoined && telling.length > 1 ? null : own(source)
    ),
    disagreeing: isJoined ? differing.length : null,
    differences: differing.slice(0, DIFFERENCES_MAX).map((id) => ({
      id,
      says: Object.fromEntries(
        telling.flatMap((source) => {
          const says = keys.get(source)!.get(id);
          return says === undefined ? [] : [[source, says]];
        }),
      ),
    })),
    believed: "files",
    why: WHY[fact],
  };
}

/** What each key says; a later telling that says something fills in for one that does not. */
function saysByKey(sights: readonly Sight[]): Map<string, string | undefined> {
  const says = new Map<string, string | undefined>();
  for (const { key, says: told } of sights) {
    if (key !== undefined) says.set(key, says.get(key) ?? told);
  }
  return says;
}

function differ(told: readonly (string | undefined)[]): boolean {
  return new Set(told.filter((one) => one !== undefined)).size > 1;
}

function bySource<T>(value: (source: SourceName) => T): Record<SourceName, T> {
  return Object.fromEntries(SOURCES.map((source) => [source, value(source)])) as Record<
    SourceName,
    T
  >;
}

/** How hooks and exports say whether a call went well. */
function endOf(success: unknown): string | undefined {
  // A refused call is no failed one, but neither a hook nor an export says which it was.
  return success === true ? "ok" : undefined;
}

/** Who let a call run or refused it, as its result tells it. */
function decisionIn({ decided_by: by, outcome }: TelemetryEvent["payload"]): string | undefined {
  if (by === undefined) return REFUSALS.get(outcome);
  return `${by === "person" || by === "hook" ? by : POLICY} accept`;
}

/** The same as an export calls it. */
function deciderOf(source: unknown): string {
  if (source === "hook") return source;
  return typeof source === "string" && source.startsWith("user_") ? "person" : POLICY;
}

/** What of a response is the same however its answer ended. */
function prefixOf(event: TelemetryEvent): string {
  const counts = ["input", "cache_read", "cache_creation"]
    .map((kind) => `${kind} ${numberIn(event, `${kind}_tokens`)}`);
  return [textIn(event, "model") ?? "", ...counts].join(", ");
}

function sumOf(by: CountedTokens["by"], events: readonly TelemetryEvent[]) {
  if (events.length === 0) return undefined;
  const sum = (name: string) => events.reduce((all, one) => all + numberIn(one, name), 0);
  const isCostTold = events.some(({ payload }) => typeof payload.cost_micros === "number");
  return {
    by,
    tokens: tokensOf((kind) => sum(`${kind}_tokens`)),
    cost_usd: isCostTold ? sum("cost_micros") / 1e6 : null,
  };
}

/** The client's own totals, of all models. */
function clientTokens(event: TelemetryEvent): CountedTokens {
  const models = Array.isArray(event.payload.models) ? event.payload.models : [];
  const sum = (name: string) =>
    models.reduce((all: number, one) => {
      const count = (one as Record<string, unknown> | null)?.[name];
      return all + (typeof count === "number" ? count : 0);
    }, 0);
  return {
    by: "client",
    tokens: tokensOf((kind) => sum(`${kind}_tokens`)),
    cost_usd: numberIn(event, "cost_micros") / 1e6,
  };
}

function tokensOf(count: (kind: typeof TOKEN_KINDS[number]) => number): CountedTokens["tokens"] {
  return {
    input: count("input"),
    output: count("output"),
    cache_read: count("cache_read"),
    cache_creation: count("cache_creation"),
  };
}

function numberIn({ payload }: TelemetryEvent, name: string): number {
  const value = payload[name];
  return typeof value === "number" ? value : 0;
}

function textIn({ payload }: TelemetryEvent, name: string): string | undefined {
  const value = payload[name];
  return typeof value === "string" ? value : undefined;
}
