/** Tests of `core/reports/model_rows.ts`. */

import assert from "node:assert/strict";
import { MODEL_COLUMNS, modelRows } from "../../../core/reports/model_rows.ts";

type Models = Parameters<typeof modelRows>[0]["tokens_by_model"];

const COUNTS = { messages: 2, input: 10, cache_read: 5, cache_creation: 0, output: 1500 };

Deno.test("modelRows() has the dearest first, and says where more may be", () => {
  const models = {
    cheap: { ...COUNTS, messages_without_stop_reason: 0, cost_usd: 0.5 },
    dear: { ...COUNTS, messages_without_stop_reason: 1, cost_usd: 2 },
    unpriced: { ...COUNTS, messages_without_stop_reason: 0, output: null, cost_usd: null },
  } as unknown as Models;
  const rows = modelRows({ tokens_by_model: models });

  assert.deepEqual(rows, [
    ["dear", "2", "10", "5", "0", "≥1,500", "≥$2.00"],
    ["cheap", "2", "10", "5", "0", "1,500", "$0.50"],
    ["unpriced", "2", "10", "5", "0", "–", "–"],
  ]);
  assert.ok(rows.every((row) => row.length === MODEL_COLUMNS.length));
  assert.deepEqual(modelRows({ tokens_by_model: null }), []);
});
