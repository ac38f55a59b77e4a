/**
 * `blueplane hook`: what an installed hook runs. It prints nothing and always ends well: an
 * assistant waits for it, and takes what it prints for words of the user.
 *
 * @module
 */

import { findPlatform, readHook } from "../../capture/registry.ts";
import { spoolEvents } from "../../capture/spool.ts";
import { encodeEvent } from "../../core/event.ts";
import { homeAt, makeHome, readKey } from "../../core/home.ts";
import { Privacy } from "../../core/privacy.ts";
import type { Globals } from "../cli.ts";
import { homePathOf, userHomeOf } from "../home_path.ts";
import type { Io } from "../io.ts";
import { quickGate } from "../quick_gate.ts";
import { readInput } from "../read_input.ts";

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
  const homePath = homePathOf(io, globals.home);
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
  const events = await readHook(platform, payload, now, {
    environment,
    privacy,
    gate: await quickGate(io, home, environment.home),
  });
  if (events.length > 0) spoolEvents(home.spool, events.map(encodeEvent), now);
}
