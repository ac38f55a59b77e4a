/**
 * The sessions that cost most of all, in their order: a reader keeps it, and puts those anew into
 * their place that changed.
 *
 * @module
 */

import { type Database, prepareArrays } from "../database.ts";
import { among, foldOfSessions, inOrder, ofSessions } from "../kept_sessions.ts";
import { compareRanks, type Rank, RANKS_MAX } from "../live_picture.ts";
import { costsOfSessions } from "./session_order.ts";

const byCost = foldOfSessions(readCosts, inOrder(compareRanks));

/** Their ids and what they cost in USD, so many as a ranking holds. */
export function readDearestSessions(db: Database): Rank[] {
  return byCost(db).slice(0, RANKS_MAX);
}

function readCosts(db: Database, sessions?: readonly number[]): [number, Rank][] {
  const costs = new Map(costsOfSessions(db, sessions));
  const [text] = prepareArrays(
    db,
    `select json_group_array(json_array(id, session_id)) from sessions
     where counted = 1${ofSessions("id", sessions)}`,
  ).get(...among(sessions)) as unknown as [string];
  return (JSON.parse(text) as [number, string][]).flatMap(([session, id]) => {
    const cost = costs.get(session) ?? 0;
    return cost > 0 ? [[session, [id, cost]]] : [];
  });
}
