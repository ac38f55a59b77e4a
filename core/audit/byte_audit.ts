/**
 * Looks at bytes, a chunk at a time: for what looks private, and for what a person wrote.
 *
 * @module
 */

import type { Findings } from "./audit.ts";
import { PIECE_BYTES, type PieceSearch } from "./piece_search.ts";
import { findPrivate, type PrivateKind } from "./private_patterns.ts";

/** What is looked for. */
export interface Wanted {
  /** Pieces of a person's own words. */
  readonly pieces: PieceSearch;
  /** Texts that somebody asked for. */
  readonly texts: readonly string[];
}

/** How every error of the program's own begins: dead letters hold them. */
const OWN_ERROR = /Cannot [a-z]+ /;
const CHUNK_BYTES = 1 << 20;
/** What stands across two chunks is seen in the second, if it is no longer than that. */
const OVERLAP_BYTES = 4096;

/** Everything that bytes are held to. */
export class ByteAudit {
  readonly #wanted: Wanted;
  readonly #texts: readonly string[];
  readonly #findings: Findings;

  constructor(wanted: Wanted, findings: Findings) {
    this.#wanted = wanted;
    this.#findings = findings;
    const encoder = new TextEncoder(), decoder = new TextDecoder("latin1");
    this.#texts = wanted.texts.map((text) => decoder.decode(encoder.encode(text)));
  }

  /**
   * Looks at bytes.
   *
   * @param allowed texts of the program's own that may stand there
   * @param known so many of the bytes were seen at the end of those before
   */
  look(
    place: string,
    bytes: Uint8Array,
    kinds: readonly PrivateKind[],
    allowed: readonly string[] = [],
    known = 0,
  ): void {
    for (let from = known; from < bytes.length; from += CHUNK_BYTES) {
      const start = Math.max(0, from - OVERLAP_BYTES);
      const chunk = bytes.subarray(start, from + CHUNK_BYTES);
      this.#lookAt(place, chunk, from - start, { kinds, allowed });
    }
  }

  /** @param known so many bytes were seen in the chunk before */
  #lookAt(
    place: string,
    bytes: Uint8Array,
    known: number,
    { kinds, allowed }: { kinds: readonly PrivateKind[]; allowed: readonly string[] },
  ): void {
    const text = new TextDecoder("latin1").decode(bytes);
    const isNew = (at: number, length: number) => at + length > known;
    for (const { kind, at, characters } of findPrivate(text, kinds)) {
      const isOwn = () => {
        const found = text.slice(at, at + characters);
        return OWN_ERROR.test(found) || allowed.some((own) => own.includes(found));
      };
      if (isNew(at, characters) && !isOwn()) this.#findings.add(place, kind);
    }
    for (const at of this.#wanted.pieces.find(bytes)) {
      if (isNew(at, PIECE_BYTES)) this.#findings.add(place, "own_words");
    }
    for (const wanted of this.#texts) {
      for (let at = text.indexOf(wanted); at >= 0; at = text.indexOf(wanted, at + 1)) {
        if (isNew(at, wanted.length)) this.#findings.add(place, "looked_for");
      }
    }
  }
}
