/**
 * The files of the archive: which there are, where each lies, and whether it is what was written.
 *
 * @module
 */

import { createHash } from "node:crypto";
import { type Database, prepareArrays } from "../core/database.ts";
import { ifThere, isMissing } from "../core/if_there.ts";

/** A file of the archive, as the database knows it. */
export interface ArchivePart {
  readonly id: number;
  readonly platform: string;
  /** Year and month as one number, as 202603. */
  readonly month: number;
  readonly events: number;
  readonly bytes: number;
  /** SHA-256 of the file, in hex. */
  readonly digest: string;
}

/** Why a part cannot be read. */
export type PartProblem = "missing" | "changed" | "a link";

const READ_BYTES = 1 << 20;

/** The folder of the archive that belongs to a database. */
export function archiveBeside(database: string): string {
  return `${database.slice(0, database.lastIndexOf("/") + 1)}archive`;
}

/** All parts in the order in which they were begun; those without events are not finished. */
export function listParts(db: Database): ArchivePart[] {
  const rows = prepareArrays(
    db,
    `select p.id, w.text, month, events, bytes, digest from archive_parts p
     join words w on w.id = p.platform order by p.id`,
  ).all() as unknown as [number, string, number, number, number, string][];
  return rows.map(([id, platform, month, events, bytes, digest]) => ({
    id,
    platform,
    month,
    events,
    bytes,
    digest,
  }));
}

/**
 * Where a part lies in the folder of the archive, as "platform=…/month=…/part-….parquet".
 *
 * @throws {RangeError} for a platform that would lead elsewhere
 */
export function placeOfPart({ id, platform, month }: Omit<ArchivePart, PartSizes>): string {
  if (!/^[A-Za-z0-9_-]+$/.test(platform)) {
    throw new RangeError("Cannot name a part of the archive: its platform is no name");
  }
  const [year, ofYear] = [Math.trunc(month / 100), Math.abs(month) % 100];
  const name = `${String(year).padStart(4, "0")}-${String(ofYear).padStart(2, "0")}`;
  return `platform=${platform}/month=${name}/part-${String(id).padStart(6, "0")}.parquet`;
}

type PartSizes = "events" | "bytes" | "digest";

/** The month of a moment in UTC, as a part has it. */
export function monthOf(at: number): number {
  const date = new Date(at), year = date.getUTCFullYear(), month = date.getUTCMonth() + 1;
  return year < 0 ? year * 100 - month : year * 100 + month;
}

/**
 * Why a part cannot be read: every byte of it is looked at.
 *
 * @returns undefined for one that is as it was written
 */
export function problemOfPart(folder: string, part: ArchivePart): PartProblem | undefined {
  const place = placeOfPart(part);
  if (leadsElsewhere(folder, place)) return "a link";
  let stat: Deno.FileInfo;
  try {
    stat = Deno.lstatSync(`${folder}/${place}`);
  } catch (error) {
    if (isMissing(error)) return "missing";
    throw error;
  }
  if (!stat.isFile) return "a link";
  if (stat.size !== part.bytes) return "changed";
  return digestOf(`${folder}/${place}`) === part.digest ? undefined : "changed";
}

/** Whether a folder on the way to a place is a link: it could lead anywhere. */
export function leadsElsewhere(folder: string, place: string): boolean {
  const names = place.split("/");
  const folders = names.map((_, i) => [folder, ...names.slice(0, i)].join("/"));
  return folders.some((path) => ifThere(() => !Deno.lstatSync(path).isDirectory) ?? false);
}

/** SHA-256 of a file, in hex. */
export function digestOf(path: string): string {
  using file = Deno.openSync(path);
  const hash = createHash("sha256"), buffer = new Uint8Array(READ_BYTES);
  for (let read = file.readSync(buffer); read !== null; read = file.readSync(buffer)) {
    hash.update(buffer.subarray(0, read));
  }
  return hash.digest("hex");
}
