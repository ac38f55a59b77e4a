/**
 * Kills a process in the middle of its work, again and again.
 *
 * Goal: what a pipeline accepted is stored and counted exactly once, however often its process is
 * killed. Method: a child process hands over numbered events and says after each batch how far it
 * got; after a seeded number of such lines it gets SIGKILL. The next one begins some events
 * before the last line, as a source does that reads again from its checkpoint. At the end the
 * rest is handed over in this process, and every number must be there once. `KILL_SEED` chooses
 * the moments.
 */

import assert from "node:assert/strict";
import { systemClock } from "../../core/clock.ts";
import { encodeEvent } from "../../core/event.ts";
import { Pipeline } from "../../pipeline/pipeline.ts";
import { seededRandom, TABLES } from "../helpers/events.ts";
import { killIfThere } from "../helpers/kill_if_there.ts";
import { derivedRows } from "./derived_rows.ts";
import { numberedEvent } from "./publish_numbered.ts";
import { countQueued, deadLetters, readFile, storedIds } from "./read_stored.ts";
import { tempDatabase } from "./temp_database.ts";

const ROUNDS = 5;
const EVENTS = 60_000;
const LINES_MAX = 60;
const OVERLAP = 120;
const REST = 400;

const seed = Number(Deno.env.get("KILL_SEED") ?? 7);

Deno.test(`Pipeline() stores and counts all once, when killed (seed ${seed})`, async () => {
  using folder = tempDatabase();
  const random = seededRandom(seed);
  let accepted = 0;
  for (let round = 0; round < ROUNDS; round++) {
    const first = Math.max(0, accepted - OVERLAP);
    const lines = 1 + Math.floor(random() * LINES_MAX);
    accepted = Math.max(accepted, await runUntilKilled(folder.path, first, lines));
  }
  assert.ok(accepted > 0 && accepted < EVENTS);

  const end = accepted + REST;
  await finish(folder.path, accepted, end);

  readFile(folder.path, (db) => {
    // The last child may have handed over more than it could say.
    const stored = storedIds(db);
    const expected = Array.from({ length: Math.max(end, stored.length) }, (_, n) => `e${n}`);
    assert.deepEqual(stored, expected.toSorted());
    assert.deepEqual(deadLetters(db), []);
    assert.equal(countQueued(db, 1) + countQueued(db, 2), 0);
    assertTotals(derivedRows(db), stored.length);
  });
});

function assertTotals(rows: ReturnType<typeof derivedRows>, count: number): void {
  const numbers = Array.from({ length: count }, (_, n) => n);
  const responses = numbers.filter((n) => n % 10 !== 0);
  for (const tier of [0, 900]) {
    const sums = rows.model_sums.filter((row) => row.tier === tier);
    assert.equal(add(sums, "messages"), responses.length);
    assert.equal(add(sums, "output"), responses.reduce((sum, n) => sum + n, 0));
    const inputs = rows.input_sums.filter((row) => row.tier === tier);
    assert.equal(add(inputs, "count"), count - responses.length);
  }
  assert.equal(rows.sessions.length, 7);
}

function add(rows: readonly Record<string, unknown>[], column: string): number {
  return rows.reduce((sum, row) => sum + Number(row[column]), 0);
}

/** @returns how many events the child said were accepted */
async function runUntilKilled(path: string, first: number, lines: number): Promise<number> {
  const script = new URL("./publish_numbered.ts", import.meta.url).pathname;
  await using child = new Deno.Command(Deno.execPath(), {
    args: ["run", "-A", "--no-check", script, path, String(first), String(EVENTS)],
    stdout: "piped",
    stderr: "inherit",
  }).spawn();
  const said: string[] = [];
  let rest = "";
  for await (const text of child.stdout.pipeThrough(new TextDecoderStream())) {
    const parts = (rest + text).split("\n");
    rest = parts.pop() ?? "";
    said.push(...parts);
    if (said.length >= lines) killIfThere(child);
  }
  const { signal } = await child.status;
  assert.equal(signal, "SIGKILL");
  return Number(said.at(-1));
}

async function finish(path: string, first: number, end: number): Promise<void> {
  await using pipeline = new Pipeline({ path, tables: TABLES, clock: systemClock });
  await pipeline.resume();
  const numbers = Array.from({ length: end - first }, (_, i) => first + i);
  await pipeline.accept(numbers.map((n) => encodeEvent(numberedEvent(n))), []);
  await pipeline.drain();
}
