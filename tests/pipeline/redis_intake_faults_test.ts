/**
 * Fault sweep of what a machine that only captures does.
 *
 * Goal: whichever command of Redis, or statement of the machine's own database, fails once, before
 * or after its effect, a source that goes on from what was accepted has all its events stored at
 * the server. Method: as in the sweep of the pipeline, with Redis emptied in the middle where the
 * test says so; the server's side never fails.
 */

import assert from "node:assert/strict";
import { readCheckpoints } from "../../core/checkpoints.ts";
import { systemClock } from "../../core/clock.ts";
import { openWriter } from "../../core/open_writer.ts";
import { QueueLostError } from "../../core/intake.ts";
import { Pipeline } from "../../pipeline/pipeline.ts";
import { RedisConnection, type RedisSettings } from "../../pipeline/redis_connection.ts";
import { EPOCH } from "../../pipeline/redis_inlet.ts";
import { RedisError } from "../../pipeline/redis_error.ts";
import { RedisIntake } from "../../pipeline/redis_intake.ts";
import { redisQueue } from "../../pipeline/redis_queue.ts";
import { promptTexts, TABLES } from "../helpers/events.ts";
import { type Faults, sweepFaults, sweepStride } from "../helpers/faults.ts";
import { patchCommands } from "../helpers/redis_faults.ts";
import { sharedRedis } from "../helpers/redis_server.ts";
import { makeCheckpoint } from "./port_contract.ts";
import { readFile, storedIds } from "./read_stored.ts";
import { tempDatabase } from "./temp_database.ts";

const redis = sharedRedis();

// Of calls, in a quick sweep.
const STRIDE = sweepStride(2);
const TRIES_MAX = 20;
const PIECES = 2;
const PIECE_EVENTS = 2;

for (const restarts of [false, true]) {
  for (const isEmptied of [false, true]) {
    const what = `${restarts ? "restarts" : "goes on"}${isEmptied ? " and Redis loses all" : ""}`;
    Deno.test(`RedisIntake.accept() loses nothing, when any call fails, it ${what}`, async () => {
      const faults = await sweepFaults(async (faults) => {
        const { stored, position } = await runOnce(faults, restarts, isEmptied);
        assert.equal(stored, PIECES * PIECE_EVENTS);
        assert.equal(position, PIECES);
      }, STRIDE);
      assert.ok(faults > 40 / STRIDE, `${faults} faults`);
    });
  }
}

/** A machine tells its pieces while it may fail; then the server takes them. */
async function runOnce(faults: Faults, restarts: boolean, isEmptied: boolean) {
  using server = tempDatabase(), laptop = tempDatabase();
  openWriter(laptop.path).close();
  const settings = { url: redis.server.url, namespace: crypto.randomUUID() };
  await using side = new RedisConnection(settings);
  const processor = async () => {
    const makeQueue = redisQueue({ ...settings, machine: "aaaaaaaa" });
    const path = server.path;
    const pipeline = new Pipeline({ path, tables: TABLES, clock: systemClock, makeQueue });
    await pipeline.resume();
    return pipeline;
  };
  await (await processor())[Symbol.asyncDispose]();
  const machine = new Laptop(laptop.path, settings, async () => {
    if (isEmptied) await loseAll(side);
  });
  await machine.tell(faults, restarts);
  await using pipeline = await processor();
  await pipeline.drain();
  return { stored: readFile(server.path, storedIds).length, position: machine.accepted() };
}

/** Redis loses what it had, and the server tells that nothing was stored. */
async function loseAll(connection: RedisConnection): Promise<void> {
  const { client } = connection;
  await client.flushall();
  const run = /^run_id:(\w+)/m.exec(await client.info("server"))![1];
  await client.set(connection.key(EPOCH), `${run}:${"0".repeat(16)}`);
}

/** A machine that captures, with one source. */
class Laptop {
  readonly #path: string;
  readonly #settings: RedisSettings;

  readonly #onHalf: () => Promise<void>;
  #isHalf = false;

  /** @param onHalf is called once, when half is accepted */
  constructor(path: string, settings: RedisSettings, onHalf: () => Promise<void>) {
    this.#path = path;
    this.#settings = settings;
    this.#onHalf = onHalf;
  }

  /** Pieces that are accepted, as its database says. */
  accepted(): number {
    return readFile(this.#path, (db) => readCheckpoints(db).get("file1")?.position ?? 0);
  }

  /** Goes on until all is accepted, in one process or with a new one after each failure. */
  async tell(faults: Faults, restarts: boolean): Promise<void> {
    for (let left = TRIES_MAX; left > 0; left--) {
      try {
        using _commands = patchCommands(faults);
        await using intake = new RedisIntake({
          ...this.#settings,
          path: this.#path,
          machine: "bbbbbbbb",
          clock: systemClock,
        });
        using _statements = faults.patchDatabases();
        while (!await intake.open().then(() => true, takeFault)) if (restarts) break;
        for (;;) {
          const isDone = await this.#goOn(intake).then(() => true, takeFault);
          if (isDone) return;
          if (restarts) break;
        }
      } catch (error) {
        takeFault(error);
      }
    }
    throw new Error("Cannot hand over the events: it fails again and again");
  }

  async #goOn(intake: RedisIntake): Promise<void> {
    for (let at = this.accepted(); at < PIECES; at++) {
      if (at === PIECES / 2 && !this.#isHalf) await this.#onHalf();
      this.#isHalf ||= at === PIECES / 2;
      const events = promptTexts(PIECE_EVENTS, at * PIECE_EVENTS);
      try {
        await intake.accept(events, [makeCheckpoint({ position: at + 1 })]);
      } catch (error) {
        if (!(error instanceof QueueLostError)) throw error;
        await intake.rewound();
        at = this.accepted() - 1;
      }
    }
  }
}

/** Takes the injected fault for an answer, and nothing else. */
function takeFault(error: unknown): false {
  if (error instanceof RedisError && error.message.includes("does not answer")) return false;
  if (error instanceof Error && error.message.includes("disk is full")) return false;
  throw error;
}
