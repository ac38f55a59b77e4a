/** Tests of `core/prediction/feature_code.ts`. */

import assert from "node:assert/strict";
import { sumEdits } from "../../../core/prediction/edit_sums.ts";
import { FeatureCode } from "../../../core/prediction/feature_code.ts";
import { madeUpEdits } from "./made_up_edits.ts";

const edits = madeUpEdits({
  seed: 1,
  sessions: 10,
  edits: 10,
  chance: ({ tool }) => tool === "Edit" ? 1 : 0,
});
const rare = { ...edits[0]!, features: { ...edits[0]!.features, extension: "rs" } };

Deno.test("FeatureCode() numbers what is frequent, and no feature with one value alone", () => {
  const { values } = new FeatureCode(sumEdits([...edits, rare]).patterns);

  assert.deepEqual(
    new Set(values.map(({ feature }) => feature)),
    new Set(["tool", "extension", "hour", "project"]),
  );
  assert.ok(!values.some(({ value }) => value === "rs"));
  const [edit] = values.filter(({ value }) => value === "Edit");
  assert.equal(edit!.good, edit!.n);
});

Deno.test("encode() and expect() agree on an edit of which all is known", () => {
  const code = new FeatureCode(sumEdits(edits).patterns);
  const known = code.expect({ ...edits[0]!.features, agent: "main" });

  assert.deepEqual(
    known.flatMap((value, i) => value === 1 ? [i] : []),
    code.encode(edits[0]!.features),
  );
  assert.ok(known.every((value) => value === 0 || value === 1));
});

Deno.test("expect() takes what is not told as it usually is", () => {
  const code = new FeatureCode(sumEdits(edits).patterns);
  const values = code.expect({ tool: "Edit" });
  const sumOf = (feature: string) =>
    code.values.reduce((sum, value, i) => value.feature === feature ? sum + values[i]! : sum, 0);

  assert.deepEqual([sumOf("tool"), code.numberOf("tool", { tool: "none such" })], [1, undefined]);
  assert.ok(Math.abs(sumOf("extension") - 1) < 1e-9);
});
