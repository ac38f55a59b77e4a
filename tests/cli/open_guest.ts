/** The workspace of an assistant's server, and what can be read in it. */

import { openHomeReader, openWorkspace, type Workspace } from "../../cli/workspace.ts";
import { type Clock, systemClock } from "../../core/clock.ts";
import { reportSessions } from "../../core/reports/sessions_report.ts";
import type { Machine } from "../helpers/run_blueplane.ts";
import { recordedIo } from "./recorded_io.ts";

/** Opens one. */
export function openGuest(machine: Machine, clock: Clock = systemClock): Workspace {
  const io = recordedIo(machine, ["mcp"], { clock });
  return openWorkspace(io, { color: false, sync: true, quiet: true });
}

/** Prompts that can be read. */
export function readablePrompts(workspace: Workspace): number {
  const db = openHomeReader(workspace);
  try {
    const { sessions } = db ? reportSessions(db) : { sessions: [] };
    return sessions.reduce((sum, { user_prompts }) => sum + (user_prompts ?? 0), 0);
  } finally {
    db?.close();
  }
}
