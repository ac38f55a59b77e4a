/** Tests of calling the manager of services. */

import { deepEqual, equal } from "node:assert/strict";
import { byHand, callManager } from "../../../cli/service/manager_calls.ts";

function exits(code: number) {
  return { words: [Deno.execPath(), "eval", `Deno.exit(${code})`] };
}

Deno.test("callManager() makes all calls, and passes over those that may fail", async () => {
  equal(await callManager([exits(0), { ...exits(1), mayFail: true }, exits(0)]), undefined);
});

Deno.test("callManager() ends at the first that fails, and tells which are left", async () => {
  const calls = [exits(0), exits(3), exits(0)];
  const failure = await callManager(calls);
  equal(failure?.reason, `${Deno.execPath()} ended with exit code 3`);
  deepEqual(failure?.left, calls.slice(1));
});

Deno.test("callManager() says that the manager is not there", async () => {
  const calls = [{ words: ["blueplane-no-such-manager", "enable"] }];
  deepEqual(await callManager(calls), {
    reason: "blueplane-no-such-manager is not there",
    left: calls,
  });
});

Deno.test("byHand() writes one line for a shell", () => {
  equal(byHand([{ words: ["a", "b c"] }, { words: ["d"] }]), "a 'b c' && d");
});
