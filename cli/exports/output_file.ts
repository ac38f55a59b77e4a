/**
 * A file that is written whole or not at all, for its owner alone, and that replaces none unless
 * it is told to.
 *
 * @module
 */

import { UsageError } from "../exit.ts";

/** A file under way. */
export class OutputFile implements Disposable {
  /** Where it lies until it is whole. */
  readonly partPath: string;
  readonly #path: string;
  readonly #replaces: boolean;
  #isWhole = false;

  /**
   * @throws {UsageError} when there is such a file, and it may not be replaced
   * @throws {Error} when it cannot be made
   */
  constructor(path: string, replaces: boolean) {
    this.#path = path;
    this.#replaces = replaces;
    if (!replaces && isThere(path)) throw isThereError();
    this.partPath = `${path}.${crypto.randomUUID()}.tmp`;
    try {
      Deno.openSync(this.partPath, { write: true, createNew: true, mode: 0o600 }).close();
    } catch (error) {
      throw explain(error);
    }
  }

  /** Adds a text to it. @throws {Error} when the disk is full, say */
  async write(pieces: Iterable<string>): Promise<void> {
    try {
      using file = await Deno.open(this.partPath, { append: true });
      const encoder = new TextEncoder();
      for (const piece of joined(pieces)) {
        const bytes = encoder.encode(piece);
        for (let at = 0; at < bytes.length;) at += await file.write(bytes.subarray(at));
      }
    } catch (error) {
      throw explain(error);
    }
  }

  /** Puts it in its place. @returns its bytes */
  finish(): number {
    try {
      {
        using file = Deno.openSync(this.partPath, { write: true });
        file.syncSync();
      }
      // A link is made only where there is nothing yet; a rename replaces.
      if (this.#replaces) Deno.renameSync(this.partPath, this.#path);
      else Deno.linkSync(this.partPath, this.#path);
      this.#isWhole = this.#replaces;
      return Deno.statSync(this.#path).size;
    } catch (error) {
      throw error instanceof Deno.errors.AlreadyExists ? isThereError() : explain(error);
    }
  }

  [Symbol.dispose](): void {
    if (!this.#isWhole) Deno.removeSync(this.partPath);
  }
}

const PIECE_CHARACTERS = 1 << 16;

/** Few large pieces out of many small ones. */
function* joined(pieces: Iterable<string>): Generator<string> {
  let text = "";
  for (const piece of pieces) {
    text += piece;
    if (text.length < PIECE_CHARACTERS) continue;
    yield text;
    text = "";
  }
  if (text !== "") yield text;
}

function isThere(path: string): boolean {
  try {
    Deno.lstatSync(path);
    return true;
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return false;
    throw explain(error);
  }
}

function isThereError(): UsageError {
  return new UsageError("Cannot write the export: there is such a file; --force replaces it");
}

function explain(error: unknown): unknown {
  if (!(error instanceof Error)) return error;
  const reason = error instanceof Deno.errors.NotFound
    ? "its folder does not exist"
    : error instanceof Deno.errors.PermissionDenied
    ? "permission denied"
    : "code" in error && error.code === "ENOSPC"
    ? "the disk is full; free some space"
    : error instanceof Deno.errors.NotADirectory || error instanceof Deno.errors.IsADirectory
    ? "a folder is in its place, or a file where a folder should be"
    : undefined;
  return reason === undefined
    ? error
    : new Error(`Cannot write the export: ${reason}`, { cause: error });
}
