/**
 * Tells the user of what is tried again, and that it goes on: each once.
 *
 * @module
 */

import type { Io } from "./io.ts";

/** Reader and writer may meet the same trouble; it is told once. */
export class Trouble {
  readonly #io: Io;
  readonly #signal: AbortSignal;
  #told = "";

  /** @param signal nothing is told once it is aborted */
  constructor(io: Io, signal: AbortSignal) {
    this.#io = io;
    this.#signal = signal;
  }

  /** What stops the reading now, in our own words; undefined when nothing does. */
  get current(): string | undefined {
    // Those of the system may hold a path.
    return this.#told.startsWith("Cannot ") ? this.#told : undefined;
  }

  /** Says what is wrong, if that is not what was said last. */
  tell(error: unknown): void {
    const text = textOf(error);
    if (this.#signal.aborted || text === this.#told) return;
    this.#told = text;
    this.#io.stderr.write(`warning: ${text}\n`);
  }

  /** Says that reading goes on, if anything was told. */
  end(): void {
    if (this.#told === "") return;
    this.#told = "";
    this.#io.stderr.write("note: reading goes on\n");
  }
}

/** What an error says. */
export function textOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
