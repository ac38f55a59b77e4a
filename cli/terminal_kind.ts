/**
 * What the terminal in front of the user can do.
 *
 * @module
 */

import type { Io, TextOutput } from "./io.ts";

/** Whether it obeys sequences, that colour a text or move the cursor; a dumb one shows them. */
export function obeysSequences({ env }: Pick<Io, "env">, output: TextOutput): boolean {
  return output.isTerminal && env("TERM") !== "dumb";
}

/** Whether the locale, or the kind of terminal, has no signs but ASCII. */
export function isPlain({ env }: Pick<Io, "env">): boolean {
  const locale = ["LC_ALL", "LC_CTYPE", "LANG"].map(env).find((value) => value);
  return /^(dumb|linux)$/.test(env("TERM") ?? "") ||
    locale !== undefined && !/utf-?8/i.test(locale);
}
