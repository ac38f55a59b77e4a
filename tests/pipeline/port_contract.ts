/** The one test of what `PipelinePort` promises, in this thread and in a Worker alike. */

import assert from "node:assert/strict";
import { type Checkpoint, readCheckpoints } from "../../core/checkpoints.ts";
import { openWriter } from "../../core/open_writer.ts";
import { encodeEvent } from "../../core/event.ts";
import { filesFound, readUnread } from "../../core/files_found.ts";
import type { PipelineOptions, PipelinePort } from "../../pipeline/pipeline.ts";
import {
  makePrompt,
  makeResponse,
  makeToolResult,
  makeToolUse,
  promptTexts,
  TABLES,
} from "../helpers/events.ts";
import { VirtualClock } from "../helpers/virtual_clock.ts";
import { derivedRows } from "./derived_rows.ts";
import { openParts } from "./open_parts.ts";
import { readFile, storedIds } from "./read_stored.ts";
import { tempDatabase } from "./temp_database.ts";

const EVENTS = { stream: "telemetry:events", group: "processors" } as const;

/** Opens a port with the machine's clock. */
export type OpenPort = (options: Omit<PipelineOptions, "clock">) => PipelinePort;

/** A checkpoint of a file. */
export function makeCheckpoint(changed: Partial<Checkpoint> = {}): Checkpoint {
  return {
    id: "file1",
    platform: "claude_code",
    sessionId: "s1",
    fileId: "1:2",
    head: "",
    position: 100,
    size: 120,
    modifiedAt: 5,
    lines: 3,
    linesMalformed: 0,
    linesUnknown: 0,
    state: "{}",
    drift: "{}",
    ...changed,
  };
}

/** Registers the tests; `name` is the class that they are about. */
export function testPort(name: string, open: OpenPort): void {
  testPublishing(name, open);
  testDraining(name, open);
  testCheckpoints(name, open);
  testCommands(name, open);
  testTrouble(name, open);
  testClosing(name, open);
}

function testTrouble(name: string, open: OpenPort): void {
  Deno.test(`${name}() tells of trouble, and that it goes on when that is over`, async () => {
    using folder = tempDatabase();
    const told: string[] = [];
    const isOver = Promise.withResolvers<void>();
    await using port = open({
      path: folder.path,
      tables: TABLES,
      onTrouble: (error) => told.push(String(error)),
      onRecovered: () => isOver.resolve(),
    });
    await port.drain();
    using db = openWriter(folder.path);
    db.exec("alter table trace_blocks rename to gone");
    await port.accept(promptTexts(1), []);
    await assert.rejects(() => port.drain(), /no such table/);
    assert.ok(told.length > 0);

    db.exec("alter table gone rename to trace_blocks");

    await port.drain();
    await isOver.promise;
  });
}

function testPublishing(name: string, open: OpenPort): void {
  Deno.test(`${name}.drain() resolves, when all is stored and derived`, async () => {
    using folder = tempDatabase();
    await using port = open({ path: folder.path, tables: TABLES });
    const events = [
      makePrompt({ id: "a" }),
      makeResponse({ id: "b", output: 70 }),
      makeToolUse({ id: "c", use: "u1" }),
      makeToolResult({ id: "d", use: "u1", added: 5 }),
      makePrompt({ id: "e", platform: "cursor", session: "c1" }),
    ];

    await port.accept(events.map(encodeEvent), []);
    await port.drain();

    const rows = readFile(folder.path, derivedRows);
    assert.equal(rows.model_sums[0]?.output, 70);
    assert.equal(rows.tool_sums[0]?.lines_added, 5);
    assert.deepEqual(rows.input_sums.filter(({ tier }) => tier === 0).length, 2);
    assert.equal(rows.sessions.length, 2);
  });

  Deno.test(`${name}.accept() stores many events, each once, while they come twice`, async () => {
    using folder = tempDatabase();
    await using port = open({ path: folder.path, tables: TABLES });
    const texts = promptTexts(3000);

    await Promise.all([
      port.accept(texts.slice(0, 2000), []),
      port.accept(texts.slice(1000), []),
      port.accept([], []),
    ]);
    await port.drain();

    assert.equal(readFile(folder.path, storedIds).length, 3000);
    const [sum] = readFile(folder.path, derivedRows).input_sums;
    assert.deepEqual([sum?.tier, sum?.count], [0, 3000]);
  });

  Deno.test(`${name}.accept() tells onFolded, when derived rows changed`, async () => {
    using folder = tempDatabase();
    const told = Promise.withResolvers<void>();
    await using port = open({ path: folder.path, tables: TABLES, onFolded: told.resolve });

    await port.accept(promptTexts(1), []);

    await told.promise;
  });
}

function testDraining(name: string, open: OpenPort): void {
  Deno.test(`${name}.drain() tells what is counted, before insights are there`, async () => {
    using folder = tempDatabase();
    await using port = open({ path: folder.path, tables: TABLES });
    const calls = Array.from({ length: 40 }, (_, i) => [
      makeToolUse({ id: `u${i}`, use: `u${i}`, tool: "Bash" }),
      makeToolResult({ id: `r${i}`, use: `u${i}`, outcome: "failed" }),
    ]).flat();

    await port.accept(calls.map(encodeEvent), []);
    await port.drain("facts");
    const { tool_sums } = readFile(folder.path, derivedRows);
    await port.drain("counts");
    const { time_sums } = readFile(folder.path, derivedRows);
    await port.drain();

    assert.equal(tool_sums.find(({ tier }) => tier === 0)?.failed, 40);
    assert.equal(time_sums.length > 0, true);
    assert.equal(readFile(folder.path, derivedRows).insights.length > 0, true);
  });

  Deno.test(`${name}.drain() resolves, when there is nothing to do`, async () => {
    using folder = tempDatabase();
    await using port = open({ path: folder.path, tables: TABLES });

    await port.drain();
    await port.drain();
  });
}

