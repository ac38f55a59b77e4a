/**
 * Writes a file whole or not at all, for its owner alone.
 *
 * @module
 */

import { removeIfThere } from "./if_there.ts";

/** Puts the text in the place of what is there. */
export function writeWhole(path: string, text: string): void {
  const part = `${path}.${crypto.randomUUID()}.tmp`;
  try {
    {
      using file = Deno.openSync(part, { write: true, createNew: true, mode: 0o600 });
      const bytes = new TextEncoder().encode(text);
      for (let at = 0; at < bytes.length;) at += file.writeSync(bytes.subarray(at));
      file.syncSync();
    }
    Deno.renameSync(part, path);
  } catch (error) {
    removeIfThere(part);
    throw error;
  }
}
