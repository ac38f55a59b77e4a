/** Checks of size: lines in a file, columns in a line, and how many files are small. */

import { isCode, isSource, linesOf, type TreeFile } from "./tree.ts";

const linesMax = 400;
const columnsMax = 99;

/** What part of the source files may at most be longer than so many lines. */
const shares = [{ lines: 120, part: 0.5 }, { lines: 300, part: 0.1 }];

/** No file of code has over 400 lines. */
export function fileLength(files: readonly TreeFile[]): string[] {
  return files.filter(({ path }) => isCode(path)).flatMap(({ path, text }) => {
    const lines = linesOf(text).length;
    return lines > linesMax ? [`${path}: ${lines} lines, at most ${linesMax}: split it`] : [];
  });
}

/** Lines of code end before column 100. */
export function lineLength(files: readonly TreeFile[]): string[] {
  return files.filter(({ path }) => isCode(path)).flatMap(({ path, text }) =>
    linesOf(text).flatMap((line, index) => {
      const columns = [...line].length;
      const place = `${path}:${index + 1}`;
      return columns > columnsMax ? [`${place}: ${columns} columns, at most ${columnsMax}`] : [];
    })
  );
}

/** Half of the source files have at most 120 lines, nine in ten at most 300. */
export function fileShares(files: readonly TreeFile[]): string[] {
  const sources = files.filter(({ path }) => isSource(path))
    .map(({ path, text }) => ({ path, lines: linesOf(text).length }))
    .sort((a, b) => b.lines - a.lines);
  return shares.flatMap(({ lines, part }) => {
    const long = sources.filter((source) => source.lines > lines);
    const allowed = Math.floor(sources.length * part);
    if (long.length <= allowed) return [];
    const names = long.slice(0, 10).map(({ path, lines }) => `${path} (${lines})`).join(", ");
    return [
      `${long.length} of ${sources.length} source files have over ${lines} lines, ` +
      `at most ${allowed} may; the longest: ${names}`,
    ];
  });
}
