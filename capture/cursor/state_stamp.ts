/**
 * By what a database is known to be unchanged, without opening it: size and time of its file and
 * of the log beside it (`-wal`), to which a running Cursor writes.
 *
 * @module
 */

import { isClosed } from "../../core/if_there.ts";

/** What two looks at the file system tell. */
export interface StateStamp {
  /** Device and inode, or "" where the system has none. */
  readonly fileId: string;
  readonly bytes: number;
  /** Milliseconds. */
  readonly modifiedAt: number;
  /** 0 without a log. */
  readonly logBytes: number;
  readonly logModifiedAt: number;
}

/** The stamp of a database as it is now; undefined if there is none, or it may not be seen. */
export function readStamp(path: string): StateStamp | undefined {
  const file = statFile(path);
  if (!file) return undefined;
  const log = statFile(`${path}-wal`);
  return {
    fileId: file.ino === null ? "" : `${file.dev}:${file.ino}`,
    bytes: file.size,
    modifiedAt: file.mtime?.getTime() ?? 0,
    logBytes: log?.size ?? 0,
    logModifiedAt: log?.mtime?.getTime() ?? 0,
  };
}

/** Whether a database may not even be looked for, as its folder is closed to us. */
export function isHidden(path: string): boolean {
  return isClosed(() => Deno.statSync(path));
}

/** The numbers of a stamp in one text: two of them are equal if nothing was written. */
export function stampText({ bytes, modifiedAt, logBytes, logModifiedAt }: StateStamp): string {
  return [bytes, modifiedAt, logBytes, logModifiedAt].join(":");
}

/** Whether there is such a file. */
export function isFile(path: string): boolean {
  return statFile(path) !== undefined;
}

function statFile(path: string): Deno.FileInfo | undefined {
  try {
    const stat = Deno.statSync(path);
    return stat.isFile ? stat : undefined;
  } catch (error) {
    // It is not there, or its folder belongs to someone else.
    if (error instanceof Error) return undefined;
    throw error;
  }
}
