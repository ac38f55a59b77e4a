/**
 * The port through which capture hands over what it read; the pipeline stands behind it.
 *
 * @module
 */

import type { Checkpoint } from "./checkpoints.ts";

/** Takes events and reading positions, durably. */
export interface Intake {
  /**
   * Queues the JSON of events, and then notes how far their sources were read. Resolves once
   * both are durable, and not before the queue has room again: waiting for it is what slows a
   * source down.
   */
  accept(events: readonly string[], checkpoints: readonly Checkpoint[]): Promise<void>;
}
