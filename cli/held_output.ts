/**
 * Output that waits, for who may not be kept waiting by whoever reads it.
 *
 * @module
 */

import type { TextOutput } from "./io.ts";

/** A stream that can be held back: what is written meanwhile comes when it is released. */
export class HeldOutput implements TextOutput, Disposable {
  readonly #output: TextOutput;
  #texts: string[] | undefined;

  constructor(output: TextOutput) {
    this.#output = output;
  }

  get isHeld(): boolean {
    return this.#texts !== undefined;
  }

  get isTerminal(): boolean {
    return this.#output.isTerminal;
  }

  columns(): number {
    return this.#output.columns();
  }

  rows(): number {
    return this.#output.rows();
  }

  isBroken(): boolean {
    return this.#output.isBroken();
  }

  write(text: string): void {
    if (this.#texts) this.#texts.push(text);
    else this.#output.write(text);
  }

  /** Holds back from now on. */
  hold(): void {
    this.#texts ??= [];
  }

  /** Writes what was held back. @throws {Error} when results cannot be written */
  release(): void {
    const texts = this.#texts ?? [];
    this.#texts = undefined;
    for (const text of texts) this.#output.write(text);
  }

  [Symbol.dispose](): void {
    this.release();
  }
}
