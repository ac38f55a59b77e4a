/**
 * A file that is written whole or not at all, for its owner alone, and that replaces none unless
 * it is told to.
 *
 * @module
 */

import { isNoRoom } from "../../core/no_room.ts";
import { UsageError } from "../exit.ts";

/** A file under way. */
export class OutputFile implements Disposable {
  /** Where it lies until it is whole. */
  readonly partPath: string;
  readonly #path: string;
  readonly #replaces: boolean;
  readonly #what: string;
  #isWhole = false;

  /**
   * @param what it is, as in "Cannot write the export"
   * @throws {UsageError} when there is such a file, and it may not be replaced
   * @throws {Error} when it cannot be made
   */
  constructor(path: string, replaces: boolean, what = "export") {
    this.#what = what;
    this.#path = path;
    this.#replaces = replaces;
    if (path === "") throw new UsageError(`Cannot write the ${what}: its name is empty`);
    const there = kindOf(path);
    if (there !== undefined) throw new UsageError(`Cannot write the ${what}: there is ${there}`);
    if (!replaces && isThere(path, what)) throw this.#isThereError();
    this.partPath = `${path}.${crypto.randomUUID()}.tmp`;
    try {
      Deno.openSync(this.partPath, { write: true, createNew: true, mode: 0o600 }).close();
    } catch (error) {
      throw explain(error, this.#what);
    }
  }

  /**
   * Adds a text to it.
   *
   * @param turn is awaited between pieces, and may end it
   * @throws {Error} when the disk is full, say
   */
  async write(pieces: Iterable<string>, turn?: () => Promise<void>): Promise<void> {
    try {
      using file = await Deno.open(this.partPath, { append: true });
      const encoder = new TextEncoder();
      for (const piece of joined(pieces)) {
        const bytes = encoder.encode(piece);
        for (let at = 0; at < bytes.length;) at += await file.write(bytes.subarray(at));
        await turn?.();
      }
    } catch (error) {
      throw explain(error, this.#what);
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
      throw error instanceof Deno.errors.AlreadyExists
        ? this.#isThereError()
        : explain(error, this.#what);
    }
  }

  #isThereError(): UsageError {
    const text = `Cannot write the ${this.#what}: there is such a file; --force replaces it`;
    return new UsageError(text);
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

function isThere(path: string, what: string): boolean {
  try {
    Deno.lstatSync(path);
    return true;
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return false;
    throw explain(error, what);
  }
}

/** What is there that no file may replace, as a folder or `/dev/null`; undefined for all else. */
function kindOf(path: string): string | undefined {
  try {
    const { isFile, isDirectory } = Deno.statSync(path);
    return isDirectory ? "a folder" : isFile ? undefined : "no plain file, but a device or pipe";
  } catch {
    // What it is instead is told by what is done with it.
    return undefined;
  }
}

function explain(error: unknown, what: string): unknown {
  if (!(error instanceof Error)) return error;
  const reason = error instanceof Deno.errors.NotFound
    ? "its folder does not exist"
    : error instanceof Deno.errors.PermissionDenied
    ? "permission denied"
    : error instanceof Deno.errors.NotCapable
    ? "that place is the system's own"
    : isNoRoom(error)
    ? "the disk is full; free some space"
    : error instanceof Deno.errors.NotADirectory || error instanceof Deno.errors.IsADirectory
    ? "a folder is in its place, or a file where a folder should be"
    : undefined;
  return reason === undefined
    ? error
    : new Error(`Cannot write the ${what}: ${reason}`, { cause: error });
}
