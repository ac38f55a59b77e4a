/** Bundles the program and its worker, so that a binary holds the code it runs and no more. */

import { CompileError } from "./compile_error.ts";
import { fromRoot } from "./project_root.ts";
import { runDeno } from "./run_deno.ts";

/** What the program is made of: the command line, and the thread it starts. */
export const entryPoints = ["main.ts", "pipeline/pipeline_worker.ts"] as const;

const folder = ".cache/bundle";
/** Where the code stands before it is made small. */
const whole = ".cache/whole";

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
  // At once made small, a package that asks for a module at run time, as that of Redis, is lost.
  await write(whole, entryPoints, [], env);
  await keepDeclarations(fromRoot(whole));
  // A process begins with reading all of its code: half of it is read in half the time.
  await write(folder, entryPoints.map((path) => `${whole}/${path}`.replace(/ts$/, "js")), [
    "--minify",
  ], env);
}

async function write(
  to: string,
  from: readonly string[],
  options: readonly string[],
  env: Readonly<Record<string, string>>,
): Promise<void> {
  await removeFolder(fromRoot(to));
  const { ok, stderr } = await runDeno(Deno.execPath(), [
    "bundle",
    "--platform",
    "deno",
    "--code-splitting",
    ...options,
    "--outdir",
    to,
    ...from,
  ], env);
  if (!ok) throw new CompileError(`Cannot compile blueplane: ${bundleProblem(stderr)}`);
}

async function keepDeclarations(path: string): Promise<void> {
  for await (const { name, isDirectory } of Deno.readDir(path)) {
    const at = `${path}/${name}`;
    if (isDirectory) await keepDeclarations(at);
    else if (name.endsWith(".js")) {
      await Deno.writeTextFile(at, keptDeclarations(await Deno.readTextFile(at)));
    }
  }
}

/**
 * Code that stays what it is when it is made small: what is declared with `using` and used once
 * would be written where it is used, and never disposed of. Only the last one that a statement
 * declares is, so that each has another behind it.
 *
 * @param code as the bundler writes it: a statement ends where it began, with a semicolon
 */
export function keptDeclarations(code: string): string {
  const lines = code.split("\n");
  let end: string | undefined;
  return lines.map((line, i) => {
    const begun = /^( *)(?:await )?using [\w$]+ = /.exec(line);
    if (begun) end = begun[1]!;
    const isEnd = end !== undefined && line.endsWith(";") &&
      (begun !== null || /^[\])}]/.test(line.slice(end.length)) && line.startsWith(end));
    if (!isEnd) return line;
    end = undefined;
    return `${line.slice(0, -1)}, kept_${i} = null;`;
  }).join("\n");
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
