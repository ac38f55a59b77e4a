/**
 * Reads and replaces an assistant's settings file: whole or not at all, with the mode it had,
 * through a link to where it really is, and never over a change that came in between.
 *
 * @module
 */

import { removeIfThere } from "../core/if_there.ts";
import { isNoRoom } from "../core/no_room.ts";
import { SettingsError } from "./settings_lists.ts";

/** A settings file as it was read. */
export interface SettingsFile {
  /** Where it is said to be. */
  readonly path: string;
  /** Where it is. */
  readonly realPath: string;
  /** Undefined where there is none. */
  readonly bytes: Uint8Array | undefined;
  /** Its text without byte order mark; "" where there is none. */
  readonly text: string;
}

const MODE_NEW = 0o600;
const BYTE_ORDER_MARK = "\ufeff";

/**
 * Reads the file.
 *
 * @throws {SettingsError} when it cannot be read, or is no text
 */
export function readSettings(path: string): SettingsFile {
  const realPath = realPathOf(path);
  const bytes = readBytes(realPath);
  return { path, realPath, bytes, text: decode(bytes).replace(BYTE_ORDER_MARK, "") };
}

/** The bytes of a text in the place of a file's own: with its byte order mark, if it has one. */
export function encodeSettings({ bytes }: SettingsFile, text: string): Uint8Array {
  const marked = bytes && decode(bytes).startsWith(BYTE_ORDER_MARK);
  return new TextEncoder().encode(marked ? BYTE_ORDER_MARK + text : text);
}

/**
 * Puts `bytes` in the place of a file, or takes the file away.
 *
 * @throws {SettingsError} when that cannot be done, or someone else has changed the file since
 */
export function replaceSettings(file: SettingsFile, bytes: Uint8Array | undefined): void {
  try {
    replace(file, bytes);
  } catch (error) {
    if (error instanceof SettingsError || !(error instanceof Error)) throw error;
    throw new SettingsError(`Cannot write the settings: ${reasonOf(error)}`, { cause: error });
  }
}

/**
 * Keeps a copy beside the file, open to its owner alone.
 *
 * @param now milliseconds; the name tells it in local time
 * @returns the name of the copy
 * @throws {SettingsError} when it cannot be written
 */
export function backUpSettings({ path, bytes }: SettingsFile, now: number): string {
  const name = `${nameOf(path)}.blueplane-${stampOf(now)}`;
  for (let copy = 1;; copy++) {
    const backup = `${name}${copy === 1 ? "" : `-${copy}`}.bak`;
    try {
      writeDurably(`${folderOf(path)}/${backup}`, bytes!, MODE_NEW);
      return backup;
    } catch (error) {
      if (error instanceof Deno.errors.AlreadyExists) continue;
      if (!(error instanceof Error)) throw error;
      removeIfThere(`${folderOf(path)}/${backup}`);
      throw new SettingsError(`Cannot back up the settings: ${reasonOf(error)}`, {
        cause: error,
      });
    }
  }
}

/** A backup by its name; undefined when it is gone. */
export function readBackup({ path }: SettingsFile, name: string): Uint8Array | undefined {
  return readBytes(`${folderOf(path)}/${name}`);
}

/** Takes a backup away that is not needed any longer, if nobody else did. */
export function removeBackup({ path }: SettingsFile, name: string): void {
  removeIfThere(`${folderOf(path)}/${name}`);
}

function replace(file: SettingsFile, bytes: Uint8Array | undefined): void {
  const { realPath } = file;
  if (!bytes) {
    requireUnchanged(file);
    return Deno.removeSync(realPath);
  }
  const part = `${realPath}.blueplane-${crypto.randomUUID()}.tmp`;
  try {
    writeDurably(part, bytes, MODE_NEW);
    const mode = file.bytes && Deno.statSync(realPath).mode;
    if (mode != null && Deno.build.os !== "windows") Deno.chmodSync(part, mode & 0o777);
    requireUnchanged(file);
    Deno.renameSync(part, realPath);
  } catch (error) {
    removeIfThere(part);
    throw error;
  }
}

function requireUnchanged({ realPath, bytes }: SettingsFile): void {
  const now = readBytes(realPath);
  if (now?.length === bytes?.length && (now ?? []).every((byte, i) => byte === bytes![i])) return;
  throw new SettingsError(
    "Cannot write the settings: someone else has just changed them; try again",
  );
}

function writeDurably(path: string, bytes: Uint8Array, mode: number): void {
  using file = Deno.openSync(path, { write: true, createNew: true, mode });
  for (let at = 0; at < bytes.length;) at += file.writeSync(bytes.subarray(at));
  file.syncSync();
}

function realPathOf(path: string): string {
  try {
    return Deno.realPathSync(path);
  } catch (error) {
    if (!(error instanceof Deno.errors.NotFound)) throw unreadable(error);
    if (!isThere(path)) return path;
    throw new SettingsError("Cannot read the settings: a link to a file that is not there");
  }
}

function isThere(path: string): boolean {
  try {
    Deno.lstatSync(path);
    return true;
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return false;
    throw unreadable(error);
  }
}

function readBytes(path: string): Uint8Array | undefined {
  try {
    return Deno.readFileSync(path);
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return undefined;
    throw unreadable(error);
  }
}

function decode(bytes: Uint8Array | undefined): string {
  try {
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch (error) {
    if (!(error instanceof TypeError)) throw error;
    throw new SettingsError("Cannot read the settings: no UTF-8 text");
  }
}

function unreadable(error: unknown): unknown {
  if (!(error instanceof Error)) return error;
  return new SettingsError(`Cannot read the settings: ${reasonOf(error)}`, { cause: error });
}

function reasonOf(error: Error): string {
  if (error instanceof Deno.errors.PermissionDenied) return "permission denied";
  return isNoRoom(error) ? "the disk is full" : error.name;
}

function stampOf(now: number): string {
  const date = new Date(now);
  const digits = (value: number) => String(value).padStart(2, "0");
  const day = [date.getFullYear(), date.getMonth() + 1, date.getDate()].map(digits).join("");
  return `${day}-${[date.getHours(), date.getMinutes(), date.getSeconds()].map(digits).join("")}`;
}

function nameOf(path: string): string {
  return path.slice(Math.max(path.lastIndexOf("/"), path.lastIndexOf("\\")) + 1);
}

function folderOf(path: string): string {
  return path.slice(0, Math.max(path.lastIndexOf("/"), path.lastIndexOf("\\")));
}