function testCheckpoints(name: string, open: OpenPort): void {
  Deno.test(`${name}.accept() stores positions, the last of a file being kept`, async () => {
    using folder = tempDatabase();
    await using port = open({ path: folder.path, tables: TABLES });

    await port.accept([], [makeCheckpoint(), makeCheckpoint({ id: "file2" })]);
    await port.accept(promptTexts(1), [makeCheckpoint({ position: 300 })]);

    assert.deepEqual(readPositions(folder.path), ["file1 300", "file2 100"]);
  });

  Deno.test(`${name}.accept() rejects with the error's text, and accepts nothing`, async () => {
    using folder = tempDatabase();
    await using port = open({ path: folder.path, tables: TABLES });
    const broken = makeCheckpoint({ id: "file2", position: NaN });

    await assert.rejects(() => port.accept(promptTexts(1), [makeCheckpoint(), broken]), {
      message: /position/,
    });

    await port.drain();
    assert.deepEqual(readPositions(folder.path), []);
    assert.deepEqual(readFile(folder.path, storedIds), []);
  });

  Deno.test(`${name}.accept() stores under the right names, after it failed once`, async () => {
    using folder = tempDatabase();
    await using port = open({ path: folder.path, tables: TABLES });
    const broken = makeCheckpoint({ platform: "cursor", position: NaN });
    await assert.rejects(() => port.accept([], [broken]));

    await port.accept([encodeEvent(makePrompt({ id: "a" }))], []);
    await port.drain();
    await port.accept([encodeEvent(makePrompt({ id: "b", platform: "cursor" }))], []);
    await port.drain();

    const { sessions } = readFile(folder.path, derivedRows);
    assert.deepEqual(sessions.map(({ platform }) => platform).sort(), ["claude_code", "cursor"]);
  });
}

function testCommands(name: string, open: OpenPort): void {
  Deno.test(`${name}.command() replays and drops dead letters, and says how many`, async () => {
    using folder = tempDatabase();
    {
      // The port has the machine's clock: letters of another year would be gone at once.
      using parts = openParts(folder.path, new VirtualClock(Date.now()));
      const texts = [...promptTexts(2), encodeEvent(makePrompt({ id: "x", platform: "emacs" }))];
      texts.forEach((body, i) =>
        parts.letters.add(EVENTS, { id: `${i}`, body, attempts: 3 }, undefined)
      );
    }
    await using port = open({ path: folder.path, tables: TABLES });

    const some = await port.command("replay", { ids: [2, 99] });
    const rest = await port.command("replay", { all: true });
    const dropped = await port.command("drop", { all: true });
    await port.drain();

    assert.deepEqual(some, { stored: 1, came_back: [], not_kept: [] });
    assert.deepEqual(rest, { stored: 1, came_back: [3], not_kept: [] });
    assert.deepEqual(dropped, { dropped: 1 });
    assert.deepEqual(readFile(folder.path, storedIds), ["p0", "p1"]);
    assert.equal(readFile(folder.path, derivedRows).inputs.length, 2);
  });

  Deno.test(`${name}.command() notes how many files are not read`, async () => {
    using folder = tempDatabase();
    await using port = open({ path: folder.path, tables: TABLES });
    await port.accept([], [makeCheckpoint()]);

    await port.command("noteUnread", 41);

    assert.deepEqual(readFile(folder.path, (db) => [filesFound(db), readUnread(db)]), [42, 41]);
  });

  Deno.test(`${name}.command() rejects, when the port is closed`, async () => {
    using folder = tempDatabase();
    const port = open({ path: folder.path, tables: TABLES });
    await port[Symbol.asyncDispose]();

    await assert.rejects(() => port.command("drop", { all: true }), /the pipeline is closed/);
  });
}

function testClosing(name: string, open: OpenPort): void {
  Deno.test(`${name}() keeps what it accepted, when it is closed at once`, async () => {
    using folder = tempDatabase();
    {
      await using port = open({ path: folder.path, tables: TABLES });
      await port.accept(promptTexts(4000), []);
    }

    await using again = open({ path: folder.path, tables: TABLES });
    await again.drain();

    assert.equal(readFile(folder.path, storedIds).length, 4000);
  });

  Deno.test(`${name}() rejects every call, when it is closed`, async () => {
    using folder = tempDatabase();
    const port = open({ path: folder.path, tables: TABLES });
    await port[Symbol.asyncDispose]();
    const closed = { message: "Cannot store events: the pipeline is closed" };

    await assert.rejects(() => port.accept(promptTexts(1), []), closed);
    await assert.rejects(() => port.drain(), closed);
  });

  Deno.test(`${name}() can be closed twice`, async () => {
    using folder = tempDatabase();
    const port = open({ path: folder.path, tables: TABLES });

    await port[Symbol.asyncDispose]();

    await port[Symbol.asyncDispose]();
  });
}

function readPositions(path: string): string[] {
  const found = readFile(path, (db) => readCheckpoints(db, "claude_code"));
  return [...found.values()].map(({ id, position }) => `${id} ${position}`).sort();
}
