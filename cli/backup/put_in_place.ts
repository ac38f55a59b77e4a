/**
 * Puts a restored folder in the place of what is there: a note says first what is to become of
 * each file; from then on it is done, however often it is broken off, and before that nothing is.
 *
 * @module
 */

import type { Home } from "../../core/home.ts";
import { ifThere, isThere, removeIfThere } from "../../core/if_there.ts";
import { writeWhole } from "../../core/write_whole.ts";
import { takeHomeLock } from "../home_lock.ts";
import { backupFiles, DATABASE_NAME, isBackupName, KEY_NAME } from "./backup_files.ts";
import { stagePath } from "./stage.ts";

/** What is to be put in place. */
interface RestoreNote {
  /** The name of the folder below `tmp` in which the files are. */
  readonly stage: string;
  readonly files: readonly string[];
}

/**
 * Puts files in place; the caller holds the lock of the home.
 *
 * @param stage the name of the folder below `tmp` in which they are
 */
export function putInPlace(home: Home, stage: string, files: readonly string[]): void {
  const note: RestoreNote = { stage, files };
  writeWhole(home.restore, JSON.stringify(note));
  finish(home, note);
}

/**
 * Ends what a killed restore began. Costs next to nothing where there was none.
 *
 * @throws {Error} while another process is at it
 */
export function finishRestore(home: Home): void {
  if (!isThere(home.restore)) return;
  using lock = takeHomeLock(home);
  if (!lock) {
    throw new Error(
      "Cannot use the data folder: a backup is being restored into it; wait for it",
    );
  }
  const note = readNote(home);
  if (note) finish(home, note);
}

function finish(home: Home, { stage, files }: RestoreNote): void {
  const from = stagePath(home, stage);
  if (from === undefined) throw new Error("Cannot end a restore: its note is damaged");
  const wanted = new Set(files);
  const old = [DATABASE_NAME, ...backupFiles(home.path)];
  for (const name of old.filter((name) => !wanted.has(name))) {
    removeIfThere(`${home.path}/${name}`);
  }
  // The log of the old database is no log of the new one.
  for (const end of ["-wal", "-shm"]) removeIfThere(home.database + end);
  for (const name of files) {
    if (!isThere(`${from}/${name}`)) continue;
    const to = `${home.path}/${name}`;
    makeFolders(home.path, name);
    Deno.renameSync(`${from}/${name}`, to);
  }
  syncFolder(home.path);
  removeIfThere(home.restore);
  if (isThere(from)) Deno.removeSync(from, { recursive: true });
}

/** A link in the place of a folder would lead elsewhere: it goes. */
function makeFolders(home: string, name: string): void {
  const names = name.split("/").slice(0, -1);
  let path = home;
  for (const folder of names) {
    path = `${path}/${folder}`;
    if (isThere(path) && !Deno.lstatSync(path).isDirectory) Deno.removeSync(path);
    Deno.mkdirSync(path, { recursive: true, mode: 0o700 });
  }
}

function readNote(home: Home): RestoreNote | undefined {
  const text = ifThere(() => Deno.readTextFileSync(home.restore));
  // Whoever had the lock before ended it.
  if (text === undefined) return undefined;
  const { stage, files } = JSON.parse(text) as Partial<RestoreNote>;
  const isSound = typeof stage === "string" && Array.isArray(files) &&
    files.every((name) => typeof name === "string" && (isBackupName(name) || name === KEY_NAME));
  if (!isSound) throw new Error("Cannot end a restore: its note is damaged");
  return { stage, files };
}

function syncFolder(path: string): void {
  if (Deno.build.os === "windows") return;
  using folder = Deno.openSync(path);
  folder.syncSync();
}
