/** Tests of `cli/hook_call.ts`: what a program that an assistant runs works with. */

import assert from "node:assert/strict";
import { homePathOf, readInput, userHomeOf } from "../../cli/hook_call.ts";
import { tempMachine } from "../helpers/run_blueplane.ts";
import { recordedIo, type RecordedOptions } from "./recorded_io.ts";

function withIo<T>(options: RecordedOptions, use: (io: ReturnType<typeof recordedIo>) => T): T {
  using machine = tempMachine();
  return use(recordedIo(machine, [], options));
}

Deno.test("homePathOf() goes by the flag, then the variable, then the user's home", () => {
  const env = { HOME: "/home/ada", USERPROFILE: "/home/ada", BLUEPLANE_HOME: "/data" };
  withIo({ env }, (io) => {
    assert.equal(homePathOf(io, "/named"), "/named");
    assert.equal(homePathOf(io, undefined), "/data");
    assert.equal(userHomeOf(io), "/home/ada");
  });
  withIo({ env: { ...env, BLUEPLANE_HOME: "" } }, (io) => {
    assert.equal(homePathOf(io, undefined), "/home/ada/.blueplane");
  });
  const none = { HOME: undefined, USERPROFILE: undefined, BLUEPLANE_HOME: undefined };
  withIo({ env: none }, (io) => assert.equal(homePathOf(io, undefined), undefined));
});

Deno.test("readInput() gives all bytes, and of far too many those at both ends", async () => {
  const text = async (stdin: string) =>
    new TextDecoder().decode(await withIo({ stdin }, (io) => readInput(io)));

  assert.equal(await text('{"a":1}'), '{"a":1}');
  const long = await text(JSON.stringify({ long: "x".repeat(9 * 1024 * 1024), last: 1 }));
  assert.equal(JSON.parse(long).last, 1);
  assert.ok(long.length < 1024 * 1024, `${long.length}`);
});
