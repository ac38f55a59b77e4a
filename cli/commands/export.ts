/**
 * `blueplane export`: sessions, metrics by day, turns or events, as files for other programs.
 *
 * @module
 */

import { createHmac } from "node:crypto";
import { type AnonymityStatement, anonymize } from "../../core/anonymous.ts";
import { type Database, openForAudit } from "../../core/database.ts";
import type { ExportFormat, ExportName, ExportTable } from "../../core/exported.ts";
import { formatBytes, formatCounted } from "../../core/format.ts";
import { readKey } from "../../core/home.ts";
import { readCoverage } from "../../core/reports/coverage.ts";
import {
  conversationsTable,
  type ExportQuery,
  metricsTable,
  sessionsTable,
} from "../../core/reports/export_tables.ts";
import type { Period } from "../../core/reports/period.ts";
import { Archive } from "../../pipeline/archive.ts";
import { placeOfPart } from "../../pipeline/archive_parts.ts";
import { eventTable } from "../../pipeline/event_table.ts";
import { readStoredEvents } from "../../pipeline/stored_events.ts";
import type { Globals } from "../cli.ts";
import { EXIT_INTERRUPTED, UsageError } from "../exit.ts";
import { type ExportHeader, exportText, type TextFormat } from "../exports/export_text.ts";
import { scopeOf } from "../exports/export_scope.ts";
import { OutputFile } from "../exports/output_file.ts";
import { type WholeMonths, wholeMonths } from "../exports/whole_months.ts";
import { interruptible, type Turn } from "../interruptible.ts";
import type { Io } from "../io.ts";
import { ProgressBar } from "../progress.ts";
import { VERSION } from "../version.ts";
import {
  type FilterOptions,
  noteCoverage,
  printJson,
  type ReportContext,
  withReport,
} from "../with_report.ts";
import type { Workspace } from "../workspace.ts";
import { chosenPeriod, type PeriodOptions } from "../chosen_period.ts";

/** Options of the command. */
export interface ExportOptions extends FilterOptions, PeriodOptions {
  readonly format?: ExportFormat;
  readonly output?: string;
  readonly what: ExportName;
  readonly anonymize?: true;
  readonly k?: number;
  readonly team?: string;
  readonly force?: true;
}

/** What `--json` prints once the file is there. */
export interface ExportSummary {
  readonly schema: "blueplane.export_summary/1";
  readonly what: ExportName;
  readonly format: ExportFormat;
  readonly rows: number;
  readonly bytes: number;
  readonly anonymized: AnonymityStatement & { readonly rows_left_out: number } | null;
}

const SUFFIXES: Readonly<Record<string, ExportFormat>> = {
  json: "json",
  jsonl: "jsonl",
  ndjson: "jsonl",
  csv: "csv",
  md: "markdown",
  markdown: "markdown",
  parquet: "parquet",
};
const TEAM_KEY_CHARACTERS_MIN = 8;
const K_DEFAULT = 5;

