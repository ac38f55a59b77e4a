/** Tests of `core/prediction_features.ts`. */

import assert from "node:assert/strict";
import { EDIT_FEATURES, PREDICTION_FEATURES } from "../../core/prediction_features.ts";

Deno.test("PREDICTION_FEATURES() holds nothing that is known only afterwards", () => {
  const afterwards = ["outcome", "lines", "verdict", "duration"];

  assert.deepEqual(PREDICTION_FEATURES.filter((name) => afterwards.includes(name)), []);
  assert.deepEqual(PREDICTION_FEATURES.slice(0, EDIT_FEATURES.length), [...EDIT_FEATURES]);
});
