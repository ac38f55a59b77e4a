/**
 * Cells of the live screen: they keep their widths, words are cut and numbers never.
 *
 * @module
 */

import { printable } from "../core/printable.ts";
import { fitText, visibleWidth } from "./table.ts";

/** Between two cells. */
export const GAP = 2;

/** Wraps text in a colour, or does not. */
export type Look = (text: string) => string;

/** The words to the left, cut where they do not fit. */
export function wordCell(words: string, width: number, look: Look = plain): string {
  const text = fitText(printable(words), width);
  return look(text) + blanks(width - visibleWidth(text));
}

/** To the right the first of the texts that fits, and nothing where none does. */
export function numberCell(
  texts: readonly string[],
  width: number,
  look: Look = plain,
): string {
  const text = firstFitting(texts.map(printable), width) ?? "";
  return blanks(width - visibleWidth(text)) + look(text);
}

/** The first of the texts that is no wider. */
export function firstFitting(texts: readonly string[], width: number): string | undefined {
  return texts.find((text) => visibleWidth(text) <= width);
}

/** So many blanks, or none. */
export function blanks(count: number): string {
  return " ".repeat(Math.max(0, count));
}

/** The words in lines of that width, where words let it, each behind a space. */
export function wrapped(text: string, columns: number): string[] {
  const lines = [""];
  for (const word of printable(text).split(" ")) {
    const last = `${lines.at(-1)} ${word}`;
    if (visibleWidth(last) <= columns || lines.at(-1) === "") lines[lines.length - 1] = last;
    else lines.push(` ${word}`);
  }
  return lines;
}

function plain(text: string): string {
  return text;
}
