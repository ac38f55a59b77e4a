/**
 * Where Redis is, if it is on, and which part of it belongs to this installation.
 *
 * @module
 */

import type { RedisSettings } from "../pipeline/redis_connection.ts";
import type { Workspace } from "./workspace.ts";

/** Undefined while Redis is off. Who has another key has another part, as no hash would match. */
export function redisSettings(
  { config, privacy }: Pick<Workspace, "config" | "privacy">,
): RedisSettings | undefined {
  const { redisUrl } = config;
  if (redisUrl === undefined) return undefined;
  return { url: redisUrl, namespace: `blueplane:${privacy.hash("redis namespace", 8)}` };
}
