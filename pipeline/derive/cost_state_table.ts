/**
 * The client's own totals of each session: of all that were told, the latest.
 *
 * @module
 */

import { type Database, prepareArrays, type Statement } from "../../core/database.ts";
import type { EventRecord, TelemetryEvent } from "../../core/event.ts";
import type { Words } from "../../core/words.ts";

const TOTALS = [
  "duration_ms",
  "cost_micros",
  "at",
  "started_at",
  "api_duration_ms",
  "tool_duration_ms",
  "lines_added",
  "lines_removed",
  "cost_unknown",
] as const;
const COUNTS = [
  "input_tokens",
  "output_tokens",
  "thinking_tokens",
  "cache_read_tokens",
  "cache_creation_tokens",
  "web_searches",
  "cost_micros",
] as const;
const COUNT_MAX = 2 ** 50;

/** Writes the tables `cost_states` and `cost_state_models`. */
export class CostStateTable {
  readonly #words: Words;
  readonly #find: Statement;
  readonly #findModels: Statement;
  readonly #put: Statement;
  readonly #putModel: Statement;
  readonly #clear: Statement;

  constructor(db: Database, words: Words) {
    this.#words = words;
    this.#find = prepareArrays(
      db,
      `select ${TOTALS.join(", ")} from cost_states where session = ?`,
    );
    this.#findModels = prepareArrays(
      db,
      `select w.text, ${COUNTS.join(", ")} from cost_state_models m
       join words w on w.id = m.model where session = ? order by w.text`,
    );
    this.#put = db.prepare(
      `insert or replace into cost_states (session, ${TOTALS.join(", ")})
       values (?, ${TOTALS.map(() => "?").join(", ")})`,
    );
    this.#putModel = db.prepare(
      `insert into cost_state_models (session, model, ${COUNTS.join(", ")})
       values (?, ?, ${COUNTS.map(() => "?").join(", ")})`,
    );
    this.#clear = db.prepare("delete from cost_state_models where session = ?");
  }

  /**
   * Keeps what an event tells if it is later than what is kept: the longer duration, then the
   * greater cost, then some order that is the same for every order of arrival. The caller holds
   * the transaction.
   */
  tell(session: number, event: TelemetryEvent): void {
    const totals = totalsOf(event), models = modelsOf(event);
    const before = this.#find.get(session) as unknown as number[] | undefined;
    if (before) {
      const kept = this.#findModels.all(session) as unknown as (string | number)[][];
      if (compare([...before, ...kept.flat()], [...totals, ...models.flat()]) >= 0) return;
    }
    this.#put.run(session, ...totals);
    this.#clear.run(session);
    for (const [model, ...counts] of models) {
      this.#putModel.run(session, this.#words.number(model), ...counts);
    }
  }
}

function totalsOf({ payload, timestamp }: TelemetryEvent): number[] {
  return TOTALS.map((name) => name === "at" ? timestamp : countIn(payload, name));
}

function modelsOf({ payload }: TelemetryEvent): [string, ...number[]][] {
  const models = Array.isArray(payload.models) ? payload.models as EventRecord[] : [];
  const rows = new Map(
    models.flatMap((model): [string, number[]][] =>
      typeof model?.model === "string"
        ? [[model.model, COUNTS.map((name) => countIn(model, name))]]
        : []
    ),
  );
  return [...rows].sort(([a], [b]) => a < b ? -1 : 1).map((
    [model, counts],
  ) => [model, ...counts]);
}

function countIn(record: EventRecord, name: string): number {
  const value = record[name];
  if (value === true) return 1;
  return typeof value === "number" && value > 0 ? Math.min(Math.trunc(value), COUNT_MAX) : 0;
}

function compare(a: readonly (string | number)[], b: readonly (string | number)[]): number {
  for (let i = 0; i < Math.min(a.length, b.length); i++) {
    if (a[i] !== b[i]) return a[i]! < b[i]! ? -1 : 1;
  }
  return a.length - b.length;
}
