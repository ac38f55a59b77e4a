/**
 * What an error of SQLite means: its number says it, or else its text.
 *
 * @module
 */

// Result codes of sqlite3.h.
const PERM = 3;
const BUSY = 5;
const READONLY = 8;
const CORRUPT = 11;
const FULL = 13;
const CANTOPEN = 14;
const CONSTRAINT = 19;
/** No room for what readers and writers of a log share. */
const IOERR_SHMSIZE = 10 | 19 << 8;
/** Not a database at all. */
export const NO_DATABASE = 26;

/** Whether the file is no database, or one of which a part makes no sense. */
export function isDamagedError(error: unknown): boolean {
  const number = errorNumber(error) & 0xff;
  const text = error instanceof Error ? error.message : "";
  return number === CORRUPT || number === NO_DATABASE ||
    /disk image is malformed|file is not a database/.test(text);
}

/** Whether another connection holds what was asked for. */
export function isBusyError(error: unknown): boolean {
  return (errorNumber(error) & 0xff) === BUSY ||
    error instanceof Error && error.message.includes("database is locked");
}

/** Whether a row itself was refused, so that trying it again cannot help. */
export function isConstraintError(error: unknown): boolean {
  return (errorNumber(error) & 0xff) === CONSTRAINT;
}

/** Whether a file, or the folder in which it needs others, may not be used, or only be read. */
export function isClosedError(error: unknown): boolean {
  return [PERM, READONLY, CANTOPEN].includes(errorNumber(error) & 0xff) ||
    error instanceof Error &&
      /attempt to write a readonly database|unable to open database file/.test(error.message);
}

/** Whether the disk is full. */
export function isFullError(error: unknown): boolean {
  return [FULL, IOERR_SHMSIZE].includes(errorNumber(error)) ||
    error instanceof Error && error.message.includes("database or disk is full");
}

/** The number of an error of SQLite; 0 of any other. */
export function errorNumber(error: unknown): number {
  const number = (error as { errcode?: unknown } | null)?.errcode;
  return typeof number === "number" ? number : 0;
}
