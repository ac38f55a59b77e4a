/**
 * Whether the system says that a disk is full.
 *
 * @module
 */

/** Of an error of the system; those of SQLite have numbers of their own. */
export function isNoRoom(error: unknown): boolean {
  return error instanceof Error && "code" in error && error.code === "ENOSPC";
}
