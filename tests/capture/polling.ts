/** Waiting for what another thread does: the system's file watch tells when it likes. */

const ROUNDS_MAX = 1000;
const ROUND_MS = 10;

/** Resolves as soon as the condition holds; throws when it does not for ten seconds. */
export async function until(condition: () => boolean, what: string): Promise<void> {
  for (let round = 0; !condition(); round++) {
    if (round >= ROUNDS_MAX) throw new Error(`Cannot go on: ${what} does not happen`);
    await new Promise((resolve) => setTimeout(resolve, ROUND_MS));
  }
}
