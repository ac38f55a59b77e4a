/** Tests of `capture/cursor/hook_set.ts`: observers alone, and ours known among others. */

import assert from "node:assert/strict";
import {
  hookLists,
  HOOKS_FRAME,
  isOwnHook,
  programOfHook,
} from "../../../capture/cursor/hook_set.ts";

const PROGRAM = "/usr/bin/blueplane";
const LISTS = hookLists(undefined, { program: PROGRAM, origin: "http://127.0.0.1:7531" });

Deno.test("hookLists() asks for nothing that could hold the user up", () => {
  const names = Object.keys(LISTS);

  assert.deepEqual(
    names.filter((name) => /^(before|pre(?!Compact)|subagentStart)/.test(name)),
    [],
  );
  for (const name of ["sessionStart", "postToolUse", "postToolUseFailure", "stop"]) {
    assert.ok(names.includes(name), name);
  }
});

Deno.test("hookLists() calls the program, for seconds at most and open to failure", () => {
  for (const [name, list] of Object.entries(LISTS)) {
    assert.deepEqual(list, [{ command: `${PROGRAM} hook cursor`, timeout: 2 }], name);
  }
  assert.deepEqual(HOOKS_FRAME, { version: 1 });
});

Deno.test("isOwnHook() knows the entries that were made, and what they call", () => {
  for (const [entry] of Object.values(LISTS)) {
    assert.equal(isOwnHook(entry), true);
    assert.equal(programOfHook(entry), PROGRAM);
  }
});

for (
  const entry of [
    { command: "other hook cursor" },
    { command: "blueplane hook claude-code" },
    { command: "blueplane hook cursor; say done" },
    { type: "prompt", prompt: "blueplane hook cursor" },
    { command: 7 },
    null,
    "blueplane hook cursor",
    [],
  ]
) {
  Deno.test(`isOwnHook() leaves alone ${JSON.stringify(entry)}`, () => {
    assert.equal(isOwnHook(entry), false);
  });
}
