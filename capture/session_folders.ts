/**
 * What is known of the folders of sessions, for what names its session alone. Kept in memory, and
 * no folder in it: only whether one of them is left out.
 *
 * @module
 */

import type { SafeText } from "../core/privacy.ts";

const SESSIONS_MAX = 10_000;

/** By session, whether it was ever in a folder that is left out. */
export class SessionFolders {
  /** The one that was heard of last is the last. */
  readonly #isOut = new Map<SafeText, boolean>();

  /** Whether one of its folders is left out; undefined while none is known. */
  isOut(session: SafeText): boolean | undefined {
    return this.#isOut.get(session);
  }

  /** Notes a folder of a session. Who was in one that is left out stays out. */
  note(session: SafeText, isOut: boolean): void {
    const known = this.#isOut.get(session) === true;
    this.#isOut.delete(session);
    this.#isOut.set(session, known || isOut);
    if (this.#isOut.size > SESSIONS_MAX) this.#isOut.delete(this.#isOut.keys().next().value!);
  }
}
