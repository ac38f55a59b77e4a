/** Tests of `mcp/resource_documents.ts`. */

import assert from "node:assert/strict";
import type { OwnSession } from "../../mcp/own_session.ts";
import { documentOf } from "../../mcp/resource_documents.ts";
import { filledHome } from "../helpers/filled_home.ts";

const ALPHA: OwnSession = {
  sessionId: "alpha",
  platform: "claude_code",
  project: null,
  knownBy: "environment",
  confidence: 0.9,
};
const TOKENS_MAX = 1000;

async function read(uri: string, own?: OwnSession) {
  await using home = await filledHome();
  return documentOf(uri, { db: home.db, own, now: home.clock.now() });
}

Deno.test("documentOf() has the session that calls, or says that there is none", async () => {
  const found = await read("telemetry://session/current", ALPHA);
  const none = await read("telemetry://session/current");

  assert.equal((found!.session as { session_id: string }).session_id, "alpha");
  assert.equal((found!.summary as { user_prompts: number }).user_prompts, 2);
  assert.deepEqual(Object.keys(found!.waited_for_ms as object).slice(0, 2), ["model", "you"]);
  assert.deepEqual(found!.phase_shares, { edit: 0.785714, run: 0.214286 });
  assert.deepEqual(none, { schema: "blueplane.current_session/1", session: null });
});

Deno.test("documentOf() has any session by its id, and the latest ones", async () => {
  const one = await read("telemetry://session/beta");
  const recent = await read("telemetry://sessions/recent");

  assert.equal((one!.summary as { session_id: string }).session_id, "beta");
  assert.equal((recent!.sessions as unknown[]).length, 5);
  const bounds = (recent!.sessions as Record<string, unknown>[])
    .map(({ cost_is_lower_bound }) => cost_is_lower_bound);
  assert.ok(bounds.includes(false) && !bounds.includes(undefined));
  assert.ok("cost_is_lower_bound" in (one!.summary as object));
});

Deno.test("documentOf() has a period's numbers, that of a day by default", async () => {
  const [day, month] = [
    await read("telemetry://metrics/summary"),
    await read("telemetry://metrics/summary?period=30d"),
  ];

  assert.deepEqual([day!.period, month!.period], ["24h", "30d"]);
  const sessions = (one: typeof day) => (one!.metrics as { sessions: number }).sessions;
  assert.deepEqual([sessions(day), sessions(month)], [3, 4]);
  assert.equal(typeof day!.cost_is_lower_bound, "boolean");
  assert.deepEqual(day!.workflows, [{
    phases: "edit → run",
    turns: 2,
    finished: { value: 0, n: 2, low: 0, high: 0.65762 },
  }]);
});

Deno.test("documentOf() has nothing under any other name", async () => {
  const names = ["session/nobody", "session/..", "metrics/summary?period=1y", "etc/passwd"];

  for (const name of names) assert.equal(await read(`telemetry://${name}`), undefined);
});

Deno.test("documentOf() speaks in few tokens", async () => {
  const names = ["session/current", "sessions/recent", "metrics/summary", "privacy"];

  for (const name of names) {
    const text = JSON.stringify(await read(`telemetry://${name}`, ALPHA));
    assert.ok(text.length / 4 <= TOKENS_MAX, `${name}: ${text.length}`);
  }
});
