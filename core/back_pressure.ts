/**
 * Back-pressure: from which depth of the queues on what is slowed down.
 *
 * @module
 */

/** How deep a queue is, the calmest first. */
export const PRESSURE_LEVELS = ["green", "yellow", "orange", "red"] as const;

/** One of {@linkcode PRESSURE_LEVELS}. */
export type PressureLevel = typeof PRESSURE_LEVELS[number];

/** The depth at which each level but green begins. */
export interface PressureThresholds {
  readonly yellow: number;
  readonly orange: number;
  readonly red: number;
}

/**
 * Thresholds of the events that wait to be stored, and of the batches that wait to be folded.
 * From yellow on work is done in longer slices, from orange on sources wait until there is room;
 * red is what other machines published while nobody took it.
 */
export const PRESSURE = {
  events: { yellow: 1000, orange: 5000, red: 50_000 },
  changes: { yellow: 50, orange: 100, red: 1000 },
} as const satisfies Record<string, PressureThresholds>;

/** The level of a depth. */
export function pressureLevel(depth: number, thresholds: PressureThresholds): PressureLevel {
  if (depth >= thresholds.red) return "red";
  if (depth >= thresholds.orange) return "orange";
  return depth >= thresholds.yellow ? "yellow" : "green";
}

/** The worse of two levels. */
export function worseLevel(a: PressureLevel, b: PressureLevel): PressureLevel {
  return PRESSURE_LEVELS.indexOf(a) > PRESSURE_LEVELS.indexOf(b) ? a : b;
}
