/** Programs that read what is piped into them. */

import type { Machine, Run } from "../helpers/run_blueplane.ts";

/** Runs a program with `stdin`, in the machine's environment. */
export async function run(
  machine: Machine,
  program: string,
  args: readonly string[],
  stdin: string | Uint8Array,
): Promise<Run> {
  const child = new Deno.Command(program, {
    args: [...args],
    clearEnv: true,
    env: { ...machine.env },
    stdin: "piped",
    stdout: "piped",
    stderr: "piped",
  }).spawn();
  const writer = child.stdin.getWriter();
  const bytes = typeof stdin === "string" ? new TextEncoder().encode(stdin) : stdin;
  await writer.write(bytes).then(() => writer.close()).catch((error) => {
    // It went before it had read all.
    if (!(error instanceof Deno.errors.BrokenPipe)) throw error;
  });
  const { code, stdout, stderr } = await child.output();
  const text = (bytes: Uint8Array) => new TextDecoder().decode(bytes);
  return { code, stdout: text(stdout), stderr: text(stderr) };
}
