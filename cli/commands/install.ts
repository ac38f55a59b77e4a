/**
 * `blueplane install`: puts hooks into an assistant's settings.
 *
 * @module
 */

import type { Globals } from "../cli.ts";
import { NotFoundError } from "../exit.ts";
import { hookTarget, openInstall, versionInUse } from "../installed_hooks.ts";
import type { Io } from "../io.ts";
import { performChanges, printChanges } from "../settings_changes.ts";
import { printJson } from "../with_report.ts";
import { openWorkspace, requirePlatform } from "../workspace.ts";

/** Runs the command. */
export async function runInstall(
  io: Io,
  globals: Globals,
  { dryRun = false }: { dryRun?: boolean },
  name: string,
): Promise<number> {
  const platform = requirePlatform(name, "install");
  const workspace = openWorkspace(io, globals);
  if (platform.hooks.files(workspace.environment).length === 0) {
    throw new NotFoundError(
      `Cannot find ${platform.label}: it has no folder on this machine; start it once`,
    );
  }
  const version = await versionInUse(workspace, platform);
  const target = hookTarget(workspace);
  const lists = platform.hooks.lists(version, target);
  const hooks = Object.keys(lists);
  if (hooks.length === 0) {
    throw new Error(`Cannot install hooks: ${platform.label} ${version} is too old; update it`);
  }
  if (!Object.values(lists).flat().every((group) => holdsOwn(group, platform.hooks.isOwn))) {
    throw new Error(
      "Cannot install hooks: this program must be called blueplane, so that it knows its own",
    );
  }
  const changes = openInstall(workspace, platform).planInstall(version, target);
  if (!dryRun) performChanges(io, globals, changes);
  if (globals.json) {
    printJson(io, {
      schema: "blueplane.install/1",
      platform: platform.id,
      version: version ?? null,
      dry_run: dryRun,
      hooks,
      files_changed: changes.length,
    });
  } else if (dryRun && changes.length > 0) printChanges(io, globals, changes);
  else if (!globals.quiet) {
    const done = changes.length === 0 ? "already installed" : "installed";
    const whose = `${platform.label} ${version ?? "(of an unknown version)"}`;
    io.stdout.write(`${whose}: ${hooks.length} hooks are ${done}\n`);
  }
  return 0;
}

function holdsOwn(value: unknown, isOwn: (value: unknown) => boolean): boolean {
  if (isOwn(value)) return true;
  return typeof value === "object" && value !== null &&
    Object.values(value).some((part) => holdsOwn(part, isOwn));
}
