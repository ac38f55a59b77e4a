/** Tests of which export counts for which month. */

import { deepEqual, ok } from "node:assert/strict";
import fc from "fast-check";
import { countedMonths, type MemberExport } from "../../../cli/team/counted_months.ts";

const MONTHS = ["2026-01", "2026-02", "2026-03", "2026-04"];

/** What an export has that covers these months, made at a time. */
function exportOf(
  firstMonth: string | null,
  lastMonth: string,
  exportedAt: number,
  more: Partial<MemberExport> = {},
): MemberExport {
  const months = new Set(
    MONTHS.filter((month) => (firstMonth ?? "") <= month && month <= lastMonth),
  );
  return { exportedAt, firstMonth, lastMonth, months, digest: `${exportedAt}`, ...more };
}

function counted(...exports: readonly MemberExport[]) {
  return countedMonths(exports).map(({ months, withoutMonth }) => [
    [...months].sort().join(" "),
    withoutMonth,
  ]);
}

Deno.test("countedMonths() lets a newer export replace what both cover", () => {
  const older = exportOf("2026-01", "2026-02", 1), newer = exportOf("2026-02", "2026-03", 2);

  deepEqual(counted(older, newer), [["2026-01", false], ["2026-02 2026-03", true]]);
});

Deno.test("countedMonths() lets a newer export of older months replace those alone", () => {
  const older = exportOf(null, "2026-03", 1), newer = exportOf("2026-02", "2026-02", 2);

  deepEqual(counted(older, newer), [["2026-01 2026-03", false], ["2026-02", true]]);
});

Deno.test("countedMonths() replaces a month of which the newer export has no row", () => {
  const older = exportOf(null, "2026-03", 1);
  const newer = exportOf("2026-02", "2026-03", 2, { months: new Set(["2026-03"]) });

  deepEqual(counted(older, newer), [["2026-01", false], ["2026-03", true]]);
});

Deno.test("countedMonths() takes months that follow each other", () => {
  const each = MONTHS.map((month, i) => exportOf(month, month, i));

  deepEqual(counted(...each), MONTHS.map((month) => [month, true]));
});

Deno.test("countedMonths() takes one of two of the same moment, and one of the same file", () => {
  const [one, other] = ["a", "b"].map((digest) => exportOf("2026-03", "2026-03", 1, { digest }));

  deepEqual(counted(one!, other!), [["", false], ["2026-03", true]]);
  deepEqual(counted(one!, one!).map(([months]) => months).sort(), ["", "2026-03"]);
});

Deno.test("countedMonths() counts each month once and of the newest, in whatever order", () => {
  const month = fc.constantFrom(...MONTHS);
  const some = fc.tuple(fc.option(month), month, fc.integer({ min: 1, max: 99 }))
    .map(([first, last, at]) =>
      exportOf(first !== null && first > last ? last : first, last, at)
    );
  fc.assert(
    fc.property(fc.uniqueArray(some, { maxLength: 6, selector: (e) => e.digest }), (all) => {
      const there = countedMonths(all), back = countedMonths(all.toReversed()).toReversed();

      const plain = (list: typeof there) => list.map(({ months }) => [...months].sort());
      deepEqual(plain(there), plain(back));
      for (const month of MONTHS) {
        const having = all.filter(({ months }) => months.has(month));
        const newest = Math.max(...having.map(({ exportedAt }) => exportedAt));
        const taken = all.filter((_, i) => there[i]!.months.has(month));
        deepEqual(taken.map(({ exportedAt }) => exportedAt), having.length ? [newest] : []);
      }
      for (const [a, one] of all.entries()) {
        for (const [b, other] of all.entries()) {
          if (a >= b || one.months.isDisjointFrom(other.months)) continue;
          ok(!(there[a]!.withoutMonth && there[b]!.withoutMonth));
        }
      }
    }),
  );
});
