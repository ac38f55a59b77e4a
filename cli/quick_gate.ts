/**
 * The gate for programs that an assistant runs: where nothing was ever chosen, no settings are
 * read, and nothing that reads them is loaded.
 *
 * @module
 */

import { Gate } from "../capture/gate.ts";
import { CAPTURE_SETTINGS } from "../core/capture_settings.ts";
import type { Home } from "../core/home.ts";
import { isThere } from "../core/if_there.ts";
import type { Io } from "./io.ts";

/** Opens it. @throws {ConfigError} at its first use, for settings that cannot be */
export async function quickGate(
  io: Pick<Io, "env" | "clock">,
  home: Home,
  userHome: string,
): Promise<Gate> {
  const isChosen = [home.config, home.pauses].some(isThere) ||
    CAPTURE_SETTINGS.some(({ env }) => io.env(env));
  return isChosen ? (await import("./open_gate.ts")).openGate(io, home, userHome) : new Gate();
}
