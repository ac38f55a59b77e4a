/**
 * Fault sweep of a whole pipeline whose queue is in Redis.
 *
 * Goal: whichever statement or command of Redis fails once, before or after its effect, what was
 * accepted is stored once, counts once, and no position is ahead of the rows. Method: statements
 * and commands of this thread are counted together, and the nth one fails as on a full disk, or
 * as where Redis does not answer. The source goes on from what was accepted; the pipeline goes on
 * or starts again; virtual time passes, for leases in Redis, too, until the queue is empty.
 */

import assert from "node:assert/strict";
import { dirname } from "node:path";
import { readCheckpoints, readStoredPosition } from "../../core/checkpoints.ts";
import type { Database } from "../../core/database.ts";
import { openWriter } from "../../core/open_writer.ts";
import { encodeEvent } from "../../core/event.ts";
import { QueueLostError } from "../../core/intake.ts";
import { Pipeline } from "../../pipeline/pipeline.ts";
import { RedisConnection } from "../../pipeline/redis_connection.ts";
import { RedisError } from "../../pipeline/redis_error.ts";
import { redisQueue } from "../../pipeline/redis_queue.ts";
import {
  makePrompt,
  makeResponse,
  makeToolResult,
  makeToolUse,
  NOON,
  TABLES,
} from "../helpers/events.ts";
import { type Faults, sweepFaults, sweepStride } from "../helpers/faults.ts";
import { patchCommands, type WatchedCommands } from "../helpers/redis_faults.ts";
import { sharedRedis } from "../helpers/redis_server.ts";
import { VirtualClock } from "../helpers/virtual_clock.ts";
import { derivedRows } from "./derived_rows.ts";
import { makeCheckpoint } from "./port_contract.ts";
import { deadLetters, readFile, storedIds } from "./read_stored.ts";
import { ageLeases } from "./redis_stage.ts";
import { tempDatabase } from "./temp_database.ts";

const redis = sharedRedis();

const TRIES_MAX = 20;
const TURNS_MAX = 10_000;
// Long enough to pass over most polls of an idle queue, short enough for every retry.
const STEP_MS = 1000;
const MACHINE = "aaaaaaaa";
const POISON = "no event";

/** What a source tells, piece by piece; its position is the number of pieces. */
const pieces: readonly (readonly string[])[] = [
  [
    makePrompt({ id: "e1", project: "aa", version: "2.1.4" }),
    makeResponse({ id: "e2", message: "m1", stop: null, output: 3, at: NOON + 1000 }),
    makeToolUse({ id: "e4", use: "u1", at: NOON + 2500 }),
  ].map(encodeEvent),
  [
    POISON,
    ...[
      makeResponse({ id: "e3", session: "fork", message: "m1", output: 70, at: NOON + 2000 }),
      makePrompt({ id: "e5", platform: "cursor", session: "c1" }),
      makeToolResult({ id: "e6", use: "u1", at: NOON + 4000, added: 5 }),
    ].map(encodeEvent),
  ],
];
/** What must be stored where the mark of the source says so, by that position. */
const idsAt = [[], ["e1", "e2", "e4"], ["e1", "e2", "e3", "e4", "e5", "e6"]];

/** What may fail, and how many calls go by from one that fails to the next in a quick sweep. */
const kinds = { command: 2, statement: 23 } as const;
type Kind = keyof typeof kinds;

for (const kind of ["command", "statement"] as const) {
  for (const restarts of [false, true]) {
    const what = restarts ? "restarts" : "goes on";
    Deno.test(`Pipeline() loses nothing on Redis, when a ${kind} fails, it ${what}`, async () => {
      const expected = await runOnce(kind);
      const faults = await sweepFaults(async (faults) => {
        assert.deepEqual(await runOnce(kind, faults, restarts), expected);
      }, sweepStride(kinds[kind]));
      assert.ok(faults > 40, `${faults} faults`);
    });
  }
}

