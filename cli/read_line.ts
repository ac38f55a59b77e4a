/**
 * Asks for one line.
 *
 * @module
 */

import type { Io } from "./io.ts";

const CHARACTERS_MAX = 1000;

/** The first line of what is typed, for which `prompt` asks, or piped in. */
export async function readLine(io: Io, prompt: string): Promise<string> {
  const typed = io.typed();
  if (typed) io.stderr.write(prompt);
  const decoder = new TextDecoder();
  let text = "";
  for await (const piece of typed ?? io.stdin()) {
    text += decoder.decode(piece, { stream: true });
    if (text.trimStart().includes("\n") || text.length > CHARACTERS_MAX) break;
  }
  return text.trimStart().split("\n")[0]!.trimEnd();
}
