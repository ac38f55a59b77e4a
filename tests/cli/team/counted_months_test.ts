/** Tests of which export counts for which month. */

import { deepEqual, ok } from "node:assert/strict";
import fc from "fast-check";
import { countedMonths, type MemberExport } from "../../../cli/team/counted_months.ts";

function exportOf(
  from: string | null,
  to: string,
  more: Partial<MemberExport> & { months?: ReadonlySet<string> } = {},
): MemberExport {
  const months = new Set(["2026-01", "2026-02", "2026-03"]);
  const id = `${from}${to}${more.exportedOn ?? to}${more.digest ?? ""}`;
  return { exportId: id, exportedOn: to, from, to, months, digest: id, ...more };
}

function counted(...exports: readonly MemberExport[]) {
  return countedMonths(exports).map(({ months, withoutMonth }) => [
    [...months].sort().join(" "),
    withoutMonth,
  ]);
}

Deno.test("countedMonths() lets a newer export replace what both cover", () => {
  const months = new Set(["2026-01", "2026-02"]);
  const older = exportOf("2026-01-01", "2026-03-01", { months });
  const newer = exportOf("2026-02-01", "2026-04-01", { months: new Set(["2026-02", "2026-03"]) });

  deepEqual(counted(older, newer), [["2026-01", false], ["2026-02 2026-03 2026-04", true]]);
});

Deno.test("countedMonths() lets the newer of all of the time replace the older", () => {
  const older = exportOf(null, "2026-03-10"), newer = exportOf(null, "2026-03-20");

  deepEqual(counted(older, newer), [["", false], ["2026-01 2026-02 2026-03", true]]);
});

Deno.test("countedMonths() lets a day replace no month", () => {
  const all = exportOf(null, "2026-03-19");
  const day = exportOf("2026-03-19", "2026-03-20", { months: new Set(["2026-03"]) });
  const inside = exportOf("2026-03-18", "2026-03-19", {
    months: new Set(["2026-03"]),
    exportedOn: "2026-03-25",
  });

  deepEqual(counted(all, day), [["2026-01 2026-02 2026-03", true], ["2026-03", true]]);
  deepEqual(counted(all, inside), [["2026-01 2026-02 2026-03", true], ["", false]]);
});

Deno.test("countedMonths() takes weeks that follow each other", () => {
  const months = new Set(["2026-03"]);
  const weeks = ["01", "08", "15", "22"].map((day, i, all) =>
    exportOf(`2026-03-${day}`, `2026-03-${all[i + 1] ?? "29"}`, { months })
  );

  deepEqual(counted(...weeks), weeks.map(() => ["2026-03", true]));
});

Deno.test("countedMonths() takes one of two of the same hour, and one of the same file", () => {
  const months = new Set(["2026-03"]);
  const [one, other] = ["a", "b"].map((digest) =>
    exportOf("2026-03-20", "2026-03-20", { months, digest })
  );

  deepEqual(counted(one!, other!), [["", false], ["2026-03", true]]);
  deepEqual(counted(one!, one!).map(([months]) => months).sort(), ["", "2026-03"]);
});

Deno.test("countedMonths() counts nothing twice, in whatever order files come", () => {
  const day = fc.integer({ min: 1, max: 90 }).map((n) =>
    new Date(Date.UTC(2026, 0, n)).toISOString().slice(0, 10)
  );
  const some = fc.tuple(fc.option(day), day, day).map(([from, to, on]) =>
    exportOf(from !== null && from > to ? to : from, to, { exportedOn: on })
  );
  fc.assert(
    fc.property(fc.uniqueArray(some, { maxLength: 6, selector: (e) => e.digest }), (all) => {
      const there = countedMonths(all), back = countedMonths(all.toReversed()).toReversed();

      const plain = (list: typeof there) => list.map(({ months }) => [...months].sort());
      deepEqual(plain(there), plain(back));
      for (const [a, one] of all.entries()) {
        for (const [b, other] of all.entries()) {
          if (a >= b || (one.from ?? "") >= other.to || (other.from ?? "") >= one.to) continue;
          ok(there[a]!.months.isDisjointFrom(there[b]!.months));
          ok(!(there[a]!.withoutMonth && there[b]!.withoutMonth));
        }
      }
    }),
  );
});
