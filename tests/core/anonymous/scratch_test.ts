/** Tests of the rows that wait on disk. */

import { deepEqual, notDeepEqual, ok } from "node:assert/strict";
import { Scratch, type ScratchRow } from "../../../core/anonymous/scratch.ts";

function* rowsOf(count: number): Generator<ScratchRow> {
  for (let i = 0; i < count; i++) {
    const numbers = Float64Array.of(i, NaN);
    yield { unit: `session-${i % 9}`, combination: i % 4, numbers };
  }
}

Deno.test("bySize() gives each part by size, from a place that chance chooses", () => {
  const begins = new Set<number>();
  for (let run = 0; run < 20; run++) {
    using scratch = new Scratch();
    scratch.fill(rowsOf(40));
    scratch.divide([[0, 1], [2]]);

    const rows = [...scratch.bySize()];

    deepEqual(rows.map(({ part }) => part), [...Array(20).fill(0), ...Array(10).fill(1)]);
    const sizes = rows.slice(0, 20).map(({ numbers }) => numbers[0]!);
    const first = sizes.indexOf(Math.min(...sizes));
    const turned = [...sizes.slice(first), ...sizes.slice(0, first)];
    deepEqual(turned, [...sizes].sort((a, b) => a - b));
    ok(rows.every(({ numbers }) => Number.isNaN(numbers[1])));
    begins.add(sizes[0]!);
  }
  ok(begins.size > 1);
});

Deno.test("shuffled() gives each group as often as it has rows, in no order", () => {
  using scratch = new Scratch();
  const groups = Array.from(
    { length: 50 },
    (_, i) => ({ cells: [i, null, "a"], rows: 1 + i % 3 }),
  );
  scratch.keep(groups);

  const cells = [...scratch.shuffled()];

  const expected = groups.flatMap(({ cells, rows }) => Array(rows).fill(cells));
  notDeepEqual(cells, expected);
  deepEqual(cells.sort((a, b) => Number(a[0]) - Number(b[0])), expected);
});

Deno.test(
  "fill() puts rows onto disk, not into memory",
  { ignore: Deno.build.os !== "linux" },
  () => {
    using scratch = new Scratch();
    const before = openFiles();
    const numbers = new Float64Array(1000);
    scratch.fill(Array.from({ length: 1500 }, () => ({ unit: "one", combination: 0, numbers })));

    // A file that has no name any more, and that is larger than what SQLite keeps in memory.
    const [bytes = 0] = openFiles().filter((size) => !before.includes(size));
    ok(bytes > 8_000_000, `${bytes} bytes`);
  },
);

/** Sizes of the files without a name that this process holds open. */
function openFiles(): number[] {
  return [...Deno.readDirSync("/proc/self/fd")].flatMap(({ name }) => {
    const path = `/proc/self/fd/${name}`;
    try {
      return Deno.readLinkSync(path).endsWith(" (deleted)") ? [Deno.statSync(path).size] : [];
    } catch (error) {
      if (error instanceof Deno.errors.NotFound) return [];
      throw error;
    }
  });
}
