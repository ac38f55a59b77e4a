/**
 * A slice of work: many steps in one transaction, as a commit costs more than a step.
 *
 * @module
 */

import type { Clock } from "../core/clock.ts";
import type { Database } from "../core/database.ts";
import type { SlowGroups } from "./slow_groups.ts";

/** What a slice is made of. */
export interface SliceParts {
  readonly db: Database;
  readonly clock: Clock;
  readonly slow: Pick<SlowGroups, "begin" | "settle" | "forget" | "hasFactsAlone">;
  /** Does a few milliseconds of work. @returns whether there was any */
  readonly step: () => Promise<boolean>;
  /** Whether somebody waits for the end. */
  readonly isWanted: () => boolean;
}

/** How long others wait at most until they are seen. */
const LOOK_EVERY_MS = 5;

/**
 * Works until there is nothing to do, or for so long; shorter when somebody waits for the end.
 *
 * @param isBusy whether so much waits that nobody's waiting ends it
 * @returns how many steps there were
 * @throws what stopped a step: then none of them was done
 */
export async function runSlice(
  parts: SliceParts,
  lengthMs: number,
  isBusy: boolean,
): Promise<number> {
  const { db, clock, slow, step } = parts;
  const until = clock.now() + lengthMs;
  const end = isBusy ? () => clock.now() >= until : ender(parts, until);
  db.exec("begin immediate");
  slow.begin();
  try {
    let steps = 0;
    while (await step()) {
      steps++;
      if (await end()) break;
    }
    slow.settle();
    db.exec("commit");
    // What is said to this thread is heard a turn late: who asks for facts is answered first.
    if (slow.hasFactsAlone) await nextTurn();
    return steps;
  } catch (error) {
    if (db.isTransaction) db.exec("rollback");
    slow.forget();
    throw error;
  }
}

/** Resolves in the next turn of the event loop: what came in the meantime is seen by then. */
export function nextTurn(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}

/** Says after each step whether that was the last. */
function ender({ clock, isWanted }: SliceParts, until: number): () => Promise<boolean> {
  let lookAt = clock.now() + LOOK_EVERY_MS;
  return async () => {
    const now = clock.now();
    if (now >= until) return true;
    if (now < lookAt) return false;
    await nextTurn();
    lookAt = now + LOOK_EVERY_MS;
    return isWanted();
  };
}
