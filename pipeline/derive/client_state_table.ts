/**
 * The history of how clients showed their sessions: context and cost at each moment.
 *
 * @module
 */

import type { Database, Statement } from "../../core/database.ts";
import type { TelemetryEvent } from "../../core/event.ts";
import { toldSize } from "./told.ts";

const GAUGES = ["context_tokens", "context_limit", "reported_cost_micros"] as const;

/** Writes the table `client_states`. */
export class ClientStateTable {
  readonly #put: Statement;

  constructor(db: Database) {
    // Of two tellings of one moment the greater holds, and any holds against none.
    const greater = (column: string) =>
      `${column} = max(ifnull(${column}, excluded.${column}),
         ifnull(excluded.${column}, ${column}))`;
    this.#put = db.prepare(
      `insert into client_states (session, at, context_tokens, context_limit, cost_micros)
       values (?, ?, ?, ?, ?) on conflict do update set
         ${["context_tokens", "context_limit", "cost_micros"].map(greater).join(", ")}`,
    );
  }

  /** Keeps what is told of a moment, in whatever order; the caller holds the transaction. */
  tell(session: number, event: TelemetryEvent): void {
    const told = GAUGES.map((name) => toldSize(event, name));
    if (told.every((value) => value === null)) return;
    this.#put.run(session, event.timestamp, ...told);
  }
}
