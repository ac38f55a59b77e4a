/**
 * What stands at the beginning of a backup: all that is in it, with sizes and hashes.
 *
 * @module
 */

import { isBackupName } from "./backup_files.ts";
import { isSealedKey, type SealedKey } from "./sealed_key.ts";

/** A file of a backup. */
export interface BackupFile {
  /** Below the data folder. */
  readonly name: string;
  readonly bytes: number;
  /** In hex. */
  readonly sha256: string;
}

/** The document. */
export interface Manifest {
  readonly schema: "blueplane.backup/1";
  readonly version: string;
  readonly made_at: string;
  /** Of the database; null where there is none. */
  readonly database_schema: number | null;
  /** By what the key of the installation is known, null where there is none. */
  readonly key_print: string | null;
  /** The key, where it was asked for. */
  readonly sealed_key: SealedKey | null;
  readonly files: readonly BackupFile[];
}

/** The name of the document in a backup. */
export const MANIFEST_NAME = "manifest.json";
/** It is read into memory. */
export const MANIFEST_BYTES_MAX = 32 * 1024 * 1024;

/** Thrown for a file that is no backup, or is not what was written. */
export class BackupError extends Error {
  override name = "BackupError";
}

/**
 * Reads the document, trusting nothing in it.
 *
 * @throws {BackupError} when it is none
 */
export function readManifest(text: string): Manifest {
  let json: Partial<Manifest> | null;
  try {
    json = JSON.parse(text);
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    throw noBackup();
  }
  if (json?.schema !== "blueplane.backup/1" || !Array.isArray(json.files)) throw noBackup();
  const { version, made_at, database_schema, key_print, sealed_key, files } = json as Manifest;
  const isSound = isText(version, /^[\w.+-]{1,40}$/) && isText(made_at, /^[\d:.TZ-]{10,40}$/) &&
    (database_schema === null || Number.isInteger(database_schema)) &&
    (key_print === null || isText(key_print, /^[0-9a-f]{32}$/)) &&
    (sealed_key === null || isSealedKey(sealed_key));
  if (!isSound) throw noBackup();
  const names = new Set<string>();
  for (const file of files) {
    const { name, bytes, sha256 } = (file ?? {}) as Partial<BackupFile>;
    // A name may not lead out of the folder, nor twice to one file: a system may not tell case.
    if (typeof name !== "string" || !isBackupName(name) || names.has(name.toLowerCase())) {
      throw new BackupError("Cannot read the backup: it holds a file that no backup may hold");
    }
    names.add(name.toLowerCase());
    if (!Number.isSafeInteger(bytes) || bytes! < 0 || !isText(sha256, /^[0-9a-f]{64}$/)) {
      throw noBackup();
    }
  }
  return { schema: json.schema, version, made_at, database_schema, key_print, sealed_key, files };
}

/** @returns what is thrown for any other file */
export function noBackup(cause?: unknown): BackupError {
  return new BackupError("Cannot read the backup: the file is none, or is damaged", { cause });
}

function isText(value: unknown, shape: RegExp): boolean {
  return typeof value === "string" && shape.test(value);
}
