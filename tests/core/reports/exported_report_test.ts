/** Tests of `core/reports/exported_report.ts`. */

import assert from "node:assert/strict";
import { reportMetrics } from "../../../core/reports/metrics_report.ts";
import { reportSession } from "../../../core/reports/session_report.ts";
import { answering, makeExported, makeRequest } from "../../helpers/exports.ts";
import { makePrompt, makeResponse, NOON } from "../../helpers/events.ts";
import { filledHome } from "../../helpers/filled_home.ts";

const at = NOON, session = "s1";
function of(id: string) {
  return { id, session, at };
}

/** Two responses, of which one is exported, and a title that no transcript holds. */
function story() {
  return [
    makePrompt(of("p1")),
    answering("req-1", makeResponse({ ...of("m1"), input: 10, output: 20 })),
    makeResponse({ ...of("m2"), input: 11, output: 21 }),
    makeRequest(of("x1"), { request_id: "req-1", attempt: 1 }),
    makeRequest(of("x2"), { request_id: "req-1" }, "span"),
    makeRequest(of("x3"), {
      request_id: "req-9",
      purpose: "title",
      duration_ms: 3000,
      attempt: 2,
    }),
    makeRequest(of("x4"), { request_id: "req-8", purpose: "main" }),
  ];
}

function report(home: Awaited<ReturnType<typeof filledHome>>, filter = {}) {
  const now = NOON + 60_000;
  return reportMetrics(home.db, { period: { from: undefined, to: now }, now, ...filter });
}

Deno.test("readExported() counts each request once, and what is beside", async () => {
  await using home = await filledHome(story());
  const exported = report(home).exported!;

  // Percentiles are within 1 % of 1,000 and 3,000.
  assert.equal(exported.requests, 3);
  assert.deepEqual([exported.seen?.value, exported.seen?.n], [0.5, 2]);
  assert.deepEqual(exported.request_ms, {
    p50: 997,
    p95: 2996,
    p99: 2996,
    min: 997,
    mean: 1663,
    max: 2996,
    n: 3,
  });
  assert.deepEqual([exported.retried?.value, exported.retried?.n], [0.5, 2]);
  assert.deepEqual(exported.side, exported.side_by_purpose.title);
  assert.deepEqual([exported.side.requests, exported.side.cost_usd], [1, 0.01]);
  assert.deepEqual(exported.side.tokens, {
    input: 10,
    output: 20,
    cache_read: 0,
    cache_creation: 0,
  });
});

Deno.test("readExported() adds nothing to what transcripts tell", async () => {
  await using home = await filledHome(story());
  await using plain = await filledHome(
    story().filter(({ metadata }) => metadata.exported === undefined),
  );

  assert.deepEqual(report(home).totals, report(plain).totals);
  assert.equal(report(plain).exported, null);
});

Deno.test("readExported() knows a response of an old client by its tokens", async () => {
  await using home = await filledHome([
    makePrompt(of("p1")),
    makeResponse({ ...of("m1"), input: 10, output: 19 }),
    makeRequest(of("x1"), { purpose: "unknown" }),
    makeRequest(of("x2"), { purpose: "unknown", input_tokens: 12 }),
  ]);
  const exported = report(home).exported!;

  assert.deepEqual([exported.seen?.value, exported.seen?.n], [1, 1]);
  assert.deepEqual(Object.keys(exported.side_by_purpose), ["unknown"]);
  assert.equal(exported.side.requests, 1);
});

Deno.test("readExported() knows an old client's compaction by the time of it", async () => {
  const asked = { purpose: "unknown", input_tokens: 12 };
  await using home = await filledHome([
    makePrompt(of("p1")),
    makeRequest(of("x1"), asked),
    makeRequest({ ...of("x2"), at: at - 301 }, asked),
    makeRequest({ ...of("x3"), session: "s2" }, asked),
    makeExported("exported_compaction", { ...of("c"), at: at + 1 }, { duration_ms: 301 }),
  ]);
  const { side_by_purpose: by } = report(home).exported!;

  assert.deepEqual([by.compact?.requests, by.unknown?.requests], [1, 2]);
});

Deno.test("readExported() takes from a request's span what its log record lacks", async () => {
  const { ttft_ms: _, ...told } = makeRequest(of("x1"), { request_id: "req-1" }).payload;
  const span = { request_id: "req-1", attempt: 2, ttft_ms: 50 };
  await using home = await filledHome([
    { ...makeRequest(of("x1")), payload: told },
    makeRequest(of("x2"), span, "span"),
  ]);
  const exported = report(home).exported!;

  assert.deepEqual([exported.requests, exported.retried?.value], [1, 1]);
  assert.deepEqual([exported.first_token_ms?.min, exported.first_token_ms?.n], [50, 1]);
});

Deno.test("readExported() knows a failed request's tries, by log record or span", async () => {
  const failed = (id: string, session: string, via: "log" | "span", attempt: number) =>
    makeExported("failed_request", { id: `${id}-${via}`, session, at }, {
      request_id: id,
      attempt,
      duration_ms: 9000,
      error_class: "server_error",
    }, via);
  await using home = await filledHome([
    makeRequest(of("x1"), { attempt: 1 }),
    failed("f1", session, "log", 3),
    failed("f1", session, "span", 3),
    failed("f2", "s2", "span", 1),
  ]);
  const exported = report(home).exported!;

  assert.deepEqual([exported.requests, exported.failed], [1, 2]);
  assert.deepEqual([exported.retried?.value, exported.retried?.n], [0.333333, 3]);
});

Deno.test("readExported() takes spans where a session exports no log records", async () => {
  await using home = await filledHome([
    makeRequest(of("x1"), {}, "span"),
    makeRequest({ ...of("x2"), session: "s2" }, {}, "span"),
    makeRequest({ ...of("x3"), session: "s2" }),
  ]);

  assert.equal(report(home).exported?.requests, 2);
});

Deno.test("readExported() tells of failures, refusals, decisions and what is new", async () => {
  const decision = (id: string, verdict: string, source: string) =>
    makeExported("tool_decision", of(id), { decision: verdict, source, tool: "Edit" });
  await using home = await filledHome([
    makePrompt(of("p1")),
    makeExported("failed_request", of("f1"), { error_class: "overloaded" }),
    makeExported("failed_request", of("f2"), { error_class: "overloaded" }),
    makeExported("refused_request", of("n1")),
    decision("d1", "accept", "user_temporary"),
    decision("d2", "reject", "user_reject"),
    decision("d3", "accept", "config"),
    decision("d4", "reject", "hook"),
    makeExported("unknown_export", of("u1"), { kind: "brand_new" }),
  ]);
  const exported = report(home).exported!;

  assert.deepEqual([exported.failed, exported.refused], [2, 1]);
  assert.deepEqual(exported.failed_by_class, { overloaded: 2 });
  assert.deepEqual(exported.decisions, {
    hook: { accepted: 0, rejected: 1 },
    person: { accepted: 1, rejected: 1 },
    rule: { accepted: 1, rejected: 0 },
  });
  assert.deepEqual(exported.unknown, { brand_new: 1 });
  assert.deepEqual([exported.seen, exported.request_ms], [null, null]);
});

Deno.test("readExported() tells the same of a session, and nothing of a model", async () => {
  await using home = await filledHome(story());

  assert.deepEqual(reportSession(home.db, session)!.exported, report(home).exported);
  assert.equal(report(home, { model: "claude-opus-4-5" }).exported, null);
  assert.equal(report(home, { session: "another" }).exported, null);
});
