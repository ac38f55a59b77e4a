/**
 * Which call started which sub-agent: the call tells its type, the result its id.
 *
 * @module
 */

import { factKey } from "../../core/fact_key.ts";
import type { Database, Statement } from "../../core/database.ts";
import type { TelemetryEvent } from "../../core/event.ts";
import type { Words } from "../../core/words.ts";

/** Writes the table `agent_calls`. */
export class AgentCalls {
  readonly #words: Words;
  readonly #put: Statement;

  constructor(db: Database, words: Words) {
    this.#words = words;
    // Of two that are told the same one stays, whatever the order.
    this.#put = db.prepare(
      `insert into agent_calls (session, call, agent, type) values (?, ?, ?, ?)
       on conflict do update set
         agent = min(ifnull(agent, excluded.agent), ifnull(excluded.agent, agent)),
         type = iif(type is null or (select text from words where id = excluded.type) <
           (select text from words where id = type), excluded.type, type)`,
    );
  }

  /** Stores what an event tells; the caller holds the transaction. */
  tell(session: number, { payload }: TelemetryEvent): void {
    const { tool_use_id: call, agent_id: agent, agent_type: type } = payload;
    if (typeof call !== "string") return;
    if (typeof agent !== "string" && typeof type !== "string") return;
    this.#put.run(
      session,
      factKey(call),
      typeof agent === "string" ? factKey(agent) : null,
      typeof type === "string" ? this.#words.number(type) : null,
    );
  }
}
