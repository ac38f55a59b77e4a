/** The rule `import-direction`: imports point down and stay out of private folders. */

import { visitImports } from "./imports.ts";
import { folderOf, isTestOrTool, isWithin, placeOf, resolveFrom, topFolder } from "./place.ts";

const faces = ["capture", "pipeline", "web", "mcp"];

/** For each top folder, `""` being main.ts: the other top folders it may import from. */
const below: Readonly<Record<string, readonly string[]>> = {
  "": ["cli"],
  cli: [...faces, "core"],
  ...Object.fromEntries(faces.map((face) => [face, ["core"]])),
  core: [],
};

/** Sub-folders that outsiders may import from: how the faces ask for numbers. */
const openFolders: Readonly<Record<string, readonly string[]>> = {
  "core/reports": ["cli", "web", "mcp"],
};

/** Reports imports that go up, sideways, or into another folder's sub-folder. */
export function importDirection(context: Deno.lint.RuleContext): Deno.lint.LintVisitor {
  const from = placeOf(context.filename);
  if (isTestOrTool(from)) return {};
  return visitImports(({ node, specifier }) => {
    if (!/^\.\.?\//.test(specifier)) return;
    const message = directionProblem(from, resolveFrom(from, specifier));
    if (message) context.report({ node, message });
  });
}

function directionProblem(from: string, to: string): string | undefined {
  const [source, target] = [topFolder(from), topFolder(to)];
  if (isTestOrTool(to)) return `${to} is for tests and tools only: move what you need into core/`;
  if (target === "" && /\.[jt]sx?$/.test(to)) {
    return `Nothing imports ${to}: move what you need into the folder below`;
  }
  // deno.json, LICENSE and the like are data, open to all.
  if (target === "") return undefined;
  if (source !== target && !below[source]?.includes(target)) {
    const allowed = below[source]?.map((folder) => `${folder}/`).join(", ") || "no other folder";
    return `${source || "main.ts"} must not import ${target}/ (it may import ${allowed}): ` +
      `move the shared part down into core/, or pass the value in from cli/`;
  }
  return privacyProblem(from, to);
}

function privacyProblem(from: string, to: string): string | undefined {
  const folder = folderOf(to);
  const owner = folderOf(folder);
  if (folder === topFolder(to) || openFolders[folder]?.includes(topFolder(from))) {
    return undefined;
  }
  if (!isWithin(from, owner)) {
    return `${folder}/ is private to ${owner}/: ask a file at the top level of ${owner}/ instead`;
  }
  const isPlatform = owner === "capture" && folderOf(from) !== owner;
  if (isPlatform && !isWithin(from, folder)) {
    return `A platform must not import another one: move the shared part up into capture/`;
  }
  return undefined;
}