/** Runs the command. */
export async function runExport(
  io: Io,
  globals: Globals,
  options: ExportOptions,
): Promise<number> {
  const format = formatOf(options);
  const path = options.output === "-" ? undefined : options.output;
  if (!globals.quiet) noteEnding(io, options);
  refuseContradictions(options, format, path, globals);
  const now = io.clock.now();
  const isOfMember = options.team !== undefined;
  const chosen = chosenPeriod(options, now);
  const months = isOfMember ? wholeMonths(chosen, options.what, now) : undefined;
  let isInterrupted = false;
  const code = await withReport(io, globals, options, async (context) => {
    const query = { ...context.filter, period: months?.period ?? chosen, now };
    if (months && !globals.quiet) noteMonths(io, chosen, months);
    using source = sourceOf(context, options.what, query);
    using bar = new ProgressBar(io);
    const isBarAlone = path !== undefined || !io.stdout.isTerminal;
    const read = isBarAlone ? watched(source.table, bar, "reading") : source.table;
    const choices = { k: options.k ?? K_DEFAULT, monthsApart: isOfMember };
    const anonymous = options.anonymize ? anonymize(read, choices) : undefined;
    const { table, statement = null } = anonymous ?? source;
    const coverage = readCoverage(context.db, context.coverage);
    const header = headerOf(context, options, query, { statement, days: months?.days });
    if (path === undefined) {
      // Rows are written as they are read: all of them may be more than there is room for.
      for (const text of exportText(format as TextFormat, header, table)) {
        if (io.stdout.isBroken()) return;
        io.stdout.write(text);
      }
      noteCoverage(io, globals, coverage);
      return;
    }
    const rows = watched(table, bar, "exporting");
    const { force } = options;
    const written = await interruptible(io, (turn) => {
      return writeFile(path, { format, header, table: rows, force }, turn);
    });
    isInterrupted = written === undefined;
    // What comes next has a line of its own.
    bar[Symbol.dispose]();
    if (!written) return;
    const { what } = options;
    const summary: ExportSummary = {
      schema: "blueplane.export_summary/1",
      what,
      format,
      ...written,
      anonymized: statement && { ...statement, rows_left_out: anonymous!.rowsLeftOut() },
    };
    if (globals.json) printJson(io, summary);
    else if (!globals.quiet) io.stdout.write(summaryText(summary));
    noteCoverage(io, globals, coverage);
  });
  return isInterrupted ? EXIT_INTERRUPTED : code;
}

interface Source extends Disposable {
  readonly table: ExportTable;
  readonly statement?: undefined;
}

/** The rows, from a connection that may see as much as they need. */
function sourceOf(
  { db, workspace }: ReportContext,
  what: ExportName,
  query: ExportQuery,
): Source {
  if (what === "sessions") return borrowed(sessionsTable(db, query));
  if (what === "metrics") return borrowed(metricsTable(db, query));
  if (what === "conversations") return borrowed(conversationsTable(db, query));
  const raw = openForAudit(workspace.home.database);
  const events = raw ? eventsIn(workspace, raw, query) : [];
  return { table: eventTable(events), [Symbol.dispose]: () => raw?.close() };
}

function borrowed(table: ExportTable): Source {
  return { table, [Symbol.dispose]: () => {} };
}

function eventsIn(
  { home, io }: Workspace,
  db: Database,
  { period, platform, session, project }: ExportQuery,
) {
  return readStoredEvents(
    db,
    {
      platform,
      session,
      projects: typeof project === "string" ? [project] : project,
      from: period.from ?? Number.MIN_SAFE_INTEGER,
      to: period.to,
    },
    new Archive(db, home.archive),
    (part) => {
      const place = placeOfPart(part);
      io.stderr.write(`warning: Cannot read archive/${place}: its events are left out\n`);
    },
  );
}

/** What stands before the rows; of an anonymous export nothing that tells it from another. */
function headerOf(
  { workspace }: ReportContext,
  { what, team }: ExportOptions,
  query: ExportQuery,
  { statement, days }: {
    readonly statement: AnonymityStatement | null;
    readonly days: WholeMonths["days"] | undefined;
  },
): ExportHeader {
  const { period, now } = query, scope = scopeOf(query);
  const timeOf = (time: number, isDay = statement !== null) => {
    const text = new Date(time).toISOString();
    return isDay ? text.slice(0, "2026-11-26".length) : text;
  };
  const key = readKey(workspace.home, false);
  return {
    schema: "blueplane.export/1",
    what,
    version: VERSION,
    // Of two exports of a member the newer one counts, were they of one day.
    exported_at: timeOf(now, statement !== null && days === undefined),
    period: days ?? {
      from: period.from === undefined ? null : timeOf(period.from),
      to: timeOf(period.to),
    },
    ...(Object.keys(scope).length > 0 ? { filters: scope } : {}),
    ...(statement ? { export_id: crypto.randomUUID(), anonymized: statement } : {}),
    ...(team !== undefined && key ? { member: memberId(team, key) } : {}),
  };
}

/** A member is told that the file is of more than was asked for. */
function noteMonths(io: Io, { from, to }: Period, { period, days }: WholeMonths): void {
  if (from === period.from && to === period.to) return;
  const begin = days.from === null ? "" : ` from ${days.from}`;
  io.stderr.write(`note: a member's export is of whole months, this one${begin} to ${days.to}\n`);
}

