/**
 * One thing that a person typed or did, and how two tellings of it become one.
 *
 * @module
 */

import { EVENT_TYPES, type TelemetryEvent } from "../../core/event.ts";
import { factKey } from "../../core/fact_key.ts";
import { greatestKnown, toldFlag, toldSize } from "./told.ts";

/** Time is in milliseconds; `kind` is the place in EVENT_TYPES, or {@linkcode UNCOUNTED}. */
export interface InputFact {
  session: number;
  at: number;
  kind: number;
  /** 1 for one that counts only where the session tells none itself. */
  loose: number;
  /** 1 where the time is the earliest there can be: nothing can be measured from it. */
  untimed: number;
  /** The size of what was typed. */
  characters: number | null;
  words: number | null;
  /** How full the context was before and after it was compacted. */
  tokens_before: number | null;
  tokens_after: number | null;
}

/** The columns of `inputs` behind its key. */
export const INPUT_COLUMNS = [
  "session",
  "at",
  "kind",
  "loose",
  "untimed",
  "characters",
  "words",
  "tokens_before",
  "tokens_after",
] as const;

/** The kind of a typed command that another line tells, too. */
export const UNCOUNTED = -1;

/**
 * What an event tells of inputs, by key. A command that was typed stands in two lines, one of them
 * a prompt that begins with a slash and has the same prompt id: the prompt does not count then.
 */
export function toldInputs(event: TelemetryEvent, session: number): [number, InputFact][] {
  const fact = {
    session,
    at: event.timestamp,
    kind: EVENT_TYPES.indexOf(event.eventType),
    loose: event.hookType === undefined ? toldFlag(event, "loose") : 1,
    untimed: toldFlag(event, "untimed"),
    characters: toldSize(event, "characters"),
    words: toldSize(event, "words"),
    tokens_before: toldSize(event, "tokens_before"),
    tokens_after: toldSize(event, "tokens_after"),
  };
  const prompt = event.payload.prompt_id;
  const own: [number, InputFact] = [factKey(event.eventId), fact];
  if (typeof prompt !== "string") return [own];
  const twin = factKey(`twin ${prompt}`);
  if (event.eventType === "slash_command") {
    return [own, [twin, { ...fact, kind: UNCOUNTED }]];
  }
  return event.payload.slash === true ? [[twin, fact]] : [own];
}

/** Merges two tellings; the owner is the caller's to say. */
export function mergeInputs(a: InputFact, b: InputFact, session: number): InputFact {
  return {
    session,
    at: Math.min(a.at, b.at),
    kind: Math.min(a.kind, b.kind),
    loose: Math.min(a.loose, b.loose),
    untimed: Math.min(a.untimed, b.untimed),
    characters: greatestKnown(a.characters, b.characters),
    words: greatestKnown(a.words, b.words),
    tokens_before: greatestKnown(a.tokens_before, b.tokens_before),
    tokens_after: greatestKnown(a.tokens_after, b.tokens_after),
  };
}
