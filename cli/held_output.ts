/**
 * Output that waits, for who may not be kept waiting by whoever reads it.
 *
 * @module
 */

import type { TextOutput } from "./io.ts";

/** Keeps what is written to it, until it may go on to `output`. */
export class HeldOutput implements TextOutput {
  readonly #output: TextOutput;
  #texts: string[] = [];

  constructor(output: TextOutput) {
    this.#output = output;
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
    this.#texts.push(text);
  }

  /** Writes what was kept. @throws {Error} when results cannot be written */
  release(): void {
    const texts = this.#texts;
    this.#texts = [];
    for (const text of texts) this.#output.write(text);
  }
}
