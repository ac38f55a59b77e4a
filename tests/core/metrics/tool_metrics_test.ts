/** Tests of the catalogue's tool calls. */

import { deepEqual } from "node:assert/strict";
import { TOOL_METRICS } from "../../../core/metrics/tool_metrics.ts";
import { OUTCOMES } from "../../../core/session_counts.ts";

Deno.test("TOOL_METRICS() tells of every way in which a tool call ends", () => {
  const ids = TOOL_METRICS.map(({ id }) => id).filter((id) => id.startsWith("tool_results_"));

  deepEqual(ids.sort(), OUTCOMES.map((outcome) => `tool_results_${outcome}`).sort());
});
