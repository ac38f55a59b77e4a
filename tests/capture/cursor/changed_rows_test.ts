/** Tests of `capture/cursor/changed_rows.ts`: that no change is missed, and little read twice. */

import assert from "node:assert/strict";
import fc from "fast-check";
import { changedRows, type RowMark } from "../../../capture/cursor/changed_rows.ts";
import { fcRuns } from "../../helpers/fc_runs.ts";
import { drain, type MemoryState, memoryState, privacy } from "./memory_state.ts";

const LONG = 16 * 1024 * 1024 + 1;

Deno.test("changedRows() reads all of a composer at once, the one written last first", () => {
  using state = memoryState();
  state.put("composerData:b", "1");
  state.put("bubbleId:a:1", "2");
  state.put("bubbleId:b:2", "3");
  state.put("composerData:a", "4");
  state.put("bubbleId:a:2", "5");
  state.put("codeBlockPartialInlineDiffFates:b:1", "6");

  assert.deepEqual(read(state).rows, [
    "composerData:a=4",
    "bubbleId:a:1=2",
    "bubbleId:a:2=5",
    "composerData:b=1",
    "bubbleId:b:2=3",
    "codeBlockPartialInlineDiffFates:b:1=6",
  ]);
});

Deno.test("changedRows() reads rows of composers that are gone", () => {
  using state = memoryState();
  state.put("composerData:a", null);
  state.put("bubbleId:a:1", "1");
  state.put("bubbleId:gone:1", "2");
  state.put("bubbleId:lost:1", "3");

  assert.deepEqual(read(state).rows, [
    "bubbleId:a:1=1",
    "bubbleId:gone:1=2",
    "bubbleId:lost:1=3",
  ]);
});

Deno.test("changedRows() keeps apart composers whose ids begin alike", () => {
  using state = memoryState();
  for (const id of ["a", "a-b", "a.b", "ab", "task-call_1\nfc_2", "a;b"]) {
    state.put(`composerData:${id}`, "c");
    state.put(`bubbleId:${id}:1`, "b");
  }

  const { rows } = read(state);

  assert.equal(rows.length, 12);
  assert.equal(new Set(rows).size, 12);
});

Deno.test("changedRows() reads no key that is not allowed, and nulls without trouble", () => {
  using state = memoryState();
  state.put(null, "no key");
  state.put("composerData:empty-state-draft", null);
  state.put("agentKv:blob:1", "secret");
  state.put("composer.content.1", "secret");
  state.put("composerData:", "no id");
  state.put("bubbleId:a:1", new TextEncoder().encode("bytes"));
  state.put("bubbleId:a:2", null);
  state.db.exec("insert into cursorDiskKV values ('bubbleId:a:3', 5), (x'00', 'blob key')");

  const first = read(state);
  assert.deepEqual(first.rows, ["bubbleId:a:1=bytes"]);

  state.put(null, "another");
  state.put("agentKv:blob:2", "secret");
  state.put("bubbleId:a:4", "4");
  assert.deepEqual(read(state, first.mark).rows, ["bubbleId:a:4=4"]);
});

Deno.test("changedRows() reads what was written again, and nothing when nothing was", () => {
  using state = memoryState();
  fill(state, 30);
  const first = read(state);
  assert.deepEqual(read(state, first.mark).rows, []);

  state.put("bubbleId:c7:1", "again");
  const second = read(state, first.mark);
  assert.deepEqual(second.rows, ["bubbleId:c7:1=again"]);
  assert.deepEqual(read(state, second.mark).rows, []);
});

Deno.test("changedRows() misses no row, when the last one is written again and again", () => {
  using state = memoryState();
  fill(state, 5);
  let { mark } = read(state);
  for (const value of ["a", "ab", "abc"]) {
    state.put("bubbleId:c4:1", value);
    const found = read(state, mark);
    assert.ok(found.rows.includes(`bubbleId:c4:1=${value}`));
    assert.ok(found.rows.length <= 2, found.rows.join());
    mark = found.mark;
  }
});

Deno.test("changedRows() misses no row, when numbers of deleted ones are given again", () => {
  using state = memoryState();
  fill(state, 50);
  const { mark } = read(state);
  state.remove("bubbleId:c49:1");
  state.remove("composerData:c49");
  state.put("composerData:new", "n");
  state.put("bubbleId:new:1", "m");

  const { rows } = read(state, mark);

  assert.ok(rows.includes("composerData:new=n") && rows.includes("bubbleId:new:1=m"));
  assert.ok(rows.length < 20, `${rows.length} rows`);
});

Deno.test("changedRows() reads a row that was deleted and written again with its number", () => {
  using state = memoryState();
  state.put("composerData:b", "0");
  const { mark } = read(state);
  state.remove("composerData:b");
  state.put("composerData:b", "1");

  assert.deepEqual(read(state, mark).rows, ["composerData:b=1"]);
});

Deno.test("changedRows() begins anew, when all rows have other numbers", () => {
  using state = memoryState();
  fill(state, 10);
  const { mark } = read(state);
  state.db.exec(`
    create table other as select key, value from cursorDiskKV order by key desc;
    delete from cursorDiskKV;
    insert into cursorDiskKV (rowid, key, value) select rowid + 7, key, value from other`);

  assert.equal(read(state, mark).rows.length, 20);
});

Deno.test("changedRows() goes on, when a vacuum leaves the numbers as they are", () => {
  using state = memoryState();
  fill(state, 10);
  const { mark } = read(state);
  state.remove("bubbleId:c2:1");
  state.db.exec("vacuum");
  state.put("bubbleId:c3:1", "again");

  assert.deepEqual(read(state, mark).rows, ["bubbleId:c3:1=again"]);
});

