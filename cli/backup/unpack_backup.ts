/**
 * Unpacks a backup into an empty folder and holds every byte to its manifest: names, sizes, order
 * and hashes. Nothing of it is used before all of it is sound.
 *
 * @module
 */

import { createHash } from "node:crypto";
import { statfsSync } from "node:fs";
import { createTarDecoder, type ParsedTarEntry } from "modern-tar";
import { openForAudit, SCHEMA, schemaOf } from "../../core/database.ts";
import { actsAsOurs } from "../../core/migrations.ts";
import { DATABASE_NAME } from "./backup_files.ts";
import {
  BackupError,
  type BackupFile,
  type Manifest,
  MANIFEST_BYTES_MAX,
  MANIFEST_NAME,
  noBackup,
  readManifest,
} from "./manifest.ts";
import { isDenied, isMissing } from "../../core/if_there.ts";
import { isNoRoom } from "../../core/no_room.ts";
import { isDamagedError } from "../../core/sqlite_error.ts";

/** Room that is left for the rest of the system. */
const ROOM_BYTES = 16 * 1024 * 1024;
const PIECE_BYTES = 64 * 1024;

/**
 * Unpacks it.
 *
 * @param stage a folder that is there and empty
 * @param onBytes is told how far it is
 * @throws {BackupError} when it is none, is damaged, or holds what a backup may not hold
 */
export async function unpackBackup(
  path: string,
  stage: string,
  onBytes: (done: number, total: number) => void,
): Promise<Manifest> {
  using file = openBackup(path);
  const gunzip = new DecompressionStream("gzip"), stop = new AbortController();
  // Who reads is told, too, what fails there.
  const reading = ReadableStream.from(piecesOf(file))
    .pipeTo(gunzip.writable, { signal: stop.signal }).catch(() => {});
  try {
    const entries = gunzip.readable.pipeThrough(createTarDecoder({ strict: true }));
    const manifest = await unpackAll(entries, stage, onBytes);
    checkDatabase(`${stage}/${DATABASE_NAME}`, manifest);
    return manifest;
  } catch (error) {
    throw explain(error);
  } finally {
    // Whoever stops early leaves no read behind.
    stop.abort();
    await reading;
  }
}

async function* piecesOf(file: Deno.FsFile): AsyncGenerator<Uint8Array<ArrayBuffer>> {
  const piece = new Uint8Array(PIECE_BYTES);
  for (let read; (read = await file.read(piece)) !== null;) yield piece.slice(0, read);
}

async function unpackAll(
  entries: ReadableStream<ParsedTarEntry>,
  stage: string,
  onBytes: (done: number, total: number) => void,
): Promise<Manifest> {
  let manifest: Manifest | undefined;
  let next = 0, done = 0, total = 0;
  for await (const { header, body } of entries) {
    if (header.type !== "file") throw new BackupError(notAllowed("a link or a folder"));
    if (!manifest) {
      if (header.name !== MANIFEST_NAME || header.size > MANIFEST_BYTES_MAX) throw noBackup();
      manifest = readManifest(await textOf(body));
      total = manifest.files.reduce((sum, { bytes }) => sum + bytes, 0);
      checkBefore(manifest, total, stage);
      continue;
    }
    const expected = manifest.files[next++];
    if (header.name !== expected?.name || header.size !== expected.bytes) {
      throw new BackupError(notAllowed("a file that its manifest does not have"));
    }
    await unpackFile(body, stage, expected, (bytes) => onBytes(done += bytes, total));
  }
  if (!manifest || next !== manifest.files.length) throw noBackup();
  return manifest;
}

/** What is known before anything is written. */
function checkBefore(manifest: Manifest, total: number, stage: string): void {
  if ((manifest.database_schema ?? 0) > SCHEMA) {
    throw new BackupError(
      `Cannot restore: the backup has schema ${manifest.database_schema}, this program knows ` +
        `${SCHEMA}; install the newer blueplane that wrote it`,
    );
  }
  const { bavail, bsize } = statfsSync(stage);
  if (!Number.isSafeInteger(total) || total + ROOM_BYTES > bavail * bsize) {
    throw new BackupError("Cannot restore: the disk has no room for what the backup holds");
  }
}

async function unpackFile(
  body: ReadableStream<Uint8Array>,
  stage: string,
  { name, bytes, sha256 }: BackupFile,
  tell: (bytes: number) => void,
): Promise<void> {
  const path = `${stage}/${name}`;
  Deno.mkdirSync(path.slice(0, path.lastIndexOf("/")), { recursive: true, mode: 0o700 });
  using file = await Deno.open(path, { write: true, createNew: true, mode: 0o600 });
  const hash = createHash("sha256");
  let written = 0;
  for await (const chunk of body) {
    written += chunk.length;
    if (written > bytes) throw noBackup();
    hash.update(chunk);
    for (let at = 0; at < chunk.length;) at += await file.write(chunk.subarray(at));
    tell(chunk.length);
  }
  if (written !== bytes || hash.digest("hex") !== sha256) throw noBackup();
  await file.sync();
}

/** A database that is sound by its hash may have been damaged, or made up, before. */
function checkDatabase(path: string, { database_schema }: Manifest): void {
  using db = openForAudit(path);
  if ((db === undefined) !== (database_schema === null)) throw noBackup();
  if (!db) return;
  const isSound = db.prepare("pragma integrity_check(1)").get()!.integrity_check === "ok";
  if (!isSound || schemaOf(db) !== database_schema) throw noBackup();
  // Nothing of a stranger's may run in it later.
  if (!actsAsOurs(db, database_schema!)) {
    throw new BackupError(notAllowed("a database that does what none of ours does"));
  }
}

async function textOf(body: ReadableStream<Uint8Array>): Promise<string> {
  const decoder = new TextDecoder();
  let text = "";
  for await (const chunk of body) {
    text += decoder.decode(chunk, { stream: true });
    if (text.length > MANIFEST_BYTES_MAX) throw noBackup();
  }
  return text + decoder.decode();
}

/** Opens it. @throws {BackupError} where there is no such file, or none that can be read */
export function openBackup(path: string): Deno.FsFile {
  try {
    if (!Deno.statSync(path).isDirectory) return Deno.openSync(path);
  } catch (error) {
    const why = isMissing(error)
      ? "there is no such file"
      : isDenied(error)
      ? "permission denied"
      : undefined;
    if (why === undefined) throw error;
    throw new BackupError(`Cannot read the backup: ${why}`, { cause: error });
  }
  throw new BackupError("Cannot read the backup: it is a folder");
}

/** The streams say of what is no tar, or was cut, whatever their makers thought of. */
function explain(error: unknown): unknown {
  if (error instanceof BackupError) return error;
  const isOwn = isNoRoom(error);
  if (isOwn) {
    return new BackupError("Cannot restore: the disk is full; free some space", { cause: error });
  }
  return error instanceof TypeError || error instanceof RangeError || isDamagedError(error) ||
      error instanceof Error && error.constructor === Error
    ? noBackup(error)
    : error;
}

function notAllowed(what: string): string {
  return `Cannot read the backup: it holds ${what}`;
}
