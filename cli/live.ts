/**
 * The live picture of this installation in Redis: kept up to date while a server runs, and
 * written anew when asked for. Nothing of it is loaded while Redis is off.
 *
 * @module
 */

import { Bell } from "../core/bell.ts";
import type { Clock } from "../core/clock.ts";
import type { Database } from "../core/database.ts";
import { type LivePicture, WHOLE_PICTURE } from "../core/live_picture.ts";
import { readLivePicture } from "../core/reports/live_picture.ts";
import type { Projector } from "../pipeline/projector.ts";
import type { RedisConnection, RedisSettings } from "../pipeline/redis_connection.ts";
import { RedisError } from "../pipeline/redis_error.ts";
import { UsageError } from "./exit.ts";
import { redisSettings } from "./redis_settings.ts";
import { openHomeReader, type Workspace } from "./workspace.ts";

/** What the picture follows, and who is told when that is not possible. */
export interface LiveOptions {
  readonly db: Database;
  /** Calls back whenever derived data changed. */
  onChange(listener: () => void): Disposable;
  /** Called once for each stretch of time in which Redis cannot be written to. */
  onTrouble(error: unknown): void;
  /** Called when it can be written to again. */
  onRecovered(): void;
}

/** At most two pictures a second, and no more than a tenth of the time. */
const PICTURE_EVERY_MS = 500;
const REST_SHARE = 9;
const REST_MAX_MS = 10_000;
/** Rolling periods move on while nothing changes. */
const IDLE_MS = 60_000;
const RETRY_MS = 2000;
const LAST_WITHIN_MS = 2000;

/** Keeps the picture up to date until it is disposed; undefined while Redis is off. */
export async function openLive(
  workspace: Workspace,
  options: LiveOptions,
): Promise<AsyncDisposable | undefined> {
  const settings = redisSettings(workspace);
  if (!settings) return undefined;
  return new LiveWriter(await openProjector(settings), workspace.io.clock, options);
}

/**
 * Writes the whole picture anew, in place of whatever is there.
 *
 * @returns how many keys it takes
 * @throws {UsageError} when Redis is off
 * @throws {RedisError} when Redis cannot be reached or refuses
 */
export async function rebuildLive(workspace: Workspace, db: Database): Promise<number> {
  const settings = redisSettings(workspace);
  if (!settings) {
    throw new UsageError("Cannot rebuild the live picture: Redis is off; set redis.url");
  }
  const { connection, projector } = await openProjector(settings);
  await using _connection = connection;
  return await projector.write(readLivePicture(db, workspace.io.clock.now()));
}

/** The same at the end of a command that is about something else: it warns where that fails. */
export async function refreshLive(workspace: Workspace): Promise<void> {
  if (!redisSettings(workspace)) return;
  const db = openHomeReader(workspace);
  if (!db) return;
  try {
    await rebuildLive(workspace, db);
  } catch (error) {
    if (!(error instanceof RedisError)) throw error;
    workspace.io.stderr.write(`warning: ${error.message}\n`);
  } finally {
    db.close();
  }
}

interface OpenProjector {
  readonly connection: RedisConnection;
  readonly projector: Projector;
}

async function openProjector(settings: RedisSettings): Promise<OpenProjector> {
  const { RedisConnection } = await import("../pipeline/redis_connection.ts");
  const { Projector } = await import("../pipeline/projector.ts");
  const connection = new RedisConnection(settings);
  return { connection, projector: new Projector(connection) };
}

/** Writes a picture after each change, many changes in one. */
class LiveWriter implements AsyncDisposable {
  readonly #connection: RedisConnection;
  readonly #projector: Projector;
  readonly #clock: Clock;
  readonly #options: LiveOptions;
  readonly #bell = new Bell();
  readonly #stop = new AbortController();
  readonly #subscription: Disposable;
  readonly #running: Promise<void>;
  #isTroubled = false;

  constructor({ connection, projector }: OpenProjector, clock: Clock, options: LiveOptions) {
    this.#connection = connection;
    this.#projector = projector;
    this.#clock = clock;
    this.#options = options;
    this.#subscription = options.onChange(() => this.#bell.ring());
    this.#running = this.#run();
  }

  /** Writes a last picture, if that is possible soon. */
  async [Symbol.asyncDispose](): Promise<void> {
    this.#subscription[Symbol.dispose]();
    this.#stop.abort();
    const late = new AbortController();
    await Promise.race([this.#running, this.#clock.sleep(LAST_WITHIN_MS, late.signal)]);
    late.abort();
    await this.#connection[Symbol.asyncDispose]();
    await this.#running;
  }

  async #run(): Promise<void> {
    const { signal } = this.#stop;
    while (!signal.aborted) {
      const restMs = await this.#write();
      await this.#clock.sleep(restMs, signal);
      await this.#bell.wait(this.#clock, this.#isTroubled ? RETRY_MS : IDLE_MS, signal);
    }
    // Word of the last change may still be on its way here.
    if (!this.#isTroubled) await this.#write();
  }

  /** @returns for how long to rest from it */
  async #write(): Promise<number> {
    const startedAt = this.#clock.now();
    let restMs = PICTURE_EVERY_MS;
    try {
      const picture = await pictureInPieces(this.#options.db, startedAt);
      restMs = Math.max(restMs, REST_SHARE * (this.#clock.now() - startedAt));
      await this.#projector.write(picture);
      if (this.#isTroubled) this.#options.onRecovered();
      this.#isTroubled = false;
    } catch (error) {
      if (!(error instanceof Error)) throw error;
      if (!this.#isTroubled) this.#options.onTrouble(error);
      this.#isTroubled = true;
    }
    return Math.min(restMs, REST_MAX_MS);
  }
}

/** A whole picture, made so that between two pieces of it others have their turn. */
async function pictureInPieces(db: Database, now: number): Promise<LivePicture> {
  const picture = { madeAt: now, periods: {}, series: {} };
  const pieces = [
    ...WHOLE_PICTURE.periods.map((period) => ({ periods: [period], tiers: [] })),
    ...WHOLE_PICTURE.tiers.map((tier) => ({ periods: [], tiers: [tier] })),
  ];
  for (const parts of pieces) {
    const { periods, series } = readLivePicture(db, now, parts);
    Object.assign(picture.periods, periods);
    Object.assign(picture.series, series);
    await new Promise((resolve) => setImmediate(resolve));
  }
  return picture;
}
