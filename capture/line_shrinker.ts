/**
 * Makes a huge line of JSON small while it is read: every text keeps only how it begins. Ids,
 * numbers and structure stay, so the line is still counted; sizes of cut texts are lower bounds.
 *
 * @module
 */

const TEXT_BYTES_MAX = 4096;
const QUOTE = 34;
const BACKSLASH = 92;
const LETTER_U = 117;

/** Takes a line in pieces and gives it back shrunk. */
export class LineShrinker {
  readonly #sizeMax: number;
  #out = new Uint8Array(64 * 1024);
  #size = 0;
  #inText = false;
  #textBytes = 0;
  /** Bytes left of an escape: a text is never cut inside one. */
  #escape = 0;
  #fresh = false;
  #cutting = false;

  /** @param sizeMax bytes after which a line is given up and comes out empty */
  constructor(sizeMax: number) {
    this.#sizeMax = sizeMax;
  }

  /** Takes the next piece. */
  push(piece: Uint8Array): void {
    if (this.#size > this.#sizeMax) return;
    for (const byte of piece) {
      if (!this.#inText) {
        this.#inText = byte === QUOTE;
        this.#textBytes = 0;
        this.#put(byte);
      } else {
        this.#inside(byte);
      }
    }
  }

  /** The shrunk line. */
  finish(): Uint8Array {
    return this.#size > this.#sizeMax ? new Uint8Array() : this.#out.subarray(0, this.#size);
  }

  #inside(byte: number): void {
    if (this.#escape > 0) {
      // The byte behind a backslash may open a \uXXXX with four more.
      this.#escape += this.#escape === 1 && byte === LETTER_U && this.#fresh ? 4 : 0;
      this.#fresh = false;
      this.#escape--;
      if (!this.#cutting) this.#put(byte);
      return;
    }
    if (byte === QUOTE) {
      this.#inText = false;
      this.#cutting = false;
      this.#put(byte);
      return;
    }
    if (this.#textBytes >= TEXT_BYTES_MAX) this.#cutting = true;
    if (byte === BACKSLASH) {
      this.#escape = 1;
      this.#fresh = true;
    }
    this.#textBytes++;
    if (!this.#cutting) this.#put(byte);
  }

  #put(byte: number): void {
    if (this.#size === this.#out.length) {
      const larger = new Uint8Array(this.#out.length * 2);
      larger.set(this.#out);
      this.#out = larger;
    }
    this.#out[this.#size++] = byte;
  }
}
