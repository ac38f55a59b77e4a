/** Tests of `capture/drift_counts.ts`. */

import assert from "node:assert/strict";
import fc from "fast-check";
import { DriftCounts } from "../../capture/drift_counts.ts";
import { literal, safeKind } from "../../core/privacy.ts";
import { fcRuns } from "../helpers/fc_runs.ts";

const KIND = literal("line_type");

Deno.test("DriftCounts.add() counts by kind and name, going on from before", () => {
  const drift = new DriftCounts('{"line_type:new":2}');

  drift.add(KIND, literal("new"));
  drift.add(literal("line"), literal("glued"), 3);

  assert.deepEqual(JSON.parse(String(drift)), { "line_type:new": 3, "line:glued": 3 });
  assert.equal(String(new DriftCounts()), "{}");
});

Deno.test("DriftCounts.add() counts as other, when a file has very many names", () => {
  const drift = new DriftCounts();
  for (let i = 0; i < 1000; i++) drift.add(KIND, safeKind(`kind_${i % 200}`));

  const counts: Record<string, number> = JSON.parse(String(drift));

  assert.equal(Object.keys(counts).length, 51);
  assert.equal(counts["line_type:kind_7"], 5);
  assert.equal(counts["line_type:other"], 750);
});

Deno.test("DriftCounts.toString() lets counting go on as if it had not stopped", () => {
  const anyName = fc.nat(80).map((n) => safeKind(`k${n}`));
  fc.assert(
    fc.property(fc.array(anyName, { maxLength: 200 }), fc.nat(200), (names, stop) => {
      const straight = new DriftCounts();
      let stopped = new DriftCounts();
      names.forEach((name, i) => {
        straight.add(KIND, name);
        if (i === stop) stopped = new DriftCounts(String(stopped));
        stopped.add(KIND, name);
      });

      assert.equal(String(stopped), String(straight));
    }),
    fcRuns(),
  );
});
