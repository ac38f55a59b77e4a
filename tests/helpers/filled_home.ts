/**
 * A database that the real pipeline filled with known events, and a reader of it. It is one
 * o'clock; all calls but those of gamma name their response. The sessions are
 *
 * - `alpha`, at noon, project ONE: 2 prompts, a command, an interruption; 2 responses (the second
 *   without a stop reason); Edit ok (+5 −2), Edit rejected, Write ok (a file of 12 lines), Bash
 *   failed, Bash without a result.
 * - `beta`, two hours before, project TWO: a prompt, a queued one, a compaction; a response; Read
 *   ok, Edit ok (+7 −1).
 * - `gamma`, 30 hours before noon, on the other platform, without a project: a prompt, a
 *   response, Bash ok.
 * - `delta`, 40 days before noon, project ONE: a prompt, a response, Read failed.
 * - `zeta`, a fork that repeats the first prompt, response and Edit of alpha.
 * - `notes`, which is no session: an API error and the end of a turn.
 */

import { type Database, openReader } from "../../core/database.ts";
import { encodeEvent, type TelemetryEvent } from "../../core/event.ts";
import { Pipeline } from "../../pipeline/pipeline.ts";
import {
  makeEvent,
  makePrompt,
  makeResponse,
  makeToolResult,
  makeToolUse,
  NOON,
  TABLES,
} from "./events.ts";
import { VirtualClock } from "./virtual_clock.ts";

/** The projects of the known events, by hash. */
export const ONE = "1c8bbfa69a576471", TWO = "2d9ccfb70b687582";

/** The models of the known events. */
export const OPUS = "claude-opus-4-5-20251101", HAIKU = "claude-haiku-4-5-20251001";

const HOUR_MS = 3_600_000;

/** What {@linkcode filledHome} gives. */
export interface FilledHome extends AsyncDisposable {
  /** The database file. */
  readonly path: string;
  readonly db: Database;
  readonly clock: VirtualClock;
  readonly pipeline: Pipeline;
  /** Sends events through the pipeline, to their end. */
  tell(...events: readonly TelemetryEvent[]): Promise<void>;
  /** Calls back after derived data changed. */
  onChange(listener: () => void): Disposable;
}

/** Makes a home that holds the given events, by default the known ones. */
export async function filledHome(
  events: readonly TelemetryEvent[] = knownEvents(),
): Promise<FilledHome> {
  const folder = Deno.makeTempDirSync({ prefix: "blueplane_test_" });
  const path = `${folder}/telemetry.db`;
  const clock = new VirtualClock(NOON + HOUR_MS);
  const listeners = new Set<() => void>();
  const onFolded = () => listeners.forEach((listener) => listener());
  const pipeline = new Pipeline({ path, tables: TABLES, clock, onFolded });
  await pipeline.accept(events.map(encodeEvent), []);
  await pipeline.drain();
  const db = openReader(path)!;
  return {
    path,
    db,
    clock,
    pipeline,
    async tell(...more) {
      await pipeline.accept(more.map(encodeEvent), []);
      await pipeline.drain();
    },
    onChange(listener) {
      listeners.add(listener);
      return { [Symbol.dispose]: () => listeners.delete(listener) };
    },
    async [Symbol.asyncDispose]() {
      db.close();
      await pipeline[Symbol.asyncDispose]();
      Deno.removeSync(folder, { recursive: true });
    },
  };
}

/** Sends events through the pipeline of a home, to their end. */
export async function tellHome(home: string, ...events: readonly TelemetryEvent[]) {
  const path = `${home}/telemetry.db`, clock = new VirtualClock(NOON + HOUR_MS);
  await using pipeline = new Pipeline({ path, tables: TABLES, clock });
  await pipeline.accept(events.map(encodeEvent), []);
  await pipeline.drain();
}

/** The events that the first comment tells of. */
export function knownEvents(): TelemetryEvent[] {
  return [...alpha(), ...beta(), ...gamma(), ...delta(), ...fork(), ...notes()];
}

