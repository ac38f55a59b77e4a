/**
 * Which folder a window of Cursor's has open: `workspace.json` in the storage folder says it
 * exactly, or nothing does.
 *
 * @module
 */

import { dirname, resolve } from "node:path";
import { objectOf, textOf } from "../json_access.ts";
import type { Project, Projects } from "../project.ts";

const FOLDER = /"(path|uri)"\s*:\s*("(?:[^"\\]|\\.)*")/g;

/** The project of a storage folder; undefined where it is not told. */
export function readWorkspace(folder: string, projects: Projects): Project | undefined {
  const uri = readUri(folder);
  return uri === undefined ? undefined : projectOf(uri, projects);
}

/** The folders of a window: of a file that names several, all of them and its own. */
export function workspaceFolders(folder: string): readonly string[] {
  const uri = readUri(folder);
  const path = uri === undefined ? undefined : localPath(uri);
  if (path === undefined) return [];
  return path.endsWith(".code-workspace") ? [path, ...foldersIn(path)] : [path];
}

/** Every project that sessions in a storage folder may belong to. */
export function workspaceCandidates(folder: string, projects: Projects): readonly Project[] {
  const uri = readUri(folder);
  if (uri === undefined) return [];
  const path = folderPath(uri);
  return path === undefined ? [projectOf(uri, projects)] : projects.candidates(path);
}

/** A folder on this machine is a project like on other platforms; all else stands for itself. */
function projectOf(uri: string, projects: Projects): Project {
  const path = folderPath(uri);
  if (path !== undefined) return projects.of(path);
  // One file names several folders, and another machine's folders cannot be seen from here.
  return projects.exactly(localPath(uri) ?? uri);
}

function folderPath(uri: string): string | undefined {
  return uri.endsWith(".code-workspace") ? undefined : localPath(uri);
}

/** The path that a URI names, also one in a Linux within Windows; undefined for elsewhere. */
function localPath(uri: string): string | undefined {
  const url = URL.parse(uri);
  if (!url) return undefined;
  const path = decode(url.pathname);
  const host = decode(url.host);
  if (path === undefined || host === undefined) return undefined;
  if (url.protocol === "file:") {
    if (host !== "") return `//${host}${path}`;
    return path.replace(/^\/(?=[A-Za-z]:)/, "");
  }
  const [, distribution] = url.protocol === "vscode-remote:"
    ? /^wsl\+(.+)$/i.exec(host) ?? []
    : [];
  return distribution === undefined ? undefined : `\\\\wsl$\\${distribution}${path}`;
}

/** The file may hold comments; relative paths are so to its own folder. */
function foldersIn(path: string): string[] {
  try {
    const text = Deno.readTextFileSync(path);
    return [...text.matchAll(FOLDER)].flatMap(([, name, value]) => {
      const named = JSON.parse(value!) as string;
      const inner = name === "path" ? named : localPath(named);
      return inner === undefined ? [] : [resolve(dirname(path), inner)];
    });
  } catch (error) {
    // It is gone, or is no such file.
    if (error instanceof Error) return [];
    throw error;
  }
}

function readUri(folder: string): string | undefined {
  try {
    const json = objectOf(JSON.parse(Deno.readTextFileSync(`${folder}/workspace.json`)));
    const uri = textOf(json.folder) ?? textOf(json.workspace);
    return uri !== undefined && URL.canParse(uri) ? uri : undefined;
  } catch (error) {
    // There is none, it is being written, or it may not be read.
    if (error instanceof Error) return undefined;
    throw error;
  }
}

function decode(text: string): string | undefined {
  try {
    return decodeURIComponent(text);
  } catch (error) {
    if (!(error instanceof URIError)) throw error;
    return undefined;
  }
}
