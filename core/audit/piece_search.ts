/**
 * Looks for thousands of pieces of a person's own words in bytes, all at once: a hash rolls over
 * the bytes (Rabin and Karp), and whatever has the hash of a piece is compared with it.
 *
 * @module
 */

/** Every piece is that long: long enough that no two texts share one by chance. */
export const PIECE_BYTES = 24;

const MULTIPLIER = 0x01000193;
const FILTER_BITS = 24;
/** Runs of words, and of what is no ASCII, as most languages are written. */
const WORDS =
  /[A-Za-z]{2,}(?: [A-Za-z]{2,}){4,}|(?:[\u0080-\uffff]{2,}[ ,.]{0,2}){2,}|(?:\/[\w.-]{2,}){3,}/g;

/** Pieces of what stands in bytes, spread over them. */
export function samplePieces(bytes: Uint8Array, max: number): Uint8Array[] {
  const text = new TextDecoder("latin1").decode(bytes);
  const places = [...text.matchAll(WORDS)]
    .filter(({ 0: run }) => run.length >= PIECE_BYTES)
    .map(({ index }) => index);
  const step = Math.max(1, places.length / max);
  const chosen = Array.from(
    { length: Math.min(max, places.length) },
    (_, i) => places[Math.floor(i * step)]!,
  );
  return chosen.map((at) => bytes.slice(at, at + PIECE_BYTES));
}

/** Finds pieces that were told to it. */
export class PieceSearch {
  readonly #pieces = new Map<number, Uint8Array[]>();
  readonly #filter = new Uint8Array(2 ** (FILTER_BITS - 3));
  readonly #outgoing: number;
  #size = 0;

  constructor() {
    let power = 1;
    for (let i = 1; i < PIECE_BYTES; i++) power = Math.imul(power, MULTIPLIER);
    this.#outgoing = power;
  }

  /** How many different pieces are looked for. */
  get size(): number {
    return this.#size;
  }

  /** @throws {RangeError} for a piece of another length */
  add(piece: Uint8Array): void {
    if (piece.length !== PIECE_BYTES) {
      throw new RangeError(`Cannot look for a piece: it has ${piece.length} bytes`);
    }
    const hash = hashOf(piece);
    const alike = this.#pieces.get(hash) ?? [];
    if (alike.some((one) => isAt(one, piece, 0))) return;
    this.#pieces.set(hash, [...alike, piece]);
    this.#filter[slot(hash) >> 3]! |= 1 << (slot(hash) & 7);
    this.#size++;
  }

  /** Forgets the pieces that stand in these bytes: they are no one's own. */
  exclude(bytes: Uint8Array): void {
    for (const at of this.find(bytes)) {
      const piece = bytes.subarray(at, at + PIECE_BYTES);
      const hash = hashOf(piece);
      const left = (this.#pieces.get(hash) ?? []).filter((one) => !isAt(one, piece, 0));
      this.#size -= (this.#pieces.get(hash)?.length ?? 0) - left.length;
      this.#pieces.set(hash, left);
    }
  }

  /** Where pieces stand. */
  find(bytes: Uint8Array): number[] {
    const found: number[] = [];
    if (this.#size === 0) return found;
    let hash = 0;
    for (let end = 0; end < bytes.length; end++) {
      if (end >= PIECE_BYTES) {
        hash = hash - Math.imul(bytes[end - PIECE_BYTES]! + 1, this.#outgoing) | 0;
      }
      hash = Math.imul(hash, MULTIPLIER) + bytes[end]! + 1 | 0;
      const bit = slot(hash);
      if (((this.#filter[bit >> 3]! >> (bit & 7)) & 1) === 0) continue;
      const at = end - PIECE_BYTES + 1;
      if (at < 0) continue;
      if (this.#pieces.get(hash)?.some((piece) => isAt(piece, bytes, at))) found.push(at);
    }
    return found;
  }
}

function hashOf(piece: Uint8Array): number {
  let hash = 0;
  for (const byte of piece) hash = Math.imul(hash, MULTIPLIER) + byte + 1 | 0;
  return hash;
}

/** The upper bits: the lower ones hang on the last bytes alone. */
function slot(hash: number): number {
  return hash >>> (32 - FILTER_BITS);
}

function isAt(piece: Uint8Array, bytes: Uint8Array, at: number): boolean {
  return piece.every((byte, i) => bytes[at + i] === byte);
}
