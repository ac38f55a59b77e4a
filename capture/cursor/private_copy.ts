/**
 * Copies a database and its log to where nobody else writes and only its owner reads, for as long
 * as it is read. A file system that can share blocks between two files shares them.
 *
 * @module
 */

import { randomBytes } from "node:crypto";
import { readStamp, stampText, type StateStamp } from "./state_stamp.ts";
import { entriesIn, ifThere } from "../../core/if_there.ts";

const PREFIX = "copy-";
const TRIES = 3;

/** A copy; gone when it is disposed. */
export interface PrivateCopy extends Disposable {
  /** The path of the database. */
  readonly path: string;
}

/**
 * Copies a database.
 *
 * @param folder where to; need not be there
 * @returns undefined while it is being written, so that no copy is whole
 * @throws {Error} what the file system throws, as on a full disk
 */
export async function copyDatabase(
  path: string,
  folder: string,
): Promise<PrivateCopy | undefined> {
  const place = `${folder}/${PREFIX}${randomBytes(8).toString("hex")}`;
  const copy = { path: `${place}/state`, [Symbol.dispose]: () => removeFolder(place) };
  try {
    Deno.mkdirSync(place, { recursive: true, mode: 0o700 });
    for (let tried = 0; tried < TRIES; tried++) {
      const before = readStamp(path);
      if (before && await copyFiles(path, before, copy.path)) return copy;
    }
  } catch (error) {
    copy[Symbol.dispose]();
    throw error;
  }
  copy[Symbol.dispose]();
  return undefined;
}

/**
 * Removes what a process that was killed left; nobody may be copying to the folder.
 *
 * @returns whether nothing is left
 */
export function removeLeftCopies(folder: string): boolean {
  try {
    for (const name of namesIn(folder)) {
      if (name.startsWith(PREFIX)) removeFolder(`${folder}/${name}`);
    }
    return true;
  } catch (error) {
    // Whatever holds it: reading goes on, and it is tried again.
    if (error instanceof Error) return false;
    throw error;
  }
}

async function copyFiles(path: string, before: StateStamp, to: string): Promise<boolean> {
  await copyPrivately(path, to);
  if (before.logBytes > 0) await copyPrivately(`${path}-wal`, `${to}-wal`);
  const after = readStamp(path);
  return after !== undefined && stampText(after) === stampText(before);
}

async function copyPrivately(from: string, to: string): Promise<void> {
  try {
    await Deno.copyFile(from, to);
  } catch (error) {
    // The log may have gone meanwhile: then the stamp is another one, too.
    if (!(error instanceof Deno.errors.NotFound)) throw error;
    return;
  }
  if (Deno.build.os !== "windows") Deno.chmodSync(to, 0o600);
}

function namesIn(folder: string): string[] {
  return entriesIn(folder).map(({ name }) => name);
}

function removeFolder(path: string): void {
  ifThere(() => Deno.removeSync(path, { recursive: true }));
}
