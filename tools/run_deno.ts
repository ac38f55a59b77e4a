/** Runs Deno as a child process and keeps what it says. */

import { fromRoot } from "./project_root.ts";

/** How a run ended: whether it went well, and all it wrote to each stream, without colours. */
export interface Outcome {
  readonly ok: boolean;
  readonly stdout: string;
  readonly stderr: string;
}

/**
 * Runs a Deno program in the project's folder, with nothing but `env` in its environment. It
 * trusts the system's certificates as well as its own, unless `env` says otherwise.
 *
 * @throws {Deno.errors.NotFound} if there is no such program
 */
export async function runDeno(
  program: string,
  args: readonly string[],
  env: Readonly<Record<string, string>>,
): Promise<Outcome> {
  const { success, stdout, stderr } = await new Deno.Command(program, {
    args: [...args],
    clearEnv: true,
    cwd: fromRoot("."),
    env: { DENO_TLS_CA_STORE: "system,mozilla", ...env, NO_COLOR: "1" },
    stdin: "null",
    stdout: "piped",
    stderr: "piped",
  }).output();
  const decoder = new TextDecoder();
  return { ok: success, stdout: decoder.decode(stdout), stderr: decoder.decode(stderr) };
}
