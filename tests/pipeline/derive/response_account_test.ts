/** Tests of `pipeline/derive/response_account.ts`. */

import assert from "node:assert/strict";
import {
  fillAccount,
  ownAccount,
  type ToldAccount,
} from "../../../pipeline/derive/response_account.ts";

const NOTHING = { agent_type: null, skill: null, server: null, effort: null };
const TOLD: ToldAccount = { ...NOTHING, skill: 7, exported: 0 };

Deno.test("fillAccount() takes from an export what no transcript tells, and notes that", () => {
  const filled = fillAccount(TOLD, { ...NOTHING, skill: 8, effort: 9 });

  assert.deepEqual(filled, { ...NOTHING, skill: 7, effort: 9, exported: 8 });
  assert.deepEqual(ownAccount(filled), { ...NOTHING, skill: 7 });
});

Deno.test("fillAccount() fills anew, when the export tells something else or nothing", () => {
  const filled = fillAccount(TOLD, { ...NOTHING, agent_type: 1, server: 2 });

  assert.deepEqual(filled.exported, 5);
  assert.deepEqual(fillAccount(filled, { ...NOTHING, server: 3 }), {
    ...TOLD,
    server: 3,
    exported: 4,
  });
  assert.deepEqual(fillAccount(filled, undefined), TOLD);
});
