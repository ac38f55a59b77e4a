/** Tests of which export counts for which month. */

import { deepEqual, equal, ok } from "node:assert/strict";
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
  const id = `${exportedAt}`;
  return { exportId: id, exportedAt, firstMonth, lastMonth, months, digest: id, ...more };
}

function counted(...exports: readonly MemberExport[]) {
  return countedMonths(exports).map(({ months, withoutMonth }) => [
    [...months].sort().join(" "),
    withoutMonth,
  ]);
}

Deno.test("countedMonths() lets a newer export replace what both cover", () => {
  const older = exportOf("2026-01", "2026-02", 1), newer = exportOf("2026-02", "2026-03", 2);

  deepEqual(counted(older, newer), [["2026-01", true], ["2026-02 2026-03", true]]);
});

Deno.test("countedMonths() lets a newer export of older months replace those alone", () => {
  const older = exportOf(null, "2026-03", 1), newer = exportOf("2026-02", "2026-02", 2);

  deepEqual(counted(older, newer), [["2026-01 2026-03", true], ["2026-02", true]]);
});

Deno.test("countedMonths() replaces a month of which the newer export has no row", () => {
  const older = exportOf(null, "2026-03", 1);
  const newer = exportOf("2026-02", "2026-03", 2, { months: new Set(["2026-03"]) });

  deepEqual(counted(older, newer), [["2026-01", true], ["2026-03", true]]);
});

Deno.test("countedMonths() drops rows without a month where one of theirs is replaced", () => {
  const named = new Set(["2026-01"]);
  const older = exportOf("2026-01", "2026-03", 1, { months: named });
  const january = exportOf("2026-01", "2026-01", 2), march = exportOf("2026-03", "2026-03", 3);

  deepEqual(counted(older, january)[0], ["", true]);
  deepEqual(counted(older, march)[0], ["2026-01", false]);
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

Deno.test("countedMonths() counts no month twice and the newest's, in whatever order", () => {
  const month = fc.constantFrom(...MONTHS);
  const some = fc.tuple(
    fc.option(month),
    month,
    fc.integer({ min: 1, max: 99 }),
    fc.subarray(MONTHS),
  )
    .map(([first, last, at, named]) => {
      const one = exportOf(first !== null && first > last ? last : first, last, at);
      return { ...one, months: new Set(named.filter((month) => one.months.has(month))) };
    });
  fc.assert(
    fc.property(fc.uniqueArray(some, { maxLength: 6, selector: (e) => e.digest }), (all) => {
      const there = countedMonths(all), back = countedMonths(all.toReversed()).toReversed();

      const plain = (list: typeof there) =>
        list.map(({ months, withoutMonth }) => [[...months].sort(), withoutMonth]);
      deepEqual(plain(there), plain(back));
      for (const month of MONTHS) {
        const covering = [...all.keys()].filter((i) =>
          (all[i]!.firstMonth ?? month) <= month && month <= all[i]!.lastMonth
        );
        const newest = covering.sort((a, b) => all[b]!.exportedAt - all[a]!.exportedAt)[0];
        // What is of a month stands in rows that name it, or in some that name none.
        const counting = covering.filter((i) =>
          all[i]!.months.has(month) ? there[i]!.months.has(month) : there[i]!.withoutMonth
        );
        ok(counting.every((i) => i === newest), `${month} is of ${counting}, not ${newest}`);
        if (newest !== undefined && all[newest]!.months.has(month)) equal(counting.length, 1);
      }
    }),
  );
});
