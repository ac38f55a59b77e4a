/** Kills a process that may have ended by itself. */

/**
 * Sends a signal, unless nobody is left to get it: a process can end at any moment, also long
 * before the last of what it wrote is read.
 */
export function killIfThere(process: Deno.ChildProcess, signal: Deno.Signal = "SIGKILL"): void {
  try {
    process.kill(signal);
  } catch (error) {
    if (!(error instanceof TypeError || error instanceof Deno.errors.NotFound)) throw error;
  }
}
