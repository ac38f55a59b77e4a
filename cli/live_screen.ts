/**
 * A screen of its own in the terminal, of which only those lines are drawn that changed.
 *
 * @module
 */

import type { TextOutput } from "./io.ts";

/** The other screen buffer, without a cursor and without lines that wrap. */
const OPEN = "\x1b[?1049h\x1b[?25l\x1b[?7l";
const CLOSE = "\x1b[?7h\x1b[?25h\x1b[?1049l";
const CLEAR = "\x1b[2J";

/** The room that lines were made for. */
export interface ScreenSize {
  readonly columns: number;
  readonly rows: number;
}

/** Holds the terminal until it is disposed; then all is as it was before. */
export class LiveScreen implements Disposable {
  readonly #output: TextOutput;
  #size = "";
  #isClosed = false;
  #isLeft = false;
  #shown: readonly string[] = [];

  constructor(output: TextOutput) {
    this.#output = output;
    output.write(OPEN);
  }

  /**
   * Shows these lines, from the top; each must fit into a row. Lines made for another size than
   * that of the terminal, as it changed meanwhile, are mended by the next draw.
   */
  draw(lines: readonly string[], { columns, rows }: ScreenSize): void {
    if (this.#isClosed || this.#isLeft) return;
    const size = `${columns}x${rows}`;
    let text = "";
    if (size !== this.#size) {
      // The terminal has moved its lines by itself.
      text += CLEAR;
      this.#shown = [];
    }
    for (let i = 0; i < Math.max(lines.length, this.#shown.length); i++) {
      const line = lines[i] ?? "";
      // The row is emptied first: behind a line that fills it that would take the last sign.
      if (line !== (this.#shown[i] ?? "")) text += `\x1b[${i + 1};1H\x1b[K${line}`;
    }
    if (text !== "") this.#output.write(text);
    this.#size = size;
    this.#shown = lines;
  }

  /** Gives the terminal back for now. */
  leave(): void {
    if (this.#isClosed || this.#isLeft) return;
    this.#isLeft = true;
    this.#output.write(CLOSE);
  }

  /** Takes the terminal again, whatever was done to it, and draws all anew. */
  take(): void {
    if (this.#isClosed) return;
    this.#isLeft = false;
    const rows = this.#shown.map((line, i) => `\x1b[${i + 1};1H${line}`);
    this.#output.write(OPEN + CLEAR + rows.join(""));
  }

  [Symbol.dispose](): void {
    this.leave();
    this.#isClosed = true;
  }
}
