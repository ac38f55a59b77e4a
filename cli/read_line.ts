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
  let text = "";
  for await (const part of (typed ?? io.stdin()).pipeThrough(new TextDecoderStream())) {
    text += part;
    if (text.includes("\n") || text.length > CHARACTERS_MAX) break;
  }
  return text.trimStart().split("\n")[0]!.trimEnd();
}
