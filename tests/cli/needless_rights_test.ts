/** Tests of `cli/needless_rights.ts`. */

import { deepEqual } from "node:assert/strict";
import { needlessRights } from "../../cli/needless_rights.ts";
import { openWorkspace } from "../../cli/workspace.ts";
import { tempMachine } from "../helpers/run_blueplane.ts";
import { recordedIo } from "../cli/recorded_io.ts";

Deno.test("needlessRights() keeps the network for a queue, and programs if needed", () => {
  using machine = tempMachine();
  const given = (url: string | undefined, run: boolean) => {
    const io = recordedIo(machine, [], { env: { BLUEPLANE_REDIS_URL: url } });
    return needlessRights(openWorkspace(io, { color: false, sync: true }), { run });
  };

  deepEqual(given(undefined, false), ["ffi", "import", "run", "net"]);
  deepEqual(given(undefined, true), ["ffi", "import", "net"]);
  deepEqual(given("redis://127.0.0.1:6379", false), ["ffi", "import", "run"]);
});
