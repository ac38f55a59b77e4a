/**
 * `blueplane install`: puts hooks, a status line and a server of tools into an assistant's
 * settings.
 *
 * @module
 */

import { ExportsElsewhereError } from "../../capture/export_install.ts";
import type { SettingsChange } from "../../capture/settings_install.ts";
import type { Platform } from "../../capture/platform.ts";
import type { Globals } from "../cli.ts";
import { NotFoundError, UsageError } from "../exit.ts";
import {
  hookTarget,
  type InstallPlace,
  openExportInstall,
  openInstall,
  openStatusInstall,
  openToolInstall,
  serverOrigin,
  toolServerWords,
  versionInUse,
} from "../installed_hooks.ts";
import type { Io } from "../io.ts";
import { findServer } from "../server_file.ts";
import { draftChanges, filesIn, performChanges, printChanges } from "../settings_changes.ts";
import { printJson } from "../with_report.ts";
import { openWorkspace, requirePlatform, type Workspace } from "../workspace.ts";

/** Options of the command. */
export interface InstallOptions {
  readonly hooks?: true;
  readonly statusline?: true;
  readonly mcp?: true;
  readonly otel?: true;
  readonly all?: true;
  readonly force?: true;
  readonly dryRun?: boolean;
}

/** What is put into the settings, or is there. */
interface Planned {
  readonly changes: readonly SettingsChange[];
  readonly text: string;
  readonly json: Readonly<Record<string, unknown>>;
}

/** Runs the command. */
export async function runInstall(
  io: Io,
  globals: Globals,
  options: InstallOptions,
  name: string,
): Promise<number> {
  const platform = requirePlatform(name, "install");
  const workspace = openWorkspace(io, globals);
  if (platform.hooks.files(workspace.environment).length === 0) {
    throw new NotFoundError(
      `Cannot find ${platform.label}: it has no folder on this machine; start it once`,
    );
  }
  const { all, dryRun = false } = options;
  const drafts = new Map<string, string | undefined>();
  const place: InstallPlace = { ...workspace, drafts };
  const changes: SettingsChange[] = [];
  const json: Record<string, unknown> = { files_changed: 0 };
  const withHooks = all || options.hooks || !(options.statusline || options.mcp || options.otel);
  const withTools = all || options.mcp;
  const withStatus = all || options.statusline;
  const withExport = all || options.otel;
  // It may be refused, and then nothing at all is written.
  if (withStatus) planStatus(place, platform, options);
  if (withTools) planTools(place, platform);
  if (withExport) planExport(place, platform, options);
  const plans = [
    ...(withHooks ? [() => planHooks(place, platform)] : []),
    ...(withStatus ? [() => planStatus(place, platform, options)] : []),
    ...(withTools ? [() => planTools(place, platform)] : []),
    ...(withExport ? [() => planExport(place, platform, options)] : []),
  ];
  for (const plan of plans) {
    const planned = await plan();
    if (!dryRun) performChanges(io, globals, planned.changes);
    else draftChanges(drafts, planned.changes);
    changes.push(...planned.changes);
    Object.assign(json, planned.json, { files_changed: filesIn(changes) });
    const isShown = dryRun && planned.changes.length > 0;
    if (isShown || globals.json || globals.quiet || planned.text === "") continue;
    io.stdout.write(`${planned.text}\n`);
  }
  if (dryRun && !globals.json) printChanges(io, globals, changes);
  if (withExport && json.otel && !globals.quiet) await noteServer(workspace);
  if (globals.json) {
    printJson(io, {
      schema: "blueplane.install/1",
      platform: platform.id,
      dry_run: dryRun,
      ...json,
    });
  }
  return 0;
}

