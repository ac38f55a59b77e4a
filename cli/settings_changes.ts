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

/** Shows what would be changed, and does nothing. */
export function printChanges(
  io: Io,
  globals: Globals,
  changes: readonly SettingsChange[],
): void {
  const paint = paintFor(io, globals);
  const colour = (line: string) =>
    line.startsWith("+") ? paint.green(line) : line.startsWith("-") ? paint.red(line) : line;
  for (const { path, before, after } of changes) {
    io.stderr.write(`note: would change ${path}\n`);
    const lines = lineDiff(before ?? "", after ?? "");
    io.stdout.write(lines.map((line) => `${colour(line)}\n`).join(""));
  }
}
