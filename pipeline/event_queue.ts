/**
 * The queue between capture and the fast path, as the pipeline sees it, whatever it is made of.
 *
 * @module
 */

import type { LeasingBroker } from "../core/broker.ts";
import type { Checkpoint } from "../core/checkpoints.ts";
import type { Clock } from "../core/clock.ts";
import type { Database } from "../core/database.ts";
import type { Words } from "../core/words.ts";
import type { SourceMark } from "./source_mark.ts";
import type { StoredMarks } from "./stored_marks.ts";

/** What a queue is made with. */
export interface QueueParts {
  readonly db: Database;
  readonly words: Words;
  readonly clock: Clock;
  readonly stored: StoredMarks;
}

/** Makes the queue of a pipeline. */
export type MakeQueue = (parts: QueueParts) => EventQueue;

/** Where accepted events wait until they are stored. */
export interface EventQueue extends AsyncDisposable {
  readonly broker: LeasingBroker;
  /** Whether it lies in the database: then taking, storing and acknowledging are one change. */
  readonly isEmbedded: boolean;
  /** Makes ready what an earlier run left; to be called before anything else. */
  open(): Promise<void>;
  /** As {@linkcode Intake} has it, without waiting for room. */
  accept(events: readonly string[], checkpoints: readonly Checkpoint[]): Promise<void>;
  /** Says that all sources stand at what is stored. */
  rewound(): void;
  /**
   * Names the memory that holds now. What was taken before is whole only if it was published in
   * this one; what was taken from another and not settled does not come again.
   */
  epoch(): Promise<string>;
  /** Notes marks that were stored. */
  noteStored(marks: readonly SourceMark[]): void;
  /** Does what is to be done from time to time; called between two batches. */
  tend(): Promise<void>;
}
