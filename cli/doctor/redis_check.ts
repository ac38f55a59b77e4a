/**
 * Examines Redis, if it is on: whether it answers and is new enough, what waits there, and whether
 * that outlives a restart.
 *
 * @module
 */

import type { Finding } from "../../core/finding.ts";
import { formatCounted } from "../../core/format.ts";
import { RedisError } from "../../pipeline/redis_error.ts";
import { redisSettings } from "../redis_settings.ts";
import type { Workspace } from "../workspace.ts";

/** The oldest that has all commands that are needed. */
const VERSION_MIN = [6, 2];

/** What is to be said of Redis; nothing while it is off. */
export async function checkRedis(workspace: Workspace): Promise<Finding[]> {
  const settings = redisSettings(workspace);
  if (!settings) return [];
  const { RedisConnection } = await import("../../pipeline/redis_connection.ts");
  await using connection = new RedisConnection(settings);
  try {
    const [server, persistence, waiting] = await connection.run((client) =>
      Promise.all([
        client.info("server"),
        client.info("persistence"),
        client.xlen(connection.key("telemetry:events")),
      ])
    );
    return [versionFinding(server, waiting), persistenceFinding(persistence)];
  } catch (error) {
    if (!(error instanceof RedisError)) throw error;
    const remedy = "Start it, or look at redis.url; what is written meanwhile is read then";
    return [{ id: "redis", severity: "error", title: error.message, remedy }];
  }
}

function versionFinding(info: string, waiting: number): Finding {
  const version = /^redis_version:(\d+)\.(\d+)/m.exec(info)?.slice(1).map(Number) ?? [];
  const [major = 0, minor = 0] = version;
  const isOld = major < VERSION_MIN[0]! || major === VERSION_MIN[0] && minor < VERSION_MIN[1]!;
  const numbers = { version_major: major, version_minor: minor, events_waiting: waiting };
  if (isOld) {
    return {
      id: "redis",
      severity: "error",
      title: `Redis is of version ${major}.${minor}`,
      numbers,
      remedy: `Install Redis ${VERSION_MIN.join(".")} or newer, or Valkey`,
    };
  }
  const title = `Redis answers (${major}.${minor}), ${formatCounted(waiting, "event")} waiting`;
  return { id: "redis", severity: "ok", title, numbers };
}

function persistenceFinding(info: string): Finding {
  const isKept = /^aof_enabled:1/m.test(info);
  return {
    id: "redis.persistence",
    severity: isKept ? "ok" : "note",
    title: isKept
      ? "Redis keeps what waits over a restart (appendonly)"
      : "Redis may lose what waits at a restart (no appendonly); it is read again then",
    numbers: { appendonly: Number(isKept) },
  };
}
