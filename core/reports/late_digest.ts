/**
 * A digest that keeps its texts and reads them when it is asked: of thousands, the numbers take
 * ten times the room.
 *
 * @module
 */

import { type Digest, emptyDigest } from "./digest.ts";
import { addDigestTexts, type DigestTexts } from "./digest_text.ts";

/** The one that was asked for last: whoever asks for one number asks for the next. */
let read: { readonly of: LateDigest; readonly digest: Digest } | undefined;

/** What texts add up to. Nothing is added to it, and to spread it copies no number. */
export class LateDigest implements Digest {
  readonly #texts: readonly DigestTexts[];

  constructor(texts: readonly DigestTexts[]) {
    this.#texts = texts;
  }

  get models() {
    return this.#read().models;
  }

  get calls() {
    return this.#read().calls;
  }

  get inputs() {
    return this.#read().inputs;
  }

  get errors() {
    return this.#read().errors;
  }

  get attributions() {
    return this.#read().attributions;
  }

  get usage() {
    return this.#read().usage;
  }

  get time() {
    return this.#read().time;
  }

  get isTimed() {
    return this.#read().isTimed;
  }

  get words() {
    return this.#read().words;
  }

  get hours() {
    return this.#read().hours;
  }

  get durations() {
    return this.#read().durations;
  }

  get tools() {
    return this.#read().tools;
  }

  get sessions() {
    return this.#read().sessions;
  }

  get durationMs() {
    return this.#read().durationMs;
  }

  get activeMs() {
    return this.#read().activeMs;
  }

  get overlap() {
    return this.#read().overlap;
  }

  #read(): Digest {
    if (read?.of !== this) read = { of: this, digest: readTexts(this.#texts) };
    return read.digest;
  }
}

/** The numbers of texts, added up. */
export function readTexts(texts: readonly DigestTexts[]): Digest {
  const digest = emptyDigest();
  for (const one of texts) addDigestTexts(digest, one);
  return digest;
}
