/**
 * The contract of a durable queue: one stream, read by one consumer group, at least once.
 *
 * @module
 */

/** An entry that was handed out and is not yet acknowledged. */
export interface Delivery {
  /** Names the entry in its stream; it is never given again. */
  readonly id: string;
  readonly body: string;
  /** How often it was handed out, this time included. */
  readonly attempts: number;
}

/** One stream as one consumer group sees it. What is not acknowledged comes back. */
export interface Broker {
  /**
   * Stores the bodies in their order; they are durable when the promise resolves. A body is
   * text without the character NUL, as all JSON is.
   */
  publish(bodies: readonly string[]): Promise<void>;
  /**
   * Leases up to `max` entries: those whose lease ran out first, then the oldest new ones. All
   * of one answer have the same count of attempts. Empty when there is nothing.
   */
  take(max: number): Promise<readonly Delivery[]>;
  /** Removes entries for this group; ids that are unknown or acknowledged do no harm. */
  ack(ids: readonly string[]): Promise<void>;
  /** Entries that this group has not acknowledged. */
  depth(): Promise<number>;
}

/** A {@linkcode Broker} whose leases can be ended before they run out. */
export interface LeasingBroker extends Broker {
  /**
   * Gives back all entries of one answer that are not acknowledged: another attempt comes after
   * `delayMs`, which is no longer than a lease.
   */
  release(ids: readonly string[], delayMs: number): void | Promise<void>;
  /**
   * Gives back entries of one answer as if they had not been handed out: what they were taken
   * for failed, through no fault of theirs, and the process goes on.
   */
  giveBack(deliveries: readonly Delivery[]): void | Promise<void>;
  /** Ends every lease of the group: for its one consumer, when it starts or takes over. */
  releaseAll(): void | Promise<void>;
}
