/** Makes `dist/blueplane`: `deno task compile [--target T]`. */

import { bundle } from "./bundle.ts";
import { compileBinary } from "./compile_binary.ts";
import { CompileError } from "./compile_error.ts";
import { parseTarget, type Target } from "./target.ts";

/** Makes one binary and returns the exit code: 1 if there is none, 2 if the options are bad. */
export async function compile(
  args: string[],
  env: Readonly<Record<string, string>>,
): Promise<number> {
  let target: Target | undefined;
  try {
    target = parseTarget(args);
  } catch (error) {
    if (!(error instanceof TypeError)) throw error;
    console.error(`error: ${error.message}`);
    return 2;
  }
  try {
    await bundle(env);
    console.log(await compileBinary(env, target));
    return 0;
  } catch (error) {
    if (!(error instanceof CompileError)) throw error;
    console.error(`error: ${error.message}`);
    return 1;
  }
}

if (import.meta.main) Deno.exit(await compile(Deno.args, Deno.env.toObject()));
