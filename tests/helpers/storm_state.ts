/** What a storm left: what is counted while servers run, and what is stored once none does. */

import { deepEqual } from "node:assert/strict";
import { isDeepStrictEqual } from "node:util";
import { inflateSync } from "node:zlib";
import { openPlain } from "../../core/database.ts";
import { countedLines } from "../e2e/growing_transcripts.ts";
import { type DerivedRows, derivedRows } from "../pipeline/derived_rows.ts";
import type { RedisServer } from "./redis_server.ts";
import { type Machine, runBinary } from "./run_blueplane.ts";

/** What a user sees of it. */
export interface StormState {
  readonly counted: Awaited<ReturnType<typeof countedLines>>;
  /** Events and batches in the queues, that of Redis among them. */
  readonly waiting: number;
  readonly dead_letters: number;
  /** What hooks left on any machine. */
  readonly spooled: number;
}

/** What the database holds; of the hooks' session only how many events. */
export interface Stored {
  readonly rows: number;
  /** Ids of events in their blocks. */
  readonly ids: readonly string[];
  readonly hooked: number;
  readonly derived: DerivedRows;
}

const SETTLE_WITHIN_MS = 90_000;
const LOOK_EVERY_MS = 100;

/** Asks the first machine, which processes; the spools lie on all of them. */
export async function stormState(
  machines: readonly Machine[],
  redis: RedisServer | undefined,
): Promise<StormState> {
  const desk = machines[0]!;
  const { stdout } = await runBinary(desk, ["status", "--json"]);
  const { events, changes, dead_letters } = JSON.parse(stdout).queue;
  return {
    counted: await countedLines(desk),
    waiting: events + changes + await lengthIn(redis),
    dead_letters,
    spooled: machines.reduce((sum, { home }) => sum + spooledIn(home), 0),
  };
}

/** Waits until what is read is as expected, and tells the difference when it never is. */
export async function settled<T>(read: () => Promise<T>, expected: T): Promise<void> {
  const end = performance.now() + SETTLE_WITHIN_MS;
  let found = await read();
  while (!isDeepStrictEqual(found, expected) && performance.now() < end) {
    await new Promise((resolve) => setTimeout(resolve, LOOK_EVERY_MS));
    found = await read();
  }
  deepEqual(found, expected);
}

/** Reads a home that nobody writes to; the session of this id is the hooks'. */
export function tellStored(home: string, hookedSession: string): Stored {
  using db = openPlain(`${home}/telemetry.db`);
  const bodies = db.prepare("select body from trace_blocks").all() as { body: Uint8Array }[];
  const events = bodies.flatMap(({ body }) => inflateSync(body).toString().split("\n"))
    .map((line) => JSON.parse(line) as { event_id: string; session_id: string });
  const isHooked = ({ session_id }: { session_id: string }) => session_id === hookedSession;
  const derived = Object.entries(derivedRows(db)).map(([table, rows]) => [
    table,
    rows.filter((row) => !JSON.stringify(row).includes(hookedSession)),
  ]);
  return {
    rows: Number(db.prepare("select count(*) as n from claude_raw_traces").get()!.n),
    ids: events.filter((event) => !isHooked(event)).map(({ event_id }) => event_id).sort(),
    hooked: events.filter(isHooked).length,
    derived: Object.fromEntries(derived) as DerivedRows,
  };
}

async function lengthIn(redis: RedisServer | undefined): Promise<number> {
  const [stream] = await redis?.command("KEYS", "*:telemetry:events") as string[] | undefined ??
    [];
  return stream === undefined ? 0 : Number(await redis!.command("XLEN", stream));
}

function spooledIn(home: string): number {
  try {
    return [...Deno.readDirSync(`${home}/spool`)].length;
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return 0;
    throw error;
  }
}
