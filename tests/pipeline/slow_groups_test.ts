/** Tests of `pipeline/slow_groups.ts`. */

import assert from "node:assert/strict";
import { encodeEvent } from "../../core/event.ts";
import {
  makeResponse,
  makeToolResult,
  makeToolUse,
  NOON,
  promptTexts,
} from "../helpers/events.ts";
import { derivedRows } from "./derived_rows.ts";
import { openParts, type Parts } from "./open_parts.ts";
import { tempDatabase } from "./temp_database.ts";

const LEASE_MS = 60_000;

/** Three failures in a row: every group has something to say of them. */
const failures = [1, 2, 3].flatMap((n) => {
  const place = { use: `u${n}`, at: NOON + n };
  return [
    makeToolUse({ ...place, id: `u${n}`, tool: "Bash" }),
    makeToolResult({ ...place, id: `r${n}`, outcome: "failed" }),
  ];
}).map(encodeEvent);

Deno.test("SlowGroups.step() lets each group begin, when those before it are done", async () => {
  using folder = tempDatabase();
  using parts = openParts(folder.path);
  await store(parts, promptTexts(150));
  await store(parts, failures);
  const seen: string[] = [];

  do {
    const counts = ["inputs", "tool_calls", "turns", "insights"].map((table) =>
      parts.count(table)
    );
    seen.push(counts.join(" "));
  } while (await parts.groups.step());

  const steps = seen.filter((counts, i) => counts !== seen[i - 1]);
  assert.equal(steps[0], "0 0 0 0");
  assert.equal(steps.at(-1), "150 3 150 1");
  assert.ok(steps.includes("150 3 0 0") && steps.includes("150 3 150 0"), steps.join(", "));
  assert.equal(await parts.groups.depth(), 0);
  assert.equal(parts.count("stream_entries"), 0);
  assert.equal(parts.count("dirty_sessions"), 0);
});

Deno.test("SlowGroups.step() leaves for next transactions what others read first", async () => {
  using folder = tempDatabase();
  using parts = openParts(folder.path);
  await store(parts, failures);
  const transaction = async () => {
    parts.db.exec("begin immediate");
    parts.groups.begin();
    let steps = 0;
    while (await parts.groups.step()) steps++;
    parts.groups.settle();
    parts.db.exec("commit");
    const left = [];
    for (const upTo of ["facts", "counts", "insights"] as const) {
      left.push(await parts.groups.depth(upTo) > 0);
    }
    const counts = ["tool_calls", "time_sums", "insights"].map((name) => parts.count(name) > 0);
    return { worked: steps > 0, alone: parts.groups.hasFactsAlone, counts, left };
  };
  const facts = await transaction(), counts = await transaction(), insights = await transaction();

  assert.deepEqual([facts, counts, insights], [
    { worked: true, alone: true, counts: [true, false, false], left: [false, true, true] },
    { worked: true, alone: false, counts: [true, true, false], left: [false, false, true] },
    { worked: true, alone: false, counts: [true, true, true], left: [false, false, false] },
  ]);
});

Deno.test("SlowGroups.step() writes sums in a step of its own, when many wait", async () => {
  using folder = tempDatabase();
  using parts = openParts(folder.path);
  const uses = Array.from(
    { length: 100 },
    (_, n) => makeToolUse({ id: `u${n}`, use: `u${n}`, at: NOON + n, tool: `Tool${n}` }),
  );
  await store(parts, uses.map(encodeEvent));
  await store(parts, promptTexts(1));
  const seen: string[] = [];

  parts.db.exec("begin immediate");
  parts.groups.begin();
  for (let i = 0; i < 3; i++) {
    await parts.groups.step();
    seen.push(["tool_calls", "call_sums", "inputs"].map((table) => parts.count(table)).join(" "));
  }
  parts.groups.settle();
  parts.db.exec("commit");

  const rows = parts.count("call_sums");
  assert.ok(rows >= 200, `${rows} rows`);
  assert.deepEqual(seen, ["100 0 0", `100 ${rows} 0`, `100 ${rows} 1`]);
});

Deno.test("SlowGroups.step() lets insights wait for the end of news, if that comes", async () => {
  using folder = tempDatabase();
  using parts = openParts(folder.path);
  parts.hurry[Symbol.dispose]();
  await store(parts, failures);
  const waited: number[] = [];

  for (const stepMs of [249, 249, 250]) {
    await parts.deriveAll();
    // News of no failure, but for the last time.
    if (waited.length < 2) await store(parts, promptTexts(1, waited.length));
    parts.clock.advance(stepMs);
    await parts.deriveAll();
    waited.push(parts.count("insights"));
  }
  parts.db.exec("delete from insights");
  await store(parts, failures.map((text) => text.replaceAll('"u', '"v').replaceAll('"r', '"s')));
  const until = parts.clock.now() + 2000;
  for (let n = 10; parts.count("insights") === 0; n++) {
    await store(parts, promptTexts(1, n));
    await parts.deriveAll();
    parts.clock.advance(100);
  }

  assert.deepEqual(waited, [0, 0, 1]);
  assert.equal(parts.clock.now(), until + 100);
});

