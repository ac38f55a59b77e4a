/**
 * Where capture's tests hand over to: an intake that keeps the events it got in their order, and
 * the positions in a real database, as the pipeline does.
 */

import { type Checkpoint, CheckpointStore, readCheckpoints } from "../../core/checkpoints.ts";
import { type Database, inTransaction } from "../../core/database.ts";
import { openWriter } from "../../core/open_writer.ts";
import { decodeEvent, type TelemetryEvent } from "../../core/event.ts";
import type { Intake } from "../../core/intake.ts";
import { Words } from "../../core/words.ts";

/** An {@linkcode Intake} whose contents a test can look at. */
export class Inbox implements Intake, Disposable {
  readonly #db: Database = openWriter(":memory:");
  readonly #store = new CheckpointStore(this.#db, new Words(this.#db));
  /** What was accepted, one after the other. */
  readonly events: TelemetryEvent[] = [];
  /** How many events each call brought, those that were refused as well. */
  readonly calls: number[] = [];
  /** Called before anything is accepted; may throw or wait. */
  onAccept: () => void | Promise<void> = () => {};

  async accept(events: readonly string[], checkpoints: readonly Checkpoint[]): Promise<void> {
    this.calls.push(events.length);
    await this.onAccept();
    this.events.push(...events.map(decodeEvent));
    inTransaction(this.#db, () => {
      for (const checkpoint of checkpoints) this.#store.save(checkpoint);
    });
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
