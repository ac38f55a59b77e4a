/**
 * Looks at every value under this installation's keys in Redis.
 *
 * @module
 */

import type { PrivacyAudit } from "../../core/privacy_audit.ts";
import type { RedisQueueSettings } from "../../pipeline/redis_queue.ts";
import type { AuditedPlace } from "./file_audit.ts";

/**
 * Looks at all keys.
 *
 * @throws {RedisError} when it cannot be asked
 */
export async function auditRedis(
  audit: PrivacyAudit,
  settings: RedisQueueSettings,
): Promise<AuditedPlace[]> {
  const { readRedisValues } = await import("../../pipeline/redis_values.ts");
  const bytes = new Map<string, number>();
  await readRedisValues(settings, ({ key, value }) => {
    const place = `redis ${key}`;
    audit.lookAtValue(place, value);
    bytes.set(place, (bytes.get(place) ?? 0) + value.length);
  });
  return [...bytes].map(([place, length]) => ({ place, bytes: length }));
}
