/**
 * The right to process what is on a Redis: one process at a time has it, and keeps it as long as
 * it lives.
 *
 * Who has it is told by the place of its database, that is the one file on this machine and no
 * copy of it, and by a random part of the process. Whoever opens a queue holds the lock of its
 * data folder, so another process with the same place is dead, and its right is taken over: at the
 * start, and whenever it is connected anew. That of any other place runs out, if nobody renews it.
 *
 * @module
 */

import { hash, randomBytes } from "node:crypto";
import type { Clock } from "../core/clock.ts";
import type { RedisConnection } from "./redis_connection.ts";
import { RedisError } from "./redis_error.ts";

/** What a claim is made of. */
export interface RedisClaimParts {
  readonly connection: RedisConnection;
  readonly clock: Clock;
  /** As {@linkcode placeOf} gives it. */
  readonly place: string;
}

/** The key that holds who may process. */
export const PROCESSOR = "processor";

const ALIVE_FOR_MS = 30_000;
const RENEW_EVERY_MS = 5000;
/** Sets the holder, if there is none or it begins with what is given. */
const TAKE = `
local holder = redis.call('GET', KEYS[1])
if holder and string.sub(holder, 1, #ARGV[3]) ~= ARGV[3] then return 0 end
redis.call('SET', KEYS[1], ARGV[1], 'PX', ARGV[2])
return 1`;
const GIVE_UP = `
if redis.call('GET', KEYS[1]) == ARGV[1] then redis.call('DEL', KEYS[1]) end`;

/** Where a database is: another copy of it is in another place, as is that of another machine. */
export function placeOf(path: string, machine: string): string {
  const { dev, ino, birthtime } = Deno.statSync(path);
  return hash("sha256", JSON.stringify([machine, dev, ino, birthtime]), "hex").slice(0, 16);
}

/** The claim of one process; stop it, so that it is renewed no more. */
export class RedisClaim {
  readonly #parts: RedisClaimParts;
  readonly #holder: string;
  readonly #stop = new AbortController();
  #renewing: Promise<void> | undefined;
  /** The connection over which the right was taken. */
  #generation = -1;

  constructor(parts: RedisClaimParts) {
    this.#parts = parts;
    this.#holder = `${parts.place} ${randomBytes(8).toString("hex")}`;
  }

  /**
   * Takes the right, from a dead process of this place too, and from now on keeps it.
   *
   * @throws {RedisError} when another has it
   */
  async open(): Promise<void> {
    await this.#take(`${this.#parts.place} `);
    this.#renewing ??= this.#keepRenewing();
  }

  /**
   * Makes sure that this process has the right.
   *
   * @throws {RedisError} when another has it
   */
  async renew(): Promise<void> {
    // A server that came back from its disk may remember a process of this place that is dead.
    const isAnew = this.#generation !== this.#parts.connection.generation;
    await this.#take(isAnew ? `${this.#parts.place} ` : this.#holder);
  }

  /** Lets another have it at once. */
  async giveUp(): Promise<void> {
    await this.#eval(GIVE_UP, this.#holder);
  }

  /** Ends the renewing. */
  async stop(): Promise<void> {
    this.#stop.abort();
    await this.#renewing;
  }

  async #take(from: string): Promise<void> {
    if (await this.#eval(TAKE, this.#holder, ALIVE_FOR_MS, from) === 1) {
      this.#generation = this.#parts.connection.generation;
      return;
    }
    throw new RedisError(
      "Cannot process what is on this Redis: the server of another data folder does, or of a " +
        "copy of this one; stop it, or run blueplane worker --role capture here",
    );
  }

  /** Work that takes long must not cost the right to go on with it. */
  async #keepRenewing(): Promise<void> {
    const { clock } = this.#parts;
    const { signal } = this.#stop;
    for (;;) {
      await clock.sleep(RENEW_EVERY_MS, signal);
      if (signal.aborted) return;
      try {
        await this.renew();
      } catch (error) {
        // Whoever takes next meets it, too, and says so.
        if (!(error instanceof RedisError)) throw error;
      }
    }
  }

  async #eval(script: string, ...values: (string | number)[]): Promise<unknown> {
    const { connection } = this.#parts;
    return await connection.run((client) =>
      client.eval(script, 1, connection.key(PROCESSOR), ...values)
    );
  }
}
