/**
 * Which versions of Claude Code are in use: the one on the `PATH`, and those that wrote the
 * newest transcripts, as an editor's extension may bring a client of its own.
 *
 * @module
 */

import { parseValue } from "../../core/parse_value.ts";
import type { Environment } from "../platform.ts";
import { objectOf, textOf } from "../json_access.ts";
import { listTranscripts } from "./locate.ts";

const VERSION = /^\d{1,4}\.\d{1,6}\.\d{1,6}/;
const ANSWER_WITHIN_MS = 3000;
const RECENT_MS = 7 * 24 * 3_600_000;
const FILES_MAX = 20;
const TAIL_BYTES = 64 * 1024;
/** From a program to the root of its package: `bin/claude`, `node_modules/.bin/…`. */
const PARENTS_MAX = 3;

/** Whether a version is not below another. */
export function isAtLeast(version: string, least: string): boolean {
  return compareVersions(version, least) >= 0;
}

/** The lowest of some versions; what is no version counts for nothing. */
export function lowestVersion(versions: readonly string[]): string | undefined {
  return versions.filter((version) => VERSION.test(version)).sort(compareVersions)[0];
}

/** The version of the program on the `PATH`: from where it lies, else it is asked. */
export async function readProgramVersion(environment: Environment): Promise<string | undefined> {
  const path = findProgram(environment);
  if (path === undefined) return undefined;
  const real = Deno.realPathSync(path);
  // The client's own installer names the file itself after the version.
  const name = real.slice(lastSlash(real) + 1);
  if (VERSION.test(name)) return VERSION.exec(name)![0];
  return packageVersion(real) ?? await askProgram(path);
}

/** The versions that the last lines of the newest transcripts tell. */
export function readSeenVersions(folders: readonly string[], now: number): readonly string[] {
  const files = folders.flatMap(listTranscripts).flatMap((path) => {
    const at = changedAt(path);
    return at === undefined || now - at > RECENT_MS ? [] : [{ path, at }];
  }).sort((a, b) => b.at - a.at).slice(0, FILES_MAX);
  const versions = new Set<string>();
  for (const { path } of files) {
    const { version, at } = lastVersion(readTail(path)) ?? {};
    // A file that was copied or put back is newer than what stands in it.
    if (version && !(now - Date.parse(at ?? "") > RECENT_MS)) versions.add(version);
  }
  return [...versions];
}

/** A transcript begins with lines of an older client when a session was resumed or forked. */
function lastVersion(tail: string): { version: string; at: string | undefined } | undefined {
  for (const line of tail.split("\n").reverse()) {
    const { version, timestamp } = objectOf(parseValue(line));
    const [found] = VERSION.exec(textOf(version) ?? "") ?? [];
    if (found !== undefined) return { version: found, at: textOf(timestamp) };
  }
  return undefined;
}

function compareVersions(a: string, b: string): number {
  const [first, second] = [a, b].map((version) =>
    version.split(".").map((part) => parseInt(part))
  );
  for (let i = 0; i < 3; i++) {
    const difference = (first![i] || 0) - (second![i] || 0);
    if (difference !== 0) return difference;
  }
  return 0;
}

function findProgram({ get }: Environment): string | undefined {
  const windows = Deno.build.os === "windows";
  const names = windows ? ["claude.exe", "claude.cmd"] : ["claude"];
  for (const folder of (get("PATH") ?? "").split(windows ? ";" : ":").filter(Boolean)) {
    const path = names.map((name) => `${folder}/${name}`).find((path) =>
      changedAt(path) !== undefined
    );
    if (path !== undefined) return path;
  }
  return undefined;
}

function packageVersion(program: string): string | undefined {
  let folder = program;
  for (let parent = 0; parent < PARENTS_MAX; parent++) {
    folder = folder.slice(0, Math.max(0, lastSlash(folder)));
    const { name, version } = objectOf(parseValue(readText(`${folder}/package.json`)));
    if (name === "@anthropic-ai/claude-code") return textOf(version);
  }
  return undefined;
}

async function askProgram(path: string): Promise<string | undefined> {
  try {
    const { stdout } = await new Deno.Command(path, {
      args: ["--version"],
      stdin: "null",
      stderr: "null",
      signal: AbortSignal.timeout(ANSWER_WITHIN_MS),
    }).output();
    return VERSION.exec(new TextDecoder().decode(stdout).trim())?.[0];
  } catch (error) {
    // Not for this machine, or not to be run by us: then its version stays unknown.
    if (error instanceof Error) return undefined;
    throw error;
  }
}

function readText(path: string): string {
  try {
    return Deno.readTextFileSync(path);
  } catch (error) {
    if (error instanceof Error) return "";
    throw error;
  }
}

function readTail(path: string): string {
  try {
    using file = Deno.openSync(path, { read: true });
    const { size } = file.statSync();
    file.seekSync(Math.max(0, size - TAIL_BYTES), Deno.SeekMode.Start);
    const bytes = new Uint8Array(TAIL_BYTES);
    return new TextDecoder().decode(bytes.subarray(0, file.readSync(bytes) ?? 0));
  } catch (error) {
    if (error instanceof Error) return "";
    throw error;
  }
}

function changedAt(path: string): number | undefined {
  try {
    const { isFile, mtime } = Deno.statSync(path);
    return isFile ? mtime?.getTime() ?? 0 : undefined;
  } catch (error) {
    if (error instanceof Error) return undefined;
    throw error;
  }
}

function lastSlash(path: string): number {
  return Math.max(path.lastIndexOf("/"), path.lastIndexOf("\\"));
}
