/** Tests of `cli/advice/limit_lines.ts`. */

import assert from "node:assert/strict";
import { limitsCsv, limitsMarkdown, limitsText } from "../../../cli/advice/limit_lines.ts";
import type { LimitsReport } from "../../../core/reports/limits_report.ts";
import { NOON } from "../../helpers/events.ts";
import { lookOf } from "../charts/looks.ts";

const HOUR_MS = 3_600_000;

function iso(at: number): string {
  return new Date(at).toISOString();
}

const REPORT: LimitsReport = {
  schema: "blueplane.limits/1",
  limits: [{
    platform: "claude_code",
    name: "five_hour",
    used: 0.4,
    seen_at: iso(NOON),
    resets_at: iso(NOON + HOUR_MS),
    forecast: {
      at_reset: { value: 0.6, low: 0.5, high: 0.7, n: 5 },
      full_at: null,
      full_at_earliest: null,
      full_at_latest: null,
      course: [
        { at: iso(NOON), used: 0.4, low: 0.4, high: 0.4 },
        { at: iso(NOON + HOUR_MS), used: 0.6, low: 0.5, high: 0.7 },
      ],
    },
    tokens_per_percent: { value: 1500, low: null, high: null, n: 1 },
    cost_usd_per_percent: null,
    history: [{ at: iso(NOON - HOUR_MS), used: 0.1 }, { at: iso(NOON), used: 0.4 }],
  }],
  sessions: [{
    platform: "claude_code",
    session_id: "0194aaaa-0000",
    seen_at: iso(NOON),
    context: {
      tokens: 90_000,
      limit: 200_000,
      used: 0.45,
      full_at: iso(NOON + HOUR_MS),
      full_at_earliest: iso(NOON + HOUR_MS / 2),
      full_at_latest: null,
      n: 7,
      history: [],
    },
    cost: { usd: 1.5, usd_per_hour: { value: 2, low: 1, high: 3, n: 6 }, history: [] },
  }],
};
const NONE: LimitsReport = { schema: "blueplane.limits/1", limits: [], sessions: [] };

Deno.test("limitsText() shows a row for each limit, with what is not known as a dash", () => {
  const text = limitsText(REPORT, NOON, lookOf(120));

  assert.match(
    text,
    /^ five hour +40\.0 % +1 h 00 min +60\.0 % \(50\.0 %–70\.0 %\), n 5 +– +1,500, n 1 +–/m,
  );
  assert.match(
    text,
    /^five hour, used; full: not before it ends\n 100\.0 %┤\n(.*\n){8}.* 1 h 00 min ago +in/m,
  );
  assert.match(
    text,
    /^ 0194aaaa +45\.0 % of 200k tokens +1 h 00 min \(30 min–later\), n 7 +\$1\.50 +\$2\.00 \(/m,
  );
});

Deno.test("limitsText() says how limits come to be seen, where none is", () => {
  const text = limitsText(NONE, NOON, lookOf(60));

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
