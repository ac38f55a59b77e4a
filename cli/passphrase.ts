/**
 * Asks for a passphrase: from the environment, from a pipe, or typed at a terminal that shows
 * nothing of it.
 *
 * @module
 */

import { UsageError } from "./exit.ts";
import type { Io } from "./io.ts";
import { readLine } from "./read_line.ts";

/** Where scripts put it. */
export const PASSPHRASE_VARIABLE = "BLUEPLANE_PASSPHRASE";

const CHARACTERS_MAX = 1000;

/** Thrown where the user had enough of it. */
export class PassphraseError extends Error {
  override name = "PassphraseError";
}

/**
 * The passphrase.
 *
 * @param isNew whether it is typed twice: nobody sees what was mistyped
 * @throws {UsageError} when the two differ, or there is none
 */
export async function askPassphrase(io: Io, isNew: boolean): Promise<string> {
  const given = io.env(PASSPHRASE_VARIABLE);
  if (given) return given;
  if (!io.typed()) {
    const piped = await readLine(io, "");
    if (piped !== "") return piped;
    throw new UsageError(
      `Cannot ask for the passphrase: there is no terminal; pipe it in, or set ` +
        PASSPHRASE_VARIABLE,
    );
  }
  using lines = new HiddenLines(io);
  const typed = await lines.ask(isNew ? "New passphrase: " : "Passphrase: ");
  if (isNew && await lines.ask("The same again: ") !== typed) {
    throw new UsageError("Cannot use the passphrase: the two differ");
  }
  return typed;
}

/** Lines that are typed and not shown: a terminal that was let go once may not be heard again. */
class HiddenLines implements Disposable {
  readonly #io: Io;
  readonly #stack = new DisposableStack();
  #answer = Promise.withResolvers<string>();
  #text = "";

  constructor(io: Io) {
    this.#io = io;
    this.#stack.use(io.onInterrupt(() => this.#end()));
    this.#stack.use(io.onKey((key) => this.#take(key)));
  }

  /** The next line. @throws {PassphraseError} when it is interrupted */
  async ask(prompt: string): Promise<string> {
    this.#io.stderr.write(prompt);
    try {
      return await this.#answer.promise;
    } finally {
      this.#io.stderr.write("\n");
      this.#answer = Promise.withResolvers<string>();
    }
  }

  [Symbol.dispose](): void {
    this.#stack.dispose();
  }

  #take(key: string): void {
    if (key === "\r" || key === "\n" || key === "\x04") {
      this.#answer.resolve(this.#text);
      this.#text = "";
    } else if (key === "\x03") this.#end();
    else if (key === "\x7f" || key === "\b") this.#text = [...this.#text].slice(0, -1).join("");
    else if (key === "\x15") this.#text = "";
    else if (key >= " " && this.#text.length < CHARACTERS_MAX) this.#text += key;
  }

  #end(): void {
    this.#answer.reject(new PassphraseError("Cannot go on: it was interrupted"));
  }
}
