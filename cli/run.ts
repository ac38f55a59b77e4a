/**
 * Runs what the arguments name: a hook at once, as it has the least time of all, and everything
 * else by the command table.
 *
 * @module
 */

import type { Io } from "./io.ts";

/** Runs the command. @returns its exit code */
export async function run(io: Io): Promise<number> {
  const call = hookCall(io.args);
  if (!call) return (await import("./cli.ts")).runCli(io);
  const { runHook } = await import("./commands/hook.ts");
  return await runHook(io, { home: call.home }, {}, call.platform);
}

/**
 * The call of a hook, however wrong it is: an assistant would take a complaint for words of the
 * user. Undefined for every other command, and for who asks for help.
 */
export function hookCall(
  args: readonly string[],
): { platform: string; home: string | undefined } | undefined {
  const words: string[] = [];
  let home: string | undefined;
  for (let i = 0; i < args.length; i++) {
    const arg = args[i]!;
    if (arg === "-h" || arg === "--help") return undefined;
    if (arg === "--home") home = args[++i];
    else if (arg.startsWith("--home=")) home = arg.slice("--home=".length);
    else if (!arg.startsWith("-")) words.push(arg);
  }
  const [command, platform = ""] = words;
  return command === "hook" ? { platform, home } : undefined;
}
