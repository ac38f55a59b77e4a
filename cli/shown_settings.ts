/**
 * The settings as they may be shown to others: nobody need know where a Redis is.
 *
 * @module
 */

import { type EffectiveSetting, explainConfig } from "../core/config.ts";
import type { Globals } from "./cli.ts";
import type { Io } from "./io.ts";
import { configOrigins, findHome } from "./workspace.ts";
import { findSetting, isSecret } from "../core/settings.ts";

/**
 * The values with their origins; of a secret one only that it is set.
 *
 * @param flags what the command line says
 * @throws {ConfigError} for a file that cannot be read
 */
export function shownSettings(
  io: Io,
  globals: Globals,
  flags: Readonly<Record<string, string | number | undefined>> = {},
): EffectiveSetting[] {
  const origins = configOrigins(io, findHome(io, globals));
  const isPrivate = ({ key, origin }: EffectiveSetting) =>
    origin !== "default" && isSecret(findSetting(key));
  return explainConfig({ ...origins, flags })
    .map((one) => isPrivate(one) ? { ...one, value: "(set)" } : one);
}
