/**
 * Finds Cursor's `User` folders, and the databases in them: `globalStorage/state.vscdb` and one
 * in each folder of `workspaceStorage`. Beside them, in the user's own folder, lies the database
 * in which Cursor marks lines as its own.
 *
 * @module
 */

import { isClosed, isDenied } from "../../core/if_there.ts";
import type { Environment, Root } from "../platform.ts";

/** A database of Cursor's. */
export interface CursorDatabase {
  readonly path: string;
  readonly kind: "state" | "tracking";
  /** The storage folder of its workspace. */
  readonly workspaceFolder?: string;
}

/** What is asked of the system around: a test says another one. */
export interface System {
  readonly os: typeof Deno.build.os;
  /** Where Windows' own drive is, as WSL has it. */
  readonly windowsDrive: string;
}

const SYSTEM: System = { os: Deno.build.os, windowsDrive: "/mnt/c" };

/** `BLUEPLANE_CURSOR_USER_DIR` replaces the folders that are usual on this system. */
export function userFolders(
  { home, get }: Environment,
  { os, windowsDrive }: System = SYSTEM,
): readonly Root[] {
  const named = get("BLUEPLANE_CURSOR_USER_DIR")?.trim();
  if (named) {
    return [{ path: withoutSlash(named.replace(/^~(?=[/\\]|$)/, home)), named: true }];
  }
  const usual = (path: string): Root => ({ path: `${path}/Cursor/User`, named: false });
  if (os === "windows") return [usual(get("APPDATA") || `${home}/AppData/Roaming`)];
  if (os === "darwin") return [usual(`${home}/Library/Application Support`)];
  const own = usual(get("XDG_CONFIG_HOME") || `${home}/.config`);
  if (os !== "linux") return [own];
  const onWindows = foldersIn(`${windowsDrive}/Users`)
    .map((user) => usual(`${windowsDrive}/Users/${user}/AppData/Roaming`))
    .filter(({ path }) => isThere(path));
  return [own, ...onWindows];
}

/** Where Cursor keeps what is neither settings of its editor nor a database. */
export function ownFolder({ home }: Environment): string {
  return `${home}/.cursor`;
}

/** The databases that are there now; no link leads out of the folder of a user. */
export function listDatabases(environment: Environment, system?: System): CursorDatabase[] {
  return placesOf(environment, system)
    .filter(({ folder, database }) => isWithin(folder, database.path))
    .map(({ database }) => database);
}

/** Those to which only a link leads that leaves the folder: they are not read. */
export function databasesElsewhere(environment: Environment, system?: System): CursorDatabase[] {
  return placesOf(environment, system)
    .filter(({ folder, database: { path } }) => isThere(path) && !isWithin(folder, path))
    .map(({ database }) => database);
}

/** Where databases may be, and in which folder of the user's they are to be. */
function placesOf(environment: Environment, system?: System) {
  const tracked = ownFolder(environment);
  const states = userFolders(environment, system).flatMap(({ path: folder }) => [
    { folder, database: stateIn(`${folder}/globalStorage`) },
    ...storageFolders(folder).map((workspaceFolder) => ({
      folder,
      database: { ...stateIn(workspaceFolder), workspaceFolder },
    })),
  ]);
  const path = `${tracked}/ai-tracking/ai-code-tracking.db`;
  return [...states, { folder: tracked, database: { path, kind: "tracking" } as CursorDatabase }];
}

function stateIn(folder: string): CursorDatabase {
  return { path: `${folder}/state.vscdb`, kind: "state" };
}

/**
 * The storage folders of workspaces below a `User` folder. Their names are 32 hexadecimal digits,
 * the time at which a window without a folder was opened, or `empty-window`; none tells which
 * workspace it is.
 */
export function workspaceFolders(userFolder: string): string[] {
  return storageFolders(userFolder).filter((folder) => isWithin(userFolder, folder));
}

/** One that may not be read stands for those in it. */
function storageFolders(userFolder: string): string[] {
  const storage = `${userFolder}/workspaceStorage`;
  if (isClosed(() => Deno.readDirSync(storage)[Symbol.iterator]().next())) return [storage];
  return foldersIn(storage).map((name) => `${storage}/${name}`);
}

function foldersIn(path: string): string[] {
  try {
    return [...Deno.readDirSync(path)].filter(({ isDirectory, isSymlink }) =>
      isDirectory || isSymlink
    ).map(({ name }) => name).sort();
  } catch (error) {
    // It is not there, or belongs to someone else.
    if (error instanceof Error) return [];
    throw error;
  }
}

function isThere(path: string): boolean {
  try {
    Deno.statSync(path);
    return true;
  } catch (error) {
    if (!(error instanceof Error)) throw error;
    return false;
  }
}

/**
 * Whether a path is there, and in a folder, which may be a link itself, also by its links. What
 * may not be looked at is taken to be: whoever opens it says so.
 */
function isWithin(folder: string, path: string): boolean {
  try {
    const [root, real] = [Deno.realPathSync(folder), Deno.realPathSync(path)];
    return real.startsWith(root) && /^[/\\]/.test(real.slice(root.length));
  } catch (error) {
    if (!(error instanceof Error)) throw error;
    return isDenied(error);
  }
}

function withoutSlash(path: string): string {
  return path.replace(/(?<=.)[/\\]+$/, "");
}
