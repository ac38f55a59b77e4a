/**
 * What is given up by who goes on for long: whatever gets into the process then, by a package or
 * a fault, can do no more than it.
 *
 * @module
 */

import { redisSettings } from "./redis_settings.ts";
import type { Right } from "./rights.ts";
import type { Workspace } from "./workspace.ts";

/**
 * What is not needed to capture, store and show. An address that is listened on already is
 * answered further.
 *
 * @param needs whether a program of the machine may have to be started
 */
export function needlessRights(
  workspace: Pick<Workspace, "config" | "privacy">,
  needs: { readonly run: boolean },
): Right[] {
  return [
    "ffi",
    "import",
    ...(needs.run ? [] : ["run"] as const),
    // Where the queue is, it may have to be gone to again.
    ...(redisSettings(workspace) ? [] : ["net"] as const),
  ];
}
