/** Tests of `pipeline/derive/watch_together.ts`. */

import assert from "node:assert/strict";
import type { FactWatcher } from "../../../core/insight_rule.ts";
import { watchTogether } from "../../../pipeline/derive/watch_together.ts";
import { call, input, response } from "./usage/shown.ts";

Deno.test("watchTogether() shows a fact to all that look for its kind, in their order", () => {
  const seen: string[] = [];
  class Counter implements FactWatcher {
    calls = 0;
    call() {
      seen.push(`counter ${++this.calls}`);
    }
  }
  const all: FactWatcher = {
    input: ({ type }) => seen.push(type),
    response: ({ model }) => seen.push(model),
    call: ({ tool }) => seen.push(tool),
  };
  const together = watchTogether([{}, new Counter(), all]);

  for (const show of [input("user_prompt"), response(), call("Read"), call("Edit")]) {
    show(together, 1);
  }

  assert.deepEqual(seen, ["user_prompt", "one", "counter 1", "Read", "counter 2", "Edit"]);
});
