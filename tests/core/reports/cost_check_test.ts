/** Tests of `core/reports/cost_check.ts`: our count against the client's own. */

import assert from "node:assert/strict";
import { checkCosts, costFinding } from "../../../core/reports/cost_check.ts";
import type { TelemetryEvent } from "../../../core/event.ts";
import type { SafeText } from "../../../core/privacy.ts";
import { makeEvent, makeResponse, NOON } from "../../helpers/events.ts";
import { filledHome } from "../../helpers/filled_home.ts";

const MODEL = "claude-opus-4-5";

Deno.test("checkCosts() sets our tokens beside theirs, by model", async () => {
  await using home = await filledHome([
    response("a", { input: 10, output: 100, cacheRead: 5, cacheCreation: 7 }),
    costState("a", { input_tokens: 12, output_tokens: 130, cache_read_tokens: 5 }),
    response("b", { model: "claude-haiku-4-5", input: 1 }),
  ]);

  const check = checkCosts(home.db);

  assert.deepEqual(check.models, [{
    model: MODEL,
    ours: { input: 10, output: 100, cache_read: 5, cache_creation: 7 },
    theirs: { input: 12, output: 130, cache_read: 5, cache_creation: 7 },
  }]);
  assert.deepEqual([check.sessions, check.sessions_compared], [1, 1]);
  assert.equal(check.cost_usd.theirs, 0.25);
});

Deno.test("checkCosts() counts sessions of which we count more", async () => {
  await using home = await filledHome([
    response("a", { output: 131 }),
    costState("a", { output_tokens: 130 }),
    response("b", { output: 1 }),
    costState("b", { output_tokens: 130, started_at: NOON - 5 }),
  ]);

  const check = checkCosts(home.db);

  assert.equal(check.sessions_exceeding, 1);
  assert.equal(costFinding(check)!.severity, "warning");
});

Deno.test("checkCosts() compares no forks, whose totals hold each other's", async () => {
  await using home = await filledHome([
    response("a", { output: 10 }),
    costState("a", { output_tokens: 10 }),
    response("fork", { output: 999 }),
    costState("fork", { output_tokens: 20 }),
  ]);

  const check = checkCosts(home.db);

  assert.deepEqual([check.sessions_forked, check.sessions_compared], [2, 0]);
  assert.equal(costFinding(check)!.severity, "note");
});

Deno.test("checkCosts() compares no session that its totals tell a part of", async () => {
  await using home = await filledHome([
    // Its first client was killed: the totals began with the second.
    response("killed", { output: 500 }),
    costState("killed", { output_tokens: 20, started_at: NOON + 60_000 }),
    // It goes on behind the totals.
    response("open", { output: 500, at: NOON + 60_000 }),
    costState("open", { output_tokens: 20, started_at: NOON - 7 }),
  ]);

  const check = checkCosts(home.db);

  assert.deepEqual([check.sessions_partial, check.sessions_compared], [2, 0]);
  assert.equal(check.sessions_exceeding, 0);
});

Deno.test("checkCosts() takes our cost where it is kept, and else knows none", async () => {
  await using home = await filledHome([
    response("a", { output: 10 }),
    costState("a", { output_tokens: 10 }),
  ]);
  const columns = home.db.prepare("select * from pragma_table_info('model_sums')").all();
  const isKept = columns.some(({ name }) => name === "cost_micros");

  const { ours } = checkCosts(home.db).cost_usd;

  assert.equal(typeof ours === "number", isKept);
});

Deno.test("costFinding() says nothing, when no client told its totals", async () => {
  await using home = await filledHome();

  assert.equal(costFinding(checkCosts(home.db)), undefined);
});

Deno.test("costFinding() says which share is in transcripts, and why not all", async () => {
  await using home = await filledHome([
    response("a", { output: 90 }),
    costState("a", { output_tokens: 100, cache_creation_tokens: 0 }),
  ]);

  const finding = costFinding(checkCosts(home.db))!;

  assert.equal(finding.severity, "ok");
  assert.match(finding.title, /90\.0 %.*side requests/);
  assert.equal(finding.numbers!.tokens_theirs, 100);
});

function response(session: string, tokens: Partial<Parameters<typeof makeResponse>[0]>) {
  return makeResponse({ id: `m-${session}`, session, model: MODEL, ...tokens });
}

function costState(session: string, told: Record<string, number>): TelemetryEvent {
  const { started_at = NOON - 1000, ...tokens } = told;
  return makeEvent("cost_state", { id: `c-${session}`, session, undated: true }, {
    duration_ms: 5000,
    cost_micros: 250_000,
    started_at,
    models: [{ model: MODEL as SafeText, cache_creation_tokens: 7, ...tokens }],
  });
}
