/** Tests of `web/pages/insights/kind_name.ts`. */

import assert from "node:assert/strict";
import { INSIGHT_KINDS } from "../../../../core/insight_kinds.ts";
import { kindName } from "../../../../web/pages/insights/kind_name.ts";

Deno.test("kindName() is made of words, and another one for each kind", () => {
  assert.equal(kindName("context.large_context"), "large context");

  const names = INSIGHT_KINDS.map(({ name }) => kindName(name));
  assert.deepEqual(names.filter((name) => !/^[a-z]+( [a-z]+)*$/.test(name)), []);
  assert.equal(new Set(names).size, names.length);
});
