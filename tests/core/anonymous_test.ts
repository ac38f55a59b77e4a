/** Tests of anonymity: that nobody is told from those around, and that numbers stay right. */

import { deepEqual, equal, notDeepEqual, ok } from "node:assert/strict";
import fc from "fast-check";
import { anonymize } from "../../core/anonymous.ts";
import type { ExportCell, ExportColumn, ExportTable } from "../../core/exported.ts";

const COLUMNS: readonly ExportColumn[] = [
  { name: "session_id", kind: "text", role: "unit" },
  { name: "platform", kind: "text", role: "category" },
  { name: "project_id", kind: "text", role: "project" },
  { name: "started_at", kind: "text", role: "time" },
  { name: "versions", kind: "text" },
  { name: "prompts", kind: "integer" },
  { name: "cost_usd", kind: "number" },
  { name: "is_open", kind: "flag" },
];
const K = 5;
const CHOICES = { k: K, monthsApart: false };

function tableOf(rows: readonly (readonly ExportCell[])[]): ExportTable {
  return { columns: COLUMNS, rows: rows.map((cells) => ({ cells, document: {} })) };
}

function cellsOf(table: ExportTable): (readonly ExportCell[])[] {
  return [...table.rows].map(({ cells }) => cells);
}

/** Sessions that can all be told apart by their numbers. */
function distinctRows(count: number): ExportCell[][] {
  return Array.from({ length: count }, (_, i) => [
    `session-${i}`,
    i % 7 === 0 ? "cursor" : "claude_code",
    `project-${i % 3}`,
    `2026-0${1 + i % 4}-0${1 + i % 9}T12:34:56.789Z`,
    `1.${i}.0`,
    i * i + 3,
    i * 0.37 + 0.001,
    i % 2 === 0,
  ]);
}

const row = fc.tuple(
  fc.integer({ min: 0, max: 30 }).map((n) => `session-${n}`),
  fc.constantFrom("claude_code", "cursor", null),
  fc.constantFrom("one", "two", "three", null),
  fc.constantFrom("2026-01-02T03:04:05.678Z", "2026-02-03T04:05:06.789Z", null),
  fc.constantFrom("1.0.0", null),
  fc.option(fc.integer({ min: 0, max: 1e6 })),
  fc.option(fc.double({ min: 0, max: 100, noNaN: true })),
  fc.option(fc.boolean()),
);

Deno.test("anonymize() makes every row the same as those of k sessions", () => {
  fc.assert(fc.property(fc.array(row, { maxLength: 80 }), (rows) => {
    const { table, rowsLeftOut } = anonymize(tableOf(rows), CHOICES);

    const cells = cellsOf(table);
    const alike = Map.groupBy(cells, (one) => JSON.stringify(one));
    ok(alike.values().every((same) => same.length >= K));
    equal(cells.length + rowsLeftOut(), rows.length);
    const units = new Set(rows.map(([unit]) => unit)).size;
    equal(cells.length, units < K ? 0 : rows.length);
  }));
});

Deno.test("anonymize() keeps sums, but for rounding", () => {
  const rows = distinctRows(103);
  const { table } = anonymize(tableOf(rows), CHOICES);
  const sumOf = (cells: readonly (readonly ExportCell[])[], at: number) =>
    cells.reduce((sum, one) => sum + Number(one[at]), 0);

  const cells = cellsOf(table);
  const names = table.columns.map(({ name }) => name);
  for (const [name, at] of [["prompts", 5], ["cost_usd", 6], ["is_open", 7]] as const) {
    const before = sumOf(rows, at), after = sumOf(cells, names.indexOf(name));
    ok(Math.abs(after - before) <= 0.02 * before, `${name}: ${before} became ${after}`);
  }
});

