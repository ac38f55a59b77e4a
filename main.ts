/**
 * Runs the command line; nothing else.
 *
 * @module
 */

import { runCli } from "./cli/cli.ts";
import { systemIo } from "./cli/io.ts";

if (import.meta.main) {
  Deno.exitCode = await runCli(systemIo(Deno.args, (name) => Deno.env.get(name)));
}
