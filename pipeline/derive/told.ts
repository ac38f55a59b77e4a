/**
 * What an event tells, read with care: names that are missing have a value of their own.
 *
 * @module
 */

import { factKey } from "../../core/fact_key.ts";
import type { TelemetryEvent } from "../../core/event.ts";

// More than any true count; a million of them still sum exactly.
const COUNT_MAX = 2 ** 33;

/** Orders two numbers of words by the words; what is not known comes last. */
export type CompareWords = (a: number | null, b: number | null) => number;

/** A text of the payload. */
export function toldText(event: TelemetryEvent, name: string, missing = "other"): string {
  const value = event.payload[name];
  return typeof value === "string" ? value : missing;
}

/** A whole number of the payload that is 0 or greater; 0 where there is none. */
export function toldCount(event: TelemetryEvent, name: string): number {
  const value = event.payload[name];
  return typeof value === "number" && value > 0 ? Math.min(Math.trunc(value), COUNT_MAX) : 0;
}

/** As {@linkcode toldCount}, and null where no number is told. */
export function toldSize(event: TelemetryEvent, name: string): number | null {
  return typeof event.payload[name] === "number" ? toldCount(event, name) : null;
}

/** 1 where the payload says `true`, else 0. */
export function toldFlag(event: TelemetryEvent, name: string): 0 | 1 {
  return event.payload[name] === true ? 1 : 0;
}

/** The sub-agent at work, by the hash of its id; null for the session itself. */
export function toldAgent({ metadata }: TelemetryEvent): number | null {
  return typeof metadata.agent_id === "string" ? factKey(metadata.agent_id) : null;
}

/** The greater of two numbers; what is not known gives way. */
export function greatestKnown(a: number | null, b: number | null): number | null {
  return a === null || b === null ? a ?? b : Math.max(a, b);
}

/** Less than 0 when `a` comes first; what is not known comes last. */
export function compareKnown(a: number | null, b: number | null): number {
  return (a ?? Infinity) === (b ?? Infinity) ? 0 : (a ?? Infinity) - (b ?? Infinity);
}
