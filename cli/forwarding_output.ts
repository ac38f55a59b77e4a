/**
 * A stream in front of another one, for those that change some of what is written.
 *
 * @module
 */

import type { TextOutput } from "./io.ts";

/** Is and does what the stream behind it is and does. */
export class ForwardingOutput implements TextOutput {
  readonly #output: TextOutput;

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
    this.#output.write(text);
  }
}
