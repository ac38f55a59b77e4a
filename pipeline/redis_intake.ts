/**
 * The intake of a machine that only captures: publishes to the Redis that another machine's
 * server takes from, and keeps its own positions.
 *
 * @module
 */

import { PRESSURE } from "../core/back_pressure.ts";
import type { Checkpoint } from "../core/checkpoints.ts";
import type { Clock } from "../core/clock.ts";
import type { Database } from "../core/database.ts";
import { openWriter } from "../core/open_writer.ts";
import { noteUnread } from "../core/files_found.ts";
import type { Intake } from "../core/intake.ts";
import { Words } from "../core/words.ts";
import { RedisBroker } from "./redis_broker.ts";
import { RedisConnection } from "./redis_connection.ts";
import { RedisError } from "./redis_error.ts";
import { RedisInlet, type Renewal } from "./redis_inlet.ts";
import { type RedisQueueSettings, STORED, storedField } from "./redis_queue.ts";
import { readCheckpoint } from "./source_mark.ts";

/** What a {@linkcode RedisIntake} is made of. */
export interface RedisIntakeOptions extends RedisQueueSettings {
  /** Path of this machine's own database: it holds positions, and no events. */
  readonly path: string;
  readonly clock: Clock;
  /** Ends waiting for room. */
  readonly signal?: AbortSignal;
  /** Called with how many events wait to be taken, while there is no room; then with 0. */
  readonly onFull?: (waiting: number) => void;
}

const ROOM_EVERY_MS = 200;

/** Publishes; see {@linkcode Intake}. Dispose it to disconnect. */
export class RedisIntake implements Intake, AsyncDisposable {
  readonly #db: Database;
  readonly #clock: Clock;
  readonly #onFull: (waiting: number) => void;
  readonly #machine: string;
  readonly #connection: RedisConnection;
  readonly #broker: RedisBroker;
  readonly #inlet: RedisInlet;
  readonly #stop = new AbortController();
  readonly #ended: AbortSignal;

  constructor(options: RedisIntakeOptions) {
    const { path, clock, signal, onFull = () => {}, ...settings } = options;
    this.#db = openWriter(path);
    this.#clock = clock;
    this.#onFull = onFull;
    this.#ended = AbortSignal.any([this.#stop.signal, ...(signal ? [signal] : [])]);
    this.#machine = settings.machine;
    const connection = new RedisConnection(settings);
    this.#connection = connection;
    this.#broker = new RedisBroker({
      connection,
      stream: "telemetry:events",
      group: "processors",
      consumer: `capture-${settings.machine}`,
    });
    this.#inlet = new RedisInlet({
      connection,
      broker: this.#broker,
      db: this.#db,
      words: new Words(this.#db),
      machine: settings.machine,
      renew: (run, found) => this.#renew(run, found),
    });
  }

  /**
   * Finds out from where reading goes on; to be called before sources are opened.
   *
   * @throws {RedisError} when Redis cannot be reached, or no server processes what is on it
   */
  async open(): Promise<void> {
    await this.#inlet.open();
  }

  async accept(events: readonly string[], checkpoints: readonly Checkpoint[]): Promise<void> {
    await this.#inlet.accept(events, checkpoints);
    let waiting = events.length > 0 ? await this.#overfull() : 0;
    if (waiting === 0) return;
    while (waiting > 0 && !this.#ended.aborted) {
      this.#onFull(waiting);
      await this.#clock.sleep(ROOM_EVERY_MS, this.#ended);
      waiting = await this.#overfull();
    }
    if (waiting === 0) this.#onFull(0);
  }

  /** Says that all sources stand at what is stored, after a `QueueLostError`. */
  async rewound(): Promise<void> {
    this.#inlet.rewound();
  }

  /** Notes how many files were found here of which nothing is read. */
  async noteUnread(files: number): Promise<void> {
    noteUnread(this.#db, files);
  }

  /** How far a source of this machine is stored; 0 where nothing is. */
  async storedPosition(id: string): Promise<number> {
    const text = await this.#connection.run((client) =>
      client.hget(this.#connection.key(STORED), storedField(this.#machine, id))
    );
    return text === null ? 0 : readCheckpoint(JSON.parse(text)).position;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#stop.abort();
    await this.#connection[Symbol.asyncDispose]();
    if (this.#db.isOpen) this.#db.close();
  }

  /** How many events wait, where they are too many. */
  async #overfull(): Promise<number> {
    const depth = await this.#broker.depth();
    return depth > PRESSURE.events.orange ? depth : 0;
  }

  /** Whoever processes has told what is stored before it named the epoch. */
  async #renew(run: string, found: string | null): Promise<Renewal> {
    if (found === null || !found.startsWith(run)) {
      throw new RedisError(
        found === null
          ? "Cannot publish to Redis: no server with the key of this machine processes there; " +
            "start it, and join it with blueplane worker --join"
          : "Cannot publish to Redis: it was restarted, and the server that processes is not " +
            "back yet",
      );
    }
    const fields = await this.#connection.run((client) =>
      client.hgetall(this.#connection.key(STORED))
    );
    const marks = Object.entries(fields)
      .filter(([field]) => field.startsWith(storedField(this.#machine, "")))
      .map(([, text]) => readCheckpoint(JSON.parse(text)));
    return { epoch: found, marks };
  }
}
