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
  // A pipe or a loop would go on reading: the next line is not for us, and holds up the end.
  const reader = (typed ?? io.stdin()).getReader();
  const decoder = new TextDecoder();
  let text = "";
  try {
    while (!text.trimStart().includes("\n") && text.length <= CHARACTERS_MAX) {
      const { done, value } = await reader.read();
      if (done) break;
      text += decoder.decode(value, { stream: true });
    }
  } finally {
    reader.releaseLock();
  }
  return text.trimStart().split("\n")[0]!.trimEnd();
}
