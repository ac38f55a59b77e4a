/**
 * Runs what the arguments name: what an assistant waits for at once, as it has the least time of
 * all, and everything else by the command table.
 *
 * @module
 */

import type { Io } from "./io.ts";
import { RIGHTS } from "./rights.ts";
import { VERSION } from "./version.ts";

/** What an assistant runs. */
const CALLED = ["hook", "statusline"] as const;

/** A call by an assistant: of a hook with the platform that it names. */
export interface AssistantCall {
  readonly command: typeof CALLED[number];
  readonly platform: string;
  readonly home: string | undefined;
}

/** Runs the command. @returns its exit code */
export async function run(io: Io): Promise<number> {
  try {
    return await runCalled(io);
  } catch (error) {
    // As a rule commands tell of their own; the overview and the version have nobody else.
    return (await import("./exit.ts")).tellError(io, error);
  }
}

async function runCalled(io: Io): Promise<number> {
  // What scripts ask before anything else: its answer needs no command.
  if (io.args.length === 1 && io.args[0] === "--version") {
    io.stdout.write(`${VERSION}\n`);
    return 0;
  }
  const call = assistantCall(io.args);
  if (!call) return (await import("./cli.ts")).runCli(io);
  io.giveUp(RIGHTS);
  if (call.command === "statusline") {
    return await (await import("./commands/statusline.ts")).runStatusline(io, call);
  }
  const { runHook } = await import("./commands/hook.ts");
  return await runHook(io, call, {}, call.platform);
}

/**
 * The call by an assistant, however wrong it is: that would take a complaint for words of the
 * user. Undefined for every other command, and for who asks for help.
 */
export function assistantCall(args: readonly string[]): AssistantCall | undefined {
  const words: string[] = [];
  let home: string | undefined;
  for (let i = 0; i < args.length; i++) {
    const arg = args[i]!;
    if (arg === "-h" || arg === "--help") return undefined;
    if (arg === "--home") home = args[++i];
    else if (arg.startsWith("--home=")) home = arg.slice("--home=".length);
    else if (!arg.startsWith("-")) words.push(arg);
  }
  const [named, platform = ""] = words;
  const command = CALLED.find((name) => name === named);
  return command && { command, platform, home };
}
