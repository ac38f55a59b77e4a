/**
 * `blueplane dlq list` and `show`: what could not be handled, and why. Both only read.
 *
 * @module
 */

import type { Database } from "../../core/database.ts";
import { openWriter } from "../../core/open_writer.ts";
import { formatAgo, formatCounted } from "../../core/format.ts";
import {
  type DeadLetterReport,
  type LetterSummary,
  reportDeadLetter,
  reportDeadLetters,
} from "../../core/reports/dead_letters_report.ts";
import type { Globals } from "../cli.ts";
import { NotFoundError, UsageError } from "../exit.ts";
import { chosenFormat, type ListFormat } from "../formats/chosen_format.ts";
import { recordsCsv } from "../formats/csv.ts";
import { markdownTable } from "../formats/markdown.ts";
import type { Io } from "../io.ts";
import { shownText } from "../shown_text.ts";
import { paintFor, renderTable } from "../table.ts";
import { printJson } from "../with_report.ts";
import { openHomeReader, openWorkspace, type Workspace } from "../workspace.ts";
import { notesText } from "../wrap.ts";

const COLUMNS = [
  { title: "id", number: true },
  { title: "failed", number: true, weight: 6 },
  { title: "from", weight: 5 },
  { title: "group", weight: 2 },
  { title: "error", weight: 3 },
  { title: "what is wrong" },
  { title: "tries", number: true, weight: 1 },
  { title: "again" },
];

/** Runs `dlq list`. */
export function runDlqList(
  io: Io,
  globals: Globals,
  { limit, offset, ...options }: { limit: number; offset: number; format?: ListFormat },
): Promise<number> {
  const format = chosenFormat(globals, options.format);
  const report = withLetters(
    openWorkspace(io, globals),
    (db) => reportDeadLetters(db, { limit, offset }),
  );
  const { letters, total } = report;
  const rows = letters.map((letter) => rowOf(letter, io.clock.now()));
  if (format === "json") printJson(io, report);
  else if (format === "csv") io.stdout.write(recordsCsv(["id", "stream", "error"], letters));
  else if (format === "markdown") io.stdout.write(markdownTable(COLUMNS, rows));
  else if (letters.length === 0) {
    io.stdout.write(total === 0 ? "No dead letters.\n" : `Only ${total} dead letters.\n`);
  } else {
    const paint = paintFor(io, globals), width = io.stdout.columns();
    const notes = globals.quiet ? [] : [
      ...letters.length < total ? [shownText(offset, letters.length, total)] : [],
      nextSteps(letters[0]!),
    ];
    io.stdout.write(renderTable(COLUMNS, rows, paint, width) + notesText(notes, paint, width));
  }
  return Promise.resolve(0);
}

/** Runs `dlq show`. */
export function runDlqShow(
  io: Io,
  globals: Globals,
  _options: unknown,
  word: string,
): Promise<number> {
  const id = readLetterId(word);
  const report = withLetters(openWorkspace(io, globals), (db) => reportDeadLetter(db, id));
  if (!report) throw noLetter("show", id);
  if (globals.json) printJson(io, report);
  else io.stdout.write(`${showLines(report, io.clock.now()).join("\n")}\n`);
  return Promise.resolve(0);
}

/** Reads letters; before there is a database there are none. */
export function withLetters<T>(workspace: Workspace, use: (db: Database) => T): T {
  using db = openHomeReader(workspace) ?? openWriter(":memory:");
  return use(db);
}

/**
 * The id that a word is.
 *
 * @throws {UsageError} when it is none
 */
export function readLetterId(word: string): number {
  if (/^[1-9]\d{0,14}$/.test(word)) return Number(word);
  throw new UsageError(`Cannot read an id: '${word.slice(0, 40)}' is no whole number`);
}

/** The error for an id that no letter has. */
export function noLetter(verb: string, id: number): NotFoundError {
  return new NotFoundError(`Cannot ${verb} the dead letter: there is none with id ${id}`);
}

function rowOf(letter: LetterSummary, now: number): string[] {
  return [
    String(letter.id),
    formatAgo(Date.parse(letter.dead_at), now),
    letter.stream,
    letter.group,
    letter.error,
    // Behind "Cannot <verb> <object>: " stands what is.
    letter.message?.replace(/^.*?: /, "") ?? letter.error,
    String(letter.attempts),
    letter.replayable ? "yes" : "no",
  ];
}

function nextSteps({ id, replayable }: LetterSummary): string {
  const again = replayable ? `replay ${id} tries once more, ` : "";
  return `blueplane dlq show ${id} tells more, ${again}drop ${id} removes it`;
}

function showLines({ letter, event, announcement }: DeadLetterReport, now: number): string[] {
  const { id, message, error, attempts } = letter;
  const kept = event ?? announcement;
  const tried = `${formatCounted(attempts, "time")}, last ${
    formatAgo(Date.parse(letter.dead_at), now)
  } (${letter.dead_at})`;
  return [
    `letter    ${id}, of ${letter.stream} for ${letter.group}`,
    `wrong     ${error}${message === null ? "" : `: ${message}`}`,
    `tried     ${tried}`,
    `kept      until ${letter.expires_at}`,
    event
      ? `event     ${letter.event_type} of ${letter.platform}, session ${letter.session_id}, ` +
        letter.timestamp
      : announcement
      ? "event     none: it announced stored events"
      : "event     not kept: what is no event might hold anything",
    ...kept ? JSON.stringify(kept, null, 2).split("\n").map((line) => `          ${line}`) : [],
    letter.replayable
      ? `next      blueplane dlq replay ${id} tries once more, dlq drop ${id} removes it`
      : `next      blueplane dlq drop ${id} removes it`,
  ];
}