Deno.test("SlowGroups.step() lets no group read facts, while a block waits", async () => {
  using folder = tempDatabase();
  using parts = openParts(folder.path);
  await store(parts, promptTexts(2));
  await store(parts, promptTexts(2, 2));
  parts.db.exec("update trace_blocks set body = x'00' where id = 1");
  parts.groups.forget();

  await parts.deriveAll();
  const waiting = [parts.count("inputs"), parts.count("turns")];
  for (let i = 0; i < 3; i++) {
    parts.clock.advance(LEASE_MS);
    await parts.deriveAll();
  }

  assert.deepEqual(waiting, [2, 0]);
  assert.equal(parts.count("turns"), 2);
  assert.equal(await parts.groups.depth(), 0);
});

Deno.test("SlowGroups.step() derives a session once, when many blocks told of it", async () => {
  using folder = tempDatabase();
  using parts = openParts(folder.path);
  for (let i = 0; i < 30; i++) await store(parts, promptTexts(1, i));
  const left: number[] = [];

  do left.push(parts.count("turns")); while (await parts.groups.step());

  assert.deepEqual([...new Set(left)], [0, 30]);
});

Deno.test("SlowGroups() derives all that is stored, when a group is new", async () => {
  using folder = tempDatabase();
  const before = await fill(folder.path);
  {
    using parts = openParts(folder.path);
    parts.db.exec(`delete from made_with where name in ('conversations', 'insights');
      delete from stream_groups where name in ('conversations', 'insights');
      delete from turns; delete from conversations; delete from insights`);
  }
  using parts = openParts(folder.path);

  const depth = await parts.groups.depth();
  await parts.deriveAll();

  assert.equal(depth, 2);
  assert.deepEqual(derivedRows(parts.db), before);
});

Deno.test("SlowGroups() derives a group alone, when its rules are others", async () => {
  using folder = tempDatabase();
  const before = await fill(folder.path);
  {
    using parts = openParts(folder.path);
    parts.db.exec(`update made_with set value = 'of old' where name = 'insights';
      update insights set count = 7; update turns set failed = 7`);
  }
  using parts = openParts(folder.path);

  await parts.deriveAll();

  const { insights, turns } = derivedRows(parts.db);
  assert.deepEqual(insights, before.insights);
  assert.ok(turns.every(({ failed }) => failed === 7));
});

Deno.test("SlowGroups() asks for no work, when it is opened again", async () => {
  using folder = tempDatabase();
  await fill(folder.path);
  using parts = openParts(folder.path);

  assert.equal(await parts.groups.depth(), 0);
});

Deno.test("SlowGroups.backlog() counts the blocks that are not folded, and no more", async () => {
  using folder = tempDatabase();
  using parts = openParts(folder.path);
  await store(parts, promptTexts(250));
  const before = [await parts.groups.backlog(), await parts.groups.depth()];

  while (await parts.groups.backlog() > 0) await parts.groups.step();

  assert.deepEqual(before, [3, 12]);
  // Each of three groups has three blocks and one session before it.
  assert.equal(await parts.groups.depth(), 12);
});

Deno.test("SlowGroups.forget() forgets who owned facts, when a fold was rolled back", async () => {
  using folder = tempDatabase();
  using parts = openParts(folder.path);
  const shared = ["s2", "s1"].map((session) =>
    encodeEvent(makeResponse({ id: "m1", session, output: 5 }))
  );
  await store(parts, shared);
  await parts.deriveAll();
  const native = { eventType: "activity", payload: { native_at: NOON } } as const;
  const told = { ...makeResponse({ id: "n1", session: "s2" }), ...native };
  await store(parts, [encodeEvent(told)]);
  parts.db.exec("begin");
  await parts.groups.step();
  parts.db.exec("rollback");

  parts.groups.forget();
  await parts.deriveAll();

  const [response] = derivedRows(parts.db).responses;
  assert.equal(response!.session, "claude_code/s2");
});

/** Brings events through the fast path alone. */
async function store(parts: Parts, texts: readonly string[]): Promise<void> {
  await parts.events.publish(texts);
  while (await parts.fastPath.runBatch() > 0);
}

/** A database in which every group has rows. */
async function fill(path: string) {
  using parts = openParts(path);
  await store(parts, [...promptTexts(3), ...failures]);
  await parts.deriveAll();
  const rows = derivedRows(parts.db);
  assert.ok(rows.turns.length > 0 && rows.conversations.length > 0 && rows.insights.length > 0);
  return rows;
}
