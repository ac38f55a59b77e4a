/**
 * Lines that fit, broken between words.
 *
 * @module
 */

import { type Paint, visibleWidth } from "./table.ts";

/** Breaks a text into lines of at most `width` columns; a longer word has a line of its own. */
export function wrapText(text: string, width: number): string[] {
  const lines: string[] = [];
  for (const word of text.split(" ")) {
    const last = lines.at(-1);
    if (last === undefined || visibleWidth(last) + 1 + visibleWidth(word) > width) {
      lines.push(word);
    } else lines[lines.length - 1] = `${last} ${word}`;
  }
  return lines;
}

/** What is said below a table, dim, each from a line of its own on. */
export function notesText(notes: readonly string[], paint: Paint, width: number): string {
  return notes.flatMap((note) => wrapText(note, width))
    .map((line) => `${paint.dim(line)}\n`).join("");
}
