/**
 * A command of our own in a process of its own: what takes long does not hold up who asks for it.
 *
 * @module
 */

import type { Io } from "./io.ts";

/** How it ended. */
export interface OwnRun {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

const WITHIN_MS = 600_000;

/** Runs it to its end. */
export async function runOwnCommand(
  { program }: Pick<Io, "program">,
  words: readonly string[],
): Promise<OwnRun> {
  const [path, ...before] = program;
  const child = new Deno.Command(path!, {
    args: [...before, ...words],
    stdin: "null",
    stdout: "piped",
    stderr: "piped",
    signal: AbortSignal.timeout(WITHIN_MS),
  });
  const { code, stdout, stderr } = await child.output();
  const text = (bytes: Uint8Array) => new TextDecoder().decode(bytes);
  return { code, stdout: text(stdout), stderr: text(stderr) };
}