function alpha(): TelemetryEvent[] {
  const of = (id: string, seconds: number) => ({
    id,
    session: "alpha",
    project: ONE,
    version: "2.1.4",
    at: NOON + seconds * 1000,
  });
  return [
    ...shared("alpha"),
    makeEvent("slash_command", of("a-c1", 5)),
    makeToolUse({ ...of("a-t2", 30), use: "a-t2", tool: "Bash", message: "a-m1" }),
    makeToolResult({ ...of("a-r2", 35), use: "a-t2", outcome: "failed" }),
    makeToolUse({ ...of("a-t3", 40), use: "a-t3", message: "a-m1" }),
    makeToolResult({ ...of("a-r3", 45), use: "a-t3", outcome: "rejected" }),
    makePrompt(of("a-p2", 60)),
    makeResponse({
      ...of("a-m2", 70),
      model: HAIKU,
      stop: null,
      input: 5,
      output: 40,
      cacheCreation: 20,
    }),
    makeToolUse({ ...of("a-t4", 80), use: "a-t4", tool: "Write", message: "a-m2" }),
    makeToolResult({ ...of("a-r4", 85), use: "a-t4", created: 1, createdLines: 12 }),
    makeToolUse({ ...of("a-t5", 90), use: "a-t5", tool: "Bash", message: "a-m2" }),
    makeEvent("interruption", of("a-i1", 100)),
  ];
}

/** What the fork has from alpha. */
function shared(session: string): TelemetryEvent[] {
  const of = (id: string, seconds: number) => ({
    id,
    session,
    project: ONE,
    version: "2.1.4",
    at: NOON + seconds * 1000,
  });
  return [
    makePrompt(of("a-p1", 0)),
    makeResponse({
      ...of("a-m1", 10),
      model: OPUS,
      input: 10,
      output: 100,
      cacheRead: 900,
      cacheCreation: 90,
      cacheCreation5m: 60,
      cacheCreation1h: 30,
    }),
    makeToolUse({ ...of("a-t1", 20), use: "a-t1", extension: "ts", message: "a-m1" }),
    makeToolResult({ ...of("a-r1", 25), use: "a-t1", added: 5, removed: 2 }),
  ];
}

function beta(): TelemetryEvent[] {
  const of = (id: string, seconds: number) => ({
    id,
    session: "beta",
    project: TWO,
    version: "1.0.98",
    at: NOON - 2 * HOUR_MS + seconds * 1000,
  });
  return [
    makePrompt(of("b-p1", 0)),
    makeEvent("queued_prompt", of("b-q1", 10)),
    makeResponse({ ...of("b-m1", 20), model: OPUS, input: 20, output: 200 }),
    makeToolUse({ ...of("b-t1", 30), use: "b-t1", tool: "Read", message: "b-m1" }),
    makeToolResult({ ...of("b-r1", 31), use: "b-t1" }),
    makeToolUse({ ...of("b-t2", 40), use: "b-t2", message: "b-m1" }),
    makeToolResult({ ...of("b-r2", 41), use: "b-t2", added: 7, removed: 1 }),
    makeEvent("context_compact", { ...of("b-k1", 50), version: "2.1.4" }),
  ];
}

function gamma(): TelemetryEvent[] {
  const of = (id: string) => ({
    id,
    session: "gamma",
    platform: "cursor",
    at: NOON - 30 * HOUR_MS,
  });
  return [
    makePrompt(of("g-p1")),
    makeResponse({ ...of("g-m1"), model: "gpt-5", input: 30, output: 300 }),
    makeToolUse({ ...of("g-t1"), use: "g-t1", tool: "Bash" }),
    makeToolResult({ ...of("g-r1"), use: "g-t1" }),
  ];
}

function delta(): TelemetryEvent[] {
  const of = (id: string) => ({
    id,
    session: "delta",
    project: ONE,
    at: NOON - 40 * 24 * HOUR_MS,
  });
  return [
    makePrompt(of("d-p1")),
    makeResponse({ ...of("d-m1"), model: HAIKU, input: 100, output: 1000 }),
    makeToolUse({ ...of("d-t1"), use: "d-t1", tool: "Read", message: "d-m1" }),
    makeToolResult({ ...of("d-r1"), use: "d-t1", outcome: "failed" }),
  ];
}

function fork(): TelemetryEvent[] {
  return shared("zeta");
}

function notes(): TelemetryEvent[] {
  const of = (id: string) => ({ id, session: "notes", project: TWO });
  return [
    makeEvent("api_error", of("n-1"), { attempt: 1, retry_in_ms: 500 }),
    makeEvent("turn_end", of("n-2"), { duration_ms: 1200 }),
  ];
}
