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
  const sums = { models: new Sums(now), tools: new Sums(now), inputs: new Sums(now) };
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

/** Rows of a sum table in the same form: columns that a recount does not know are left out. */
export function sumRows(
  rows: readonly Record<string, unknown>[],
  columns: readonly string[],
  member = (row: Record<string, unknown>) => String(row.member),
): string[] {
  return rows.map((row) => {
    const counts = columns.map((column) => `${column}=${row[column]}`);
    return [row.tier, row.bucket, row.session, member(row), ...counts].join(" ");
  }).sort();
}

class Sums {
  readonly #now: number;
  readonly #rows = new Map<string, Record<string, number>>();

  constructor(now: number) {
    this.#now = now;
  }

  add(
    told: readonly TelemetryEvent[],
    member: string,
    counts: Record<string, number>,
    session = ownerOf(told),
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

/** A fact that several sessions hold belongs to the one with the smallest id. */
function ownerOf(told: readonly TelemetryEvent[]): string {
  return told.map(({ platform, sessionId }) => `${platform}/${sessionId}`).sort()[0]!;
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
