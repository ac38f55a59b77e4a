/**
 * Writes the live picture to Redis, in absolute values: it can be thrown away at any time, and
 * the next picture is whole again.
 *
 * @module
 */

import type { ChainableCommander } from "ioredis";
import {
  LIVE_PERIODS,
  type LivePicture,
  RANKINGS,
  SERIES,
  SERIES_TIERS,
} from "../core/live_picture.ts";
import { MADE_AT, numbersKey, rankingKey, seriesKey, TICK } from "./live_keys.ts";
import { type RedisConnection, repliesTo } from "./redis_connection.ts";

/** What a key holds: values by field of a hash, or scores by member of a sorted set. */
interface Content {
  readonly isRanking: boolean;
  readonly values: ReadonlyMap<string, string>;
}

type Contents = ReadonlyMap<string, Content>;

/** An installation that is gone leaves nothing behind. */
const KEEP_SECONDS = 86_400;

/** Writes pictures, of each only what differs from the one before. */
export class Projector {
  readonly #connection: RedisConnection;
  #written: { readonly madeAt: string; readonly contents: Contents } | undefined;

  constructor(connection: RedisConnection) {
    this.#connection = connection;
  }

  /**
   * Writes a picture in one transaction, and tells of it. What of one was written without an
   * answer has another moment in it, by which the next one knows that it must be written whole.
   *
   * @returns how many keys it takes
   * @throws {RedisError} when it does not get through, or is refused
   */
  async write(picture: LivePicture): Promise<number> {
    const madeAt = new Date(picture.madeAt).toISOString();
    const contents = contentsOf(picture);
    const before = await this.#standing();
    await this.#connection.run(async (client) => {
      const multi = client.multi();
      for (const [name, content] of contents) {
        this.#change(multi, this.#connection.key(name), content, before?.get(name));
      }
      multi.set(this.#connection.key(MADE_AT), madeAt, "EX", KEEP_SECONDS);
      multi.publish(this.#connection.key(TICK), JSON.stringify({ made_at: madeAt }));
      await repliesTo(multi);
    });
    this.#written = { madeAt, contents };
    return 1 + filled(contents).length;
  }

  /** What was written last, if all of it is still there and nobody else has written since. */
  async #standing(): Promise<Contents | undefined> {
    const written = this.#written;
    if (!written) return undefined;
    const { madeAt, contents } = written;
    const names = filled(contents);
    return await this.#connection.run(async (client) => {
      if (await client.get(this.#connection.key(MADE_AT)) !== madeAt) return undefined;
      if (names.length === 0) return contents;
      const keys = names.map((name) => this.#connection.key(name));
      // A server that is short of memory may have put single keys out.
      return await client.exists(...keys) === names.length ? contents : undefined;
    });
  }

  #change(
    multi: ChainableCommander,
    key: string,
    { isRanking, values }: Content,
    before: Content | undefined,
  ): void {
    if (!before) multi.unlink(key);
    const old = before?.values ?? new Map<string, string>();
    const changed = [...values].filter(([name, value]) => old.get(name) !== value);
    const gone = [...old.keys()].filter((name) => !values.has(name));
    if (gone.length > 0) isRanking ? multi.zrem(key, ...gone) : multi.hdel(key, ...gone);
    if (changed.length > 0) {
      if (isRanking) multi.zadd(key, ...changed.flatMap(([name, score]) => [score, name]));
      else multi.hset(key, ...changed.flat());
    }
    if (values.size > 0) multi.expire(key, KEEP_SECONDS);
  }
}

/** Every key of the picture, those too that hold nothing. */
function contentsOf({ periods, series }: LivePicture): Contents {
  const contents = new Map<string, Content>();
  const add = (
    name: string,
    pairs: Iterable<readonly [string | number, number]>,
    isRanking = false,
  ) => {
    const values = new Map([...pairs].map(([field, value]) => [String(field), String(value)]));
    contents.set(name, { isRanking, values });
  };
  for (const period of LIVE_PERIODS) {
    add(numbersKey(period), Object.entries(periods[period]?.numbers ?? {}));
    for (const ranking of RANKINGS) {
      add(rankingKey(ranking, period), periods[period]?.rankings[ranking] ?? [], true);
    }
  }
  for (const { seconds } of SERIES_TIERS) {
    for (const name of SERIES) add(seriesKey(seconds, name), series[seconds]?.[name] ?? []);
  }
  return contents;
}

function filled(contents: Contents): string[] {
  return contents.entries().filter(([, { values }]) => values.size > 0).map(([name]) => name)
    .toArray();
}
