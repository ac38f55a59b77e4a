/**
 * Waits for work that may be left alone.
 *
 * @module
 */

/**
 * What the work gives, or undefined once the signal is aborted; then nobody hears any more how
 * the work ends. Nothing is left on a signal that outlives the work.
 */
export function untilAborted<T>(
  work: Promise<T>,
  signal: AbortSignal,
): Promise<T | undefined> {
  return new Promise((resolve, reject) => {
    const leave = () => resolve(undefined);
    const settle = (act: () => void) => {
      signal.removeEventListener("abort", leave);
      act();
    };
    work.then((given) => settle(() => resolve(given)), (error) => settle(() => reject(error)));
    if (signal.aborted) leave();
    else signal.addEventListener("abort", leave, { once: true });
  });
}
