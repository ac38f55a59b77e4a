/**
 * The port through which capture hands over what it read; the pipeline stands behind it.
 *
 * @module
 */

import type { Checkpoint } from "./checkpoints.ts";

/**
 * Thrown where the queue has lost what it had accepted. Until its sources stand at what is stored
 * again, and that is said, nothing more is accepted: what is read behind a gap would hide it.
 */
export class QueueLostError extends Error {
  override name = "QueueLostError";

  constructor() {
    super("Cannot go on from there: the queue lost its memory; reading again what is not stored");
  }
}

/** Takes events and reading positions, durably. */
export interface Intake {
  /**
   * Takes the JSON of events, and then notes how far their sources were read. Resolves once
   * both are durable, and not before the queue has room again: waiting for it is what slows a
   * source down. Without any it says whether what was accepted is still there.
   *
   * @throws {QueueLostError} see there
   */
  accept(events: readonly string[], checkpoints: readonly Checkpoint[]): Promise<void>;
}
