/**
 * Runs the command line; nothing else.
 *
 * @module
 */

import { systemIo } from "./cli/io.ts";
import { run } from "./cli/run.ts";

if (import.meta.main) {
  // All is written; an assistant waits for hooks, and taking the runtime down takes its time.
  Deno.exit(await run(systemIo(Deno.args, (name) => Deno.env.get(name))));
}
