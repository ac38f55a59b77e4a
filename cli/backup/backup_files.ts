/**
 * Which files of a data folder a backup holds: all that is the user's, and nothing that belongs to
 * a process, to this machine's moment, or to an older version.
 *
 * @module
 */

import { entriesIn, ifThere } from "../../core/if_there.ts";

/** Files beside the database, by their names. */
const FILES = [
  "config.json",
  "config.schema.json",
  "prices.json",
  "installs.json",
  "purged.json",
  "worker.json",
] as const;
/** The names of files in folders. */
const IN_FOLDERS = [
  /^spool\/[A-Za-z0-9_.-]+$/,
  /^logs\/serve\.log(\.\d+)?$/,
  /^archive\/platform=[A-Za-z0-9_-]+\/month=-?\d{4,6}-\d{2}\/part-\d{6,15}\.parquet$/,
] as const;
const FOLDERS = ["spool", "logs", "archive"] as const;

/** The name of the database, whose copy is not read from the file. */
export const DATABASE_NAME = "telemetry.db";
/** The name of the key in a data folder; a backup has it only under a passphrase. */
export const KEY_NAME = "install.key";

/** Whether a name may stand in a backup; every other one is refused, whatever it would be. */
export function isBackupName(name: string): boolean {
  if (name === DATABASE_NAME || (FILES as readonly string[]).includes(name)) return true;
  const parts = name.split("/");
  if (parts.some((part) => part === "." || part === ".." || part === "")) return false;
  return IN_FOLDERS.some((shape) => shape.test(name));
}

/**
 * The files of a data folder that belong into a backup, but the database, sorted by name. Links
 * are not followed, but the folder itself may be one.
 */
export function backupFiles(home: string): string[] {
  const top = FILES.filter((name) => isPlainFile(`${home}/${name}`));
  const below = FOLDERS.flatMap((folder) => filesBelow(home, folder));
  return [...top, ...below.filter(isBackupName)].sort();
}

function filesBelow(home: string, folder: string): string[] {
  const at = `${home}/${folder}`;
  if (!ifThere(() => Deno.lstatSync(at).isDirectory)) return [];
  return entriesIn(at).flatMap(({ name, isFile, isDirectory }) => {
    const path = `${folder}/${name}`;
    if (isDirectory) return filesBelow(home, path);
    return isFile ? [path] : [];
  });
}

function isPlainFile(path: string): boolean {
  return ifThere(() => Deno.lstatSync(path).isFile) ?? false;
}
