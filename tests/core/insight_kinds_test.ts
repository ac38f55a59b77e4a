/** Tests of `core/insight_kinds.ts`. */

import assert from "node:assert/strict";
import { INSIGHT_KINDS, INSIGHT_TYPES } from "../../core/insight_kinds.ts";

Deno.test("INSIGHT_KINDS() have names of their own, which begin with their type", () => {
  const names = INSIGHT_KINDS.map(({ name }) => name);

  assert.equal(new Set(names).size, names.length);
  for (const { name, type } of INSIGHT_KINDS) {
    assert.match(name, new RegExp(`^${type}\\.[a-z_]+$`));
    assert.ok(INSIGHT_TYPES.includes(type));
  }
});

Deno.test("INSIGHT_KINDS() say what was found and what to do, without full stop", () => {
  for (const { title, suggestion } of INSIGHT_KINDS) {
    for (const text of [title(3, "Bash"), suggestion]) {
      assert.match(text, /^[A-Z].*[^.]$/);
    }
  }
});
