/** Tests of `core/no_room.ts`. */

import assert from "node:assert/strict";
import { isNoRoom } from "../../core/no_room.ts";

Deno.test("isNoRoom() knows the error of a full disk, and no other", () => {
  assert.equal(isNoRoom(Object.assign(new Error(), { code: "ENOSPC" })), true);
  assert.equal(isNoRoom(new Deno.errors.NotFound()), false);
  assert.equal(isNoRoom({ code: "ENOSPC" }), false);
});

Deno.test({
  name: "isNoRoom() knows the error as the system throws it",
  ignore: Deno.build.os !== "linux", // No other system has a device that is always full.
  fn() {
    using full = Deno.openSync("/dev/full", { write: true });
    assert.throws(() => full.writeSync(new Uint8Array(1)), (error) => isNoRoom(error));
  },
});
