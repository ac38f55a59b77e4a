/**
 * `blueplane dlq replay` and `drop`: has dead letters handled once more, or removed, by whoever
 * may write.
 *
 * @module
 */

import { LETTER_IDS_MAX, type LetterChoice } from "../../core/dead_letters.ts";
import { formatCount, formatCounted } from "../../core/format.ts";
import { countDeadLetters, unknownLetter } from "../../core/reports/dead_letters_report.ts";
import { askWriter } from "../ask_writer.ts";
import type { Globals } from "../cli.ts";
import { UsageError } from "../exit.ts";
import type { Io } from "../io.ts";
import { printJson } from "../with_report.ts";
import { openWorkspace, type Workspace } from "../workspace.ts";
import { noLetter, readLetterId, withLetters } from "./dlq.ts";

/** Options of both commands. */
export interface DlqOptions {
  readonly all?: true;
}

const SHOWN_MAX = 20;

/** Runs `dlq replay`; exit code 1 says that some of them are dead letters still. */
export async function runDlqReplay(
  io: Io,
  globals: Globals,
  options: DlqOptions,
  words: readonly string[],
): Promise<number> {
  const choice = readChoice("replay", options, words);
  const workspace = openWorkspace(io, globals);
  const { stored, came_back, not_kept } = hasAny(workspace, "replay", choice)
    ? await askWriter(workspace, "replay dead letters", "replay", choice)
    : { stored: 0, came_back: [], not_kept: [] };
  const dead = came_back.length + not_kept.length;
  if (globals.json) {
    printJson(io, { schema: "blueplane.dlq/1", stored, came_back, not_kept });
  } else if (!globals.quiet) {
    if (stored + dead === 0) io.stdout.write("No dead letters.\n");
    if (stored > 0) io.stdout.write(`${formatCounted(stored, "letter")} stored now\n`);
    if (came_back.length > 0) {
      io.stdout.write(`${counted(came_back)} came back; blueplane dlq list says why\n`);
    }
    if (not_kept.length > 0) {
      io.stdout.write(
        `${counted(not_kept)} cannot be replayed: the entry was no event and is not kept; ` +
          "blueplane dlq drop removes it\n",
      );
    }
  }
  return dead === 0 ? 0 : 1;
}

/** Runs `dlq drop`. */
export async function runDlqDrop(
  io: Io,
  globals: Globals,
  options: DlqOptions,
  words: readonly string[],
): Promise<number> {
  const choice = readChoice("drop", options, words);
  const workspace = openWorkspace(io, globals);
  const { dropped } = hasAny(workspace, "drop", choice)
    ? await askWriter(workspace, "drop dead letters", "drop", choice)
    : { dropped: 0 };
  if (globals.json) printJson(io, { schema: "blueplane.dlq/1", dropped });
  else if (!globals.quiet) {
    const text = `${formatCounted(dropped, "letter")} dropped`;
    io.stdout.write(dropped === 0 ? "No dead letters.\n" : `${text}\n`);
  }
  return 0;
}

function readChoice(verb: string, { all }: DlqOptions, words: readonly string[]): LetterChoice {
  if (all && words.length === 0) return { all };
  if (all) throw new UsageError(`Cannot ${verb} dead letters: say their ids or --all, not both`);
  if (words.length === 0) {
    throw new UsageError(
      `Cannot ${verb} dead letters: say their ids, which blueplane dlq list shows, or --all`,
    );
  }
  if (words.length > LETTER_IDS_MAX) {
    throw new UsageError(
      `Cannot ${verb} dead letters: these are over ${formatCount(LETTER_IDS_MAX)} ids; say --all`,
    );
  }
  return { ids: words.map(readLetterId) };
}

/** Whether there is anything to do: nobody is asked in vain, and nothing is done by halves. */
function hasAny(workspace: Workspace, verb: string, choice: LetterChoice): boolean {
  return withLetters(workspace, (db) => {
    if (!("ids" in choice)) return countDeadLetters(db) > 0;
    const unknown = unknownLetter(db, choice.ids);
    if (unknown !== undefined) throw noLetter(verb, unknown);
    return true;
  });
}

function counted(ids: readonly number[]): string {
  const more = ids.length > SHOWN_MAX ? ", …" : "";
  const shown = ids.slice(0, SHOWN_MAX).join(", ");
  return `${formatCounted(ids.length, "letter")} (${shown}${more})`;
}
