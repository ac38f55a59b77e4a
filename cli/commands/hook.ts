/**
 * `blueplane hook`: what an installed hook runs. It prints nothing and always ends well: an
 * assistant waits for it, and takes what it prints for words of the user.
 *
 * @module
 */

import { LineShrinker } from "../../capture/line_shrinker.ts";
import { findPlatform, readHook } from "../../capture/registry.ts";
import { spoolEvents } from "../../capture/spool.ts";
import { encodeEvent } from "../../core/event.ts";
import { homeAt, makeHome, readKey } from "../../core/home.ts";
import { Privacy } from "../../core/privacy.ts";
import type { Globals } from "../cli.ts";
import type { Io } from "../io.ts";

/** What is longer loses the middle of its long texts, as nothing of them is kept anyway. */
const INPUT_BYTES_MAX = 8 * 1024 * 1024;
/** Whoever called has long given up then. */
const INPUT_WITHIN_MS = 5000;

/** Runs the command. @returns 0 */
export async function runHook(
  io: Io,
  globals: Pick<Globals, "home">,
  _options: unknown,
  platform: string,
): Promise<number> {
  try {
    await spool(io, globals, platform);
    return 0;
  } catch (error) {
    // Whatever it was: the user's session is worth more than an event.
    if (error instanceof Error) return 0;
    throw error;
  }
}

async function spool(io: Io, globals: Pick<Globals, "home">, name: string): Promise<void> {
  const platform = findPlatform(name);
  const homePath = homePathOf(io, globals);
  if (!platform || homePath === undefined) return;
  const input = await readInput(io);
  const payload: unknown = JSON.parse(new TextDecoder().decode(input));
  // The key, too, is its user's alone.
  if (Deno.build.os !== "windows") Deno.umask(0o077);
  const home = homeAt(homePath);
  makeHome(home);
  const now = io.clock.now();
  const privacy = new Privacy(readKey(home, true)!);
  const environment = { home: userHomeOf(io) ?? "", get: io.env };
  const events = readHook(platform, payload, now, { environment, privacy });
  if (events.length > 0) spoolEvents(home.spool, events.map(encodeEvent), now);
}

function userHomeOf(io: Io): string | undefined {
  return Deno.build.os === "windows" ? io.env("USERPROFILE") : io.env("HOME");
}

function homePathOf(io: Io, { home }: Pick<Globals, "home">): string | undefined {
  const userHome = userHomeOf(io);
  return home ?? (io.env("BLUEPLANE_HOME") || (userHome && `${userHome}/.blueplane`));
}

async function readInput({ stdin, clock }: Io): Promise<Uint8Array> {
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
