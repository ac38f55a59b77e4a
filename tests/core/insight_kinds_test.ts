/** Tests of `core/insight_kinds.ts`. */

import assert from "node:assert/strict";
import { INSIGHT_KINDS } from "../../core/insight_kinds.ts";
import { INSIGHT_TYPES } from "../../core/insight_rule.ts";

Deno.test("INSIGHT_KINDS() have names of their own, which begin with their type", () => {
  const names = INSIGHT_KINDS.map(({ name }) => name);

  assert.equal(new Set(names).size, names.length);
  for (const { name, type } of INSIGHT_KINDS) {
    assert.match(name, new RegExp(`^${type}\\.[a-z_]+$`));
    assert.ok(INSIGHT_TYPES.includes(type));
  }
});

Deno.test("INSIGHT_KINDS() say what was found and what to do, without full stop", () => {
  const found = { member: "Bash", at: 0, untilAt: 1, count: 3, n: 9, amount: 2 };
  for (const kind of INSIGHT_KINDS) {
    for (const text of [kind.title(found), kind.suggestion]) {
      assert.match(text, /^[A-Z0-9].*[^.]$/);
    }
  }
});
