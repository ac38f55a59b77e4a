/**
 * The composition root: from what the user said to the parts that a command works with.
 *
 * @module
 */

import type { Gate } from "../capture/gate.ts";
import type { Environment, Platform } from "../capture/platform.ts";
import { findPlatform, PLATFORMS, traceTables } from "../capture/registry.ts";
import { type Config, type ConfigOrigins, readConfig } from "../core/config.ts";
import { type Asked, type Database, openReader } from "../core/database.ts";
import { type Home, homeAt, makeHome, readKey } from "../core/home.ts";
import { readInHome } from "../core/home_closed.ts";
import { ifThere } from "../core/if_there.ts";
import { printable } from "../core/printable.ts";
import { Privacy } from "../core/privacy.ts";
import type { ToolServers } from "../core/reports/found_insights.ts";
import { finishRestore } from "./backup/put_in_place.ts";
import type { Globals } from "./cli.ts";
import { UsageError } from "./exit.ts";
import { homePathOf, userHomeOf } from "./home_path.ts";
import type { Io } from "./io.ts";
import { openGate } from "./open_gate.ts";

/** What every command starts from. */
export interface Workspace {
  readonly io: Io;
  readonly globals: Globals;
  readonly home: Home;
  readonly config: Config;
  readonly privacy: Privacy;
  /** What a person does not want captured goes no further than here. */
  readonly gate: Gate;
  readonly environment: Environment;
  readonly tables: Record<string, string>;
}

/**
 * Opens the home, making it and its key at the first call.
 *
 * @throws {Error} when it cannot be made or used
 */
export function openWorkspace(
  io: Io,
  globals: Globals,
  flags: Readonly<Record<string, string | number | undefined>> = {},
): Workspace {
  const home = findHome(io, globals);
  makeHome(home);
  finishRestore(home);
  return workspaceIn(home, io, globals, readConfig(configOrigins(io, home, flags)));
}

/** Opens the home with settings that were read already. */
export function workspaceWith(io: Io, globals: Globals, config: Config): Workspace {
  const home = findHome(io, globals);
  makeHome(home);
  return workspaceIn(home, io, globals, config);
}

function workspaceIn(home: Home, io: Io, globals: Globals, config: Config): Workspace {
  const key = readKey(home, true)!;
  const environment = { home: userHomeOf(io) ?? "/", get: io.env };
  for (const text of missingRoots(environment)) io.stderr.write(`warning: ${text}\n`);
  return {
    io,
    globals,
    home,
    config,
    privacy: new Privacy(key),
    gate: openGate(io, home, environment.home),
    environment,
    tables: traceTables(),
  };
}

/** Where the home is; nothing is made. @throws {UsageError} when that is nowhere */
export function findHome(io: Io, globals: Globals): Home {
  // Whatever this process makes, SQLite's files too, is its user's alone.
  if (Deno.build.os !== "windows") Deno.umask(0o077);
  const path = homePathOf(io, globals.home);
  if (path !== undefined) return homeAt(path);
  throw new UsageError(
    "Cannot find your home folder: HOME is not set; name a folder with --home DIR",
  );
}

/** Where settings come from. */
export function configOrigins(
  io: Io,
  home: Home,
  flags: Readonly<Record<string, string | number | undefined>> = {},
): ConfigOrigins {
  return { flags, env: io.env, file: readInHome(home.config) };
}

/** A reader of the database, or undefined before there is one. */
export function openHomeReader({ home }: Workspace, asked?: Asked): Database | undefined {
  return openReader(home.database, asked);
}

/**
 * The text of the user's own prices, checked; undefined without such a file.
 *
 * @throws {PriceFileError} when it cannot be used
 */
export async function ownPrices({ home }: Workspace): Promise<string | undefined> {
  const text = readInHome(home.prices);
  if (text !== undefined) (await import("../core/price_file.ts")).readPriceFile(text);
  return text;
}

/** Names of projects by their hash, to be shown, made from what lies on this machine now. */
export function projectLabels({ environment, privacy }: Workspace): Map<string, string> {
  return shown(
    PLATFORMS.flatMap((platform) => [...platform.projectLabels(environment, privacy)]),
  );
}

/** By platform, names of the servers of tools that are switched on for all projects. */
export function toolServers({ environment, privacy }: Workspace): ToolServers {
  return new Map(
    PLATFORMS.map((platform) => [platform.id, platform.toolServers(environment, privacy)]),
  );
}

/** Names of MCP tools by their hash, likewise; those that are wanted and found. */
export function toolNames(
  { environment, privacy }: Workspace,
  wanted: ReadonlySet<string>,
): ReadonlyMap<string, string> {
  return shown(
    PLATFORMS.flatMap((platform) => [...platform.toolNames(environment, privacy, wanted)]),
  );
}

function shown(names: readonly (readonly [hash: string, name: string])[]): Map<string, string> {
  return new Map(names.map(([hash, name]) => [hash, printable(name)]));
}

/**
 * The platform that the user named, in any spelling.
 *
 * @throws {UsageError} when there is none
 */
export function namedPlatform(name: string | undefined): Platform | undefined {
  return name === undefined ? undefined : requirePlatform(name, "filter by platform");
}

/**
 * The same for one that must be named; `purpose` says what for.
 *
 * @throws {UsageError} when there is none
 */
export function requirePlatform(name: string, purpose: string): Platform {
  const platform = findPlatform(name);
  if (platform) return platform;
  const known = PLATFORMS.map(({ id }) => id).join(", ");
  throw new UsageError(`Cannot ${purpose}: '${name.slice(0, 40)}' is none of ${known}`);
}

/** Warnings of folders that are named, and not there. */
export function missingRoots(environment: Environment): string[] {
  return PLATFORMS.flatMap((platform) =>
    platform.roots(environment).filter(({ path, named }) => named && !exists(path))
      .map(({ path }) => `Cannot find the folder of ${platform.label} (${path})`)
  );
}

/** Names of the variables that are asked for where the folders of assistants are. */
export function folderVariables(environment: Environment): string[] {
  const names = new Set<string>();
  const get = (name: string) => {
    names.add(name);
    return environment.get(name);
  };
  for (const platform of PLATFORMS) platform.roots({ ...environment, get });
  return [...names];
}

function exists(path: string): boolean {
  return ifThere(() => Deno.statSync(path)) !== undefined;
}
