/**
 * `blueplane uninstall`: takes out of an assistant's settings what `install` put in.
 *
 * @module
 */

import type { Globals } from "../cli.ts";
import { openInstall, openStatusInstall, openToolInstall } from "../installed_hooks.ts";
import type { Io } from "../io.ts";
import type { InstallOptions } from "./install.ts";
import { performChanges, printChanges } from "../settings_changes.ts";
import { printJson } from "../with_report.ts";
import { openWorkspace, requirePlatform } from "../workspace.ts";

/** Runs the command. */
export function runUninstall(
  io: Io,
  globals: Globals,
  { hooks, statusline, mcp, all, dryRun = false }: InstallOptions,
  name: string,
): Promise<number> {
  const platform = requirePlatform(name, "uninstall");
  const workspace = openWorkspace(io, globals);
  const status = all || statusline ? openStatusInstall(workspace, platform) : undefined;
  const own = all || hooks || !(statusline || mcp) ? openInstall(workspace, platform) : undefined;
  const tools = all || mcp ? openToolInstall(workspace, platform) : undefined;
  // What came in last goes out first: so the file is what it was before either.
  const installs = status?.isLast() ? [status, own] : [own, status];
  const changes = [...installs, tools].flatMap((install) => {
    const planned = install?.planUninstall() ?? [];
    if (!dryRun) performChanges(io, globals, planned);
    return planned;
  });
  if (globals.json) {
    printJson(io, {
      schema: "blueplane.uninstall/1",
      platform: platform.id,
      dry_run: dryRun,
      files_changed: changes.length,
    });
  } else if (dryRun && changes.length > 0) printChanges(io, globals, changes);
  else if (!globals.quiet) {
    const only = [hooks && "hooks", statusline && "status line", mcp && "server of tools"]
      .filter((name) => typeof name === "string");
    const what = all || only.length > 1 ? "entries" : only[0] ?? "hooks";
    const isOne = !what.endsWith("s");
    const done = changes.length === 0
      ? `no ${what} of ours ${isOne ? "was" : "were"} there`
      : `our ${what} ${isOne ? "is" : "are"} gone`;
    io.stdout.write(`${platform.label}: ${done}\n`);
  }
  return Promise.resolve(0);
}
