/**
 * The port through which capture hands over what it read; the pipeline stands behind it.
 *
 * @module
 */

import type { Checkpoint } from "./checkpoints.ts";

/** Takes events and reading positions, durably. */
export interface Intake {
  /**
   * Queues the JSON of events. Resolves once they are durable, and not before the queue has
   * room again: waiting for it is what slows a source down.
   */
  publish(events: readonly string[]): Promise<void>;
  /** Notes how far a source was read; only after what was read before it was published. */
  saveCheckpoints(checkpoints: readonly Checkpoint[]): Promise<void>;
}
