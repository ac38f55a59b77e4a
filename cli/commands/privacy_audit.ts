/**
 * `blueplane privacy audit`: what is stored, column by column, and a look at every byte for what
 * must not be.
 *
 * @module
 */

import { type Database, openForAudit } from "../../core/database.ts";
import { encodeEvent } from "../../core/event.ts";
import { ifThere } from "../../core/if_there.ts";
import { type AuditedColumn, type AuditFinding, PrivacyAudit } from "../../core/privacy_audit.ts";
import { Archive } from "../../pipeline/archive.ts";
import { placeOfPart } from "../../pipeline/archive_parts.ts";
import type { Globals } from "../cli.ts";
import { NotFoundError, UsageError } from "../exit.ts";
import { chosenFormat, type ListFormat } from "../formats/chosen_format.ts";
import { recordsCsv } from "../formats/csv.ts";
import type { Io } from "../io.ts";
import { auditMarkdown, auditText } from "../privacy/audit_text.ts";
import {
  type AuditedPlace,
  type AuditFile,
  auditFile,
  filesBelow,
  type Unaudited,
  whyUnaudited,
} from "../privacy/file_audit.ts";
import { auditInside } from "../privacy/opened_files.ts";
import { addOwnWords } from "../privacy/own_words.ts";
import { auditRedis } from "../privacy/redis_audit.ts";
import { ProgressBar } from "../progress.ts";
import { redisSettings } from "../redis_settings.ts";
import { printJson } from "../with_report.ts";
import { openWorkspace, type Workspace } from "../workspace.ts";

/** The document. */
export interface AuditReport {
  readonly schema: "blueplane.privacy_audit/1";
  /** Whether nothing was found. */
  readonly clean: boolean;
  readonly columns: readonly AuditedColumn[];
  /** Of what every byte was looked at: files by their name in the data folder, keys of Redis. */
  readonly places: readonly AuditedPlace[];
  readonly not_looked_at: readonly Unaudited[];
  /** Events in compressed blocks, each of which was read. */
  readonly events: number;
  readonly looked_for: {
    /** Pieces of what stands in the assistants' own files, and of how many of them. */
    readonly own_words: number;
    readonly own_files: number;
    readonly texts: number;
  };
  readonly findings: readonly AuditFinding[];
}

const TEXT_CHARACTERS_MIN = 4;
const COLUMN_NAMES = ["table", "column", "example", "why"];
const BLOCKS = "events in trace_blocks";
const ARCHIVED = "events in the archive";

/** Runs the command; exit code 1 says that something was found. */
export async function runPrivacyAudit(
  io: Io,
  globals: Globals,
  options: { lookFor?: readonly string[]; format?: ListFormat },
  paths: readonly string[],
): Promise<number> {
  const { lookFor = [] } = options;
  const format = chosenFormat(globals, options.format);
  if (lookFor.some((text) => text.length < TEXT_CHARACTERS_MIN)) {
    throw new UsageError(
      `Cannot look for a text: it is shorter than ${TEXT_CHARACTERS_MIN} characters`,
    );
  }
  const found = await report(openWorkspace(io, globals), paths, lookFor);
  if (format === "json") printJson(io, found);
  else if (format === "csv") io.stdout.write(recordsCsv(COLUMN_NAMES, found.columns));
  else if (format === "markdown") io.stdout.write(auditMarkdown(found, io, globals));
  else io.stdout.write(auditText(found, io, globals));
  return found.clean ? 0 : 1;
}

async function report(
  workspace: Workspace,
  paths: readonly string[],
  texts: readonly string[],
): Promise<AuditReport> {
  const { home, environment } = workspace;
  const named = paths.flatMap(namedFiles);
  const audit = new PrivacyAudit(texts);
  const ownFiles = addOwnWords(audit, environment);
  using db = openForAudit(home.database);
  if (db) audit.allowSchema(db);
  const columns = db ? audit.lookAtColumns(db) : [];
  const blocks = db ? audit.lookAtBlocks(BLOCKS, db) : { events: 0, bytes: 0 };
  const broken: Unaudited[] = [];
  const archived = db
    ? audit.lookAtEvents(ARCHIVED, archivedEvents(db, home.archive, broken))
    : { events: 0, bytes: 0 };
  const files = [...filesBelow(home.path), ...named];
  const unaudited = files.flatMap(({ path, place }): Unaudited[] => {
    const why = whyUnaudited(home, path);
    return why === undefined ? [] : [{ place, why }];
  });
  const redis = redisSettings(workspace);
  const looked = files.filter(({ path }) => !whyUnaudited(home, path));
  const places = [
    { place: BLOCKS, bytes: blocks.bytes },
    ...(archived.events > 0 ? [{ place: ARCHIVED, bytes: archived.bytes }] : []),
    ...auditFiles(audit, looked, workspace),
    ...(redis ? await auditRedis(audit, redis) : []),
  ];
  // Of the archive every row was looked at.
  const closed = looked.filter(({ path }) => !path.startsWith(`${home.archive}/`));
  const opened = [];
  for (const file of closed) opened.push(await auditInside(audit, file, home));
  return {
    schema: "blueplane.privacy_audit/1",
    clean: audit.findings.length === 0,
    columns,
    places: [...places, ...opened.flatMap(({ places }) => places)],
    not_looked_at: [...unaudited, ...broken, ...opened.flatMap(({ unaudited }) => unaudited)],
    events: opened.reduce((sum, { events }) => sum + events, blocks.events + archived.events),
    looked_for: { own_words: audit.pieces, own_files: ownFiles, texts: texts.length },
    findings: audit.findings,
  };
}

/** Every row of the archive, decompressed; parts that cannot be read are added to `broken`. */
function* archivedEvents(db: Database, folder: string, broken: Unaudited[]): Generator<string> {
  const always = { from: Number.MIN_SAFE_INTEGER, to: Number.MAX_SAFE_INTEGER };
  const events = new Archive(db, folder).events(always, (part) => {
    broken.push({ place: `archive/${placeOfPart(part)}`, why: "it cannot be read" });
  });
  for (const event of events) yield encodeEvent(event);
}

/** Looks at all files, with a bar that shows how far it has come. */
function auditFiles(
  audit: PrivacyAudit,
  files: readonly AuditFile[],
  { io }: Workspace,
): AuditedPlace[] {
  using bar = new ProgressBar(io);
  const total = files.reduce((sum, { path }) => sum + sizeOf(path), 0);
  let done = 0;
  return files.map((file) =>
    auditFile(audit, file, (bytes) => bar.updateBytes("looking", done += bytes, total))
  );
}

/** Files that the user named; those below a folder, where it is one. */
function namedFiles(path: string, i: number): AuditFile[] {
  const place = `argument ${i + 1}`;
  try {
    if (Deno.statSync(path).isDirectory) return [...filesBelow(path, `${place}: `)];
    return [{ path, place }];
  } catch (error) {
    if (!(error instanceof Deno.errors.NotFound)) throw error;
    throw new NotFoundError(`Cannot look at ${place}: there is no such file`);
  }
}

function sizeOf(path: string): number {
  return ifThere(() => Deno.statSync(path).size) ?? 0;
}
