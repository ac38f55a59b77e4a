/** Tests of `cli/home_path.ts`: where the data folder is. */

import assert from "node:assert/strict";
import { homePathOf, userHomeOf } from "../../cli/home_path.ts";
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
  withIo({ env: { ...env, HOME: "", USERPROFILE: "", BLUEPLANE_HOME: "" } }, (io) => {
    assert.equal(homePathOf(io, undefined), undefined);
  });
  const none = { HOME: undefined, USERPROFILE: undefined, BLUEPLANE_HOME: undefined };
  withIo({ env: none }, (io) => assert.equal(homePathOf(io, undefined), undefined));
});
