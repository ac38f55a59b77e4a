/**
 * Output that waits, for who may not be kept waiting by whoever reads it.
 *
 * @module
 */

import { ForwardingOutput } from "./forwarding_output.ts";

/** A stream that can be held back: what is written meanwhile comes when it is released. */
export class HeldOutput extends ForwardingOutput implements Disposable {
  #texts: string[] | undefined;

  get isHeld(): boolean {
    return this.#texts !== undefined;
  }

  override write(text: string): void {
    if (this.#texts) this.#texts.push(text);
    else super.write(text);
  }

  /** Holds back from now on. */
  hold(): void {
    this.#texts ??= [];
  }

  /** Writes what was held back. @throws {Error} when results cannot be written */
  release(): void {
    const texts = this.#texts ?? [];
    this.#texts = undefined;
    for (const text of texts) super.write(text);
  }

  [Symbol.dispose](): void {
    this.release();
  }
}
