/**
 * Changes of settings files: done, and told on stderr, or only shown.
 *
 * @module
 */

import type { SettingsChange } from "../capture/settings_install.ts";
import type { Globals } from "./cli.ts";
import type { Io } from "./io.ts";
import { lineDiff } from "./line_diff.ts";
import { paintFor } from "./table.ts";

/** Does all changes. */
export function performChanges(
  io: Io,
  globals: Globals,
  changes: readonly SettingsChange[],
): void {
  for (const { path, after, apply } of changes) {
    const backup = apply(io.clock.now());
    if (globals.quiet) continue;
    const done = after === undefined ? "removed" : "changed";
    const kept = backup === undefined ? "" : `; as it was: ${backup}`;
    io.stderr.write(`note: ${done} ${path}${kept}\n`);
  }
}

/** Remembers what files would be, so that what is planned next is planned upon it. */
export function draftChanges(
  drafts: Map<string, string | undefined>,
  changes: readonly SettingsChange[],
): void {
  for (const { path, after } of changes) drafts.set(path, after);
}

/** How many files are changed: more than one kind of entries can go into one. */
export function filesIn(changes: readonly SettingsChange[]): number {
  return new Set(changes.map(({ path }) => path)).size;
}

/**
 * Shows what would be changed, and does nothing.
 *
 * @param changes those of one file each upon the one before
 */
export function printChanges(
  io: Io,
  globals: Globals,
  changes: readonly SettingsChange[],
): void {
  const paint = paintFor(io, globals);
  const colour = (line: string) =>
    line.startsWith("+") ? paint.green(line) : line.startsWith("-") ? paint.red(line) : line;
  const byFile = Map.groupBy(changes, ({ path }) => path);
  for (const [path, changes] of byFile) {
    const { before } = changes[0]!, { after } = changes.at(-1)!;
    io.stderr.write(`note: would ${after === undefined ? "remove" : "change"} ${path}\n`);
    const lines = lineDiff(before ?? "", after ?? "");
    io.stdout.write(lines.map((line) => `${colour(line)}\n`).join(""));
  }
}
