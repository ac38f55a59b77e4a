/**
 * Opens what an audit could not see from outside: backups and Parquet files, which are
 * compressed.
 *
 * @module
 */

import { openForAudit } from "../../core/database.ts";
import { type Home, homeAt } from "../../core/home.ts";
import type { PrivacyAudit } from "../../core/privacy_audit.ts";
import { ParquetError, ParquetReader } from "../../pipeline/parquet_reader.ts";
import { BackupError } from "../backup/manifest.ts";
import { unpackBackup } from "../backup/unpack_backup.ts";
import {
  type AuditedPlace,
  type AuditFile,
  auditFile,
  filesBelow,
  type Unaudited,
  whyUnaudited,
} from "./file_audit.ts";

/** What was found in a file. */
export interface OpenedFile {
  readonly places: readonly AuditedPlace[];
  readonly unaudited: readonly Unaudited[];
  /** Events in compressed blocks. */
  readonly events: number;
}

const NOTHING: OpenedFile = { places: [], unaudited: [], events: 0 };
/** How files begin, in hexadecimal: `PAR1`, and RFC 1952. */
const PARQUET = "50415231", GZIP = "1f8b";

/**
 * Looks into a file, if it is compressed.
 *
 * @param home in whose temporary folder a backup lies while it is looked at
 */
export async function auditInside(
  audit: PrivacyAudit,
  file: AuditFile,
  home: Home,
): Promise<OpenedFile> {
  const begin = beginOf(file.path);
  if (begin.startsWith(PARQUET)) return auditParquet(audit, file);
  if (begin.startsWith(GZIP)) return await auditBackup(audit, file, home);
  return NOTHING;
}

/** All rows of a Parquet file. */
function auditParquet(audit: PrivacyAudit, { path, place }: AuditFile): OpenedFile {
  const rows = `rows of ${place}`, encoder = new TextEncoder();
  let bytes = 0;
  try {
    using reader = new ParquetReader(path);
    for (let group = 0; group < reader.groups; group++) {
      const text = encoder.encode(jsonLines(reader.readGroup(group, reader.names)));
      audit.lookAt({ place: rows, bytes: text });
      bytes += text.length;
    }
  } catch (error) {
    if (!(error instanceof ParquetError)) throw error;
    return { ...NOTHING, unaudited: [{ place: rows, why: "it cannot be read" }] };
  }
  return { ...NOTHING, places: [{ place: rows, bytes }] };
}

function jsonLines(rows: readonly (readonly unknown[])[]): string {
  const plain = (_: string, cell: unknown) => typeof cell === "bigint" ? Number(cell) : cell;
  return rows.map((row) => JSON.stringify(row, plain)).join("\n");
}

/** All files of a backup, as if they lay in a data folder. */
async function auditBackup(
  audit: PrivacyAudit,
  { path, place }: AuditFile,
  home: Home,
): Promise<OpenedFile> {
  Deno.mkdirSync(home.temporary, { recursive: true, mode: 0o700 });
  const stage = `${home.temporary}/audit-${crypto.randomUUID()}`;
  Deno.mkdirSync(stage, { mode: 0o700 });
  try {
    await unpackBackup(path, stage, () => {});
    return await auditStage(audit, homeAt(stage), `${place}: `);
  } catch (error) {
    if (!(error instanceof BackupError)) throw error;
    const why = "it is compressed, and no backup that can be read";
    return { ...NOTHING, unaudited: [{ place: `inside of ${place}`, why }] };
  } finally {
    Deno.removeSync(stage, { recursive: true });
  }
}

async function auditStage(
  audit: PrivacyAudit,
  stage: Home,
  prefix: string,
): Promise<OpenedFile> {
  const places: AuditedPlace[] = [], unaudited: Unaudited[] = [];
  using db = openForAudit(stage.database);
  const blocks = `${prefix}events in trace_blocks`;
  if (db) audit.allowSchema(db);
  const { events, bytes } = db ? audit.lookAtBlocks(blocks, db) : { events: 0, bytes: 0 };
  if (db) places.push({ place: blocks, bytes });
  for (const file of filesBelow(stage.path, prefix)) {
    const why = whyUnaudited(stage, file.path);
    if (why !== undefined) {
      unaudited.push({ place: file.place, why });
      continue;
    }
    places.push(auditFile(audit, file, () => {}));
    const inside = await auditInside(audit, file, stage);
    places.push(...inside.places);
    unaudited.push(...inside.unaudited);
  }
  return { places, unaudited, events };
}

function beginOf(path: string): string {
  using file = Deno.openSync(path);
  const bytes = new Uint8Array(PARQUET.length / 2);
  return bytes.subarray(0, file.readSync(bytes) ?? 0).toHex();
}
