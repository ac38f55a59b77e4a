/** Bundles the program and its worker, so that a binary holds the code it runs and no more. */

import { stop, transform } from "esbuild";
import { takeBuiltinModules } from "./builtin_modules.ts";
import { CompileError } from "./compile_error.ts";
import { fromRoot } from "./project_root.ts";
import { runDeno } from "./run_deno.ts";

/** What the program is made of: the command line, and the thread it starts. */
export const entryPoints = ["main.ts", "pipeline/pipeline_worker.ts"] as const;

const folder = ".cache/bundle";

/**
 * The two entry points after bundling. They keep their folders; every chunk, also one that starts
 * the worker, lies beside `main.js`.
 */
export const bundled = {
  main: `${folder}/main.js`,
  worker: `${folder}/pipeline/pipeline_worker.js`,
} as const;

/**
 * Writes the bundle anew, with the versions that `deno.lock` names.
 *
 * @throws {CompileError} if the code cannot be bundled
 */
export async function bundle(env: Readonly<Record<string, string>>): Promise<void> {
  await removeFolder(fromRoot(folder));
  const { ok, stderr } = await runDeno(Deno.execPath(), [
    "bundle",
    "--platform",
    "deno",
    "--code-splitting",
    "--outdir",
    folder,
    ...entryPoints,
  ], env);
  if (!ok) throw new CompileError(`Cannot compile blueplane: ${bundleProblem(stderr)}`);
  await shorten(fromRoot(folder));
}

/**
 * Takes white space and comments out of every file below a folder: a process begins with reading
 * all of its code. Names stay, as packages tell errors by those of classes, and no syntax is
 * changed: a minifier that puts a variable's value in its place forgets that `using` disposes it.
 */
async function shorten(path: string): Promise<void> {
  try {
    for (const file of filesBelow(path)) {
      const { code } = await transform(await Deno.readTextFile(file), {
        legalComments: "none",
        minifyWhitespace: true,
        target: "esnext",
      });
      await Deno.writeTextFile(file, takeBuiltinModules(code));
    }
  } finally {
    await stop();
  }
}

function filesBelow(path: string): string[] {
  return [...Deno.readDirSync(path)].flatMap(({ name, isDirectory }) =>
    isDirectory ? filesBelow(`${path}/${name}`) : name.endsWith(".js") ? [`${path}/${name}`] : []
  );
}

/** What went wrong, in one line: the first error and the place in the code that it names. */
export function bundleProblem(stderr: string): string {
  const problem = /^error: (.+)/m.exec(stderr)?.[1] ?? "the code cannot be bundled";
  const place = /^ +at (file:\S+)/m.exec(stderr)?.[1];
  return problem.replace(/\.$/, "") + (place ? ` at ${place}` : "");
}

async function removeFolder(path: string): Promise<void> {
  try {
    await Deno.remove(path, { recursive: true });
  } catch (error) {
    if (!(error instanceof Deno.errors.NotFound)) throw error;
  }
}