/** Runs a source and a pipeline to their end. */
async function runOnce(kind: Kind, faults?: Faults, restarts = false) {
  using folder = tempDatabase();
  const namespace = crypto.randomUUID();
  await using side = new RedisConnection({ url: redis.server.url, namespace });
  const run = new FaultRun(folder.path, side);
  // How a database begins is swept where the queue lies in it.
  openWriter(folder.path).close();
  await run.once(restarts ? 1 : TRIES_MAX, faults && { kind, faults });
  // A log beside it would tell of a connection that was left open.
  assert.deepEqual([...Deno.readDirSync(dirname(folder.path))].map(({ name }) => name), [
    "telemetry.db",
  ]);
  readFile(folder.path, checkMarks);
  // The same once more without a fault: where nothing failed, there is nothing left to do.
  await run.once(TRIES_MAX);
  return readFile(folder.path, (db) => {
    checkMarks(db);
    return {
      ids: storedIds(db),
      rows: derivedRows(db),
      letters: [...new Set(deadLetters(db).map(({ body, message }) => `${message} ${body}`))],
      position: readCheckpoints(db).get("file1")?.position,
      stored: readStoredPosition(db, MACHINE, "file1"),
    };
  });
}

/** A database, a part of Redis, and a clock for both. */
class FaultRun {
  readonly #path: string;
  readonly #side: RedisConnection;
  readonly #clock = new VirtualClock();

  constructor(path: string, side: RedisConnection) {
    this.#path = path;
    this.#side = side;
  }

  /** Starts a pipeline and tells it everything, as often as it may be tried. */
  async once(triesMax: number, failing?: { kind: Kind; faults: Faults }): Promise<void> {
    const { kind, faults } = failing ?? {};
    using commands = patchCommands(kind === "command" ? faults : undefined);
    const makeQueue = redisQueue({
      url: redis.server.url,
      namespace: this.#side.key("").slice(1, -2),
      machine: MACHINE,
    });
    try {
      using stack = new DisposableStack();
      await using pipeline = new Pipeline({
        path: this.#path,
        tables: TABLES,
        clock: this.#clock,
        makeQueue,
      });
      if (kind === "statement") stack.use(faults!.patchDatabases());
      await this.#pass(commands, pipeline.resume());
      for (let left = triesMax; left > 0; left--) {
        const told = this.#tell(pipeline).then(() => true, isFault);
        if (await this.#pass(commands, told)) return;
      }
      if (triesMax > 1) throw new Error("Cannot hand over the events: it fails again and again");
    } catch (error) {
      isFault(error);
    }
  }

  /** Goes on from what was accepted, as a source does. */
  async #tell(pipeline: Pipeline): Promise<void> {
    const accepted = () =>
      readFile(this.#path, (db) => readCheckpoints(db).get("file1")?.position ?? 0);
    for (let at = accepted(); at < pieces.length;) {
      try {
        await pipeline.accept(pieces[at]!, [makeCheckpoint({ position: ++at })]);
      } catch (error) {
        if (!(error instanceof QueueLostError)) throw error;
        await pipeline.rewound();
        at = accepted();
      }
    }
    await pipeline.drain();
  }

  /** Lets time pass whenever nothing else happens. */
  async #pass<T>(commands: WatchedCommands, promise: Promise<T>): Promise<T> {
    let isSettled = false;
    const settle = () => isSettled = true;
    promise.then(settle, settle);
    for (let turn = 0; !isSettled; turn++) {
      if (turn > TURNS_MAX) throw new Error("Cannot go on: what is waited for does not come");
      await commands.settled();
      const nextAt = this.#clock.nextAt();
      if (isSettled || nextAt === undefined) continue;
      const ms = Math.max(STEP_MS, nextAt - this.#clock.now());
      // First, as whoever wakes may take or give back what is under lease.
      await ageLeases(this.#side, ms);
      this.#clock.advance(ms);
    }
    return await promise;
  }
}

/** No mark may be ahead of the rows. */
function checkMarks(db: Database): void {
  const rows = db.prepare("select json_extract(mark, '$.position') as at from stored_sources")
    .all() as { at: number }[];
  const stored = new Set(storedIds(db));
  for (const { at } of rows) {
    assert.deepEqual(idsAt[at]!.filter((id) => !stored.has(id)), [], `at position ${at}`);
  }
}

/** Takes the injected fault for an answer, and nothing else. */
function isFault(error: unknown): false {
  if (error instanceof RedisError && error.message.includes("does not answer")) return false;
  if (error instanceof Error && error.message.includes("disk is full")) return false;
  throw error;
}
