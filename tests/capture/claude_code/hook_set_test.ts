/** Tests of `capture/claude_code/hook_set.ts`: no version gets what it may not know. */

import assert from "node:assert/strict";
import { hookLists, isOwnHook, programOfHook } from "../../../capture/claude_code/hook_set.ts";
import { RECORDED } from "./hook_payloads.ts";

const PROGRAM = "/usr/bin/blueplane";
const FIXED = { program: PROGRAM, origin: "http://127.0.0.1:7531" };
const OPEN = { program: PROGRAM, origin: undefined };
const COMMAND = { type: "command", command: `${PROGRAM} hook claude-code`, timeout: 1 };

/** The type of every hook, by its event. */
function types(version: string | undefined, target = OPEN as typeof FIXED | typeof OPEN) {
  return Object.fromEntries(
    Object.entries(hookLists(version, target)).map(([name, [group]]) => [
      name,
      (group as { hooks: { type: string }[] }).hooks[0]!.type,
    ]),
  );
}

for (const [version, events] of Object.entries(RECORDED)) {
  Deno.test(`hookLists() has the hooks that ${version} was seen to call, and no others`, () => {
    assert.deepEqual(Object.keys(types(version)).sort(), [...events].sort());
  });
}

for (
  const [version, like] of [
    [undefined, "1.0.128"],
    ["2.0.76", "1.0.128"],
    ["2.1.100", "2.0.77"],
    ["2.1.101", "2.1.112"],
    ["3.0.0", "2.1.330"],
  ] as const
) {
  Deno.test(`hookLists() has the hooks of ${like}, when the version is ${version}`, () => {
    assert.deepEqual(types(version), types(like));
  });
}

Deno.test("hookLists() has none, when the version is older than any that was measured", () => {
  assert.deepEqual(hookLists("1.0.127", OPEN), {});
});

Deno.test("hookLists() calls the program, with a second at most and without a matcher", () => {
  assert.deepEqual(hookLists("2.1.330", OPEN).Stop, [{ hooks: [COMMAND] }]);
});

Deno.test("hookLists() posts to the server, when its address is fixed and 2.1.63 is there", () => {
  const hook = {
    type: "http",
    url: "http://127.0.0.1:7531/hooks/claude_code",
    headers: { "Blueplane-Client": "hook" },
    timeout: 1,
  };

  assert.deepEqual(hookLists("2.1.63", FIXED).Stop, [{ hooks: [hook] }]);
  assert.deepEqual(hookLists("2.1.62", FIXED).Stop, [{ hooks: [COMMAND] }]);
  assert.deepEqual(hookLists(undefined, FIXED).Stop, [{ hooks: [COMMAND] }]);
});

Deno.test("hookLists() never posts the start of a session: no version does", () => {
  assert.deepEqual(hookLists("2.1.330", FIXED).SessionStart, [{ hooks: [COMMAND] }]);
});

for (
  const program of [
    "/usr/bin/blueplane",
    "'/home/my kim/blueplane'",
    '"C:/Program Files/blueplane.exe"',
    "/opt/blueplane-linux-x64 --home /data/blue",
    "/opt/blueplane --home '/my data/it'\\''s'",
    "/usr/bin/deno run -A /src/main.ts",
    "blueplane",
  ]
) {
  Deno.test(`isOwnHook() knows the command of ${program}`, () => {
    const hook = { type: "command", command: `${program} hook claude-code` };

    assert.equal(isOwnHook(hook), true);
    assert.equal(programOfHook(hook), program);
  });
}

Deno.test("isOwnHook() knows the address that it would post to", () => {
  for (const origin of ["http://127.0.0.1:1", "http://[::1]:7531"]) {
    const [group] = hookLists("2.1.330", { program: PROGRAM, origin }).Stop!;
    assert.equal(isOwnHook((group as { hooks: unknown[] }).hooks[0]), true);
  }
});

for (
  const hook of [
    { type: "command", command: "other hook claude-code" },
    { type: "command", command: "blueplane hook cursor" },
    { type: "command", command: "blueplane hook claude-code && say done" },
    { type: "command", command: "echo blueplane" },
    { type: "command", command: 7 },
    { type: "http", url: "http://127.0.0.1:7531/hooks/claude_code" },
    {
      type: "http",
      url: "http://evil.example/hooks/claude_code",
      headers: { "Blueplane-Client": "" },
    },
    { type: "http", url: "http://127.0.0.1:7531/other", headers: { "Blueplane-Client": "x" } },
    null,
    "blueplane hook claude-code",
    [],
  ]
) {
  Deno.test(`isOwnHook() leaves alone ${JSON.stringify(hook)}`, () => {
    assert.equal(isOwnHook(hook), false);
  });
}
