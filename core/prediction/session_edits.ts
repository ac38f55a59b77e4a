/**
 * What the edits of the latest sessions teach, read of those alone that changed since.
 *
 * @module
 */

import { type Database, prepareArrays } from "../database.ts";
import { among, keepOfSessions, ofSessions } from "../kept_sessions.ts";
import {
  type EditFeatures,
  PREDICTION_TARGETS,
  type PredictionTarget,
} from "../prediction_features.ts";
import { readWords } from "../words.ts";
import { type EditSeen, readEdits } from "./edit_history.ts";
import { type EditSums, sumEdits } from "./edit_sums.ts";
import { labelEdits } from "./labelled_edits.ts";

/** What the edits of one session tell. */
export interface SessionEdits {
  /** What was known of the last one. */
  readonly last: EditFeatures;
  readonly sums: Readonly<Record<PredictionTarget, EditSums>>;
}

/** What is older is forgotten: habits and models change. */
const LATEST_EDITS = 5000;
const LATEST_SESSIONS = 1000;
/** So many are read at once, until there are enough. */
const READ_AT_ONCE = 50;

/** By number of session; of one without an edit there is nothing. */
export const readSessionEdits = keepOfSessions((db, sessions): [number, SessionEdits][] => {
  const where = { sql: `s.counted = 1${ofSessions("s.id", sessions)}` };
  const edits = readEdits(db, { ...where, parameters: among(sessions) }, readWords(db));
  return [...Map.groupBy(edits, ({ session }) => session)]
    .map(([session, some]) => [session, editsOf(some)]);
});

/**
 * The sums of the latest sessions, as many as it takes for 5,000 edits of which is known whether
 * they went well, and of a thousand sessions at most; in the order of their first edits.
 */
export function readLatestSums(db: Database, target: PredictionTarget): EditSums[] {
  const numbers = prepareArrays(
    db,
    `select id from sessions where counted = 1 and ended_at is not null
     order by ended_at desc, session_id limit ?`,
  ).all(LATEST_SESSIONS) as unknown as [number][];
  const sums: EditSums[] = [];
  let edits = 0;
  for (let from = 0; from < numbers.length && edits < LATEST_EDITS; from += READ_AT_ONCE) {
    const some = numbers.slice(from, from + READ_AT_ONCE).map(([number]) => number);
    const kept = readSessionEdits(db, some);
    for (const number of some) {
      const sum = kept.get(number)?.sums[target];
      if (!sum || sum.n === 0 || edits >= LATEST_EDITS) continue;
      sums.push(sum);
      edits += sum.n;
    }
  }
  return sums.sort((a, b) => a.from - b.from);
}

function editsOf(edits: readonly EditSeen[]): SessionEdits {
  const sums = PREDICTION_TARGETS.map((target) => [target, sumEdits(labelEdits(edits, target))]);
  return { last: edits.at(-1)!.features, sums: Object.fromEntries(sums) };
}
