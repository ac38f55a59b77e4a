/**
 * Counts a set of events anew, all at once and without any table: what the fold must arrive at.
 * It knows the rules of counting from CONTRACT and FACTS, not from the fold.
 */

import type { TelemetryEvent } from "../../core/event.ts";
import { TIERS } from "../../core/session_counts.ts";

/** Sums as `tier/bucket/session/member` and the counts, sorted. */
export interface Recount {
  readonly models: readonly string[];
  readonly tools: readonly string[];
  readonly inputs: readonly string[];
}

/** Counts responses by message, tool calls by use, and inputs by id. */
export function recount(events: readonly TelemetryEvent[], now: number): Recount {
  const { ownerOf } = new Tellers(events);
  const sum = () => new Sums(now, ownerOf);
  const sums = { models: sum(), tools: sum(), inputs: sum() };
  for (const lines of group(events, "assistant_response", "message_id").values()) {
    const parents = lines.filter(({ payload }) => payload.sidechain !== true);
    const [best] = (parents.length > 0 ? parents : lines).toSorted((a, b) =>
      Number(b.payload.output_tokens) - Number(a.payload.output_tokens)
    );
    const stopped = lines.some(({ payload }) => payload.stop_reason !== null);
    const { input_tokens, output_tokens, cache_read_tokens } = best!.payload;
    sums.models.add(lines, String(best!.payload.model), {
      messages: 1,
      messages_without_stop_reason: stopped ? 0 : 1,
      input: Number(input_tokens),
      output: Number(output_tokens),
      cache_read: Number(cache_read_tokens),
    });
  }
  const results = group(events, "tool_result", "tool_use_id");
  for (const [id, uses] of group(events, "tool_use", "tool_use_id")) {
    const answers = results.get(id) ?? [];
    const [answer] = answers.toSorted((a, b) => a.timestamp - b.timestamp);
    const owner = [...uses, ...answers];
    sums.tools.add(uses, String(uses[0]!.payload.tool), {
      uses: 1,
      ok: answer?.payload.outcome === "ok" ? 1 : 0,
      rejected: answer?.payload.outcome === "rejected" ? 1 : 0,
      lines_added: Number(answer?.payload.lines_added ?? 0),
    }, ownerOf(owner));
  }
  const prompts = Map.groupBy(
    events.filter(({ eventType }) => eventType === "user_prompt"),
    ({ eventId }) => eventId,
  );
  for (const told of prompts.values()) sums.inputs.add(told, "user_prompt", { count: 1 });
  const { models, tools, inputs } = sums;
  return { models: models.rows(), tools: tools.rows(), inputs: inputs.rows() };
}

/**
 * Rows of a sum table in the same form: columns that a recount does not know are left out, and
 * rows of several kinds of one member are added up.
 */
export function sumRows(
  rows: readonly Record<string, unknown>[],
  columns: readonly string[],
  member = (row: Record<string, unknown>) => String(row.member),
): string[] {
  const members = Map.groupBy(
    rows,
    (row) => [row.tier, row.bucket, row.session, member(row)].join(" "),
  );
  return members.entries().map(([name, kinds]) => {
    const sum = (column: string) => kinds.reduce((all, kind) => all + Number(kind[column]), 0);
    return [name, ...columns.map((column) => `${column}=${sum(column)}`)].join(" ");
  }).toArray().sort();
}

class Sums {
  readonly #now: number;
  readonly #ownerOf: Tellers["ownerOf"];
  readonly #rows = new Map<string, Record<string, number>>();

  constructor(now: number, ownerOf: Tellers["ownerOf"]) {
    this.#now = now;
    this.#ownerOf = ownerOf;
  }

  add(
    told: readonly TelemetryEvent[],
    member: string,
    counts: Record<string, number>,
    session = this.#ownerOf(told),
  ): void {
    const at = Math.min(...told.map(({ timestamp }) => timestamp));
    for (const { seconds, keepMs } of TIERS) {
      const bucket = seconds === 0 ? 0 : at - at % (seconds * 1000);
      if (seconds > 0 && bucket < this.#now - keepMs) continue;
      const name = [seconds, bucket, session, member].join(" ");
      const row = this.#rows.get(name) ?? {};
      for (const [count, by] of Object.entries(counts)) row[count] = (row[count] ?? 0) + by;
      this.#rows.set(name, row);
    }
  }

  rows(): string[] {
    return [...this.#rows].map(([name, counts]) =>
      [name, ...Object.entries(counts).map(([count, sum]) => `${count}=${sum}`)].join(" ")
    ).sort();
  }
}

const KEYS = {
  assistant_response: ({ payload }: TelemetryEvent) => `m ${payload.message_id}`,
  tool_use: ({ payload }: TelemetryEvent) => `u ${payload.tool_use_id}`,
  tool_result: ({ payload }: TelemetryEvent) => `u ${payload.tool_use_id}`,
  user_prompt: ({ eventId }: TelemetryEvent) => `p ${eventId}`,
};

/** Who tells what. */
class Tellers {
  /** When a session parted from the others, and whether with something that it alone tells. */
  readonly #parted = new Map<string, readonly [at: number, isOwn: number]>();

  constructor(events: readonly TelemetryEvent[]) {
    for (const [session, told] of Map.groupBy(events, nameOf)) {
      const dated = told.filter(({ metadata }) => metadata.undated !== true).map(timeOf);
      this.#parted.set(session, [Math.max(...dated), 0]);
      if (dated.length === 0) this.#parted.set(session, [Infinity, 0]);
    }
    const facts = Map.groupBy(
      events,
      (event) => KEYS[event.eventType as keyof typeof KEYS](event),
    );
    const own = facts.values().filter((told) => new Set(told.map(nameOf)).size === 1);
    for (const [session, told] of Map.groupBy(own, ([first]) => nameOf(first!))) {
      this.#parted.set(session, [Math.min(...told.map(beganAt)), 1]);
    }
  }

  /**
   * A fact that several sessions hold belongs to the one that parted first: that tells something
   * else before the others do, or ended before; of two alike to the one with the smallest id.
   */
  ownerOf = (told: readonly TelemetryEvent[]): string =>
    told.map((event) => nameOf(event)).sort((a, b) => {
      const [[at, isOwn], [otherAt, isOthersOwn]] = [
        this.#parted.get(a)!,
        this.#parted.get(b)!,
      ];
      if (at !== otherAt) return at < otherAt ? -1 : 1;
      return isOwn - isOthersOwn || (a < b ? -1 : Number(a > b));
    })[0]!;
}

function nameOf({ platform, sessionId }: TelemetryEvent): string {
  return `${platform}/${sessionId}`;
}

/** A call began when it was made, if that was told. */
function beganAt(told: readonly TelemetryEvent[]): number {
  const made = told.filter(({ eventType }) => eventType !== "tool_result");
  return Math.min(...(made.length > 0 ? made : told).map(timeOf));
}

function timeOf({ timestamp }: TelemetryEvent): number {
  return timestamp;
}

function group(
  events: readonly TelemetryEvent[],
  type: string,
  id: string,
): Map<string, TelemetryEvent[]> {
  return Map.groupBy(
    events.filter(({ eventType }) => eventType === type),
    ({ payload }) => String(payload[id]),
  );
}
