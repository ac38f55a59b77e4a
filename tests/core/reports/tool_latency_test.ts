/** Tests of `core/reports/tool_latency.ts`. */

import assert from "node:assert/strict";
import { readToolLatency } from "../../../core/reports/tool_latency.ts";
import { makeEvent, makePrompt, makeToolUse, NOON } from "../../helpers/events.ts";
import { filledHome } from "../../helpers/filled_home.ts";
import type { SafeText } from "../../../core/privacy.ts";

Deno.test("readToolLatency() has the percentiles of each tool of the period", async () => {
  const events = [10, 20, 30, 40].flatMap((duration_ms, i) => {
    const use = `u${i}`, at = NOON + i * 1000;
    const told = { tool_use_id: use as SafeText, outcome: "ok" as SafeText, duration_ms };
    return [
      makeToolUse({ id: use, use, at, tool: i < 3 ? "Bash" : "Read" }),
      makeEvent("tool_result", { id: `r${i}`, at }, told),
    ];
  });
  await using home = await filledHome([makePrompt({ id: "p" }), ...events]);

  const all = readToolLatency(home.db, { from: undefined, to: NOON + 60_000 });
  const late = readToolLatency(home.db, { from: NOON + 3000, to: NOON + 60_000 });

  assert.deepEqual(all.get("Bash"), {
    p50: 20,
    p95: 30,
    p99: 30,
    min: 10,
    mean: 20,
    max: 30,
    n: 3,
  });
  assert.deepEqual([...late.keys()], ["Read"]);
});
