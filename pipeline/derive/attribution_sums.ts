/**
 * Sums by that on whose account responses and calls go: sub-agents, their types, skills, servers
 * of tools, and efforts.
 *
 * @module
 */

import type { Database } from "../../core/database.ts";
import { ATTRIBUTION_COUNTS, type ATTRIBUTION_KINDS } from "../../core/session_counts.ts";
import type { Words } from "../../core/words.ts";
import { modelCounts, type ResponseFact } from "./response_fact.ts";
import { SumTable } from "./sum_table.ts";
import type { ToolCallFact } from "./tool_call_fact.ts";

type Counts = Record<typeof ATTRIBUTION_COUNTS[number], number>;
type Kind = Exclude<typeof ATTRIBUTION_KINDS[number], "side">;

const NOTHING = Object.fromEntries(ATTRIBUTION_COUNTS.map((name) => [name, 0])) as Counts;
const COLUMNS = {
  agent: "agent_type",
  skill: "skill",
  server: "server",
  effort: "effort",
} as const satisfies Record<Kind, keyof ResponseFact>;

/** Writes the table `attribution_sums`. */
export class AttributionSums {
  readonly #words: Words;
  readonly #sums: SumTable<typeof ATTRIBUTION_COUNTS[number]>;

  constructor(db: Database, words: Words) {
    this.#words = words;
    this.#sums = new SumTable(db, "attribution_sums", ATTRIBUTION_COUNTS);
  }

  /** Adds a response, or takes it away. */
  addResponse(fact: ResponseFact, sign: 1 | -1, now: number): void {
    const members = this.#membersOf(fact);
    if (members.length === 0) return;
    const counts = { ...modelCounts(fact), tool_uses: 0 };
    for (const member of members) this.#sums.add({ ...fact, member, now }, counts, sign);
  }

  /** Adds a sub-agent's call, or takes it away. */
  addCall(fact: ToolCallFact, sign: 1 | -1, now: number): void {
    if (fact.side !== 1 || fact.called !== 1) return;
    const where = { ...fact, member: this.#words.number("side"), now };
    this.#sums.add(where, { ...NOTHING, tool_uses: 1 }, sign);
  }

  /** The table, to be kept as the others are. */
  get table(): SumTable<typeof ATTRIBUTION_COUNTS[number]> {
    return this.#sums;
  }

  #membersOf(fact: ResponseFact): number[] {
    const named = Object.entries(COLUMNS).flatMap(([kind, column]) => {
      const word = fact[column];
      return word === null ? [] : [this.#words.number(`${kind}:${this.#words.text(word)}`)];
    });
    return fact.side === 1 ? [this.#words.number("side"), ...named] : named;
  }
}
