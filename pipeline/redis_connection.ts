/**
 * The connection to Redis: where its keys are, how it comes back, and what its errors say.
 *
 * It is loaded only where Redis is on.
 *
 * @module
 */

import { nextTick } from "node:process";
import { type ChainableCommander, Redis, type RedisOptions } from "ioredis";
import { RedisConnector } from "./redis_connector.ts";
import { RedisError } from "./redis_error.ts";

/** How a Redis is reached, and which part of it is ours. */
export interface RedisSettings {
  /** `redis://` or `rediss://`, with user and password. */
  readonly url: string;
  /** Names the installation; those with another key have another part of the same Redis. */
  readonly namespace: string;
}

const CONNECT_WITHIN_MS = 5000;
const ANSWER_WITHIN_MS = 5000;
const HANG_UP_WITHIN_MS = 1000;
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
    this.client.on("ready", () => this.#noteReady());
    // Commands fail by themselves and say no cause; without a listener it would go to stderr.
    this.client.on("error", (error: unknown) => this.#noteTrouble(error));
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
    const { client } = this;
    if (client.status === "end") return;
    const ended = new Promise<void>((resolve) => client.once("end", resolve));
    if (client.status === "reconnecting") await this.#begin();
    client.disconnect();
    // Who does not answer does not hang up either; who does is waited for, but not for ever.
    if (client.status !== "ready") client.stream?.destroy();
    await ended;
  }

  #noteReady(): void {
    // It is on its way out.
    if (!this.client.stream.writable) return;
    this.#generation++;
    this.#trouble = undefined;
  }

  #noteTrouble(error: unknown): void {
    this.#trouble = error;
    // The client would go on with database 0, which may be somebody else's.
    if (isOfSelect(error)) this.client.disconnect(true);
  }

  /** Between two attempts ioredis never ends, so the next one is begun: a socket can be closed. */
  async #begin(): Promise<void> {
    this.client.connect().catch((error) => this.#trouble = error);
    await new Promise<void>((resolve) => nextTick(resolve));
  }

  #explain(error: unknown): unknown {
    if (error instanceof RedisError || !(error instanceof Error)) return error;
    if (this.client.status === "end") {
      return new RedisError("Cannot use Redis: the connection is closed");
    }
    const isUnreachable = /^(Abort|MaxRetries)/.test(error.name);
    const cause = isUnreachable ? this.#trouble ?? error : error;
    if (cause instanceof RedisError) return new RedisError(cause.message);
    const code = codeOf(cause);
    if (/certificate|UnknownIssuer/i.test(textOf(cause))) {
      return new RedisError(
        "Cannot reach Redis: its certificate is not trusted; name its authority in DENO_CERT",
        code,
      );
    }
    const isKnown = Object.hasOwn(MESSAGES, code);
    if (isKnown) return new RedisError(MESSAGES[code]!, code);
    if (isOfSelect(cause)) {
      return new RedisError(
        "Cannot use Redis: it has no database of the number in redis.url; name another, or none",
        code,
      );
    }
    if (isUnreachable) return new RedisError("Cannot reach Redis: it does not answer", code);
    return new RedisError(`Cannot use Redis: it answers ${code || error.name}`, code);
  }
}

/** The replies to commands that were sent together; ioredis itself throws for none of them. */
export async function repliesTo(commands: ChainableCommander): Promise<unknown[]> {
  const replies = await commands.exec() ?? [];
  return replies.map(([error, reply]) => {
    if (error) throw error;
    return reply;
  });
}

const OPTIONS: RedisOptions = {
  Connector: RedisConnector,
  // Else what makes the server hang up is sent again for ever, once it was connected.
  maxRetriesPerRequest: 0,
  connectTimeout: CONNECT_WITHIN_MS,
  socketTimeout: ANSWER_WITHIN_MS,
  disconnectTimeout: HANG_UP_WITHIN_MS,
  disableClientInfo: true,
  // It waits in silence while a server loads its data, where commands themselves say so.
  enableReadyCheck: false,
  // The jitter keeps those who lost the same server from coming back all at once.
  retryStrategy: (times) =>
    Math.min(BACK_OFF_MAX_MS, BACK_OFF_FIRST_MS * 2 ** (times - 1)) +
    crypto.getRandomValues(new Uint8Array(1))[0]!,
};

const REFUSED_LOGIN = "Cannot use Redis: it refuses user or password; look at redis.url";

/** In our own words: those of the server or the system may hold an address. */
const MESSAGES: Readonly<Record<string, string>> = {
  WRONGPASS: REFUSED_LOGIN,
  NOAUTH: REFUSED_LOGIN,
  NOPERM: "Cannot use Redis: its user may not run all commands that are needed; see README",
  OOM: "Cannot use Redis: its memory is full",
  READONLY: "Cannot use Redis: this server is a read-only replica",
  MISCONF: "Cannot use Redis: it cannot save to its disk",
  LOADING: "Cannot reach Redis: it is still loading its data",
  MOVED: "Cannot use Redis: its cluster has our keys at another node; name that in redis.url",
  ECONNREFUSED: "Cannot reach Redis: nothing listens at redis.url",
  ENOTFOUND: "Cannot reach Redis: the host of redis.url is not known",
};

/** Whether the database of redis.url was refused. */
function isOfSelect(error: unknown): boolean {
  if (!(error instanceof Error) || !("command" in error)) return false;
  return (error.command as { name?: unknown }).name === "select";
}

function textOf(cause: unknown): string {
  return cause instanceof Error ? cause.message : "";
}

function codeOf(cause: unknown): string {
  if (cause instanceof Error && "code" in cause) return String(cause.code);
  const text = textOf(cause);
  if (text.startsWith("failed to lookup address")) return "ENOTFOUND";
  // Of what fails within a script, servers say the word in the middle, or not at all.
  if (/executing the script can't run|ACL failure/.test(text)) return "NOPERM";
  return /(?:^|: -?)((?!ERR)[A-Z]{3,20})\b/.exec(text)?.[1] ?? "";
}
