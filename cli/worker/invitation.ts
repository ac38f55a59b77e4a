/**
 * An invitation: the key of an installation as one line that a person can carry to another
 * machine: `blueplane-invite-1-`, then base64url of the 32 bytes and of the first four bytes of
 * their SHA-256.
 *
 * @module
 */

import { Buffer } from "node:buffer";
import { createHash } from "node:crypto";
import { KEY_BYTES } from "../../core/home.ts";

const PREFIX = "blueplane-invite-1-";
const CHECK_BYTES = 4;
/** What is left of a line that was wrapped, quoted or written in other letters. */
const TRACE = /invite-\d/i;
const LINE_SHAPE = /^blueplane-invite-1-[A-Za-z0-9_-]{48}$/;

/** The line. */
export function encodeInvitation(key: Uint8Array): string {
  return PREFIX + Buffer.concat([key, checkOf(key)]).toString("base64url");
}

/**
 * The key in a line; white space around it, as pasting leaves it, does no harm.
 *
 * @throws {Error} when it is no invitation, or not as it was printed; the text, which may be half
 * a secret, is not in it
 */
export function decodeInvitation(line: string): Uint8Array {
  const text = line.trim();
  if (/^blueplane-invite-(?!1-)\d+-/.test(text)) {
    throw new Error(
      "Cannot join: the invitation is of another version; install the same blueplane on " +
        "both machines",
    );
  }
  const bytes = Buffer.from(text.slice(PREFIX.length), "base64url");
  const key = new Uint8Array(bytes.subarray(0, KEY_BYTES));
  if (!LINE_SHAPE.test(text) || !checkOf(key).equals(bytes.subarray(KEY_BYTES))) {
    const what = TRACE.test(text)
      ? "the invitation is damaged, as when a part is missing or capitals became small letters"
      : "this is no invitation";
    throw new Error(
      `Cannot join: ${what}; copy the whole line that blueplane worker --invite prints on the ` +
        "machine that processes",
    );
  }
  return key;
}

function checkOf(key: Uint8Array): Buffer {
  return createHash("sha256").update(key).digest().subarray(0, CHECK_BYTES);
}
