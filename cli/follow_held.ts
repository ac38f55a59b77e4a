/**
 * Stores what of exports had to wait, once it is known that it may be.
 *
 * @module
 */

import type { HeldExports } from "../capture/held_exports.ts";
import { spoolEvents } from "../capture/spool.ts";
import { encodeEvent } from "../core/event.ts";
import type { Trouble } from "./trouble.ts";
import type { Workspace } from "./workspace.ts";

const LOOK_EVERY_MS = 1000;

/** What it works with. */
interface HeldParts {
  readonly held: HeldExports;
  readonly trouble: Trouble;
}

/**
 * Looks every second until `signal` is aborted. What waits then is stored, if its session is known
 * to work where nothing is left out; of the rest nobody can tell that, and it is dropped. All goes
 * through the spool: there it is safe while nothing can be stored.
 */
export async function followHeld(
  { io: { clock }, home }: Pick<Workspace, "home" | "io">,
  { held, trouble }: HeldParts,
  signal: AbortSignal,
): Promise<void> {
  let due: string[] = [];
  const store = () => {
    try {
      if (due.length > 0) spoolEvents(home.spool, due, clock.now());
      due = [];
      trouble.end("storing exports");
    } catch (error) {
      // Whatever is wrong with the disk: the server goes on, and so does this.
      if (!(error instanceof Error)) throw error;
      trouble.tell("storing exports", error);
    }
  };
  while (!signal.aborted) {
    // Those that could not be written first: meanwhile the others wait on, and have a bound.
    if (due.length === 0) due = held.take(clock.now()).map(encodeEvent);
    store();
    await clock.sleep(LOOK_EVERY_MS, signal);
  }
  due.push(...held.takeLast().map(encodeEvent));
  store();
}
