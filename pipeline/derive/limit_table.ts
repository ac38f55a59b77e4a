/**
 * The history of what clients showed of their account's limits.
 *
 * @module
 */

import type { Database, Statement } from "../../core/database.ts";
import { LIMIT_NAMES } from "../../core/client_status.ts";
import type { EventRecord, TelemetryEvent } from "../../core/event.ts";
import type { Words } from "../../core/words.ts";

const NAMES: ReadonlySet<unknown> = new Set(LIMIT_NAMES);
const USED_MAX = 10_000;

/** Writes the table `limit_uses`. */
export class LimitTable {
  readonly #words: Words;
  readonly #put: Statement;

  constructor(db: Database, words: Words) {
    this.#words = words;
    this.#put = db.prepare(
      `insert into limit_uses (platform, name, resets_at, used, first_at, last_at)
       values (?1, ?2, ?3, ?4, ?5, ?5) on conflict do update set
         first_at = min(first_at, excluded.first_at), last_at = max(last_at, excluded.last_at)`,
    );
  }

  /** Keeps what an event tells of limits, in whatever order; the caller holds the transaction. */
  tell({ platform, payload, timestamp }: TelemetryEvent): void {
    const limits = Array.isArray(payload.limits) ? payload.limits as (EventRecord | null)[] : [];
    for (const limit of limits) {
      const { name, used_thousandths: used, resets_at: end } = limit ?? {};
      if (!NAMES.has(name) || typeof used !== "number") continue;
      const resetsAt = typeof end === "number" && end > 0 ? Math.trunc(end) : 0;
      this.#put.run(
        this.#words.number(platform),
        this.#words.number(String(name)),
        resetsAt,
        Math.min(USED_MAX, Math.max(0, Math.trunc(used))),
        timestamp,
      );
    }
  }
}