async function planHooks(place: InstallPlace, platform: Platform): Promise<Planned> {
  const version = await versionInUse(place, platform);
  const target = hookTarget(place);
  const lists = platform.hooks.lists(version, target);
  const hooks = Object.keys(lists);
  if (hooks.length === 0) {
    const program = await platform.hooks.programVersion(place.environment);
    const seen = program === version ? "on the PATH" : "in transcripts of the last days";
    throw new Error(
      `Cannot install hooks: ${platform.label} ${version} (${seen}) is too old; update it`,
    );
  }
  if (!Object.values(lists).flat().every((group) => holdsOwn(group, platform.hooks.isOwn))) {
    throw new Error(
      "Cannot install hooks: this program must be called blueplane, so that it knows its own",
    );
  }
  const changes = openInstall(place, platform).planInstall(version, target);
  const done = changes.length === 0 ? "already installed" : "installed";
  const whose = `${platform.label} ${version ?? "(of an unknown version)"}`;
  return {
    changes,
    text: `${whose}: ${hooks.length} hooks are ${done}`,
    json: { version: version ?? null, hooks },
  };
}

/** Of `--all` an assistant without such a line has none, and one with the user's keeps it. */
function planStatus(place: InstallPlace, platform: Platform, options: InstallOptions): Planned {
  const install = openStatusInstall(place, platform);
  if (!install) {
    if (options.all) return { changes: [], text: "", json: { status_line: false } };
    throw new UsageError(`Cannot install a status line: ${platform.label} has none`);
  }
  if (options.all && !options.force && install.isOther()) {
    const text = `${platform.label}: the status line is your own and stays as it is; --force ` +
      "replaces it, and uninstall puts it back";
    return { changes: [], text, json: { status_line: false } };
  }
  const { program } = hookTarget(place);
  if (!platform.status!.isOwn(platform.status!.value(program))) {
    throw new Error(
      "Cannot install a status line: this program must be called blueplane, so that it knows " +
        "its own",
    );
  }
  const changes = install.planInstall(program, options.force === true);
  const done = changes.length === 0 ? "already installed" : "installed";
  return {
    changes,
    text: `${platform.label}: the status line is ${done}`,
    json: { status_line: true },
  };
}

/** The server of tools that the assistant can ask how it does. */
function planTools(place: InstallPlace, platform: Platform): Planned {
  const words = toolServerWords(place);
  const changes = openToolInstall(place, platform).planInstall(words);
  const done = changes.length === 0 ? "already listed" : "listed";
  return {
    changes,
    text: `${platform.label}: the server of tools is ${done}; start it anew to use it`,
    json: { mcp: true },
  };
}

/** Of `--all` a client that exports nothing, or elsewhere, is left as it is. */
function planExport(place: InstallPlace, platform: Platform, { all }: InstallOptions): Planned {
  const install = openExportInstall(place, platform);
  if (!install) {
    if (all) return { changes: [], text: "", json: { otel: false } };
    throw new UsageError(`Cannot install an export: ${platform.label} exports nothing`);
  }
  const { host, port } = place.config;
  try {
    const changes = install.planInstall(serverOrigin(host, port));
    const done = changes.length === 0 ? "already installed" : "installed";
    return {
      changes,
      text: `${platform.label}: the export (OpenTelemetry) is ${done}; it is taken while ` +
        "blueplane serve runs",
      json: { otel: true },
    };
  } catch (error) {
    if (!all || !(error instanceof ExportsElsewhereError)) throw error;
    const text = `${platform.label}: exports elsewhere already; that stays as it is`;
    return { changes: [], text, json: { otel: false } };
  }
}

/** Says so, when the server that runs listens elsewhere than where the settings have it. */
async function noteServer({ io, home, config: { host, port } }: Workspace): Promise<void> {
  const url = (await findServer(home))?.url;
  if (!url || url === serverOrigin(host, port)) return;
  io.stderr.write(
    `note: the server that runs listens at ${url}, so that it gets nothing of the export; ` +
      `blueplane config set web.port ${new URL(url).port} keeps it there, then install again\n`,
  );
}

function holdsOwn(value: unknown, isOwn: (value: unknown) => boolean): boolean {
  if (isOwn(value)) return true;
  return typeof value === "object" && value !== null &&
    Object.values(value).some((part) => holdsOwn(part, isOwn));
}
