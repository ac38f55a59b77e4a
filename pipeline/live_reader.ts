/**
 * Reads the live picture back from Redis, and tells when there is a new one.
 *
 * @module
 */

import type { ChainableCommander } from "ioredis";
import {
  type LivePart,
  type LivePeriod,
  type LivePicture,
  type LiveSeries,
  type PictureParts,
  type Point,
  type Rank,
  ranked,
  RANKINGS,
  SERIES,
  type SeriesTier,
  WHOLE_PICTURE,
} from "../core/live_picture.ts";
import { MADE_AT, numbersKey, rankingKey, seriesKey, TICK } from "./live_keys.ts";
import { type RedisConnection, repliesTo } from "./redis_connection.ts";

/** Reads pictures over a connection that its caller holds. */
export class LiveReader implements AsyncDisposable {
  readonly #connection: RedisConnection;
  #subscriber: RedisConnection | undefined;

  constructor(connection: RedisConnection) {
    this.#connection = connection;
  }

  /**
   * The picture of one moment, or parts of it; undefined where there is none.
   *
   * @throws {RedisError} when it cannot be read
   */
  async read(parts: PictureParts = WHOLE_PICTURE): Promise<LivePicture | undefined> {
    const key = (name: string) => this.#connection.key(name);
    const replies = await this.#connection.run(async (client) => {
      const multi = client.multi().get(key(MADE_AT));
      for (const period of parts.periods) askPart(multi, key, period);
      for (const tier of parts.tiers) {
        for (const name of SERIES) multi.hgetall(key(seriesKey(tier, name)));
      }
      return await repliesTo(multi);
    });
    const [madeAt, ...rest] = replies;
    if (typeof madeAt !== "string") return undefined;
    return pictureOf(Date.parse(madeAt), parts, rest);
  }

  /**
   * Calls back at each new picture, and whenever the connection is gone, or there again, as some
   * may have been missed.
   *
   * @throws {RedisError} when it cannot listen
   */
  async subscribe(onTick: () => void): Promise<void> {
    const subscriber = this.#subscriber ??= this.#connection.duplicate();
    await subscriber.run((client) => client.subscribe(this.#connection.key(TICK)));
    for (const event of ["message", "close", "ready"]) {
      subscriber.client.on(event, () => onTick());
    }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#subscriber?.[Symbol.asyncDispose]();
  }
}

function askPart(
  multi: ChainableCommander,
  key: (name: string) => string,
  period: LivePeriod,
): void {
  multi.hgetall(key(numbersKey(period)));
  for (const name of RANKINGS) {
    multi.zrevrange(key(rankingKey(name, period)), 0, -1, "WITHSCORES");
  }
}

/** Takes the replies in the order in which they were asked for. */
function pictureOf(
  madeAt: number,
  parts: PictureParts,
  replies: readonly unknown[],
): LivePicture {
  const rest = replies.values();
  const next = () => rest.next().value;
  const periods: Partial<Record<LivePeriod, LivePart>> = {};
  const series: Partial<Record<SeriesTier, LiveSeries>> = {};
  for (const period of parts.periods) {
    const numbers = numbersOf(next());
    const rankings = RANKINGS.map((name) => [name, ranksOf(next())]);
    periods[period] = { numbers, rankings: Object.fromEntries(rankings) };
  }
  for (const tier of parts.tiers) {
    series[tier] = Object.fromEntries(
      SERIES.map((name) => [name, pointsOf(next())]),
    ) as unknown as LiveSeries;
  }
  return { madeAt, periods, series };
}

function numbersOf(reply: unknown): Record<string, number> {
  return Object.fromEntries(
    Object.entries(reply as Record<string, string>).map(([name, text]) => [name, Number(text)]),
  );
}

/** From members and scores by turns. */
function ranksOf(reply: unknown): Rank[] {
  const flat = reply as string[];
  const ranks = flat.flatMap((member, i): Rank[] => i % 2 ? [] : [[member, Number(flat[i + 1])]]);
  return ranked(ranks);
}

function pointsOf(reply: unknown): Point[] {
  return Object.entries(numbersOf(reply)).map(([at, value]): Point => [Number(at), value])
    .sort(([a], [b]) => a - b);
}
