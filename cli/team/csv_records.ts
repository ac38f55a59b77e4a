/**
 * Reads CSV (RFC 4180) record by record, as `export` writes it and spreadsheets write it again. A
 * library does not hold here: csv-parse (7.0) bounds the characters of a record, but not its
 * cells, so that a line of commas takes a hundred times its size, and tells of both later than
 * it gives records, as events of a stream.
 *
 * @module
 */

import { BROKEN, TeamFileError, TOO_LARGE } from "./team_file_error.ts";

const RECORD_CHARACTERS_MAX = 1 << 20;
const CELLS_MAX = 2000;

/**
 * The records of a text that comes in chunks.
 *
 * @throws {TeamFileError} when it is cut off, or a record of it too long
 */
export function* csvRecords(chunks: Iterable<string>): Generator<string[]> {
  let cells: string[] = [], cell = "", size = 0;
  let isQuoted = false, wasQuote = false;
  for (const chunk of chunks) {
    for (const character of chunk) {
      if (++size > RECORD_CHARACTERS_MAX) throw new TeamFileError(TOO_LARGE);
      if (isQuoted && !wasQuote) {
        if (character === '"') wasQuote = true;
        else cell += character;
      } else if (character === '"') {
        // A quote in quotes is written twice.
        if (wasQuote) cell += '"';
        isQuoted = true;
        wasQuote = false;
      } else {
        isQuoted = wasQuote = false;
        if (character !== "," && character !== "\n") cell += character;
        else {
          if (cells.push(cell) > CELLS_MAX) throw new TeamFileError(TOO_LARGE);
          cell = "";
        }
        if (character === "\n") {
          yield withoutReturn(cells);
          cells = [];
          size = 0;
        }
      }
    }
  }
  if (size > 0) throw new TeamFileError(BROKEN);
}

function withoutReturn(cells: string[]): string[] {
  return [...cells.slice(0, -1), cells.at(-1)!.replace(/\r$/, "")];
}
