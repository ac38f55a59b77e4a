/**
 * Finds transcripts below Claude Code's folders: `projects/<slug>/<session>.jsonl`, older
 * `agent-<id>.jsonl` beside it, and all that lies below `<session>/subagents/`.
 *
 * @module
 */

import { isDenied, isMissing } from "../../core/if_there.ts";
import type { Environment, Root } from "../platform.ts";

const DEPTH_MAX = 8;
const JOURNAL = "journal.jsonl";

/** `CLAUDE_CONFIG_DIR` is a list and replaces the defaults. */
export function configFolders({ home, get }: Environment): readonly Root[] {
  const named = get("CLAUDE_CONFIG_DIR")?.split(",").map((path) => path.trim()).filter(Boolean);
  if (named?.length) {
    return named.map((path) => ({ path: path.replace(/^~(?=[/\\]|$)/, home), named: true }));
  }
  const config = get("XDG_CONFIG_HOME") || `${home}/.config`;
  return [`${home}/.claude`, `${config}/claude`].map((path) => ({ path, named: false }));
}

/**
 * The `projects` folders that exist, each real folder once; in the place of those that may not be
 * looked for the folder in which they would be.
 */
export function projectsFolders(roots: readonly Root[]): readonly string[] {
  const found = new Map<string, string>();
  for (const { path } of roots) {
    for (const folder of [join(path, "projects"), ...(isProjects(path) ? [path] : [])]) {
      const real = realFolder(folder, path);
      if (real !== undefined && !found.has(real)) found.set(real, real === path ? path : folder);
    }
  }
  return [...found.values()];
}

/** Whether a path has the shape of a transcript's. */
export function isTranscript(path: string): boolean {
  return path.endsWith(".jsonl") &&
    !/[/\\]((memory|tool-results)[/\\].*|journal)\.jsonl$/.test(path);
}

/**
 * Every transcript below a `projects` folder. That may be a link itself; links below it are not
 * followed, as they could lead anywhere.
 */
export function listTranscripts(folder: string): string[] {
  return listFolder(folder).files;
}

/** The same, and which folders below it, or itself, may not be read. */
export function listFolder(folder: string): { files: string[]; denied: string[] } {
  const files: string[] = [], denied: string[] = [];
  addTranscripts({ transcripts: files, denied }, folder, 0);
  return { files, denied };
}

/** Links below a `projects` folder behind which transcripts may be: to a folder, or to one. */
export function listLinks(folder: string): string[] {
  const found: string[] = [];
  addTranscripts({ links: found }, folder, 0);
  return found;
}

/** Gets what is found; what it has no list for is not looked at. */
interface Found {
  readonly transcripts?: string[];
  readonly links?: string[];
  readonly denied?: string[];
}

/** Every report waits for thousands of them: what is the same for a folder is asked once. */
function addTranscripts(found: Found, folder: string, depth: number): void {
  const before = join(folder, ""), holds = isTranscript(`${before}any.jsonl`);
  for (const { name, isFile, isDirectory, isSymlink } of entriesOf(folder, found.denied)) {
    const path = before + name;
    const isNamedSo = holds && name.endsWith(".jsonl") && name !== JOURNAL;
    if (isFile) {
      if (isNamedSo) found.transcripts?.push(path);
    } else if (isSymlink) {
      if (found.links && (isNamedSo || realFolder(path, path) !== undefined)) {
        found.links.push(path);
      }
    } else if (isDirectory && depth < DEPTH_MAX && holdsTranscripts(name, depth)) {
      addTranscripts(found, path, depth + 1);
    }
  }
}

/** Tool results, memory and the like hold content and no transcripts. */
function holdsTranscripts(name: string, depth: number): boolean {
  return depth < 2 ? name !== "memory" : name !== "tool-results";
}

function entriesOf(folder: string, denied: string[] = []): Deno.DirEntry[] {
  try {
    return [...Deno.readDirSync(folder)];
  } catch (error) {
    // A folder may vanish while its parent is listed, or belong to someone else.
    if (isDenied(error)) denied.push(folder);
    else if (!isNone(error)) throw error;
    return [];
  }
}

/** @param ifDenied what stands for one that may not be looked at */
function realFolder(path: string, ifDenied: string): string | undefined {
  try {
    return Deno.statSync(path).isDirectory ? Deno.realPathSync(path) : undefined;
  } catch (error) {
    if (isDenied(error)) return ifDenied;
    if (isNone(error)) return undefined;
    throw error;
  }
}

function isNone(error: unknown): boolean {
  return isMissing(error) || error instanceof Deno.errors.FilesystemLoop;
}

function isProjects(path: string): boolean {
  return /(^|[/\\])projects[/\\]?$/.test(path);
}

function join(folder: string, name: string): string {
  return folder.endsWith("/") || folder.endsWith("\\") ? folder + name : `${folder}/${name}`;
}
