/**
 * Collects what was read and hands it over in batches, one under way while the next is read.
 *
 * @module
 */

import type { Checkpoint } from "../core/checkpoints.ts";
import type { Intake } from "../core/intake.ts";

/** What is told of a checkpoint's fate. */
export interface Fate {
  /** It is durable. */
  readonly onAccepted: (checkpoint: Checkpoint) => void;
  /** It was refused: reading goes on from the one before. */
  readonly onRefused: () => void;
}

const EVENTS_MAX = 1000;
const CHECKPOINTS_MAX = 200;

/** Batches between a source and the {@linkcode Intake}. */
export class Outbox {
  readonly #intake: Intake;
  #events: string[] = [];
  #checkpoints = new Map<string, { checkpoint: Checkpoint; fate: Fate }>();
  #underWay: Promise<void> = Promise.resolve();

  constructor(intake: Intake) {
    this.#intake = intake;
  }

  /**
   * Adds events and the position behind them; sends when there is enough.
   *
   * @throws what the intake throws for the batch before
   */
  async add(events: readonly string[], checkpoint: Checkpoint, fate: Fate): Promise<void> {
    for (const event of events) this.#events.push(event);
    this.#checkpoints.set(checkpoint.id, { checkpoint, fate });
    if (this.#events.length >= EVENTS_MAX || this.#checkpoints.size >= CHECKPOINTS_MAX) {
      await this.#send();
    }
  }

  /** Hands over everything and waits until it is durable. */
  async flush(): Promise<void> {
    if (this.#checkpoints.size > 0) await this.#send();
    await this.#settle();
  }

  /** Forgets what was not handed over, once what is under way has come to its end. */
  async clear(): Promise<void> {
    this.#events = [];
    this.#checkpoints = new Map();
    await this.#underWay.catch(() => {});
    this.#underWay = Promise.resolve();
  }

  /** Waits for the batch under way; a failure is told once. */
  async #settle(): Promise<void> {
    try {
      await this.#underWay;
    } finally {
      this.#underWay = Promise.resolve();
    }
  }

  async #send(): Promise<void> {
    const events = this.#events;
    const noted = [...this.#checkpoints.values()];
    this.#events = [];
    this.#checkpoints = new Map();
    try {
      await this.#settle();
    } catch (error) {
      for (const { fate } of noted) fate.onRefused();
      throw error;
    }
    const checkpoints = noted.map(({ checkpoint }) => checkpoint);
    this.#underWay = this.#intake.accept(events, checkpoints).then(
      () => noted.forEach(({ checkpoint, fate }) => fate.onAccepted(checkpoint)),
      (error: unknown) => {
        for (const { fate } of noted) fate.onRefused();
        throw error;
      },
    );
    // Whoever sends or flushes next hears of a failure.
    this.#underWay.catch(() => {});
  }
}
