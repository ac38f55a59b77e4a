/**
 * Which repository a folder on this machine belongs to: looks at `.git` and at nothing else.
 *
 * @module
 */

import { resolve } from "node:path";
import { cleanPath, foldersUpward, isWide } from "./folder_path.ts";

const GIT_FILE_BYTES = 4096;

/**
 * The root of the repository around a folder, that of its main working copy if the folder is in
 * a linked one; undefined when there is none, or when it is nowhere to be seen from here.
 *
 * @param clean a path as {@linkcode cleanPath} gives it
 * @param home the user's home folder, which is no project for a repository of dotfiles in it
 */
export function findRepository(clean: string, home: string): string | undefined {
  if (nativePath(clean) === undefined) return undefined;
  for (const folder of foldersUpward(clean, home)) {
    const root = repositoryAt(folder);
    if (root !== undefined) return isWide(root, home) ? undefined : root;
  }
  return undefined;
}

function repositoryAt(folder: string): string | undefined {
  const native = nativePath(folder)!;
  try {
    const stat = Deno.statSync(`${native}/.git`);
    if (stat.isDirectory) return folder;
    if (!stat.isFile) return undefined;
    const gitFolder = /^gitdir:\s*(.+?)\s*$/m.exec(readStart(`${native}/.git`))?.[1];
    return gitFolder === undefined ? undefined : mainOf(folder, native, gitFolder);
  } catch (error) {
    // Whatever keeps us from seeing a repository: then there is none to be seen.
    if (!(error instanceof Error)) throw error;
    return undefined;
  }
}

/** A submodule is a repository of its own; a worktree belongs to the one that it was made from. */
function mainOf(folder: string, native: string, gitFolder: string): string {
  const foreign = /^[A-Za-z]:[\\/]/.test(gitFolder) && Deno.build.os !== "windows";
  const path = cleanPath(foreign ? gitFolder : resolve(native, gitFolder));
  const common = /^(.+)\/worktrees\/[^/]+$/.exec(path)?.[1];
  if (common === undefined || path.includes("/.git/modules/")) return folder;
  // A bare repository stands for itself, unless it hides in the folder of its worktrees.
  const cut = common.lastIndexOf("/");
  return common[cut + 1] === "." && cut > 0 ? common.slice(0, cut) : common;
}

/** Where a folder would be on this system; undefined for one of another system, or of a share. */
function nativePath(clean: string): string | undefined {
  const drive = /^([a-z]):(.*)$/.exec(clean);
  if (Deno.build.os === "windows") return drive ? clean : undefined;
  // What Windows calls a drive is there, if it is, where WSL has it.
  if (drive) return Deno.build.os === "linux" ? `/mnt/${drive[1]}${drive[2]}` : undefined;
  return /^\/(?!\/)/.test(clean) ? clean : undefined;
}

function readStart(path: string): string {
  using file = Deno.openSync(path, { read: true });
  const bytes = new Uint8Array(GIT_FILE_BYTES);
  return new TextDecoder().decode(bytes.subarray(0, file.readSync(bytes) ?? 0));
}
