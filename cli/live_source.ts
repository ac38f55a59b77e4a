/**
 * Where a live screen has its numbers from: the live picture in Redis where a server keeps one,
 * and else the database, after what is new was read.
 *
 * @module
 */

import process from "node:process";
import { type Database, ofOneState } from "../core/database.ts";
import { openWriter } from "../core/open_writer.ts";
import type { LivePeriod, LivePicture, PictureParts } from "../core/live_picture.ts";
import { readLivePicture } from "../core/reports/live_picture.ts";
import { readRunning } from "../core/reports/running.ts";
import type { SessionFilter } from "../core/reports/sums.ts";
import type { LiveReader } from "../pipeline/live_reader.ts";
import type { RedisSettings } from "../pipeline/redis_connection.ts";
import { RedisError } from "../pipeline/redis_error.ts";
import { isCaptureHome } from "./capture_home.ts";
import { chosenSession } from "./chosen_session.ts";
import type { LiveView } from "./live_lines.ts";
import { tryReadNews } from "./read_news.ts";
import { redisSettings } from "./redis_settings.ts";
import { findServer, type ServerNote } from "./server_file.ts";
import { ServerNews } from "./server_news.ts";
import { openHomeReader, type Workspace } from "./workspace.ts";

/** What is asked for. */
export interface LiveQuery {
  readonly period: LivePeriod;
  /** The id of a platform; undefined for all that the filter lets through. */
  readonly platform?: string | undefined;
}

/** How it looks, and for what. */
export interface LiveSourceOptions {
  /** A filter that lets not everything through: only the database knows such numbers. */
  readonly filter: SessionFilter | undefined;
  /** How often to look where nothing tells of news. */
  readonly everyMs: number;
  /** Called when another view can be had at once. */
  readonly onNews: () => void;
  /** Ends what goes on, as a long reading. */
  readonly signal: AbortSignal;
}

/**
 * Gives what is to be seen now; asked again, it looks only where something may be new. Disposing
 * it waits for the view that is being made.
 */
export interface LiveSource extends AsyncDisposable {
  view(query: LiveQuery): Promise<LiveView>;
}

/** Rolling periods move on while nothing changes. */
const PICTURE_LASTS_MS = 60_000;
/** A server makes a picture a minute: what is older has none behind it. */
const STALE_MS = 150_000;

/** A Redis that hangs tells nobody of it. */
const ASK_EVERY_MS = 10_000;

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

/**
 * Looking takes no more than a seventieth of the time, as with all that it draws the screen is to
 * take less than a fiftieth; it is never further apart than this.
 */
const REST_SHARE = 69;
const REST_MAX_MS = 10_000;

/**
 * Looks into the database, read-only. What is new a server reads, and tells of it; without one it
 * is read here before, as by every report.
 */
class DatabaseSource implements LiveSource {
  readonly #workspace: Workspace;
  readonly #options: LiveSourceOptions;
  #db: Database | undefined;
  #isEmpty = false;
  #lookedAt = -Infinity;
  #restMs = 0;
  #version: number | undefined;
  #view: LiveView | undefined;
  #platform: string | undefined;
  #session: string | undefined;
  #news: ServerNews | undefined;
  #isNews = false;
  #viewing: Promise<LiveView> | undefined;

  constructor(workspace: Workspace, options: LiveSourceOptions) {
    this.#workspace = workspace;
    this.#options = options;
  }

  view(query: LiveQuery): Promise<LiveView> {
    return this.#viewing = this.#see(query);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await Promise.allSettled([this.#viewing]);
    await this.#news?.[Symbol.asyncDispose]();
    this.#db?.close();
  }

