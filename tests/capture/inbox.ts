/**
 * Where capture's tests hand over to: an intake that keeps the events it got in their order, and
 * the positions in a real database, as the pipeline does.
 */

import { type Checkpoint, CheckpointStore, readCheckpoints } from "../../core/checkpoints.ts";
import { type Database, inTransaction, openWriter } from "../../core/database.ts";
import { decodeEvent, type TelemetryEvent } from "../../core/event.ts";
import type { Intake } from "../../core/intake.ts";
import { Words } from "../../core/words.ts";

/** An {@linkcode Intake} whose contents a test can look at. */
export class Inbox implements Intake, Disposable {
  readonly #db: Database = openWriter(":memory:");
  readonly #store = new CheckpointStore(this.#db, new Words(this.#db));
  /** What was published, one after the other. */
  readonly events: TelemetryEvent[] = [];
  /** What happened in which order: `publish` and `save`. */
  readonly calls: string[] = [];
  /** Called before a publication is taken; may throw or wait. */
  onPublish: (events: readonly string[]) => void | Promise<void> = () => {};

  async publish(events: readonly string[]): Promise<void> {
    this.calls.push("publish");
    await this.onPublish(events);
    this.events.push(...events.map(decodeEvent));
    this.calls.push("published");
  }

  saveCheckpoints(checkpoints: readonly Checkpoint[]): Promise<void> {
    this.calls.push("save");
    inTransaction(this.#db, () => {
      for (const checkpoint of checkpoints) this.#store.save(checkpoint);
    });
    return Promise.resolve();
  }

  /** The positions as a new process would find them. */
  checkpoints(platform: string): Map<string, Checkpoint> {
    return readCheckpoints(this.#db, platform);
  }

  /** The ids of the events. */
  ids(): string[] {
    return this.events.map(({ eventId }) => eventId);
  }

  [Symbol.dispose](): void {
    this.#db.close();
  }
}
