/**
 * Runs the command line; nothing else.
 *
 * @module
 */

import { systemIo } from "./cli/io.ts";
import { run } from "./cli/run.ts";

if (import.meta.main) {
  Deno.exitCode = await run(systemIo(Deno.args, (name) => Deno.env.get(name)));
}
