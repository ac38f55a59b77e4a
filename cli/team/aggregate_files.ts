/**
 * Makes one document of many exports in two passes: the first tells which files are sound and
 * what of them counts, the second adds up what does. Between them a file is a few words.
 *
 * @module
 */

import { createHash } from "node:crypto";
import { type ExportName, EXPORTS } from "../../core/exported.ts";
import type { TeamPart } from "../../core/team_aggregate.ts";
import { type Counted, countedMonths } from "./counted_months.ts";
import { teamColumns, type TeamRow } from "./team_columns.ts";
import { readTeamFile } from "./team_file.ts";
import type { ExportScope } from "../exports/export_scope.ts";
import { oneScope } from "./one_scope.ts";
import { BROKEN, TeamFileError } from "./team_file_error.ts";
import { monthBeside, type TeamHeader } from "./team_header.ts";
import { TeamSums } from "./team_sums.ts";

/** What became of the files. */
export interface AggregatedFiles {
  readonly parts: readonly TeamPart[];
  /** By what the rows of all of them were chosen. */
  readonly scope: ExportScope;
  readonly counted: number;
  readonly replaced: number;
  /** By the place of the file, from 0 on. */
  readonly refused: readonly { readonly place: number; readonly reason: string }[];
}

/** Is told of each file that was read. */
export type FileNews = (done: number, all: number) => void;

interface SoundFile extends TeamHeader {
  readonly place: number;
  readonly path: string;
  readonly digest: string;
  readonly months: ReadonlySet<string>;
}

const CHUNK_BYTES = 1 << 18;

/**
 * Reads files and adds them up. Files that cannot be taken are named, and the rest goes on.
 *
 * @throws {Error} when a file changes meanwhile
 */
export async function aggregateFiles(
  paths: readonly string[],
  membersMin: number,
  news: FileNews,
): Promise<AggregatedFiles> {
  const all: SoundFile[] = [], refused: { place: number; reason: string }[] = [];
  for (const [place, path] of paths.entries()) {
    try {
      all.push({ ...examined(path), place });
    } catch (error) {
      if (!(error instanceof TeamFileError)) throw error;
      refused.push({ place, reason: error.reason });
    }
    news(place + 1, 2 * paths.length);
    await turn();
  }
  const { scope, taken: sound, others } = oneScope(all);
  refused.push(...others);
  refused.sort((a, b) => a.place - b.place);
  const parts: TeamPart[] = [];
  let done = paths.length, counted = 0;
  for (const what of EXPORTS) {
    const files = countedFiles(sound.filter((file) => file.what === what));
    if (files.length === 0) continue;
    counted += files.length;
    const members = [...new Set(files.map(({ file }) => file.member))].filter((id) =>
      id !== null
    );
    const sums = new TeamSums(teamColumns(what), members.length);
    for (const { file, counts } of files) {
      const member = file.member === null ? undefined : members.indexOf(file.member);
      addFile(file, counts, (row) => sums.add(row, member));
      news(++done, 2 * paths.length);
      await turn();
    }
    parts.push(partOf(what, sums, files, membersMin));
  }
  return { parts, scope, counted, replaced: sound.length - counted, refused };
}

/** Interrupts are heard between files. */
function turn(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, 0));
}

/** Reads a file to its end. @throws {TeamFileError} when it is not sound */
function examined(path: string): Omit<SoundFile, "place"> {
  const months = new Set<string>();
  const header = readTeamFile(path, ({ keys }) => {
    for (const key of keys) if (key !== null && isMonth(key)) months.add(key);
  });
  // A local day may be of a month beside that in UTC.
  const first = header.firstMonth && monthBeside(header.firstMonth, -1);
  const last = monthBeside(header.lastMonth, 1);
  for (const month of months) {
    if (first && month < first || month > last) throw new TeamFileError(BROKEN);
  }
  return { ...header, path, months, digest: digestOf(path) };
}

function isMonth(key: string): boolean {
  return /^20\d\d-\d\d$/.test(key);
}

function digestOf(path: string): string {
  const hash = createHash("sha256"), bytes = new Uint8Array(CHUNK_BYTES);
  using file = Deno.openSync(path);
  for (let read; (read = file.readSync(bytes)) !== null;) hash.update(bytes.subarray(0, read));
  return hash.digest("hex");
}

interface CountedFile {
  readonly file: SoundFile;
  readonly counts: Counted;
}

/** Those of which something counts, in an order that is not that of the arguments. */
function countedFiles(files: readonly SoundFile[]): CountedFile[] {
  // Whoever is no member has one export, which may be here more than once.
  const owners = Map.groupBy(files, ({ member, exportId }) => member ?? `of ${exportId}`);
  return [...owners.values()].flatMap((own) => {
    const counted = countedMonths(own);
    return own.map((file, i) => ({ file, counts: counted[i]! }));
  }).filter(({ counts }) => counts.withoutMonth || counts.months.size > 0)
    .sort(({ file: a }, { file: b }) => a.digest < b.digest ? -1 : 1);
}

function addFile(
  file: SoundFile,
  { months, withoutMonth }: Counted,
  add: (row: TeamRow) => void,
) {
  const place = teamColumns(file.what).groups.indexOf("month");
  try {
    readTeamFile(file.path, (row) => {
      const month = row.keys[place] ?? null;
      if (month === null ? withoutMonth : months.has(month)) add(row);
    });
  } catch (error) {
    if (!(error instanceof TeamFileError)) throw error;
    throw new Error("Cannot aggregate: a file changed while it was read", { cause: error });
  }
}

function partOf(
  what: ExportName,
  sums: TeamSums,
  files: readonly CountedFile[],
  membersMin: number,
): TeamPart {
  const { members, totals, groups } = sums.shown(membersMin);
  return {
    what,
    members,
    exports: files.length,
    exports_without_member: files.filter(({ file }) => file.member === null).length,
    totals,
    groups,
  };
}
