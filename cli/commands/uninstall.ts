/**
 * `blueplane uninstall`: takes out of an assistant's settings what `install` put in.
 *
 * @module
 */

import type { SettingsChange } from "../../capture/settings_install.ts";
import type { Globals } from "../cli.ts";
import {
  openExportInstall,
  openInstall,
  openStatusInstall,
  openToolInstall,
} from "../installed_hooks.ts";
import type { Io } from "../io.ts";
import type { InstallOptions } from "./install.ts";
import { draftChanges, filesIn, performChanges, printChanges } from "../settings_changes.ts";
import { printJson } from "../with_report.ts";
import { openWorkspace, requirePlatform } from "../workspace.ts";

/** Runs the command. */
export function runUninstall(
  io: Io,
  globals: Globals,
  { hooks, statusline, mcp, otel, all, dryRun = false }: InstallOptions,
  name: string,
): Promise<number> {
  const platform = requirePlatform(name, "uninstall");
  const workspace = openWorkspace(io, globals);
  const parts = [
    ["hooks", hooks || !(statusline || mcp || otel), openInstall],
    ["status line", statusline, openStatusInstall],
    ["export", otel, openExportInstall],
    ["server of tools", mcp, openToolInstall],
  ] as const;
  const drafts = new Map<string, string | undefined>();
  const wanted = parts.flatMap(([, isWanted, open]) =>
    (all || isWanted) && open({ ...workspace, drafts }, platform) || []
  );
  const changes: SettingsChange[] = [];
  while (wanted.length > 0) {
    // What came in last goes out first: so the file is what it was before any of them.
    const last = Math.max(0, wanted.findIndex((install) => install.isLast()));
    const planned = wanted.splice(last, 1)[0]!.planUninstall();
    if (!dryRun) performChanges(io, globals, planned);
    else draftChanges(drafts, planned);
    changes.push(...planned);
  }
  if (globals.json) {
    printJson(io, {
      schema: "blueplane.uninstall/1",
      platform: platform.id,
      dry_run: dryRun,
      files_changed: filesIn(changes),
    });
  } else if (dryRun && changes.length > 0) printChanges(io, globals, changes);
  else if (!globals.quiet) {
    const only = [
      hooks && "hooks",
      statusline && "status line",
      mcp && "server of tools",
      otel && "export",
    ]
      .filter((name) => typeof name === "string");
    const what = all || only.length > 1 ? "entries" : only[0] ?? "hooks";
    const isOne = what !== "hooks" && what !== "entries";
    const done = changes.length === 0
      ? `no ${what} of ours ${isOne ? "was" : "were"} there`
      : `our ${what} ${isOne ? "is" : "are"} gone`;
    io.stdout.write(`${platform.label}: ${done}\n`);
    const left = parts.filter(([, isWanted, open]) =>
      !all && !isWanted && open(workspace, platform)?.planUninstall().length
    );
    const names = left.map(([name]) => name).join(", ");
    if (names !== "") io.stdout.write(`still there: ${names}; --all takes out all of it\n`);
  }
  return Promise.resolve(0);
}
