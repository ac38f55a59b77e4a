/** Tests of `core/reports/exported_alone.ts`, in the report that it is part of. */

import assert from "node:assert/strict";
import { reportMetrics } from "../../../core/reports/metrics_report.ts";
import { makeExported, makeRequest } from "../../helpers/exports.ts";
import { makePrompt, NOON } from "../../helpers/events.ts";
import { filledHome } from "../../helpers/filled_home.ts";

type Events = NonNullable<Parameters<typeof filledHome>[0]>;

function point(id: string, session: string, value: number, told = {}, at = NOON) {
  const payload = { metric: "tokens", kind: "input", value, ...told };
  return makeExported("metric_point", { id, session, at }, payload, "metric");
}

async function report(...events: Events) {
  await using home = await filledHome(events);
  const now = NOON + 60_000;
  return reportMetrics(home.db, { period: { from: undefined, to: now }, now });
}

Deno.test("readExportedAlone() believes log records, else spans, else metrics", async () => {
  const { exported, totals } = await report(
    makeRequest({ id: "x1", session: "logs" }, { request_id: "a" }),
    makeRequest({ id: "x2", session: "logs" }, { request_id: "a", input_tokens: 99 }, "span"),
    point("t1", "logs", 77),
    makeRequest({ id: "x3", session: "spans" }, { input_tokens: 100 }, "span"),
    point("t2", "spans", 78),
    point("t3", "metrics", 1000),
    point("t4", "metrics", 5, { metric: "cost_micros" }),
    makePrompt({ id: "p1", session: "held" }),
    makeRequest({ id: "x4", session: "held" }, { input_tokens: 3000 }),
    point("t5", "held", 79),
  );

  const { tokens, ...counts } = exported!.alone;
  assert.deepEqual(counts, { sessions: 3, requests: 2, cost_usd: 0.020005 });
  assert.equal(tokens.input, 10 + 100 + 1000);
  // Transcripts stay the truth.
  assert.deepEqual([totals.sessions, totals.tokens.input, totals.cost_usd], [1, 0, 0]);
});

Deno.test("readExportedAlone() takes the last of points that count from their start", async () => {
  const from = { cumulative: true, started_at: NOON };
  const { exported } = await report(
    point("t1", "metrics", 10, from),
    point("t2", "metrics", 30, from, NOON + 10),
    point("t3", "metrics", 4, { ...from, started_at: NOON + 20 }, NOON + 20),
  );

  assert.deepEqual(exported?.alone, {
    sessions: 1,
    requests: null,
    tokens: { input: 34, output: 0, cache_read: 0, cache_creation: 0 },
    cost_usd: null,
  });
});
