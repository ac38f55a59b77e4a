/**
 * Lines that fit, broken between words.
 *
 * @module
 */

import { type Paint, visibleWidth } from "./table.ts";

const TEXT_WIDTH_MIN = 20;
const NO_BREAK = "\u00a0";
const BREAK = / (?!%)(?!(?<=\d )(?:ms|s|min|h|d|B|[kMGT]B)\b)/;

/**
 * Breaks a text into lines of at most `width` columns; a longer word has a line of its own, and a
 * unit stays with its number.
 */
export function wrapText(text: string, width: number): string[] {
  const lines: string[] = [];
  for (const word of text.split(BREAK)) {
    const last = lines.at(-1);
    if (last === undefined || visibleWidth(last) + 1 + visibleWidth(word) > width) {
      lines.push(word);
    } else lines[lines.length - 1] = `${last} ${word}`;
  }
  return lines;
}

/**
 * Breaks a list, as `2 made, 3 kept; 50 %`, between its parts, so that a number stays with its
 * words; a part that is longer than a line between its words.
 */
export function wrapList(text: string, width: number): string[] {
  const joined = text.replace(/(?<![,;]) /g, NO_BREAK);
  return wrapText(joined, width).flatMap((line) =>
    wrapText(line.replaceAll(NO_BREAK, " "), width)
  );
}

/** What is said below a table, dim, each from a line of its own on. */
export function notesText(notes: readonly string[], paint: Paint, width: number): string {
  return notes.flatMap((note) => wrapText(note, width))
    .map((line) => `${paint.dim(line)}\n`).join("");
}

/**
 * A line with a label before it, of so many columns: what follows the label is broken, and goes on
 * below itself.
 */
export function wrapBehind(line: string, label: number, width: number): string[] {
  const lines = wrapText(line.slice(label), Math.max(width - label, TEXT_WIDTH_MIN));
  return lines.map((part, i) => (i === 0 ? line.slice(0, label) : " ".repeat(label)) + part);
}
