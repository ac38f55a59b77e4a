/**
 * Sees that the database is still the one that was opened: what is written into a file that was
 * removed goes with it.
 *
 * @module
 */

import { ifThere } from "../core/if_there.ts";
import type { Workspace } from "./workspace.ts";

const LOOK_EVERY_MS = 2000;

/** Why a server ends then. */
export const GONE_TEXT =
  "Cannot go on: the database was removed, or another one is in its place; start again";

/** Looks every two seconds until `signal` is aborted, or the file is another one or none. */
export async function followHome(
  { home, io: { clock } }: Pick<Workspace, "home" | "io">,
  signal: AbortSignal,
  onGone: () => void,
): Promise<void> {
  const first = fileOf(home.database);
  while (!signal.aborted) {
    if (fileOf(home.database) !== first) return onGone();
    await clock.sleep(LOOK_EVERY_MS, signal);
  }
}

/** What tells a file from another one that has its name later; undefined where there is none. */
function fileOf(path: string): string | undefined {
  const info = ifThere(() => Deno.statSync(path));
  return info && `${info.dev} ${info.ino}`;
}
