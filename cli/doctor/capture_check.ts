/**
 * Examines what is not captured because its user does not want it.
 *
 * @module
 */

import type { Finding } from "../../core/finding.ts";
import { captureNote } from "../capture_note.ts";
import type { Workspace } from "../workspace.ts";

/** A note of it, so that nobody looks for what cannot be there. */
export function checkCapture({ config }: Pick<Workspace, "config">): Finding[] {
  const { capture } = config;
  const note = captureNote(capture);
  const numbers = {
    paused: Number(capture.paused),
    off: capture.off.length,
    excluded_folders: capture.exclude.length,
  };
  if (note === undefined) {
    return [{ id: "capture", severity: "ok", title: "Nothing is left out of capture", numbers }];
  }
  return [{
    id: "capture",
    severity: capture.paused ? "warning" : "note",
    title: `By your settings capture is ${capture.paused ? "paused" : `not whole (${note})`}`,
    numbers,
    remedy: capture.paused
      ? "Go on with blueplane config set capture.paused false; what happens until then is not " +
        "captured later"
      : "See blueplane config list; numbers of what is off are unknown, not 0",
    ...(capture.exclude.length > 0 ? { details: capture.exclude } : {}),
  }];
}