Deno.test("anonymize() lets nothing through but months, categories and hashes of its own", () => {
  const rows = distinctRows(60);
  const first = anonymize(tableOf(rows), CHOICES).table,
    second = anonymize(tableOf(rows), CHOICES).table;

  deepEqual(first.columns.map(({ name }) => name), [
    "platform",
    "month",
    "project",
    "prompts",
    "cost_usd",
    "is_open",
  ]);
  const projectsOf = (table: ExportTable) =>
    new Set(cellsOf(table).map((cells) => cells[2]).filter((id) => id !== null));
  const projects = projectsOf(first);
  ok(projects.size > 0);
  ok([...projects].every((id) => /^[0-9a-f]{16}$/.test(String(id))));
  deepEqual([...projectsOf(second)].filter((id) => projects.has(id)), []);
  const texts = JSON.stringify([...first.rows]);
  ok(!/session-|project-|\d\d:\d\d|1\.\d+\.0"/.test(texts), texts.slice(0, 500));
});

// Goal: nobody who has a session's true numbers finds its row, nor the same row in another export.
// Method: the rows nearest to each true session are taken for its own; by k sessions that are the
// same, one in k guesses can be right at most, and groups are others in each export.
Deno.test("anonymize() gives no way to link sessions, nor two exports", () => {
  const rows = distinctRows(200);
  const exports = [1, 2].map(() => cellsOf(anonymize(tableOf(rows), CHOICES).table));

  for (const cells of exports) {
    const chances = rows.map((original) => {
      const distance = (one: readonly ExportCell[]) =>
        Math.abs(Number(one[3]) - Number(original[5])) +
        Math.abs(Number(one[4]) - Number(original[6]));
      const nearest = Math.min(...cells.map(distance));
      return 1 / cells.filter((one) => distance(one) === nearest).length;
    });
    ok(chances.every((chance) => chance <= 1 / K));
  }
  const [first, second] = exports.map((cells) =>
    new Set(cells.map((one) => JSON.stringify(one.slice(3))))
  );
  const same = [...first!].filter((numbers) => second!.has(numbers));
  ok(same.length < first!.size / 3, `${same.length} of ${first!.size} groups are the same`);
  notDeepEqual(exports[0], exports[1]);
});

Deno.test("anonymize() says of a number that one of a group does not know: nothing", () => {
  const rows = distinctRows(10).map((cells, i) => i === 3 ? cells.with(6, null) : cells);
  const cells = cellsOf(anonymize(tableOf(rows.slice(0, 5)), CHOICES).table);

  deepEqual(new Set(cells.map((one) => one[4])), new Set([null]));
});

Deno.test("anonymize() keeps months apart for a member, and leaves a small one out", () => {
  const rows = distinctRows(48).map((cells, i) =>
    cells.with(3, `2026-0${i < 4 ? 1 : 2 + i % 2}-01T00:00:00.000Z`)
  );

  const { table, rowsLeftOut } = anonymize(tableOf(rows), { k: K, monthsApart: true });

  const months = cellsOf(table).map(([month]) => month);
  deepEqual([new Set(months), months.length], [new Set(["2026-02", "2026-03"]), 44]);
  equal(rowsLeftOut(), 4);
});

Deno.test("anonymize() leaves nothing out where few sessions have most of the rows", () => {
  const [first] = distinctRows(1);
  const rows = Array.from({ length: 20_000 }, (_, i) => {
    // The one long session comes first: its rows alone could not be made anonymous.
    const session = i < 19_000 ? 0 : i % 7;
    return first!.with(0, `session-${session}`).with(5, i);
  });

  const { table, rowsLeftOut } = anonymize(tableOf(rows), CHOICES);

  equal(cellsOf(table).length, 20_000);
  equal(rowsLeftOut(), 0);
});

Deno.test("anonymize() reads each row once, and no sooner than it is asked", () => {
  let read = 0;
  const rows = distinctRows(40);
  const { table, rowsLeftOut } = anonymize({
    columns: COLUMNS,
    rows: {
      *[Symbol.iterator]() {
        for (const cells of rows) {
          read++;
          yield { cells, document: {} };
        }
      },
    },
  }, CHOICES);

  equal(read, 0);
  equal(cellsOf(table).length, 40);
  equal(read, 40);
  equal(rowsLeftOut(), 0);
});
