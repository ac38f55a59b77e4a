/**
 * Where Redis is, if it is on, and which part of it belongs to this installation.
 *
 * @module
 */

import { machineLabel } from "./machine_label.ts";
import type { RedisQueueSettings } from "../pipeline/redis_queue.ts";
import type { Workspace } from "./workspace.ts";

/**
 * Undefined while Redis is off. Who has another key has another part, as no hash would match.
 *
 * @param name of this machine; only a hash of it goes anywhere
 */
export function redisSettings(
  { config, privacy }: Pick<Workspace, "config" | "privacy">,
  name?: string,
): RedisQueueSettings | undefined {
  const { redisUrl } = config;
  if (redisUrl === undefined) return undefined;
  return {
    url: redisUrl,
    namespace: `blueplane:${privacy.hash("redis namespace", 8)}`,
    machine: machineLabel(privacy, name),
  };
}
