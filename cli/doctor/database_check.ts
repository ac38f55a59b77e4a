/**
 * Examines the database file: whether it opens, is sound, and how large it is.
 *
 * @module
 */

import { type Database, databaseBytes, DatabaseError } from "../../core/database.ts";
import type { Finding } from "../../core/finding.ts";
import { formatBytes } from "../../core/format.ts";
import { noteSuspect } from "../../pipeline/damage.ts";
import { HomeClosedError, inHome } from "../../core/home_closed.ts";
import { ifThere } from "../../core/if_there.ts";
import { readingCommand } from "../capture_home.ts";
import { openHomeReader, type Workspace } from "../workspace.ts";
import { failedFinding } from "./guard.ts";
import { isDamagedError } from "../../core/sqlite_error.ts";

/** Checking reads the whole file: a larger one would take too long. */
const CHECK_BYTES_MAX = 1024 * 1024 * 1024;
const PROBLEMS_MAX = 5;
/** It is emptied at a few megabytes. */
const LOG_BYTES_MAX = 64 * 1024 * 1024;
/** See "Database File Format" of SQLite, 1.3.4. */
const READ_VERSION_AT = 19;
const WITH_LOG = 2;
const REMEDY =
  "blueplane sync, or the next start of the server, moves it aside and makes it anew " +
  "of what is left of it, the archive, and what assistants still have";

/** The findings, and a reader of a sound database, which the caller closes. */
export function checkDatabase(
  workspace: Workspace,
): { findings: Finding[]; db: Database | undefined } {
  let db: Database | undefined;
  try {
    const isWriteAhead = hasLog(workspace.home.database);
    db = openHomeReader(workspace);
    if (!db) return { findings: [missingFinding(workspace)], db };
    const bytes = databaseBytes(workspace.home.database);
    const problems = bytes > CHECK_BYTES_MAX ? [] : problemsOf(db);
    const finding = soundFinding(bytes, problems, schemaOf(db));
    if (problems.length === 0) {
      return { findings: [finding, logFinding(workspace, isWriteAhead)], db };
    }
    db.close();
    noteSuspect(workspace.home.database);
    return { findings: [finding], db: undefined };
  } catch (error) {
    db?.close();
    if (!(error instanceof Error)) throw error;
    if (isDamagedError(error)) {
      noteSuspect(workspace.home.database);
      const finding = soundFinding(databaseBytes(workspace.home.database), [error.message], null);
      return { findings: [finding], db: undefined };
    }
    // Some of our own messages say what to do by themselves.
    const isOurs = error instanceof DatabaseError || error instanceof HomeClosedError;
    const remedy = isOurs && error.message.includes("; ") ? undefined : REMEDY;
    return {
      findings: [failedFinding("database", error, remedy)],
      db: undefined,
    };
  }
}

function problemsOf(db: Database): string[] {
  const rows = db.prepare(`pragma quick_check(${PROBLEMS_MAX})`).all();
  return rows.map((row) => String(Object.values(row)[0])).filter((text) => text !== "ok");
}

function missingFinding({ home }: Workspace): Finding {
  return databaseBytes(home.database) === 0
    ? {
      id: "database",
      severity: "note",
      title: "Nothing is stored yet",
      remedy: `${readingCommand(home)} reads what is there`,
    }
    : {
      id: "database",
      severity: "note",
      title: "The database is of an older version",
      remedy: `${readingCommand(home)} brings it up to date`,
    };
}

/** Readers that do not end keep the log from being emptied. */
function logFinding({ home }: Workspace, isThere: boolean): Finding {
  const bytes = databaseBytes(`${home.database}-wal`);
  const base = {
    id: "log",
    title: `${formatBytes(bytes)} in the log of the database`,
    numbers: { log_bytes: bytes, write_ahead: Number(isThere) },
  };
  if (!isThere) {
    const title = "The database is not in WAL mode: who reads waits for who writes";
    return { ...base, severity: "warning", title, remedy: "blueplane sync switches it on" };
  }
  if (bytes < LOG_BYTES_MAX) return { ...base, severity: "ok" };
  const remedy = "Something reads without an end: end other blueplane processes, then " +
    "blueplane sync empties it";
  return { ...base, severity: "warning", remedy };
}

function schemaOf(db: Database): number {
  return Number(Object.values(db.prepare("pragma user_version").get()!)[0]);
}

/**
 * Only with a log of what was changed can others read while one writes. Its header says so: what
 * is read as it lies has no mode. To be asked before it is opened, as closing a file gives up
 * every lock on it.
 */
function hasLog(path: string): boolean {
  const header = new Uint8Array(READ_VERSION_AT + 1);
  ifThere(() => {
    using file = inHome("read", () => Deno.openSync(path, { read: true }));
    file.readSync(header);
  });
  return header[READ_VERSION_AT] === WITH_LOG;
}

function soundFinding(
  bytes: number,
  problems: readonly string[],
  schema: number | null,
): Finding {
  const numbers = { database_bytes: bytes, schema_version: schema, problems: problems.length };
  if (problems.length > 0) {
    const title = "The database is damaged";
    return {
      id: "database",
      severity: "error",
      title,
      numbers,
      remedy: REMEDY,
      details: problems,
    };
  }
  const checked = bytes > CHECK_BYTES_MAX ? "too large to be checked here" : "sound";
  return {
    id: "database",
    severity: "ok",
    title: `The database has ${formatBytes(bytes)} and schema ${schema}, and is ${checked}`,
    numbers,
  };
}
