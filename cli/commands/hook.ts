/**
 * `blueplane hook`: what an installed hook runs. It prints nothing and always ends well: an
 * assistant waits for it, and takes what it prints for words of the user.
 *
 * @module
 */

import { LineShrinker } from "../../capture/line_shrinker.ts";
import { findPlatform } from "../../capture/registry.ts";
import { spoolEvents } from "../../capture/spool.ts";
import { encodeEvent } from "../../core/event.ts";
import { homeAt, makeHome, readKey } from "../../core/home.ts";
import { Privacy } from "../../core/privacy.ts";
import type { Globals } from "../cli.ts";
import type { Io } from "../io.ts";

/** What is longer loses the middle of its long texts, as nothing of them is kept anyway. */
const INPUT_BYTES_MAX = 8 * 1024 * 1024;

/** Runs the command. @returns 0 */
export async function runHook(
  io: Io,
  globals: Globals,
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

async function spool(io: Io, globals: Globals, name: string): Promise<void> {
  const platform = findPlatform(name);
  const homePath = homePathOf(io, globals);
  if (!platform || homePath === undefined) return;
  const input = await readAll(io.stdin());
  const payload: unknown = JSON.parse(new TextDecoder().decode(input));
  // The key, too, is its user's alone.
  if (Deno.build.os !== "windows") Deno.umask(0o077);
  const home = homeAt(homePath);
  makeHome(home);
  const now = io.clock.now();
  const events = platform.readHook(payload, now, new Privacy(readKey(home, true)!));
  if (events.length > 0) spoolEvents(home.spool, events.map(encodeEvent), now);
}

function homePathOf(io: Io, { home }: Globals): string | undefined {
  const userHome = Deno.build.os === "windows" ? io.env("USERPROFILE") : io.env("HOME");
  return home ?? (io.env("BLUEPLANE_HOME") || (userHome && `${userHome}/.blueplane`));
}

async function readAll(stream: ReadableStream<Uint8Array>): Promise<Uint8Array> {
  const pieces: Uint8Array[] = [];
  let size = 0;
  let shrinker: LineShrinker | undefined;
  for await (const piece of stream) {
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
  return shrinker?.finish() ?? await new Blob(pieces as BlobPart[]).bytes();
}
