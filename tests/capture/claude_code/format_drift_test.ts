/** Tests of `capture/claude_code/format_drift.ts`: what is new is named, and nothing is kept. */

import assert from "node:assert/strict";
import fc from "fast-check";
import { noteDrift } from "../../../capture/claude_code/format_drift.ts";
import { objectOf } from "../../../capture/json_access.ts";
import { DriftCounts } from "../../../capture/drift_counts.ts";
import { fcRuns } from "../../helpers/fc_runs.ts";
import { assistantLine, type Line, makeLine, resultLine, SECRET, userLine } from "./lines.ts";

Deno.test("noteDrift() notes nothing, when all is as known", () => {
  const lines = [
    userLine("hi", { promptId: "p", origin: { kind: "human" } }),
    assistantLine(),
    resultLine(),
    assistantLine({ content: [{ type: "tool_use" }, { type: "thinking" }] }),
    makeLine("system", 1, { subtype: "turn_duration", durationMs: 1 }),
    makeLine("attachment", 1, { attachment: { type: "diagnostics" } }),
    makeLine("progress", 1, { data: { type: "bash_progress" }, toolUseID: "t" }),
    { type: "summary", summary: SECRET, leafUuid: "u" },
    { timestamp: "t", sessionId: "s", costUSD: 1, message: { usage: {} } },
    { type: "fork-context-ref", whatever: 1 },
  ];

  assert.deepEqual(driftOf(...lines), {});
});

Deno.test("noteDrift() names a type of line that is new, and none of its fields", () => {
  assert.deepEqual(driftOf({ type: "brand-new", field: 1 }, { type: "brand-new" }), {
    "line_type:brand-new": 2,
  });
  assert.deepEqual(driftOf({ type: SECRET }, { type: 7 }, { type: null }, {}), {
    "line_type:other": 2,
    "line_type:none": 2,
  });
});

Deno.test("noteDrift() names fields that are new, by the type of their line", () => {
  const found = driftOf(
    userLine("hi", { brandNew: 1, [SECRET]: 2, ["x20261109T0930"]: 3 }),
    assistantLine({}, { brandNew: 1 }),
    { type: "mode", mode: "x", snake_case: true },
  );

  assert.deepEqual(found, {
    "field.user:brandNew": 1,
    "field.user:other": 2,
    "field.assistant:brandNew": 1,
    "field.mode:snake_case": 1,
  });
});

Deno.test("noteDrift() names what is new inside a line", () => {
  const found = driftOf(
    makeLine("system", 1, { subtype: "new_subtype" }),
    makeLine("system", 1),
    makeLine("attachment", 1, { attachment: { type: "new_attachment" } }),
    makeLine("attachment", 1, { attachment: null }),
    makeLine("progress", 1, { data: { type: "new_progress" } }),
    userLine([{ type: "new_block" }, { type: SECRET }, "text"]),
    assistantLine({ content: [{ type: "new_block" }, null] }),
  );

  assert.deepEqual(found, {
    "system_subtype:new_subtype": 1,
    "system_subtype:none": 1,
    "attachment_type:new_attachment": 1,
    "attachment_type:none": 1,
    "progress_type:new_progress": 1,
    "block_type:new_block": 2,
    "block_type:other": 1,
    "block_type:none": 2,
  });
});

Deno.test("noteDrift() throws for no line, and keeps no text of it", () => {
  const anySecret = fc.string({ unit: "grapheme" }).map((text) => `${text}${SECRET}`);
  const anyValue = fc.oneof(
    anySecret,
    fc.jsonValue(),
    fc.record({ type: anySecret }),
    fc.record({ content: fc.array(fc.oneof(fc.jsonValue(), fc.record({ type: anySecret }))) }),
    fc.constant({ toString: 1 }),
  );
  const anyName = fc.oneof(
    anySecret,
    fc.constantFrom("message", "subtype", "attachment", "data", "__proto__", "constructor"),
  );
  const anyType = fc.constantFrom("user", "system", "attachment", "progress", "toString", 5, {});
  fc.assert(
    fc.property(fc.dictionary(anyName, anyValue), anyType, (fields, type) => {
      const text = JSON.stringify(driftOf({ ...fields, type } as Line));

      assert.ok(!text.includes("secret"), text);
    }),
    fcRuns(300),
  );
});

function driftOf(...lines: readonly Line[]): Record<string, number> {
  const drift = new DriftCounts();
  for (const line of lines) noteDrift(line, objectOf(line.message), drift);
  return JSON.parse(String(drift));
}
