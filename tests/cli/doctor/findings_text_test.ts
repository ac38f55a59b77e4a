/** Tests of findings as a person reads them. */

import { equal, match, ok } from "node:assert/strict";
import fc from "fast-check";
import { findingsText } from "../../../cli/doctor/findings_text.ts";
import { paintFor } from "../../../cli/table.ts";
import type { Finding } from "../../../core/finding.ts";
import { fcRuns } from "../../helpers/fc_runs.ts";
import { tempMachine } from "../../helpers/run_blueplane.ts";
import { recordedIo } from "../recorded_io.ts";

const FINDINGS: readonly Finding[] = [
  { id: "a", severity: "ok", title: "Fine", details: ["/home/kim/a b"] },
  { id: "b", severity: "note", title: "Look" },
  { id: "c", severity: "warning", title: "Careful", remedy: "Do this" },
  { id: "d", severity: "error", title: "Broken", remedy: "Do that" },
];

Deno.test("findingsText() marks each finding, says what to do, and sums up", () => {
  equal(
    findingsText(FINDINGS, [], paint(), 80),
    "✓ Fine\n    /home/kim/a b\n· Look\n! Careful\n  Do this\n✗ Broken\n  Do that\n" +
      "\n1 error, 1 warning, 1 note; the rest is well.\n",
  );
  match(
    findingsText(FINDINGS.slice(3), [], paint(), 80),
    /\n\n1 error; nothing else could be checked\.\n$/,
  );
  match(findingsText(FINDINGS.slice(0, 1), [], paint(), 80), /\n\nAll is well\.\n$/);
});

Deno.test("findingsText() colours marks on a terminal alone", () => {
  equal(findingsText(FINDINGS, [], paint(true), 80).includes("\x1b[31m✗\x1b[39m"), true);
});

Deno.test("findingsText() shows ten names that are not known, and how many more", () => {
  const drift = Array.from({ length: 12 }, (_, i) => ({
    platform: "p",
    kind: i === 0 ? "line" : "line_type",
    name: `name${i}`,
    count: 100 - i,
    files: 1,
  }));
  const text = findingsText([], drift, paint(), 80);
  match(text, /not known +name +times +files\n line type +name1 +99 +1\n/);
  match(text, /and 1 more: blueplane doctor --json/);
  ok(!text.includes("name0 "));
});

Deno.test("findingsText() fits into 80 columns, and obeys no control character", () => {
  const anyText = fc.oneof(fc.string({ unit: "grapheme", maxLength: 300 }), fc.lorem());
  const anyFinding = fc.record({
    id: fc.constant("x"),
    severity: fc.constantFrom("ok", "note", "warning", "error"),
    title: anyText,
    remedy: anyText,
    details: fc.array(anyText, { maxLength: 2 }),
  }) as fc.Arbitrary<Finding>;
  fc.assert(
    fc.property(fc.array(anyFinding, { maxLength: 4 }), fc.integer({ min: 20, max: 300 }), (
      findings,
      columns,
    ) => {
      const lines = findingsText(findings, [], paint(), columns).split("\n").slice(0, -2);
      ok(lines.every((line) => [...line].length <= Math.min(columns, 80)));
      ok(!lines.join("").includes("\x1b"));
    }),
    fcRuns(),
  );
});

function paint(color = false) {
  using machine = tempMachine();
  const io = recordedIo(machine, [], { isTerminal: color, env: { NO_COLOR: undefined } });
  return paintFor(io, { color, sync: true });
}
