/**
 * Asks for one line.
 *
 * @module
 */

import type { Io } from "./io.ts";

const CHARACTERS_MAX = 1000;

/**
 * The line that is typed, for which `prompt` asks, or the first that is piped in with anything in
 * it; empty where none comes.
 */
export async function readLine(io: Io, prompt: string): Promise<string> {
  const typed = io.typed();
  if (typed) io.stderr.write(prompt);
  const decoder = new TextDecoder();
  let text = "";
  for await (const piece of typed ?? io.stdin()) {
    text += decoder.decode(piece, { stream: true });
    // Whoever types and says nothing has answered; a pipe may begin with empty lines.
    if (!typed) text = text.trimStart();
    if (text.includes("\n") || text.length > CHARACTERS_MAX) break;
  }
  // Ctrl+D ends no line: what is written next would stand behind the prompt.
  if (typed && !text.includes("\n")) io.stderr.write("\n");
  return text.split("\n")[0]!.trim();
}
