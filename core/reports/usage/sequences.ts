/**
 * Which tools are called one after the other.
 *
 * @module
 */

import { type Database, prepareArrays } from "../../database.ts";
import { sessionsGoingOn, type UsageQuery } from "../usage_sums.ts";

/** Two or three tools in the order of their calls. */
export interface ToolSequence {
  readonly tools: readonly string[];
  readonly count: number;
}

const SHOWN_MAX = 5;

/**
 * The most frequent twos and threes of sessions that were going on: of each session the five that
 * it had most often are known.
 */
export function readSequences(
  db: Database,
  query: UsageQuery,
  words: ReadonlyMap<number, string>,
): ToolSequence[] {
  const { sql, parameters } = sessionsGoingOn(query);
  const rows = prepareArrays(
    db,
    `select x.first, x.second, x.third, sum(x.count) from tool_sequences x
     join sessions s on s.id = x.session where ${sql} group by 1, 2, 3`,
  ).all(...parameters) as unknown as [number, number, number, number][];
  const sequences = rows.map(([first, second, third, count]): ToolSequence => ({
    tools: [first, second, third].filter((tool) => tool !== 0)
      .map((tool) => words.get(tool) ?? "other"),
    count,
  })).sort((a, b) => b.count - a.count || (a.tools.join() < b.tools.join() ? -1 : 1));
  return [2, 3].flatMap((length) =>
    sequences.filter(({ tools }) => tools.length === length).slice(0, SHOWN_MAX)
  );
}
