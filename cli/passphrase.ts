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
  const typed = await askHidden(io, isNew ? "New passphrase: " : "Passphrase: ");
  if (isNew && await askHidden(io, "The same again: ") !== typed) {
    throw new UsageError("Cannot use the passphrase: the two differ");
  }
  return typed;
}

async function askHidden(io: Io, prompt: string): Promise<string> {
  io.stderr.write(prompt);
  const answer = Promise.withResolvers<string>();
  const ended = () => answer.reject(new PassphraseError("Cannot go on: it was interrupted"));
  using _interrupt = io.onInterrupt(ended);
  let text = "";
  using _keys = io.onKey((key) => {
    if (key === "\r" || key === "\n" || key === "\x04") answer.resolve(text);
    else if (key === "\x03") ended();
    else if (key === "\x7f" || key === "\b") text = [...text].slice(0, -1).join("");
    else if (key === "\x15") text = "";
    else if (key >= " " && text.length < CHARACTERS_MAX) text += key;
  });
  try {
    return await answer.promise;
  } finally {
    io.stderr.write("\n");
  }
}
