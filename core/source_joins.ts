/**
 * By what the sightings of one fact are known as one, where its sources give it no common id:
 * prompts by the uuid of their line or by their prompt id, compactions by when they were.
 *
 * @module
 */

import type { TelemetryEvent } from "./event.ts";

/** What one source saw; `isFile` where it stands in the assistant's own files. */
export interface Sighting {
  readonly event: TelemetryEvent;
  readonly isFile: boolean;
}

/** A hook tells of a compaction before the model is asked, the line comes after its answer. */
const COMPACTION_MS = 5 * 60_000;

/**
 * The key of each prompt; undefined for one that nothing tells apart. One that files hold is known
 * by its line: a prompt id alone stands for the first line that has it, as commands that follow
 * it can have the same.
 */
export function promptKeys(prompts: readonly Sighting[]): ReadonlyMap<Sighting, string> {
  const commands = new Set(prompts.filter(isCommand).map(promptOf));
  const held = prompts.filter((one) => one.isFile && !isTwin(one, commands));
  const lines = new Set<string>(held.map(({ event }) => event.eventId));
  const first = new Map<string, Sighting>();
  for (const one of held.toSorted(byTime)) {
    const prompt = promptOf(one);
    if (prompt !== undefined && !first.has(prompt)) first.set(prompt, one);
  }
  const keys = new Map<Sighting, string>(held.map((one) => [one, one.event.eventId]));
  for (const one of prompts.filter(({ isFile }) => !isFile)) {
    const { message_uuid: line } = one.event.payload, prompt = promptOf(one);
    if (typeof line === "string" && lines.has(line)) keys.set(one, line);
    else if (prompt !== undefined) {
      keys.set(one, first.get(prompt)?.event.eventId ?? `prompt ${prompt}`);
    } else if (typeof line === "string") keys.set(one, line);
  }
  return keys;
}

/** The key of each compaction: that of the nearest one that files hold, else its own. */
export function compactionKeys(compactions: readonly Sighting[]): ReadonlyMap<Sighting, string> {
  const held = compactions.filter(({ isFile }) => isFile).toSorted(byTime);
  return new Map(compactions.map((one) => {
    if (one.isFile) return [one, one.event.eventId];
    const distance = ({ event }: Sighting) => Math.abs(event.timestamp - one.event.timestamp);
    const nearest = held.reduce<Sighting | undefined>(
      (best, other) => best && distance(best) <= distance(other) ? best : other,
      undefined,
    );
    const isSame = nearest !== undefined && distance(nearest) <= COMPACTION_MS;
    return [one, (isSame ? nearest : one).event.eventId];
  }));
}

/** A typed command stands in two lines, one of them a prompt: that one tells nothing more. */
function isTwin(one: Sighting, commands: ReadonlySet<string | undefined>): boolean {
  return one.event.payload.slash === true && commands.has(promptOf(one)) && !isCommand(one);
}

function isCommand({ event, isFile }: Sighting): boolean {
  return isFile && event.eventType === "slash_command" && event.payload.prompt_id !== undefined;
}

function promptOf({ event: { payload } }: Sighting): string | undefined {
  return typeof payload.prompt_id === "string" ? payload.prompt_id : undefined;
}

function byTime({ event: a }: Sighting, { event: b }: Sighting): number {
  return a.timestamp - b.timestamp || (a.eventId < b.eventId ? -1 : 1);
}
