/**
 * Looks at every byte of every file below the data folder, and of files that were named.
 *
 * @module
 */

import type { Home } from "../../core/home.ts";
import type { PrivacyAudit } from "../../core/privacy_audit.ts";
import { isDenied } from "../../core/if_there.ts";

/** Something of which every byte was looked at. */
export interface AuditedPlace {
  /** A file by its name in the data folder, or a key of Redis. */
  readonly place: string;
  readonly bytes: number;
}

/** A file, and under what name it may be spoken of. */
export interface AuditFile {
  readonly path: string;
  readonly place: string;
}

/** What is not looked at, and why. */
export interface Unaudited {
  readonly place: string;
  readonly why: string;
}

/** A piece that stands across two reads is seen in the second. */
const READ_BYTES = 8 << 20;
const OVERLAP_BYTES = 4096;
/** Logs, also those in a backup. */
const OWN_SENTENCES = /(?:^|: )logs\//;

/** Every file below a folder; links are not followed. */
export function* filesBelow(folder: string, place = ""): Generator<AuditFile> {
  for (const { name, isDirectory, isFile } of Deno.readDirSync(folder)) {
    const path = `${folder}/${name}`;
    if (isDirectory) yield* filesBelow(path, `${place}${name}/`);
    else if (isFile) yield { path, place: place + name };
  }
}

/** Why a file of the data folder is nothing for an audit; undefined for all others. */
export function whyUnaudited(home: Home, path: string): string | undefined {
  if (path === home.key) return "32 random bytes, the key of this installation";
  if (path === home.config || path === home.prices) return "yours: what you wrote yourself";
  if (path === home.configSchema) return "the program's own, the same on every machine";
  return undefined;
}

/**
 * Looks at a file.
 *
 * @param onBytes is told what was looked at
 */
export function auditFile(
  audit: PrivacyAudit,
  { path, place }: AuditFile,
  onBytes: (bytes: number) => void,
): AuditedPlace {
  using file = openFile(path, place);
  const buffer = new Uint8Array(READ_BYTES + OVERLAP_BYTES);
  let known = 0, total = 0;
  for (;;) {
    const read = file.readSync(buffer.subarray(known)) ?? 0;
    if (read === 0) break;
    const end = known + read;
    const hasSentences = OWN_SENTENCES.test(place);
    audit.lookAt({ place, bytes: buffer.subarray(0, end), hasSentences, known });
    total += read;
    onBytes(read);
    known = Math.min(OVERLAP_BYTES, end);
    buffer.copyWithin(0, end - known, end);
  }
  return { place, bytes: total };
}

/** @throws {Error} which names the place and no path, where it may not be read */
function openFile(path: string, place: string): Deno.FsFile {
  try {
    return Deno.openSync(path);
  } catch (error) {
    if (!isDenied(error)) throw error;
    throw new Error(`Cannot look at ${place}: permission denied`, { cause: error });
  }
}