/** The same for each export of this installation to holders of one key, and for nobody else. */
function memberId(team: string, key: Uint8Array): string {
  return createHmac("sha256", team).update(key).digest("hex").slice(0, 32);
}

/** Rows that a progress bar counts as they are asked for. */
function watched({ columns, rows }: ExportTable, bar: ProgressBar, what: string): ExportTable {
  return {
    columns,
    rows: {
      *[Symbol.iterator]() {
        let count = 0;
        for (const row of rows) {
          yield row;
          bar.updateCount(what, ++count, "row");
        }
      },
    },
  };
}

async function writeFile(
  path: string,
  { format, header, table, force }: {
    format: ExportFormat;
    header: ExportHeader;
    table: ExportTable;
    force: true | undefined;
  },
  turn: Turn,
): Promise<{ rows: number; bytes: number }> {
  using file = new OutputFile(path, force === true);
  let rows = 0;
  const counted: ExportTable = {
    columns: table.columns,
    rows: {
      *[Symbol.iterator]() {
        for (const row of table.rows) {
          rows++;
          yield row;
        }
      },
    },
  };
  if (format === "parquet") {
    const { writeParquet } = await import("../../pipeline/parquet_file.ts");
    await writeParquet(file.partPath, counted, { blueplane: JSON.stringify(header) }, turn);
  } else await file.write(exportText(format, header, counted), turn);
  return { rows, bytes: file.finish() };
}

function formatOf({ format, output }: ExportOptions): ExportFormat {
  if (format !== undefined) return format;
  if (output === undefined || output === "-") return "json";
  return SUFFIXES[endingOf(output)] ?? "json";
}

function endingOf(path: string): string {
  return /\.(\w+)$/.exec(path)?.[1]?.toLowerCase() ?? "";
}

/** Says what is written to a file whose name is like one of another format. */
function noteEnding(io: Io, { format, output = "" }: ExportOptions): void {
  const ending = endingOf(output);
  if (format !== undefined || ending === "" || Object.hasOwn(SUFFIXES, ending)) return;
  const known = Object.keys(SUFFIXES).join(", ");
  io.stderr.write(
    `note: no format ends in .${ending}, so it is JSON; known: ${known}\n`,
  );
}

/** @throws {UsageError} for what does not go together */
function refuseContradictions(
  { anonymize: isAnonymous, team, what, model, k }: ExportOptions,
  format: ExportFormat,
  path: string | undefined,
  { json }: Globals,
): void {
  if (format === "parquet" && path === undefined) {
    throw new UsageError("Cannot print Parquet: name a file with -o");
  }
  if (json && path === undefined && format !== "json") {
    throw new UsageError(`Cannot print ${format}: --json asks for JSON`);
  }
  if (team !== undefined && !isAnonymous) {
    throw new UsageError("Cannot use --team: it goes with --anonymize");
  }
  if (team !== undefined && team.length < TEAM_KEY_CHARACTERS_MIN) {
    throw new UsageError(
      `Cannot use the team's key: it has fewer than ${TEAM_KEY_CHARACTERS_MIN} characters`,
    );
  }
  if (k !== undefined && !isAnonymous) {
    throw new UsageError("Cannot use --k: it goes with --anonymize");
  }
  if (k !== undefined && k < 2) {
    throw new UsageError("Cannot make anonymous: --k must be 2 or more");
  }
  if (what === "events" && model !== undefined) {
    throw new UsageError("Cannot choose events by --model: only responses tell one");
  }
}

function summaryText({ what, rows, bytes, anonymized }: ExportSummary): string {
  const size = `${formatCounted(rows, "row")} of ${what}, ${formatBytes(bytes)}\n`;
  if (!anonymized) return size;
  const { k, units, rows_left_out: left } = anonymized;
  const out = left > 0 ? `; ${formatCounted(left, "row")} left out, as too few are alike` : "";
  return `${size}Anonymous: every row stands for ${k} ${units} or more${out}\n`;
}
