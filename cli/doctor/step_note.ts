/**
 * Says what is being examined, while that takes time: for a person at a terminal alone.
 *
 * @module
 */

import type { Io, TextOutput } from "../io.ts";
import { obeysSequences } from "../terminal_kind.ts";

const CLEAR = "\r\x1b[K";

/** One line that changes; disposing it takes it away. */
export class StepNote implements Disposable {
  readonly #output: TextOutput | undefined;
  #isShown = false;

  /** @param isWanted whether anything may be said */
  constructor(io: Pick<Io, "stderr" | "env">, isWanted: boolean) {
    this.#output = isWanted && obeysSequences(io, io.stderr) ? io.stderr : undefined;
  }

  /** Says it, in the place of what was said before. */
  say(what: string): void {
    this.#output?.write(`${CLEAR}examining ${what} …`);
    this.#isShown = true;
  }

  [Symbol.dispose](): void {
    if (this.#isShown) this.#output?.write(CLEAR);
    this.#isShown = false;
  }
}
