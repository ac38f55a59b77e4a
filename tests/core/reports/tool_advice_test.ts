/** Tests of `core/reports/tool_advice.ts`. */

import assert from "node:assert/strict";
import { toolAdvice } from "../../../core/reports/tool_advice.ts";
import { vectorSketch } from "../similar/vector_sketch.ts";

const sessions = Array.from({ length: 6 }, (_, i) =>
  vectorSketch({
    tools: new Map<string, readonly [number, number, number]>([
      ["Edit", [5, 2, 3]],
      ["Read", [5, 5, 0]],
      ...(i < 3 ? [["Grep", [6, 4, 0]] as const] : []),
      ...(i < 2 ? [["Task", [20, 20, 0]] as const] : []),
      ["Glob", [1, 1, 0]],
    ]),
  }));

const NO_SPLIT = { good: sessions, others: [] };

Deno.test("toolAdvice() puts first what most used and what surely goes well", () => {
  const { status, n, recommended } = toolAdvice(sessions, NO_SPLIT);

  assert.deepEqual([status, n], ["ok", 6]);
  assert.deepEqual(recommended.map(({ tool }) => tool), ["Read", "Grep", "Edit"]);
  const [read, grep] = recommended;
  assert.deepEqual([read!.uses, read!.success?.n, read!.difference], [30, 30, null]);
  assert.deepEqual([grep!.used.value, grep!.success?.value], [0.5, 1]);
});

Deno.test("toolAdvice() tells whether those used it more that went well", () => {
  const split = {
    good: [...sessions.slice(0, 3), ...sessions.slice(0, 3)],
    others: [...sessions.slice(3), ...sessions.slice(3)],
  };
  const grep = toolAdvice(sessions, split).recommended.find(({ tool }) => tool === "Grep");

  assert.equal(grep?.difference?.value, 1);
});

Deno.test("toolAdvice() says that few sessions tell nothing", () => {
  assert.deepEqual(toolAdvice(sessions.slice(0, 4), NO_SPLIT), {
    status: "insufficient_data",
    n: 4,
    needed: 5,
    recommended: [],
  });
});
