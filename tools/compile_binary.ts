/** Makes one binary out of the bundle. */

import { bundled } from "./bundle.ts";
import { CompileError } from "./compile_error.ts";
import { fromRoot } from "./project_root.ts";
import { runDeno } from "./run_deno.ts";
import { outputPath, type Target } from "./target.ts";

/**
 * Compiles the bundle with the Deno that `DENO_COMPILE` names, or else the one that runs this.
 * Returns the path of the binary within the project.
 *
 * @throws {CompileError} if it cannot be compiled, or its runtime cannot be had
 */
export async function compileBinary(
  env: Readonly<Record<string, string>>,
  target?: Target,
): Promise<string> {
  if (env.DENORT_BIN && target && target !== Deno.build.target) {
    // Deno would put this platform's runtime into the other platform's binary, and say nothing.
    throw new CompileError(
      `Cannot compile blueplane: DENORT_BIN is no runtime for ${target}: unset it`,
    );
  }
  await Deno.mkdir(fromRoot("dist"), { recursive: true });
  const compiler = env.DENO_COMPILE || Deno.execPath();
  const { ok, stderr } = await runCompiler(compiler, compileArguments(target), env);
  if (!ok) throw new CompileError(`Cannot compile blueplane: ${compileProblem(stderr)}`);
  return outputPath(target);
}

async function runCompiler(
  compiler: string,
  args: readonly string[],
  env: Readonly<Record<string, string>>,
) {
  try {
    return await runDeno(compiler, args, env);
  } catch (error) {
    if (!(error instanceof Deno.errors.NotFound)) throw error;
    throw new CompileError(`Cannot compile blueplane: there is no compiler at ${compiler}`);
  }
}

/** How a binary is made, whatever it is made of: what it may do, too. */
export const compileFlags: readonly string[] = [
  // The bundle needs neither; with them, every package of the lock file would be embedded.
  "--no-config",
  "--no-lock",
  "--no-check",
  // It would be read back from the shared temporary folder, where others can write.
  "--no-code-cache",
  // With less, SQLite may not write a file anew; what is not needed is given up later.
  "--allow-all",
  // What was given up is not to be asked for at a terminal.
  "--no-prompt",
];

/** The arguments of Deno that make a binary of the bundle. */
export function compileArguments(target?: Target): string[] {
  return [
    "compile",
    ...compileFlags,
    "--include",
    bundled.worker,
    ...(target ? ["--target", target] : []),
    "--output",
    outputPath(target),
    bundled.main,
  ];
}

/** What went wrong, in one line, out of what `deno compile` wrote. */
export function compileProblem(stderr: string): string {
  const missing = /Could not find denort at '(.*)'/.exec(stderr)?.[1];
  if (missing !== undefined) return `there is no runtime at ${missing}`;
  const download = /^Download https?:\/\/([^/\s]+)\S*\/(denort-\S+)$/m.exec(stderr);
  if (download && /Setting up base binary/.test(stderr)) {
    const [, host, file] = download;
    return `the runtime ${file} cannot be downloaded from ${host}`;
  }
  const [, problem = "deno compile failed"] = /^error: (.+)/m.exec(stderr) ?? [];
  const causes = /^Caused by:\n((?: +.*\n)+)/m.exec(stderr)?.[1]?.trimEnd().split("\n") ?? [];
  const cause = causes.at(-1)?.replace(/^ *(\d+: )?/, "");
  return [problem, cause].filter(Boolean).join(": ").replace(/\.$/, "");
}