  async #see({ period, platform }: LiveQuery): Promise<LiveView> {
    const { clock } = this.#workspace.io;
    const isKnown = this.#view?.period === period && this.#platform === platform;
    if (isKnown && !this.#isDue(clock.now())) return this.#view!;
    this.#lookedAt = clock.now();
    const busyMs = busyTimeMs();
    this.#isNews = false;
    const trouble = await this.#read(period);
    const db = this.#open();
    const { data_version } = db.prepare("pragma data_version").get() as { data_version: number };
    const now = clock.now();
    const isNew = !isKnown || data_version !== this.#version ||
      now - this.#view!.picture.madeAt >= PICTURE_LASTS_MS;
    this.#version = data_version;
    this.#platform = platform;
    const isServed = this.#news?.isOpen ?? false;
    if (isNew || trouble !== this.#view!.trouble || isServed !== this.#view!.isServed) {
      const made = isNew ? this.#look(db, { period, platform }, now) : this.#view!;
      this.#view = { ...made, trouble, isServed };
    }
    // On a busy machine it takes long, but not of the processor.
    const tookMs = Math.min(clock.now() - this.#lookedAt, busyTimeMs() - busyMs);
    this.#restMs = Math.min(REST_MAX_MS, REST_SHARE * tookMs);
    return this.#view!;
  }

  /** Where a server tells of news there is no need to look without any. */
  #isDue(now: number): boolean {
    const sinceMs = now - this.#lookedAt;
    const { everyMs } = this.#options;
    if (this.#news?.isOpen) {
      return sinceMs >= (this.#isNews ? this.#restMs : PICTURE_LASTS_MS);
    }
    return sinceMs >= Math.max(everyMs, this.#restMs);
  }

  /** @returns why not, where it should */
  async #read(period: LivePeriod): Promise<string | undefined> {
    const { globals, home } = this.#workspace;
    if (!globals.sync || isCaptureHome(home) || this.#news?.isOpen) return undefined;
    const server = await findServer(home);
    if (server) {
      if (server.url !== "") this.#follow(server, period);
      return undefined;
    }
    let trouble: string | undefined;
    const tell = ({ message }: Error) => trouble = message;
    await tryReadNews(this.#workspace, tell, { signal: this.#options.signal });
    return trouble;
  }

  #follow({ url, token }: ServerNote, period: LivePeriod): void {
    const onNews = () => {
      this.#isNews = true;
      this.#options.onNews();
    };
    this.#news = new ServerNews({ url, token, period, onNews });
  }

  #look(db: Database, { period, platform }: LiveQuery, now: number): LiveView {
    const asked = this.#options.filter ?? {};
    // Only what is read can tell which session has an id that begins so.
    if (asked.session !== undefined) this.#session ??= chosenSession(db, asked.session);
    const filter = { ...asked, platform: platform ?? asked.platform, session: this.#session };
    return ofOneState(db, () => ({
      picture: readLivePicture(db, now, partsOf(period), filter),
      period,
      source: "database",
      running: readRunning(db, now, filter),
    }));
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

/** Time that this process had of the processor. */
function busyTimeMs(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
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
  const held = new AsyncDisposableStack();
  held.use(connection);
  held.use(reader);
  return new RedisSource({ reader, database, held, now: () => io.clock.now(), options });
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
  #viewing: Promise<LiveView> | undefined;

  constructor(parts: RedisParts) {
    this.#parts = parts;
  }

  view(query: LiveQuery): Promise<LiveView> {
    return this.#viewing = this.#see(query);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    // Without a connection nothing goes on for long.
    await this.#parts.held[Symbol.asyncDispose]();
    await Promise.allSettled([this.#viewing]);
    await this.#parts.database[Symbol.asyncDispose]();
  }

  async #see(query: LiveQuery): Promise<LiveView> {
    const { period, platform } = query;
    // The picture is of all of them.
    if (platform !== undefined) return await this.#parts.database.view(query);
    await this.#look(period);
    const picture = this.#picture, trouble = this.#trouble;
    const known = picture?.periods[period] &&
      { picture, period, source: "redis" as const, trouble };
    if (known && !this.#isStale()) return known;
    const own = await this.#parts.database.view(query);
    // A machine that only captures has no numbers of its own: old ones say more than none.
    const isEmpty = !own.picture.periods[period]?.numbers.sessions;
    return known && isEmpty ? known : { ...own, trouble: trouble ?? own.trouble };
  }

  /** Reads at a tick, for another period, and now and then while none comes. */
  async #look(period: LivePeriod): Promise<void> {
    const { reader, now, options } = this.#parts;
    const isMissed = this.#isStale() || this.#trouble !== undefined;
    const isDue = now() - this.#askedAt >= (isMissed ? options.everyMs : ASK_EVERY_MS);
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
