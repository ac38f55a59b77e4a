/** Tests of the catalogue's numbers of the context. */

import { deepEqual, ok } from "node:assert/strict";
import { CONTEXT_METRICS } from "../../../core/metrics/context_metrics.ts";

Deno.test("CONTEXT_METRICS() are of periods, under names of their own, and of no model", () => {
  for (const { id, foundIn, nullWhen } of CONTEXT_METRICS) {
    ok(id.startsWith("context_"), id);
    ok(foundIn.metrics?.startsWith("context."), id);
    deepEqual(foundIn.sessions, null);
    ok(nullWhen?.includes("a model is asked for"), id);
  }
});

Deno.test("CONTEXT_METRICS() tell of responses, tokens and cost of every account", () => {
  const paths = new Set(CONTEXT_METRICS.map(({ foundIn }) => foundIn.metrics));
  const accounts = ["subagents", "agents.<agent>", "skills.<skill>", "servers.<server>"];
  const wanted = accounts.flatMap((account) =>
    ["responses", "tokens", "cost_usd"].map((name) => `context.${account}.${name}`)
  );

  deepEqual(wanted.filter((path) => !paths.has(path)), []);
});
