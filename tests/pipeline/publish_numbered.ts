/**
 * A process to be killed: hands numbered events to a pipeline and writes to stdout how many of
 * them were accepted. Arguments: path of the database, first number, number after the last.
 */

import { systemClock } from "../../core/clock.ts";
import { encodeEvent, type TelemetryEvent } from "../../core/event.ts";
import { Pipeline } from "../../pipeline/pipeline.ts";
import { makePrompt, makeResponse, NOON, TABLES } from "../helpers/events.ts";

const AT_ONCE = 25;

/** The event of a number: a response with so many tokens, every tenth time a prompt. */
export function numberedEvent(n: number): TelemetryEvent {
  const place = { id: `e${n}`, session: `s${n % 7}`, at: NOON + n * 1000 };
  return n % 10 === 0 ? makePrompt(place) : makeResponse({ ...place, output: n });
}

if (import.meta.main) {
  const [path, first, end] = Deno.args;
  const pipeline = new Pipeline({ path: path!, tables: TABLES, clock: systemClock });
  await pipeline.resume();
  for (let n = Number(first); n < Number(end); n += AT_ONCE) {
    const count = Math.min(AT_ONCE, Number(end) - n);
    const events = Array.from({ length: count }, (_, i) => encodeEvent(numberedEvent(n + i)));
    await pipeline.accept(events, []);
    Deno.stdout.writeSync(new TextEncoder().encode(`${n + count}\n`));
  }
  await pipeline[Symbol.asyncDispose]();
}
