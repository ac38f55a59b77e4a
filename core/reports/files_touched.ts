/**
 * Which files edits changed, each counted once, by extension. What edits of a session were is kept
 * by a reader: of most they never change again.
 *
 * @module
 */

import { type Database, prepareArrays } from "../database.ts";
import { among, foldOfSessions, keepOfSessions, ofSessions } from "../kept_sessions.ts";
import { readWords } from "../words.ts";
import { areAllWithin, headsGoingOn } from "./session_heads.ts";
import type { Period } from "./period.ts";

/** Of each extension, by the number of its word, how many edits changed which file. */
type Files = Map<number, Map<number, number>>;

type Edit = readonly [at: number, extension: number, file: number];

/** SQL of whether a call `x` is an edit that changed a file. */
export const CHANGED_FILE = `x.is_edit = 1 and x.file is not null
  and (x.outcome = 0 or x.reviewed = 1) and x.reviewed is not 2`;

const keptEdits = keepOfSessions(readEdits);
const allFiles = foldOfSessions(readEdits, {
  start: (sessions) => {
    const files: Files = new Map();
    for (const edits of sessions) addEdits(files, edits, 1);
    return files;
  },
  add: (files, edits) => addEdits(files, edits, 1),
  remove: (files, edits) => addEdits(files, edits, -1),
});

/** How many files of each extension all sessions changed in a period, the most first. */
export function readFilesTouched(db: Database, period: Period): Map<string, number> {
  const words = readWords(db);
  const named = [...filesIn(db, period)].map(([extension, files]): [string, number] => [
    words.get(extension) ?? "other",
    files.size,
  ]);
  return new Map(named.sort(([a, n], [b, m]) => m - n || (a < b ? -1 : 1)));
}

function filesIn(db: Database, period: Period): Files {
  const { from = 0, to } = period;
  if (areAllWithin(db, period)) return allFiles(db);
  const heads = headsGoingOn(db, period);
  const kept = keptEdits(db, heads.map(({ number }) => number));
  const files: Files = new Map();
  for (const { number } of heads) {
    const edits = kept.get(number) ?? [];
    addEdits(files, edits.filter(([at]) => at >= from && at < to), 1);
  }
  return files;
}

function addEdits(files: Files, edits: readonly Edit[], times: 1 | -1): void {
  for (const [, extension, file] of edits) {
    const of = files.getOrInsertComputed(extension, () => new Map());
    const count = (of.get(file) ?? 0) + times;
    if (count === 0) of.delete(file);
    else of.set(file, count);
    if (of.size === 0) files.delete(extension);
  }
}

function readEdits(db: Database, sessions?: readonly number[]): Map<number, Edit[]> {
  // One text of all takes less than half of the time that as many rows do.
  const [text] = prepareArrays(
    db,
    `select json_group_array(json_array(x.session, x.at, x.extension, x.file)) from tool_calls x
     where ${CHANGED_FILE} and x.extension is not null${ofSessions("x.session", sessions)}`,
  ).get(...among(sessions)) as unknown as [string];
  const edits = new Map<number, Edit[]>();
  for (const [session, ...edit] of JSON.parse(text) as (readonly [number, ...Edit])[]) {
    edits.getOrInsertComputed(session, () => []).push(edit);
  }
  return edits;
}
