/**
 * Tells the user of what is tried again, and that it goes on: each once.
 *
 * @module
 */

import type { Io } from "./io.ts";

/** What may have trouble of its own, each ended by its own next success. */
export type Work =
  | "reading"
  | "storing"
  | "storing exports"
  | "taking up prices"
  | "writing the live picture";

/** Several may meet the same trouble, as reader and writer do; it is told once. */
export class Trouble {
  readonly #io: Io;
  readonly #signal: AbortSignal;
  /** What stops each, the one that has lasted longest first. */
  readonly #texts = new Map<Work, string>();

  /** @param signal nothing is told once it is aborted */
  constructor(io: Io, signal: AbortSignal) {
    this.#io = io;
    this.#signal = signal;
  }

  /** All that stops any work now, in our own words; undefined when nothing does. */
  get current(): string | undefined {
    // Those of the system may hold a path.
    const own = [...this.#texts.values()].filter((text) => text.startsWith("Cannot "));
    return own.length === 0 ? undefined : [...new Set(own)].join("; ");
  }

  /** Says what is wrong, if that is not known. */
  tell(work: Work, error: unknown): void {
    const text = textOf(error);
    if (this.#signal.aborted || this.#texts.get(work) === text) return;
    const isKnown = this.#has(text);
    this.#texts.set(work, text);
    if (!isKnown) this.#io.stderr.write(`warning: ${text}\n`);
  }

  /** Says that the work goes on, if it had trouble and no other has the same still. */
  end(work: Work): void {
    const text = this.#texts.get(work);
    if (text === undefined) return;
    this.#texts.delete(work);
    if (!this.#has(text)) this.#io.stderr.write(`note: ${work} goes on\n`);
  }

  #has(text: string): boolean {
    return this.#texts.values().some((other) => other === text);
  }
}

/** What an error says. */
export function textOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
