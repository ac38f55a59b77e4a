/**
 * Names of projects, made when something is shown to this machine's user: the working folders
 * that transcripts on disk name, by their hash. They are stored nowhere.
 *
 * @module
 */

import { parseValue } from "../../core/parse_value.ts";
import { listTranscripts } from "./locate.ts";
import type { Projects } from "../project.ts";

const HEAD_BYTES = 64 * 1024;
const FILES_A_FOLDER_MAX = 3;

/** The label of each project that transcripts in these folders may belong to, by its hash. */
export function readProjectLabels(
  folders: readonly string[],
  projects: Projects,
): ReadonlyMap<string, string> {
  const labels = new Map<string, string>();
  const named = new Set<string>();
  const looked = new Map<string, number>();
  for (const folder of folders) {
    for (const path of listTranscripts(folder)) {
      const project = path.slice(folder.length + 1).split(/[/\\]/)[0] ?? "";
      const files = looked.get(project) ?? 0;
      if (files >= FILES_A_FOLDER_MAX) continue;
      const found = workingFolders(path);
      if (found.size > 0) looked.set(project, files + 1);
      for (const cwd of found) named.add(cwd);
    }
  }
  for (const cwd of named) {
    for (const { hash, label } of projects.candidates(cwd)) labels.set(hash, label);
  }
  return labels;
}

function workingFolders(path: string): Set<string> {
  const found = new Set<string>();
  for (const [, text] of readHead(path).matchAll(/"cwd"\s*:\s*("(?:[^"\\]|\\.)*")/g)) {
    const cwd = parseValue(text!);
    // One that is badly written is none.
    if (typeof cwd === "string") found.add(cwd);
  }
  return found;
}

function readHead(path: string): string {
  try {
    using file = Deno.openSync(path, { read: true });
    const bytes = new Uint8Array(HEAD_BYTES);
    return new TextDecoder().decode(bytes.subarray(0, file.readSync(bytes) ?? 0));
  } catch (error) {
    // A transcript may vanish or be closed to us; its project then has no label.
    if (error instanceof Deno.errors.NotFound) return "";
    if (error instanceof Deno.errors.PermissionDenied) return "";
    throw error;
  }
}
