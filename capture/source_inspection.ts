/**
 * Looks at a source's files without reading them: how many there are, which cannot be opened, and
 * which were read and are gone.
 *
 * @module
 */

import type { Positions } from "../core/checkpoints.ts";
import { isDenied } from "../core/if_there.ts";
import type { Pending, SourceInspection } from "./platform.ts";

/** What is looked at. */
export interface Inspected {
  readonly paths: Iterable<string>;
  /** Folders that may not be read. */
  readonly denied?: readonly string[];
  readonly idOf: (path: string) => string;
  readonly checkpoints: Positions;
}

const DENIED = "permission denied";

/** Opens every file once. */
export function inspectFiles(
  { paths, denied = [], idOf, checkpoints }: Inspected,
): SourceInspection {
  const there = new Set<string>();
  const unreadable = denied.map((path) => ({ path, problem: DENIED }));
  for (const path of paths) {
    there.add(idOf(path));
    try {
      Deno.openSync(path, { read: true }).close();
    } catch (error) {
      if (!(error instanceof Error)) throw error;
      const problem = isDenied(error) ? DENIED : error.name;
      unreadable.push({ path, problem });
    }
  }
  const foldersUnreadable = denied.length;
  const goneSessions = foldersUnreadable === 0 ? sessionsGone(checkpoints, there) : [];
  return { files: there.size, unreadable, foldersUnreadable, goneSessions };
}

/** Without what cannot be read, be it a folder or in one: that is told for itself. */
export function withoutUnreadable(
  pending: readonly Pending[],
  { unreadable }: SourceInspection,
): readonly Pending[] {
  return pending.filter((file) =>
    !unreadable.some(({ path }) => isOrIsIn(path, file.path) || isOrIsIn(file.path, path))
  );
}

function isOrIsIn(path: string, folder: string): boolean {
  return path.startsWith(folder) && /^(?:$|[/\\])/.test(path.slice(folder.length));
}

/** Sessions all of whose files are gone. */
function sessionsGone(
  checkpoints: Positions,
  there: ReadonlySet<string>,
): string[] {
  const gone = new Set<string>(), kept = new Set<string>();
  for (const [id, { sessionId }] of checkpoints) {
    if (sessionId !== null) (there.has(id) ? kept : gone).add(sessionId);
  }
  return [...gone].filter((session) => !kept.has(session));
}
