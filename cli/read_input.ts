/**
 * The input of a program that an assistant runs, read within bounds.
 *
 * @module
 */

import { LineShrinker } from "../capture/line_shrinker.ts";
import type { Io } from "./io.ts";

/** What is longer loses the middle of its long texts, as nothing of them is kept anyway. */
const INPUT_BYTES_MAX = 8 * 1024 * 1024;
/** Whoever called has long given up then. */
const INPUT_WITHIN_MS = 5000;

/** All that is piped in, or what of it came in time. */
export async function readInput({ stdin, clock }: Io): Promise<Uint8Array> {
  const pieces = stdin()[Symbol.asyncIterator]();
  const ended = new AbortController();
  const late = clock.sleep(INPUT_WITHIN_MS, ended.signal).then(() => undefined);
  const input = new Input();
  try {
    for (;;) {
      const next = await Promise.race([pieces.next(), late]);
      if (!next || next.done) return input.finish();
      input.push(next.value);
    }
  } finally {
    ended.abort();
    // Not waited for: who gives nothing does not hear of it, either.
    void pieces.return?.();
  }
}

/** Pieces in one, as long as they are not too many bytes. */
class Input {
  readonly #pieces: Uint8Array[] = [];
  #size = 0;
  #shrinker: LineShrinker | undefined;

  push(piece: Uint8Array): void {
    this.#size += piece.length;
    if (this.#shrinker) return this.#shrinker.push(piece);
    this.#pieces.push(piece);
    if (this.#size <= INPUT_BYTES_MAX) return;
    this.#shrinker = new LineShrinker(INPUT_BYTES_MAX);
    for (const earlier of this.#pieces) this.#shrinker.push(earlier);
  }

  finish(): Uint8Array {
    if (this.#shrinker) return this.#shrinker.finish();
    const all = new Uint8Array(this.#size);
    let at = 0;
    for (const piece of this.#pieces) {
      all.set(piece, at);
      at += piece.length;
    }
    return all;
  }
}
