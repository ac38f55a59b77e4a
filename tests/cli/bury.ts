/** Puts dead letters into a machine's database, as a pipeline does. */

import { openWriter } from "../../core/open_writer.ts";
import { encodeEvent } from "../../core/event.ts";
import { DeadLetters } from "../../pipeline/dead_letters.ts";
import { makePrompt } from "../helpers/events.ts";
import type { Machine } from "../helpers/run_blueplane.ts";
import { VirtualClock } from "../helpers/virtual_clock.ts";

const ORIGIN = { stream: "telemetry:events", group: "processors" } as const;

/** Makes three letters: 1 can be stored, 2 cannot, and 3 was no event. */
export function bury({ home }: Machine, now = Date.now()): void {
  Deno.mkdirSync(home, { recursive: true });
  using db = openWriter(`${home}/telemetry.db`);
  const letters = new DeadLetters(db, new VirtualClock(now));
  const unregistered = new RangeError("Cannot store an event: its platform is not registered");
  for (const [id, platform] of [["1", "claude_code"], ["2", "emacs"]] as const) {
    const body = encodeEvent(makePrompt({ id, platform, session: "s1" }));
    letters.add(ORIGIN, { id, body, attempts: 3 }, unregistered);
  }
  letters.add(ORIGIN, { id: "3", body: "a secret of two", attempts: 3 }, new SyntaxError());
}
