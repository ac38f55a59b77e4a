/**
 * Events as the parser makes them of made-up transcripts.
 *
 * @module
 */

import { Gate } from "../../capture/gate.ts";
import { Projects } from "../../capture/project.ts";
import { TranscriptParser } from "../../capture/claude_code/transcript_parser.ts";
import { DriftCounts } from "../../capture/drift_counts.ts";
import { encodeEvent } from "../../core/event.ts";
import { Privacy } from "../../core/privacy.ts";
import { beginSession, Dice, promptLine, stepLines } from "../../tools/made_up_session.ts";

const STEPS_A_SESSION = 300;

/** The JSON of `count` events. */
export function madeUpEvents(count: number): string[] {
  const events: string[] = [];
  for (const session of madeUpSessions()) {
    for (const event of session) events.push(event);
    if (events.length >= count) break;
  }
  return events.slice(0, count);
}

/** The JSON of the events of one session after another, without end. */
export function* madeUpSessions(): Generator<string[], never> {
  const privacy = new Privacy(new Uint8Array(32));
  const projects = new Projects(privacy, "/home/ada");
  const dice = new Dice(7);
  for (;;) {
    const events: string[] = [];
    const session = beginSession(dice, 1_790_000_000_000 + dice.roll(0, 1e9));
    const path = `${session.id}.jsonl`;
    const parser = new TranscriptParser({
      gate: new Gate(),
      path,
      before: undefined,
      modifiedAt: 0,
      privacy,
      projects,
      drift: new DriftCounts(),
    });
    const lines = [promptLine(session)];
    for (let step = 0; step < STEPS_A_SESSION; step++) lines.push(...stepLines(session));
    for (const line of lines) {
      for (const event of parser.parse(JSON.parse(line)) ?? []) events.push(encodeEvent(event));
    }
    yield events;
  }
}
