/**
 * What `install`, `uninstall` and `serve` do with hooks in the settings of assistants: which
 * program these call, for which version, and that they stay right when that changes.
 *
 * @module
 */

import { resolve } from "node:path";
import { ExportInstall } from "../capture/export_install.ts";
import { HookInstall } from "../capture/hook_install.ts";
import type { HookTarget } from "../capture/hook_settings.ts";
import type { InstallContext } from "../capture/settings_install.ts";
import { StatusInstall } from "../capture/status_install.ts";
import type { Platform } from "../capture/platform.ts";
import { ToolInstall } from "../capture/tool_install.ts";
import { PLATFORMS } from "../capture/registry.ts";
import { isCaptureHome } from "./capture_home.ts";
import type { Workspace } from "./workspace.ts";

const CHECK_EVERY_MS = 60_000;
const ASK_EVERY_MS = 3_600_000;

/** Where settings are changed; with `drafts` upon what others would have changed before. */
export interface InstallPlace extends Workspace {
  readonly drafts?: ReadonlyMap<string, string | undefined>;
}

/** The hooks of one platform in this home. */
export function openInstall(place: InstallPlace, platform: Platform): HookInstall {
  return new HookInstall(contextOf(place, platform));
}

/** The status line of one platform in this home; undefined for a client that has none. */
export function openStatusInstall(
  place: InstallPlace,
  platform: Platform,
): StatusInstall | undefined {
  return platform.status && new StatusInstall(contextOf(place, platform), platform.status);
}

/** The server of tools in the settings of one platform. */
export function openToolInstall(place: InstallPlace, platform: Platform): ToolInstall {
  return new ToolInstall(contextOf(place, platform));
}

/** The export of one platform's client in this home; undefined for one that exports nothing. */
export function openExportInstall(
  place: InstallPlace,
  platform: Platform,
): ExportInstall | undefined {
  return platform.exports && new ExportInstall(contextOf(place, platform), platform.exports);
}

/** The words that start the server of tools, with the home that this was called with. */
export function toolServerWords({ io, home, environment }: Workspace): readonly string[] {
  const path = resolve(home.path);
  const isUsual = path === resolve(`${environment.home}/.blueplane`);
  return [...io.program, ...(isUsual ? [] : ["--home", path]), "mcp"];
}

/** This program, with the home that it was called with, and the server's address if settled. */
export function hookTarget({ io, home, environment, config }: Workspace): HookTarget {
  const words = [...io.program];
  const path = resolve(home.path);
  if (path !== resolve(`${environment.home}/.blueplane`)) words.push("--home", path);
  return {
    program: words.map(shellWord).join(" "),
    origin: config.fixedPort === undefined || isCaptureHome(home)
      ? undefined
      : serverOrigin(config.host, config.fixedPort),
  };
}

/** Where the server listens, as it is configured. */
export function serverOrigin(host: string, port: number): string {
  return `http://${host.includes(":") ? `[${host}]` : host}:${port}`;
}

/** Of the versions in use the one that takes the least; undefined if none is known. */
export async function versionInUse(
  { environment, io }: Workspace,
  { hooks }: Platform,
  programVersion = hooks.programVersion(environment),
): Promise<string | undefined> {
  const seen = hooks.seenVersions(environment, io.clock.now());
  return hooks.lowest([...seen, await programVersion ?? ""]);
}

/**
 * Keeps installed hooks right until `signal` is aborted: an older client may not take what a
 * newer one does. Looks at transcripts every minute, and at the program every hour.
 */
export async function followVersions(workspace: Workspace, signal: AbortSignal): Promise<void> {
  const { clock } = workspace.io;
  let askedAt = -Infinity;
  let asked = new Map<Platform, Promise<string | undefined>>();
  const told = new Set<string>();
  while (!signal.aborted) {
    const now = clock.now();
    if (now - askedAt >= ASK_EVERY_MS) {
      askedAt = now;
      asked = new Map();
    }
    for (const platform of PLATFORMS) await update(workspace, platform, asked, told);
    await clock.sleep(CHECK_EVERY_MS, signal);
  }
}

function contextOf(place: InstallPlace, platform: Platform): InstallContext {
  const { environment, privacy, home, drafts } = place;
  return { platform, environment, privacy, notes: home.installs, drafts };
}

async function update(
  workspace: Workspace,
  platform: Platform,
  asked: Map<Platform, Promise<string | undefined>>,
  told: Set<string>,
): Promise<void> {
  const { io, environment } = workspace;
  const install = openInstall(workspace, platform);
  if (!install.isInstalled) return;
  try {
    const program = asked.get(platform) ?? platform.hooks.programVersion(environment);
    asked.set(platform, program);
    const version = await versionInUse(workspace, platform, program);
    // Nobody worked for days: what was right then still is.
    if (version === undefined) return;
    const changes = install.planUpdate(version, hookTarget(workspace));
    for (const change of changes) change.apply(io.clock.now());
    if (changes.length === 0) return;
    io.stderr.write(
      `note: the hooks of ${platform.label} are now those for version ${version}\n`,
    );
  } catch (error) {
    // Whatever it is, the server goes on: it is tried again each minute, and said once.
    if (!(error instanceof Error)) throw error;
    if (!told.has(error.message)) io.stderr.write(`warning: ${error.message}\n`);
    told.add(error.message);
  }
}

/** A word as a shell takes it; one with anything special in it is quoted. */
export function shellWord(word: string): string {
  // The shell that runs hooks on Windows takes a backslash for an escape.
  const text = Deno.build.os === "windows" ? word.replaceAll("\\", "/") : word;
  if (/^[\w/.:@%+=,-]+$/.test(text)) return text;
  return `'${text.replaceAll("'", `'\\''`)}'`;
}
