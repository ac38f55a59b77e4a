/** Tests of `pipeline/derive/usage/tool_sequences.ts`. */

import assert from "node:assert/strict";
import { SequenceWatch } from "../../../../pipeline/derive/usage/tool_sequences.ts";
import { call, input, type Shown } from "./shown.ts";

function found(facts: readonly Shown[]) {
  const watch = new SequenceWatch();
  facts.forEach((show, i) => show(watch, i));
  return watch.found().map(([tools, count]) => [tools.join(" "), count]);
}

Deno.test("SequenceWatch.found() gives twos and threes that came twice, within turns", () => {
  const turn = [input("user_prompt"), call("Read"), call("Edit"), call("Bash")];

  assert.deepEqual(found([...turn, ...turn, call("Grep")]), [
    ["Edit Bash", 2],
    ["Read Edit", 2],
    ["Read Edit Bash", 2],
  ]);
});

Deno.test("SequenceWatch.found() passes over sub-agents, and keeps five of each", () => {
  const tools = ["A", "B", "C", "D", "E", "F", "G", "H"].map((tool) => call(tool));
  const all = found([...tools, call("X", { side: true }), ...tools, ...tools]);

  assert.deepEqual(all.map(([tools]) => String(tools).split(" ").length), [
    ...[2, 2, 2, 2, 2],
    ...[3, 3, 3, 3, 3],
  ]);
  assert.ok(!JSON.stringify(all).includes("X"));
});
