/**
 * Writes a backup: a gzipped tar that begins with its manifest. What may change meanwhile is
 * copied first, the database by SQLite itself, so that all of it is of one moment, also while a
 * server runs.
 *
 * @module
 */

import { createHash } from "node:crypto";
import { statfsSync } from "node:fs";
import { createTarPacker, type TarPackController } from "modern-tar";
import { databaseBytes, openForAudit, schemaOf } from "../../core/database.ts";
import type { Home } from "../../core/home.ts";
import { listParts, placeOfPart, problemOfPart } from "../../pipeline/archive_parts.ts";
import { backupFiles, DATABASE_NAME } from "./backup_files.ts";
import { type BackupFile, type Manifest, MANIFEST_NAME } from "./manifest.ts";
import { makeStage } from "./stage.ts";

/** What a backup says of itself beside its files. */
export type BackupNotes = Omit<Manifest, "schema" | "database_schema" | "files">;

/** What was written. */
export interface Written {
  readonly manifest: Manifest;
  /** Parts of the archive that are missing or broken, and so in no backup. */
  readonly brokenParts: readonly string[];
}

/** A file of the manifest, and where its bytes are now. */
type Piece = BackupFile & { readonly path: string };

const READ_BYTES = 1 << 20;

/**
 * Writes it.
 *
 * @param path a file that is there and empty
 * @param onBytes is told of bytes that were looked at, and how many there will be; it may end it
 * @throws {Error} when there is no room for the copy, or the database is damaged
 */
export async function writeBackup(
  home: Home,
  path: string,
  notes: BackupNotes,
  onBytes: (done: number, total: number) => Promise<void>,
): Promise<Written> {
  using stage = makeStage(home, "backup", Date.parse(notes.made_at));
  const database = copyDatabase(home, stage.path);
  const archive = new Map(database.parts.map(({ place, path }) => [place, path]));
  const names = backupFiles(home.path).filter((name) => !name.startsWith("archive/"));
  const copied = names.flatMap((name) => copyFile(`${home.path}/${name}`, stage.path, name));
  const all = [
    ...(database.schema === null ? [] : [[DATABASE_NAME, `${stage.path}/${DATABASE_NAME}`]]),
    ...copied,
    ...archive,
  ] as [string, string][];
  const total = 2 * all.reduce((sum, [, path]) => sum + Deno.statSync(path).size, 0);
  let done = 0;
  const tell = (bytes: number) => onBytes(done += bytes, total);
  const pieces: Piece[] = [];
  for (const [name, path] of all) pieces.push({ name, path, ...await hashOf(path, tell) });
  const manifest: Manifest = {
    schema: "blueplane.backup/1",
    ...notes,
    database_schema: database.schema,
    files: pieces.map(({ name, bytes, sha256 }) => ({ name, bytes, sha256 })),
  };
  await pack(path, manifest, pieces, tell);
  return { manifest, brokenParts: database.broken };
}

/** Copies the database as it is at this moment, and says which parts of the archive it has. */
function copyDatabase(home: Home, stage: string) {
  using db = openForAudit(home.database);
  if (!db) return { schema: null, parts: [], broken: [] };
  const { bavail, bsize } = statfsSync(home.path);
  if (bavail * bsize < databaseBytes(home.database) * 1.1) {
    throw new Error("Cannot back up: the disk has no room for a copy of the database");
  }
  const schema = schemaOf(db);
  const path = `${stage}/${DATABASE_NAME}`;
  // Of one moment, and without the bytes of what was deleted.
  db.prepare("vacuum into ?").run(path);
  Deno.chmodSync(path, 0o600);
  using copy = openForAudit(path)!;
  const problem = copy.prepare("pragma integrity_check(1)").get()!.integrity_check;
  if (problem !== "ok") throw new Error("Cannot back up: the database is damaged");
  const parts = hasArchive(copy) ? listParts(copy).filter(({ events }) => events > 0) : [];
  const broken = parts.filter((part) => problemOfPart(home.archive, part) !== undefined);
  const nameOf = (part: typeof parts[number]) => `archive/${placeOfPart(part)}`;
  return {
    schema,
    parts: parts.filter((part) => !broken.includes(part)).map((part) => ({
      place: nameOf(part),
      path: `${home.archive}/${placeOfPart(part)}`,
    })),
    broken: broken.map(nameOf),
  };
}

function hasArchive(db: NonNullable<ReturnType<typeof openForAudit>>): boolean {
  const sql = "select count(*) as n from sqlite_schema where name = 'archive_parts'";
  return db.prepare(sql).get()!.n === 1;
}

/** A file may go meanwhile, as those of the spool do: then it is in the database. */
function copyFile(from: string, stage: string, name: string): [string, string][] {
  const to = `${stage}/${name}`;
  Deno.mkdirSync(to.slice(0, to.lastIndexOf("/")), { recursive: true, mode: 0o700 });
  try {
    Deno.copyFileSync(from, to);
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return [];
    throw error;
  }
  return [[name, to]];
}

/** Is told of bytes that were read. */
type Tell = (bytes: number) => Promise<void>;

async function hashOf(path: string, tell: Tell): Promise<Omit<BackupFile, "name">> {
  using file = Deno.openSync(path);
  const hash = createHash("sha256"), buffer = new Uint8Array(READ_BYTES);
  let bytes = 0;
  for (let read = file.readSync(buffer); read !== null; read = file.readSync(buffer)) {
    hash.update(buffer.subarray(0, read));
    await tell(read);
    bytes += read;
  }
  return { bytes, sha256: hash.digest("hex") };
}

async function pack(
  path: string,
  manifest: Manifest,
  pieces: readonly Piece[],
  tell: Tell,
): Promise<void> {
  const { readable, controller } = createTarPacker();
  const file = await Deno.open(path, { write: true, truncate: true });
  const written = readable.pipeThrough(new CompressionStream("gzip")).pipeTo(file.writable);
  // Whoever packs is told, too.
  written.catch(() => {});
  const mtime = new Date(manifest.made_at);
  try {
    const text = new TextEncoder().encode(JSON.stringify(manifest));
    await add(controller, { name: MANIFEST_NAME, bytes: text.length, mtime }, [text]);
    for (const piece of pieces) {
      await add(controller, { ...piece, mtime }, chunksOf(piece.path, tell));
    }
    controller.finalize();
  } catch (error) {
    controller.error(error);
    await written.catch(() => {});
    throw error;
  }
  await written;
}

async function add(
  controller: TarPackController,
  { name, bytes, mtime }: { name: string; bytes: number; mtime: Date },
  chunks: Iterable<Uint8Array> | AsyncIterable<Uint8Array>,
): Promise<void> {
  const body = controller.add({ name, size: bytes, mode: 0o600, mtime, type: "file" });
  const writer = body.getWriter();
  for await (const chunk of chunks) await writer.write(chunk);
  await writer.close();
}

async function* chunksOf(path: string, tell: Tell): AsyncGenerator<Uint8Array> {
  using file = Deno.openSync(path);
  for (;;) {
    const buffer = new Uint8Array(READ_BYTES);
    const read = file.readSync(buffer);
    if (read === null) return;
    await tell(read);
    yield buffer.subarray(0, read);
  }
}
