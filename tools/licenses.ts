/** Finds the packages that a binary is made of, and what their authors ask to be told. */

import { entryPoints } from "./bundle.ts";
import { CompileError } from "./compile_error.ts";
import { runDeno } from "./run_deno.ts";

/** A package as `deno info --json` shows it; `localPath` is its folder in the cache. */
export interface Package {
  readonly name: string;
  readonly version: string;
  readonly dependencies: readonly string[];
  readonly localPath?: string;
}

/** What `deno info --json` says about one entry point, as far as it is used here. */
export interface ModuleGraph {
  readonly modules: readonly { readonly npmPackage?: string }[];
  readonly npmPackages: Readonly<Record<string, Package>>;
}

/** A package's licence: its short name, and the text of the files that go with it. */
export interface Notice {
  readonly name: string;
  readonly version: string;
  readonly license: string;
  readonly text: string;
}

/** Where packages are used: by the program, and by what makes the price table of one's data. */
const users = [...entryPoints, "tools/prices.ts"] as const;

/**
 * All packages that the program may run or holds data of, by name.
 *
 * @throws {CompileError} if Deno cannot read the program
 */
export async function packagesInUse(env: Readonly<Record<string, string>>): Promise<Package[]> {
  const graphs = await Promise.all(users.map(async (entryPoint) => {
    const args = ["info", "--json", entryPoint];
    const { ok, stdout, stderr } = await runDeno(Deno.execPath(), args, env);
    if (!ok) {
      const problem = stderr.split("\n", 1)[0];
      throw new CompileError(`Cannot list the packages of ${entryPoint}: ${problem}`);
    }
    return JSON.parse(stdout) as ModuleGraph;
  }));
  return packagesOf(graphs);
}

/** The packages that the graphs' modules import, and those that these depend on, by name. */
export function packagesOf(graphs: readonly ModuleGraph[]): Package[] {
  const found = new Map<string, Package>();
  for (const { modules, npmPackages } of graphs) {
    const open = modules.flatMap(({ npmPackage }) => npmPackage ?? []);
    const seen = new Set<string>();
    for (let id = open.pop(); id !== undefined; id = open.pop()) {
      const known = npmPackages[id];
      if (!known || seen.has(id)) continue;
      seen.add(id);
      found.set(`${known.name}@${known.version}`, known);
      open.push(...known.dependencies);
    }
  }
  return [...found.keys()].sort().map((key) => found.get(key)!);
}

/** Reads the licence of each package from its folder. */
export function readNotices(packages: readonly Package[]): Notice[] {
  return packages.map(({ name, version, localPath }) => {
    const files = localPath === undefined ? [] : [...Deno.readDirSync(localPath)];
    const text = files
      .filter((file) => file.isFile && /^(licen[cs]e|copying|notice)\b/i.test(file.name))
      .map((file) => Deno.readTextFileSync(`${localPath}/${file.name}`).trim())
      .sort()
      .join("\n\n");
    return { name, version, license: licenseName(localPath), text };
  });
}

function licenseName(folder: string | undefined): string {
  if (folder === undefined) return "unknown";
  const { license, licenses } = JSON.parse(Deno.readTextFileSync(`${folder}/package.json`));
  // Old packages have an object, or a list of objects, where a name belongs.
  const named = [license ?? licenses ?? "unknown"].flat().map((entry) => entry.type ?? entry);
  return named.join(" OR ");
}
