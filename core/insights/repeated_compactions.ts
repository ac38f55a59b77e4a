/**
 * A session whose context was full and compacted again and again.
 *
 * @module
 */

import { EVENT_TYPES } from "../event.ts";
import { formatCount } from "../format.ts";
import type { InsightKind } from "../insight_kinds.ts";
import { TURN_BEGINNINGS } from "../session_counts.ts";

/** From so many on a session holds more than one thing. */
const COMPACTIONS_MIN = 3;
const BEGINNINGS = TURN_BEGINNINGS.map((type) => EVENT_TYPES.indexOf(type)).join(", ");

/** Compactions of a session; n is how many turns it had. */
export const repeatedCompactions: InsightKind = {
  name: "context.repeated_compactions",
  type: "context",
  sql: `
    select 0, min(at), max(at), count(*),
      (select count(*) from inputs where session = ?1 and kind in (${BEGINNINGS}))
    from inputs where session = ?1 and kind = ${EVENT_TYPES.indexOf("context_compact")}
    having count(*) >= ${COMPACTIONS_MIN}`,
  counts: "compactions",
  title: (count) => `The context was compacted ${formatCount(count)} times`,
  suggestion: "Begin a new session for a new task: what is compacted away has to be read or " +
    "said again",
};
