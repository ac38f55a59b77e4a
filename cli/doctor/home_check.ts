/**
 * Examines the data folder: whose it is to read, and whether there is room; and mends its modes.
 *
 * @module
 */

import { accessSync, constants, statfsSync } from "node:fs";
import type { Finding } from "../../core/finding.ts";
import { formatBytes } from "../../core/format.ts";
import type { Home } from "../../core/home.ts";
import { ifThere, isDenied } from "../../core/if_there.ts";

const FILES_MAX = 10_000;
const PATHS_MAX = 10;
const OTHERS = 0o077;
const FOLDER = 0o700;
const FILE = 0o600;
const FREE_BYTES_MIN = 100 * 1024 * 1024;
const FREE_BYTES_LOW = 1024 * 1024 * 1024;

interface Place {
  readonly path: string;
  readonly isDirectory: boolean;
}

/** What is to be said of the folder, and of the disk that it is on. */
export function checkHome(home: Home): Finding[] {
  const { bavail, bsize } = statfsSync(home.path);
  const free = bavail * bsize;
  const numbers = { free_bytes: free };
  const title = `${formatBytes(free)} free on the disk of the data folder`;
  const remedy = "Free some space: nothing is lost on a full disk, and nothing is added";
  return [
    checkModes(home),
    free >= FREE_BYTES_LOW ? { id: "disk", severity: "ok", title, numbers } : {
      id: "disk",
      severity: free < FREE_BYTES_MIN ? "error" : "warning",
      title,
      numbers,
      remedy,
    },
  ];
}

/**
 * Closes what is open to others, and opens what is closed to its owner.
 *
 * @returns how many files and folders that were
 */
export function mendModes(home: Home): number {
  if (Deno.build.os === "windows") return 0;
  // One after another: a folder is opened before what is in it is looked at.
  return walk(home.path).take(FILES_MAX)
    .filter((place) => isOpenToOthers(place) || isClosed(place))
    .reduce((mended, place) => mended + (mend(place) ? 1 : 0), 0);
}

/** @returns whether that could be done: what is not our own stays as it is */
function mend({ path, isDirectory }: Place): boolean {
  try {
    Deno.chmodSync(path, isDirectory ? FOLDER : FILE);
    return true;
  } catch (error) {
    if (!isDenied(error)) throw error;
    return false;
  }
}

function checkModes(home: Home): Finding {
  const details = [home.path];
  if (Deno.build.os === "windows") {
    const title = "The data folder is there; this system has no modes to check";
    return { id: "home", severity: "ok", title, details };
  }
  const places = walk(home.path).take(FILES_MAX).toArray();
  const closed = places.filter(isClosed), open = places.filter(isOpenToOthers);
  const pathsOf = (some: readonly Place[]) => some.slice(0, PATHS_MAX).map(({ path }) => path);
  if (closed.length > 0) {
    return {
      id: "home",
      severity: "error",
      title: "The owner of the data folder may not read and write all of it " +
        `(${closed.length} of its files and folders)`,
      numbers: { open_to_others: open.length, closed_to_owner: closed.length },
      remedy: "blueplane doctor --fix opens them (chmod -R u+rwX); what is new is not stored " +
        "meanwhile",
      details: pathsOf(closed),
    };
  }
  const foreign = places.filter(isForeign);
  if (foreign.length > 0) {
    return {
      id: "home",
      severity: "error",
      title: `Another user owns what is in the data folder (${foreign.length} of its files and ` +
        "folders), and you may not use it",
      numbers: { open_to_others: open.length, of_another_user: foreign.length },
      remedy: 'Have them given to you: sudo chown -R "$USER" DIR, where DIR is the data folder',
      details: pathsOf(foreign),
    };
  }
  const numbers = { open_to_others: open.length };
  if (open.length === 0) {
    return {
      id: "home",
      severity: "ok",
      title: "The data folder is yours alone",
      numbers,
      details,
    };
  }
  return {
    id: "home",
    severity: "warning",
    title: `Other users may look into the data folder (${open.length} of its files and folders)`,
    numbers,
    remedy: "blueplane doctor --fix closes them (0700 and 0600)",
    details: pathsOf(open),
  };
}

function isOpenToOthers({ path }: Place): boolean {
  return ((modeOf(path) ?? 0) & OTHERS) !== 0;
}

function isClosed({ path, isDirectory }: Place): boolean {
  const mode = modeOf(path), needed = isDirectory ? FOLDER : FILE;
  return mode !== undefined && (mode & needed) !== needed;
}

/** Asked without being opened: to close a file of SQLite's gives up every lock on it. */
function isForeign({ path }: Place): boolean {
  const owner = whereOpen(() => Deno.lstatSync(path).uid);
  if (owner === undefined || owner === Deno.uid()) return false;
  try {
    accessSync(path, constants.R_OK | constants.W_OK);
    return false;
  } catch (error) {
    if (!(error instanceof Error && "code" in error)) throw error;
    return error.code === "EACCES";
  }
}

/** Undefined of what is gone, as the database's own side files come and go, or hidden from us. */
function modeOf(path: string): number | undefined {
  return whereOpen(() => Deno.lstatSync(path).mode) ?? undefined;
}

function whereOpen<T>(look: () => T): T | undefined {
  try {
    return ifThere(look);
  } catch (error) {
    if (!isDenied(error)) throw error;
    return undefined;
  }
}

/** The folder and all below it that can be seen; links are left alone. */
function* walk(folder: string): Generator<Place> {
  yield { path: folder, isDirectory: true };
  const entries = whereOpen(() => [...Deno.readDirSync(folder)]) ?? [];
  for (const { name, isDirectory, isSymlink } of entries) {
    const path = `${folder}/${name}`;
    if (isDirectory) yield* walk(path);
    else if (!isSymlink) yield { path, isDirectory: false };
  }
}
