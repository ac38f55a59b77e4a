/** A workspace for the checks of `doctor`, on a machine that is made up. */

import type { Globals } from "../../../cli/cli.ts";
import { openWorkspace, type Workspace } from "../../../cli/workspace.ts";
import type { Machine } from "../../helpers/run_blueplane.ts";
import { recordedIo, type RecordedOptions } from "../recorded_io.ts";

const GLOBALS: Globals = { color: true, sync: true };

/** Opens it; its port is one that is free. */
export function openForDoctor(machine: Machine, options: RecordedOptions = {}): Workspace {
  const env = { BLUEPLANE_PORT: "0", ...options.env };
  return openWorkspace(recordedIo(machine, [], { ...options, env }), GLOBALS);
}
