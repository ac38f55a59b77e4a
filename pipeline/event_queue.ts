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
  /**
   * Stores events and announces them, in the caller's transaction.
   *
   * @throws what is thrown for an event that cannot be stored
   */
  readonly store: (events: readonly string[]) => void;
  /** Forgets what a rolled-back transaction gave out. */
  readonly forget: () => void;
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
  /**
   * Names the memory in which what was taken last lies, "" for one that is never lost. Another
   * name than before: what was taken and not acknowledged may never come again.
   */
  epoch(): Promise<string>;
  /** As {@linkcode Intake} has it, without waiting for room. */
  accept(events: readonly string[], checkpoints: readonly Checkpoint[]): Promise<void>;
  /** Says that all sources stand at what is stored. */
  rewound(): void;
  /** Notes marks that were stored. */
  noteStored(marks: readonly SourceMark[]): void;
  /** Tells other machines all their marks anew, as some of them were changed. */
  retell(): Promise<void>;
  /** Does what is to be done from time to time; called between two batches. */
  tend(): Promise<void>;
}
