/**
 * What a program that an assistant runs works with: its input, read within bounds, and the data
 * folder, found without settings.
 *
 * @module
 */

import { LineShrinker } from "../capture/line_shrinker.ts";
import type { Io } from "./io.ts";

/** What is longer loses the middle of its long texts, as nothing of them is kept anyway. */
const INPUT_BYTES_MAX = 8 * 1024 * 1024;
/** Whoever called has long given up then. */
const INPUT_WITHIN_MS = 5000;

/** The user's own home folder; undefined where the system does not tell. */
export function userHomeOf(io: Io): string | undefined {
  return Deno.build.os === "windows" ? io.env("USERPROFILE") : io.env("HOME");
}

/** The data folder: the named one, or where it is usually; undefined if that is nowhere. */
export function homePathOf(io: Io, named: string | undefined): string | undefined {
  const userHome = userHomeOf(io);
  return named ?? (io.env("BLUEPLANE_HOME") || (userHome && `${userHome}/.blueplane`));
}

/** All that is piped in, or what of it came in time. */
export async function readInput({ stdin, clock }: Io): Promise<Uint8Array> {
  const reader = stdin().getReader();
  const ended = new AbortController();
  const waiting = clock.sleep(INPUT_WITHIN_MS, ended.signal).then(() => reader.cancel());
  // Whoever reads hears of a stream that broke.
  waiting.catch(() => {});
  try {
    return await readAll(reader);
  } finally {
    ended.abort();
  }
}

async function readAll(reader: ReadableStreamDefaultReader<Uint8Array>): Promise<Uint8Array> {
  const pieces: Uint8Array[] = [];
  let size = 0;
  let shrinker: LineShrinker | undefined;
  for (;;) {
    const { value: piece } = await reader.read();
    if (!piece) return shrinker?.finish() ?? await new Blob(pieces as BlobPart[]).bytes();
    size += piece.length;
    if (shrinker) {
      shrinker.push(piece);
      continue;
    }
    pieces.push(piece);
    if (size <= INPUT_BYTES_MAX) continue;
    shrinker = new LineShrinker(INPUT_BYTES_MAX);
    for (const earlier of pieces) shrinker.push(earlier);
  }
}
