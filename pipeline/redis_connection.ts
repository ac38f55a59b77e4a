/**
 * The connection to Redis: where its keys are, how it comes back, and what its errors say.
 *
 * It is loaded only where Redis is on.
 *
 * @module
 */

import { Redis, type RedisOptions } from "ioredis";

/** How a Redis is reached, and which part of it is ours. */
export interface RedisSettings {
  /** `redis://` or `rediss://`, with user and password. */
  readonly url: string;
  /** Names the installation; those with another key have another part of the same Redis. */
  readonly namespace: string;
}

/** Thrown where Redis cannot be reached or refuses; the message holds no address. */
export class RedisError extends Error {
  override name = "RedisError";
}

const CONNECT_WITHIN_MS = 5000;
const ANSWER_WITHIN_MS = 10_000;
const BACK_OFF_FIRST_MS = 50;
const BACK_OFF_MAX_MS = 2000;

/** One client, kept connected until it is disposed. */
export class RedisConnection implements AsyncDisposable {
  readonly client: Redis;
  readonly #settings: RedisSettings;
  #generation = 0;
  #trouble: unknown;

  constructor(settings: RedisSettings) {
    this.#settings = settings;
    this.client = new Redis(settings.url, OPTIONS);
    this.client.on("ready", () => {
      this.#generation++;
      this.#trouble = undefined;
    });
    // Commands fail by themselves and say no cause; without a listener it would go to stderr.
    this.client.on("error", (error: unknown) => this.#trouble = error);
  }

  /** Grows whenever it is connected anew: what it was connected to may have been lost. */
  get generation(): number {
    return this.#generation;
  }

  /** The key of a name. All keys are in one slot of a cluster. */
  key(name: string): string {
    return `{${this.#settings.namespace}}:${name}`;
  }

  /** Another client to the same server, for what waits or subscribes. */
  duplicate(): RedisConnection {
    return new RedisConnection(this.#settings);
  }

  /**
   * Runs commands.
   *
   * @throws {RedisError} when they do not get through, or are refused
   */
  async run<T>(use: (client: Redis) => Promise<T>): Promise<T> {
    try {
      return await use(this.client);
    } catch (error) {
      throw this.#explain(error);
    }
  }

  /** The identity of the server's process: another one may have lost what this one had. */
  async serverRun(): Promise<string> {
    const info = await this.run((client) => client.info("server"));
    const run = /^run_id:([0-9a-f]{40})\r?$/m.exec(info)?.[1];
    if (run === undefined) throw new RedisError("Cannot use Redis: it does not say its run_id");
    return run;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    if (this.client.status === "end") return;
    const ended = new Promise<void>((resolve) => this.client.once("end", resolve));
    this.client.disconnect();
    await ended;
  }

  #explain(error: unknown): unknown {
    if (error instanceof RedisError || !(error instanceof Error)) return error;
    const cause = isUnreachable(error) ? this.#trouble ?? error : error;
    return new RedisError(messageOf(error, cause), { cause });
  }
}

const OPTIONS: RedisOptions = {
  maxRetriesPerRequest: 1,
  connectTimeout: CONNECT_WITHIN_MS,
  commandTimeout: ANSWER_WITHIN_MS,
  retryStrategy: (times) => Math.min(BACK_OFF_MAX_MS, BACK_OFF_FIRST_MS * 2 ** (times - 1)),
};

function isUnreachable(error: Error): boolean {
  return error.name === "MaxRetriesPerRequestError" || error.message === "Command timed out" ||
    error.message.startsWith("Connection is closed");
}

/** In our own words: those of the server or the system may hold an address. */
function messageOf(error: Error, cause: unknown): string {
  const text = cause instanceof Error ? cause.message : "";
  const code = cause instanceof Error && "code" in cause ? String(cause.code) : "";
  if (/WRONGPASS|NOAUTH/.test(text)) {
    return "Cannot use Redis: it refuses user or password; look at redis.url";
  }
  if (text.startsWith("NOPERM")) {
    return "Cannot use Redis: its user may not run all commands that are needed; see README";
  }
  if (/OOM command not allowed/.test(text)) return "Cannot use Redis: its memory is full";
  if (/^READONLY/.test(text)) return "Cannot use Redis: this server is a read-only replica";
  if (/MISCONF/.test(text)) return "Cannot use Redis: it cannot save to its disk";
  if (/LOADING/.test(text)) return "Cannot reach Redis: it is still loading its data";
  if (/certificate|TLS|SSL/i.test(text)) {
    return "Cannot reach Redis: its certificate is not trusted; name its authority in DENO_CERT";
  }
  if (code === "ECONNREFUSED") return "Cannot reach Redis: nothing listens at redis.url";
  if (code === "ENOTFOUND") return "Cannot reach Redis: the host of redis.url is not known";
  if (isUnreachable(error)) return "Cannot reach Redis: it does not answer";
  return `Cannot use Redis: it answers ${/^[A-Z]{3,20}\b/.exec(text)?.[0] ?? error.name}`;
}
