/** Tests of what an export says of its filters. */

import { deepEqual, equal } from "node:assert/strict";
import { readScope, scopeOf } from "../../../cli/exports/export_scope.ts";

Deno.test("scopeOf() names no project, no session and no text of a user's", () => {
  const scope = scopeOf({
    platform: "cursor",
    model: "our own secret",
    project: ["cafe"],
    session: "0000",
  });

  deepEqual(scope, { platform: "cursor", model: "other", project: true, session: true });
  deepEqual(scopeOf({}), {});
});

Deno.test("readScope() takes back what was told, in one order, and nothing else", () => {
  const told = { session: true, project: true, model: "claude-opus-4-5", platform: "cursor" };

  const written = scopeOf({ ...told, project: "cafe", session: "0" });

  equal(JSON.stringify(readScope(told)), JSON.stringify(written));
  deepEqual(readScope(undefined), {});
  for (const bad of [null, 1, { platform: "a b" }, { project: "x" }, { constructor: 1 }]) {
    equal(readScope(bad), undefined);
  }
});
