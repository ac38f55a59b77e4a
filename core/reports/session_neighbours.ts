/**
 * Which sessions stand beside one in a list.
 *
 * @module
 */

import { type Database, prepareArrays } from "../database.ts";
import { type OrderQuery, readSessionOrder } from "./session_order.ts";

/** Where a session stands in a list, and the ids beside it; null at its ends. */
export interface SessionNeighbours {
  /** Counted from 1. */
  readonly place: number;
  readonly total: number;
  readonly before: string | null;
  readonly after: string | null;
}

/** The neighbours of a session, by its number; undefined where the list does not hold it. */
export function readSessionNeighbours(
  db: Database,
  number: number,
  query: OrderQuery,
): SessionNeighbours | undefined {
  const { shown, total } = readSessionOrder(db, query);
  const at = shown.indexOf(number);
  if (at < 0) return undefined;
  const idOf = (other: number | undefined) => other === undefined ? null : readId(db, other);
  return { place: at + 1, total, before: idOf(shown[at - 1]), after: idOf(shown[at + 1]) };
}

function readId(db: Database, number: number): string {
  const [id] = prepareArrays(db, "select session_id from sessions where id = ?")
    .get(number) as unknown as [string];
  return id;
}
