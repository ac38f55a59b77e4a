/**
 * Where a live screen has its numbers from: the live picture in Redis where a server keeps one,
 * and else the database, after what is new was read.
 *
 * @module
 */

import { type Database, openWriter } from "../core/database.ts";
import type { LivePeriod, LivePicture, PictureParts } from "../core/live_picture.ts";
import { readLivePicture } from "../core/reports/live_picture.ts";
import type { SessionFilter } from "../core/reports/sums.ts";
import type { LiveReader } from "../pipeline/live_reader.ts";
import type { RedisSettings } from "../pipeline/redis_connection.ts";
import { RedisError } from "../pipeline/redis_error.ts";
import { isCaptureHome } from "./capture_home.ts";
import type { LiveView } from "./live_lines.ts";
import { tryReadNews } from "./read_news.ts";
import { redisSettings } from "./redis_settings.ts";
import { findServer } from "./server_file.ts";
import { openHomeReader, type Workspace } from "./workspace.ts";

/** How it looks, and for what. */
export interface LiveSourceOptions {
  /** A filter that lets not everything through: only the database knows such numbers. */
  readonly filter: SessionFilter | undefined;
  /** How often to look where nothing tells of news. */
  readonly everyMs: number;
  /** Called when another view can be had at once. */
  readonly onNews: () => void;
}

/** Gives what is to be seen now; asked again, it looks only where something may be new. */
export interface LiveSource extends AsyncDisposable {
  view(period: LivePeriod): Promise<LiveView>;
}

/** Rolling periods move on while nothing changes. */
const PICTURE_LASTS_MS = 60_000;
/** A server makes a picture a minute: what is older has none behind it. */
const STALE_MS = 150_000;

/** Opens the source that there is. */
export async function openLiveSource(
  workspace: Workspace,
  options: LiveSourceOptions,
): Promise<LiveSource> {
  const database = new DatabaseSource(workspace, options);
  const settings = redisSettings(workspace);
  if (!settings || options.filter) return database;
  return await openRedisSource(settings, database, workspace, options);
}

function partsOf(period: LivePeriod): PictureParts {
  return { periods: [period], tiers: [60] };
}

/** Looks into the database, read-only; what is new it reads before, as every report does. */
class DatabaseSource implements LiveSource {
  readonly #workspace: Workspace;
  readonly #options: LiveSourceOptions;
  #db: Database | undefined;
  #isEmpty = false;
  #lookedAt = -Infinity;
  #version: number | undefined;
  #view: LiveView | undefined;

  constructor(workspace: Workspace, options: LiveSourceOptions) {
    this.#workspace = workspace;
    this.#options = options;
  }

  async view(period: LivePeriod): Promise<LiveView> {
    const { clock } = this.#workspace.io;
    const isKnown = this.#view?.period === period;
    if (isKnown && clock.now() - this.#lookedAt < this.#options.everyMs) return this.#view!;
    this.#lookedAt = clock.now();
    const { globals, home } = this.#workspace;
    // Who asks knows already that Redis is away.
    const mayRead = globals.sync && !isCaptureHome(home);
    if (mayRead && !await findServer(home)) await tryReadNews(this.#workspace, () => {});
    const db = this.#open();
    const { data_version } = db.prepare("pragma data_version").get() as { data_version: number };
    const now = clock.now();
    const isNew = !isKnown || data_version !== this.#version ||
      now - this.#view!.picture.madeAt >= PICTURE_LASTS_MS;
    this.#version = data_version;
    if (!isNew) return this.#view!;
    const picture = readLivePicture(db, now, partsOf(period), this.#options.filter);
    return this.#view = { picture, period, source: "database" };
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#db?.close();
  }

  /** Before the first event there is no file, and an empty one is looked at. */
  #open(): Database {
    if (this.#db && !this.#isEmpty) return this.#db;
    const found = openHomeReader(this.#workspace);
    if (!found && this.#db) return this.#db;
    this.#db?.close();
    this.#version = undefined;
    this.#isEmpty = !found;
    return this.#db = found ?? openWriter(":memory:");
  }
}

async function openRedisSource(
  settings: RedisSettings,
  database: DatabaseSource,
  { io }: Workspace,
  options: LiveSourceOptions,
): Promise<LiveSource> {
  const { RedisConnection } = await import("../pipeline/redis_connection.ts");
  const { LiveReader } = await import("../pipeline/live_reader.ts");
  const connection = new RedisConnection(settings);
  const reader = new LiveReader(connection);
  const stack = new AsyncDisposableStack();
  stack.use(database);
  stack.use(connection);
  stack.use(reader);
  return new RedisSource({ reader, database, held: stack, now: () => io.clock.now(), options });
}

interface RedisParts {
  readonly reader: LiveReader;
  readonly database: DatabaseSource;
  readonly held: AsyncDisposable;
  readonly now: () => number;
  readonly options: LiveSourceOptions;
}

/** Reads the live picture whenever there is another; without one it asks the database. */
class RedisSource implements LiveSource {
  readonly #parts: RedisParts;
  #isSubscribed = false;
  #isNews = true;
  #askedAt = -Infinity;
  #picture: LivePicture | undefined;
  #trouble: string | undefined;

  constructor(parts: RedisParts) {
    this.#parts = parts;
  }

  async view(period: LivePeriod): Promise<LiveView> {
    await this.#look(period);
    const picture = this.#picture, trouble = this.#trouble;
    const known = picture?.periods[period] &&
      { picture, period, source: "redis" as const, trouble };
    if (known && !this.#isStale()) return known;
    const own = await this.#parts.database.view(period);
    // A machine that only captures has no numbers of its own: old ones say more than none.
    const isEmpty = !own.picture.periods[period]?.numbers.sessions;
    return known && isEmpty ? known : { ...own, trouble };
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#parts.held[Symbol.asyncDispose]();
  }

  /** Reads at a tick, for another period, and now and then while no server writes. */
  async #look(period: LivePeriod): Promise<void> {
    const { reader, now, options } = this.#parts;
    const isDue = this.#isStale() && now() - this.#askedAt >= options.everyMs;
    if (!this.#isNews && !isDue && this.#picture?.periods[period]) return;
    this.#askedAt = now();
    this.#isNews = false;
    try {
      if (!this.#isSubscribed) await reader.subscribe(() => this.#onTick());
      this.#isSubscribed = true;
      this.#picture = await reader.read(partsOf(period));
      this.#trouble = undefined;
    } catch (error) {
      if (!(error instanceof RedisError)) throw error;
      this.#trouble = error.message;
    }
  }

  #isStale(): boolean {
    return !this.#picture || this.#parts.now() - this.#picture.madeAt > STALE_MS;
  }

  #onTick(): void {
    this.#isNews = true;
    this.#parts.options.onNews();
  }
}
