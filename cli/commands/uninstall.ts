/**
 * `blueplane uninstall`: takes out of an assistant's settings what `install` put in.
 *
 * @module
 */

import type { Globals } from "../cli.ts";
import { openInstall } from "../installed_hooks.ts";
import type { Io } from "../io.ts";
import { performChanges, printChanges } from "../settings_changes.ts";
import { printJson } from "../with_report.ts";
import { openWorkspace, requirePlatform } from "../workspace.ts";

/** Runs the command. */
export function runUninstall(
  io: Io,
  globals: Globals,
  { dryRun = false }: { dryRun?: boolean },
  name: string,
): Promise<number> {
  const platform = requirePlatform(name, "uninstall");
  const workspace = openWorkspace(io, globals);
  const changes = openInstall(workspace, platform).planUninstall();
  if (!dryRun) performChanges(io, globals, changes);
  if (globals.json) {
    printJson(io, {
      schema: "blueplane.uninstall/1",
      platform: platform.id,
      dry_run: dryRun,
      files_changed: changes.length,
    });
  } else if (dryRun && changes.length > 0) printChanges(io, globals, changes);
  else if (!globals.quiet) {
    const done = changes.length === 0 ? "no hooks of ours were there" : "our hooks are gone";
    io.stdout.write(`${platform.label}: ${done}\n`);
  }
  return Promise.resolve(0);
}