Deno.test("changedRows() counts a value that is too large, and does not load it", () => {
  using state = memoryState();
  state.put("bubbleId:a:1", "x".repeat(LONG));
  state.put("bubbleId:a:2", "2");
  const first = read(state);
  assert.deepEqual([first.rows, first.tooLong], [["bubbleId:a:2=2"], 1]);

  state.put("bubbleId:a:1", "x".repeat(LONG));
  const second = read(state, first.mark);
  assert.deepEqual([second.rows, second.tooLong], [[], 1]);
});

Deno.test("changedRows() gives pages of bounded size, each with a mark to go on from", () => {
  using state = memoryState();
  const value = "x".repeat(200_000);
  for (let i = 0; i < 40; i++) state.put(`bubbleId:c${i % 4}:${i}`, value);

  const pages = [...changedRows(state.db, undefined, privacy)];

  assert.ok(pages.length >= 7, `${pages.length} pages`);
  assert.ok(pages.every(({ bytes }) => bytes < 1_300_000));
});

Deno.test("changedRows() goes on where its first reading ended, whenever that was", () => {
  using state = memoryState();
  fillWidely(state);
  const all = new Set(read(state).rows);
  const pages = [...changedRows(state.db, undefined, privacy)];
  assert.ok(pages.length > 5);
  for (let at = 0; at < pages.length; at++) {
    const before = pages.slice(0, at + 1).flatMap(({ rows }) =>
      rows.map(({ key, value }) => `${key}=${value}`)
    );
    // As a process does that comes later.
    const after = read(state, JSON.parse(JSON.stringify(pages[at]!.mark)));

    assert.deepEqual(new Set([...before, ...after.rows]), all, `page ${at}`);
    assert.ok(before.length + after.rows.length < all.size + 600, "much is read twice");
  }
});

Deno.test("changedRows() reads what was written between two parts of its first reading", () => {
  using state = memoryState();
  fillWidely(state);
  const [first, second] = changedRows(state.db, undefined, privacy);
  assert.ok(first && second);
  state.put("composerData:c0", "written while it was not read yet");
  state.put("bubbleId:c2:new", "new");
  state.remove("composerData:c1");

  const { rows, mark } = read(state, second.mark);

  assert.ok(rows.includes("composerData:c0=written while it was not read yet"));
  assert.equal(rows.filter((row) => row.startsWith("bubbleId:c0:")).length, 100);
  assert.equal(rows.filter((row) => row.startsWith("bubbleId:c1:")).length, 100);
  assert.ok(rows.includes("bubbleId:c2:new=new"));
  assert.deepEqual(read(state, mark).rows, []);
});

Deno.test("changedRows() has told of every row in the end, whatever happened in between", () => {
  const key = fc.oneof(
    fc.constantFrom("composerData:a", "composerData:b", "agentKv:blob:1"),
    fc.tuple(fc.constantFrom("a", "b", "c"), fc.nat(5)).map(([id, n]) => `bubbleId:${id}:${n}`),
  );
  const step = fc.oneof(
    { weight: 5, arbitrary: fc.record({ do: fc.constant("put"), key }) },
    { weight: 2, arbitrary: fc.record({ do: fc.constant("remove"), key }) },
    { weight: 3, arbitrary: fc.record({ do: fc.constant("read"), pages: fc.nat(2) }) },
    { weight: 1, arbitrary: fc.record({ do: fc.constant("vacuum") }) },
  );
  type Step = { do: string; key?: string; pages?: number };
  fc.assert(
    fc.property(fc.array(step as fc.Arbitrary<Step>, { maxLength: 60 }), (steps) => {
      using state = memoryState();
      const told = new Map<string, string>();
      let mark: RowMark | undefined, written = 0;
      const take = (pagesMax: number) => {
        let left = pagesMax;
        for (const page of changedRows(state.db, mark, privacy)) {
          for (const { key, value } of page.rows) told.set(key, value);
          mark = JSON.parse(JSON.stringify(page.mark));
          if (--left <= 0) break;
        }
      };
      for (const { do: what, key, pages = 1 } of steps) {
        if (what === "put") state.put(key!, `${written++}`);
        else if (what === "remove") state.remove(key!);
        else if (what === "vacuum") state.db.exec("vacuum");
        else take(pages + 1);
      }
      take(Infinity);
      for (const { key, value } of rowsOf(state)) assert.equal(told.get(key), value, key);
    }),
    fcRuns(),
  );
});

function read(state: MemoryState, mark?: RowMark) {
  return drain(changedRows(state.db, mark, privacy));
}

function rowsOf({ db }: MemoryState) {
  return db.prepare("select key, value from cursorDiskKV where key < 'agent' or key >= 'b'")
    .all() as unknown as { key: string; value: string }[];
}

/** Composers with a bubble each. */
function fill(state: MemoryState, composers: number): void {
  for (let i = 0; i < composers; i++) {
    state.put(`composerData:c${i}`, `${i}`);
    state.put(`bubbleId:c${i}:1`, `${i}`);
  }
}

/** Several pages of rows. */
function fillWidely(state: MemoryState): void {
  state.db.exec("begin");
  for (let i = 0; i < 30; i++) {
    state.put(`composerData:c${i}`, `${i}`);
    for (let n = 0; n < 100; n++) state.put(`bubbleId:c${i}:${n}`, `${n}`);
  }
  state.db.exec("commit");
}
