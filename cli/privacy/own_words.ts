/**
 * Pieces of what this machine's user and the assistants wrote, out of the files of the
 * assistants: none of them may stand in anything that is stored. They stay in memory.
 *
 * @module
 */

import type { Environment } from "../../capture/platform.ts";
import { PLATFORMS } from "../../capture/registry.ts";
import type { PrivacyAudit } from "../../core/privacy_audit.ts";

const WINDOW_BYTES = 1 << 16;
const WINDOWS = 3;
const PIECES_A_WINDOW = 32;
const PIECES_MAX = 100_000;

/** Adds them to what is looked for. @returns of how many files they are */
export function addOwnWords(audit: PrivacyAudit, environment: Environment): number {
  const files = PLATFORMS.flatMap((platform) => platform.contentFiles(environment));
  const each = Math.max(1, Math.min(PIECES_A_WINDOW, PIECES_MAX / files.length / WINDOWS | 0));
  let read = 0;
  for (const path of files) {
    const windows = readWindows(path);
    if (windows.length > 0) read++;
    for (const bytes of windows) audit.addOwnWords(bytes, each);
  }
  return read;
}

/** Parts of a file from its beginning, its middle and its end; none where it cannot be read. */
function readWindows(path: string): Uint8Array[] {
  try {
    using file = Deno.openSync(path);
    const { size } = file.statSync();
    const last = Math.max(0, size - WINDOW_BYTES);
    const starts = new Set(
      Array.from({ length: WINDOWS }, (_, i) => Math.floor(last * i / (WINDOWS - 1))),
    );
    return [...starts].map((start) => {
      const bytes = new Uint8Array(Math.min(WINDOW_BYTES, size));
      file.seekSync(start, Deno.SeekMode.Start);
      return bytes.subarray(0, file.readSync(bytes) ?? 0);
    });
  } catch (error) {
    // It may have gone since, or be somebody else's.
    if (error instanceof Deno.errors.NotFound || error instanceof Deno.errors.PermissionDenied) {
      return [];
    }
    throw error;
  }
}
