/** Tests of `core/reports/decisions.ts`. */

import assert from "node:assert/strict";
import type { TelemetryEvent } from "../../../core/event.ts";
import { literal } from "../../../core/privacy.ts";
import { readDecisions } from "../../../core/reports/decisions.ts";
import {
  makeEvent,
  makeResponse,
  makeToolResult,
  makeToolUse,
  NOON,
} from "../../helpers/events.ts";
import { filledHome } from "../../helpers/filled_home.ts";

const ALWAYS = { from: undefined, to: NOON + 86_400_000 };

interface Sketch {
  readonly tool?: string;
  readonly outcome?: string;
  readonly durationMs?: number;
}

/** A call, the question behind a second, and the answer `after` milliseconds behind the call. */
function asked(id: string, after: number, sketch: Sketch = {}): TelemetryEvent[] {
  const { tool = `Tool${id}`, outcome = "ok", durationMs } = sketch;
  const result = makeToolResult({ id: `r${id}`, use: id, at: NOON + after, outcome });
  return [
    makeToolUse({ id, use: id, tool, message: "m" }),
    {
      ...makeEvent("permission_request", { id: `p${id}`, at: NOON + 1000 }, {
        tool: literal(tool),
      }),
      hookType: literal("PermissionRequest"),
    },
    { ...result, payload: { ...result.payload, duration_ms: durationMs } },
  ];
}

Deno.test("readDecisions() is the time of the answer, less that of the call itself", async () => {
  await using home = await filledHome([
    ...asked("a", 5000, { durationMs: 500 }),
    ...asked("b", 9000, { outcome: "rejected" }),
    ...asked("c", 3000),
  ]);

  const told = readDecisions(home.db, ALWAYS, {});

  assert.deepEqual([told?.n, told?.p50, told?.p95], [2, 3500, 8000]);
});

Deno.test("readDecisions() leaves out calls to which two questions may belong", async () => {
  await using home = await filledHome([
    ...asked("a", 5000, { tool: "Bash", outcome: "rejected" }),
    ...asked("b", 6000, { tool: "Bash", outcome: "rejected" }),
  ]);

  assert.equal(readDecisions(home.db, ALWAYS, {}), null);
});

Deno.test("readDecisions() is of the period, sessions and model that are asked for", async () => {
  await using home = await filledHome([
    makeResponse({ id: "m", model: "claude-opus-4-5" }),
    ...asked("a", 5000, { outcome: "rejected" }),
  ]);
  const count = (filter = {}, period = ALWAYS) => readDecisions(home.db, period, filter)?.n;

  assert.equal(count({ model: "claude-opus-4-5", platform: "claude_code" }), 1);
  assert.equal(count({ model: "claude-haiku-4-5" }), undefined);
  assert.equal(count({ platform: "cursor" }), undefined);
  assert.equal(count({}, { from: undefined, to: NOON }), undefined);
});
