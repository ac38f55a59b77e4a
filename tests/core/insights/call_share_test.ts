/** Tests of `core/insights/call_share.ts`. */

import assert from "node:assert/strict";
import type { CallSeen } from "../../../core/insight_rule.ts";
import { watchCallShare } from "../../../core/insights/call_share.ts";

const share = {
  isHit: ({ outcome }: CallSeen) => outcome === "failed",
  hitsMin: 2,
  msOf: ({ at }: CallSeen) => at,
};

function watch(calls: readonly [tool: string, outcome: CallSeen["outcome"]][], shareOver = 0) {
  const watcher = watchCallShare({ ...share, shareOver });
  calls.forEach(([tool, outcome], i) =>
    watcher.call!({ tool, outcome, at: 100 + i } as unknown as CallSeen)
  );
  return watcher.found();
}

Deno.test("watchCallShare() tells hits by tool, of the calls that came to an end", () => {
  const found = watch([
    ["Bash", "failed"],
    ["Edit", "failed"],
    ["Bash", null],
    ["Bash", "ok"],
    ["Bash", "failed"],
  ]);

  assert.deepEqual(found, [
    { member: "Bash", at: 100, untilAt: 104, count: 2, n: 3, gain: { ms: 204 } },
  ]);
});

Deno.test("watchCallShare() finds nothing, when the share may be chance", () => {
  assert.equal(watch([["Bash", "failed"], ["Bash", "failed"], ["Bash", "ok"]], 0.5).length, 0);
});
