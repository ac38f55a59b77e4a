/**
 * Examines the data folder: whose it is to read, and whether there is room; and mends its modes.
 *
 * @module
 */

import { statfsSync } from "node:fs";
import type { Finding } from "../../core/finding.ts";
import { formatBytes } from "../../core/format.ts";
import type { Home } from "../../core/home.ts";
import { ifThere } from "../../core/if_there.ts";

const FILES_MAX = 10_000;
const OTHERS = 0o077;
const FREE_BYTES_MIN = 100 * 1024 * 1024;
const FREE_BYTES_LOW = 1024 * 1024 * 1024;

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

/** Closes what is open to others. @returns how many files and folders that were */
export function mendModes(home: Home): number {
  const open = openToOthers(home.path);
  for (const { path, isDirectory } of open) Deno.chmodSync(path, isDirectory ? 0o700 : 0o600);
  return open.length;
}

function checkModes(home: Home): Finding {
  const details = [home.path];
  if (Deno.build.os === "windows") {
    const title = "The data folder is there; this system has no modes to check";
    return { id: "home", severity: "ok", title, details };
  }
  const open = openToOthers(home.path);
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
    details: open.slice(0, 10).map(({ path }) => path),
  };
}

function openToOthers(folder: string): { path: string; isDirectory: boolean }[] {
  return walk(folder).take(FILES_MAX).filter(({ path }) => (modeOf(path) & OTHERS) !== 0)
    .toArray();
}

function modeOf(path: string): number {
  // The database's own side files come and go.
  return ifThere(() => Deno.lstatSync(path).mode ?? 0) ?? 0;
}

/** The folder and all below it; links are left alone. */
function* walk(folder: string): Generator<{ path: string; isDirectory: boolean }> {
  yield { path: folder, isDirectory: true };
  for (const { name, isDirectory, isSymlink } of Deno.readDirSync(folder)) {
    const path = `${folder}/${name}`;
    if (isDirectory) yield* walk(path);
    else if (!isSymlink) yield { path, isDirectory: false };
  }
}
