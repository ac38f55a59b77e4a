/**
 * The gate before the queue, by the settings as they are now: a running server takes changes of
 * them at the next event.
 *
 * @module
 */

import { Gate, type GateState } from "../capture/gate.ts";
import { readConfig } from "../core/config.ts";
import type { Home } from "../core/home.ts";
import { readInHome } from "../core/home_closed.ts";
import { ifThere } from "../core/if_there.ts";
import { notePause, readPauses } from "../core/pauses.ts";
import type { Io } from "./io.ts";
import { ConfigError } from "../core/setting.ts";

/** What settings are read from. */
type Origins = Pick<Io, "env" | "clock">;

/** Looks at the files at most that often. */
const LOOK_EVERY_MS = 200;

/** Opens the gate of a home; pauses that begin or end are noted when that is seen. */
export function openGate(io: Origins, home: Home, userHome: string): Gate {
  let lookedAt = -Infinity, stamp = "", state: GateState | undefined;
  return new Gate(() => {
    const now = io.clock.now();
    if (state && Math.abs(now - lookedAt) < LOOK_EVERY_MS) return state;
    lookedAt = now;
    const seen = stampOf(home);
    if (state && stamp === seen) return state;
    try {
      state = { ...noteChoices(io, home), pauses: readPauses(home.pauses) };
      // Noting may have written one of them.
      stamp = stampOf(home);
    } catch (error) {
      // What is being edited may be wrong for a moment: what held before holds on.
      if (!state || !(error instanceof ConfigError)) throw error;
    }
    return state;
  }, userHome);
}

/**
 * Notes whether capture is paused now. @returns what is chosen
 *
 * @throws {ConfigError} for settings that cannot be
 */
export function noteChoices({ env, clock }: Origins, home: Home) {
  const { capture } = readConfig({
    flags: {},
    env,
    file: readInHome(home.config),
  });
  notePause(home.pauses, capture.paused, clock.now());
  return capture;
}

function stampOf({ config, pauses }: Home): string {
  return [config, pauses].map((path) => {
    const file = ifThere(() => Deno.statSync(path));
    return file ? `${file.size} ${file.mtime?.getTime()} ${file.ino}` : "";
  }).join(",");
}
