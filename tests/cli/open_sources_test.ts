/** Tests of `cli/open_sources.ts`. */

import { deepEqual } from "node:assert/strict";
import { findPlatform, PLATFORMS } from "../../capture/registry.ts";
import { SPOOL_ID } from "../../capture/spool_source.ts";
import { openSources } from "../../cli/open_sources.ts";
import { openWorkspace } from "../../cli/workspace.ts";
import { tempMachine } from "../helpers/run_blueplane.ts";
import { recordedIo } from "./recorded_io.ts";

Deno.test("openSources() opens the spool and all platforms, or the one named", async () => {
  using machine = tempMachine();
  const workspace = openWorkspace(recordedIo(machine, []), { color: false, sync: true });
  const intake = { accept: () => Promise.resolve() };
  const opened = async (name?: string) => {
    const platform = name === undefined ? undefined : findPlatform(name);
    const sources = await openSources(workspace, intake, undefined, platform);
    return sources.map(({ platform }) => platform);
  };

  deepEqual(await opened(), [SPOOL_ID, ...PLATFORMS.map(({ id }) => id)]);
  deepEqual(await opened("cursor"), [SPOOL_ID, "cursor"]);
});
