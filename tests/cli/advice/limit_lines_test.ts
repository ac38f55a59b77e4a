/** Tests of `cli/advice/limit_lines.ts`. */

import assert from "node:assert/strict";
import { limitsCsv, limitsMarkdown, limitsText } from "../../../cli/advice/limit_lines.ts";
import type { LimitsReport } from "../../../core/reports/limits_report.ts";
import { NOON } from "../../helpers/events.ts";
import { PLAIN } from "../analysis/sample_report.ts";

const REPORT: LimitsReport = {
  schema: "blueplane.limits/1",
  limits: [{
    platform: "claude_code",
    name: "five_hour",
    used: 0.4,
    seen_at: new Date(NOON).toISOString(),
    resets_at: new Date(NOON + 3_600_000).toISOString(),
    forecast: {
      at_reset: { value: 0.6, low: 0.5, high: 0.7, n: 5 },
      full_at: null,
      full_at_earliest: null,
    },
    tokens_per_percent: { value: 1500, low: null, high: null, n: 1 },
    cost_usd_per_percent: null,
    history: [],
  }],
};
const NONE: LimitsReport = { schema: "blueplane.limits/1", limits: [] };

Deno.test("limitsText() shows a row for each limit, with what is not known as a dash", () => {
  const text = limitsText(REPORT, NOON, { paint: PLAIN, columns: 100 });

  assert.match(
    text,
    /^ five hour +40\.0 % +1 h 00 min +60\.0 % \(50\.0 %–70\.0 %\) +– +1,500 +–/m,
  );
});

Deno.test("limitsText() says how limits come to be seen, where none is", () => {
  const text = limitsText(NONE, NOON, { paint: PLAIN, columns: 60 });

  assert.match(text, /install claude-code\s--statusline/);
  assert.ok(text.split("\n").every((line) => line.length <= 60));
  assert.match(limitsMarkdown(NONE, NOON), /^No limit was seen yet/);
});

Deno.test("limitsCsv() and limitsMarkdown() have the same numbers", () => {
  const [head, row] = limitsCsv(REPORT).split(/\r?\n/);

  assert.equal(head!.split(",").length, row!.split(",").length);
  assert.match(row!, /^claude_code,five_hour,0\.4,/);
  assert.match(limitsMarkdown(REPORT, NOON), /^\| five hour \| 40\.0 % \|/m);
});
