/**
 * Reads JSON and JSON Lines piece by piece: the rows of a long list while they come, so that a
 * large file takes no more memory than a small one, whatever stands in it. Each piece is parsed by
 * the runtime. A library does not hold here: @streamparser/json (0.0) takes strings and nesting of
 * any length (two million brackets took 600 MB), and who asks it for the header gets all rows too.
 *
 * @module
 */

import { BROKEN, FOREIGN, TeamFileError, TOO_LARGE } from "./team_file_error.ts";

/** One piece. */
export type JsonPiece =
  /** The first value, its lists empty; it comes when it is whole, so after the rows in it. */
  | { readonly kind: "header"; readonly value: unknown }
  /** An object of a list in the first value, or one after it, which is of no list. */
  | { readonly kind: "row"; readonly list: string | undefined; readonly value: unknown };

const PIECE_CHARACTERS_MAX = 1 << 20;
const DEPTH_MAX = 32;
const LISTS_MAX = 20;
const QUOTE = 34, COMMA = 44, BACKSLASH = 92;
const OPEN_LIST = 91, CLOSE_LIST = 93, OPEN = 123, CLOSE = 125;

/**
 * The pieces of a text that comes in chunks.
 *
 * @throws {TeamFileError} when it is no such text
 */
export function* jsonPieces(chunks: Iterable<string>): Generator<JsonPiece> {
  const scanner = new Scanner();
  for (const chunk of chunks) yield* scanner.scan(chunk);
  scanner.end();
}

class Scanner {
  /** What of the text is not over yet. */
  #text = "";
  /** Where in it the current piece begins; -1 where there is none. */
  #from = -1;
  #depth = 0;
  #isInString = false;
  #isEscaped = false;
  /** What of the first value stands before and after its lists. */
  #outside = "";
  #list: string | undefined;
  #lists = 0;
  #isFirst = true;

  *scan(chunk: string): Generator<JsonPiece> {
    const start = this.#text.length;
    this.#text += chunk;
    for (let at = start; at < this.#text.length; at++) {
      const code = this.#text.charCodeAt(at);
      if (this.#isInString) this.#inString(code);
      else if (code === OPEN || code === OPEN_LIST) this.#open(at, code);
      else if (code === CLOSE || code === CLOSE_LIST) {
        const piece = this.#close(at);
        if (piece) yield piece;
      } else if (this.#from >= 0) this.#isInString = code === QUOTE;
      else if (!isSpace(code) && !(this.#depth > 0 && code === COMMA)) throw foreign();
    }
    this.#text = this.#from < 0 ? "" : this.#text.slice(this.#from);
    if (this.#from > 0) this.#from = 0;
    if (this.#text.length + this.#outside.length > PIECE_CHARACTERS_MAX) {
      throw new TeamFileError(TOO_LARGE);
    }
  }

  end(): void {
    if (this.#depth > 0) throw new TeamFileError(BROKEN);
    if (this.#isFirst) throw foreign();
  }

  #inString(code: number): void {
    if (this.#isEscaped) this.#isEscaped = false;
    else if (code === BACKSLASH) this.#isEscaped = true;
    else if (code === QUOTE) this.#isInString = false;
  }

  #open(at: number, code: number): void {
    if (this.#from < 0) {
      if (code !== OPEN) throw foreign();
      this.#from = at;
    } else if (code === OPEN_LIST && this.#depth === 1 && this.#isFirst) {
      this.#outside += `${this.#text.slice(this.#from, at)}[`;
      const [, name] = /"(\w{1,40})"\s*:\s*\[$/.exec(this.#outside) ?? [];
      if (name === undefined || ++this.#lists > LISTS_MAX) throw foreign();
      this.#list = name;
      this.#from = -1;
    }
    if (++this.#depth > DEPTH_MAX) throw foreign();
  }

  #close(at: number): JsonPiece | undefined {
    this.#depth--;
    if (this.#depth < 0) throw foreign();
    if (this.#list !== undefined && this.#depth === 1) {
      this.#list = undefined;
      this.#from = at;
      return undefined;
    }
    if (this.#depth > (this.#list === undefined ? 0 : 2)) return undefined;
    const piece = this.#text.slice(this.#from, at + 1);
    this.#from = -1;
    if (this.#list !== undefined) {
      return { kind: "row", list: this.#list, value: parsed(piece) };
    }
    const value = parsed(this.#outside + piece), isHeader = this.#isFirst;
    this.#isFirst = false;
    this.#outside = "";
    return isHeader ? { kind: "header", value } : { kind: "row", list: undefined, value };
  }
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    throw new TeamFileError(BROKEN);
  }
}

function isSpace(code: number): boolean {
  return code === 32 || code === 10 || code === 13 || code === 9;
}

function foreign(): TeamFileError {
  return new TeamFileError(FOREIGN);
}
