/**
 * Examines Redis, if it is on: whether it answers and is new enough, what waits there, and whether
 * that outlives a restart.
 *
 * @module
 */

import type { Finding } from "../../core/finding.ts";
import { formatCounted } from "../../core/format.ts";
import type { RedisConnection } from "../../pipeline/redis_connection.ts";
import { RedisError } from "../../pipeline/redis_error.ts";
import { readingCommand } from "../capture_home.ts";
import { redisSettings } from "../redis_settings.ts";
import type { Workspace } from "../workspace.ts";
import { leftLying } from "./left_lying.ts";

/** The oldest that has all commands that are needed. */
const VERSION_MIN = [6, 2];

const EVENTS = "telemetry:events", GROUP = "processors";
/** Who works takes again what somebody else left within seconds. */
const LEFT_AFTER_MS = 10 * 60_000;
/** More are not counted. */
const LEFT_MAX = 1000;

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
        client.xlen(connection.key(EVENTS)),
      ])
    );
    const version = versionFinding(server, waiting);
    const pending = version.severity === "ok"
      ? [await pendingFinding(connection, workspace)]
      : [];
    return [version, persistenceFinding(persistence), ...pending];
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

/** What a consumer took long ago, and nobody acknowledged since. */
async function pendingFinding(
  connection: RedisConnection,
  { home, io }: Workspace,
): Promise<Finding> {
  const key = connection.key(EVENTS);
  const now = io.clock.now();
  const remedy = `${readingCommand(home)} takes them again and ends what was begun`;
  try {
    const entries = await connection.run((client) =>
      client.xpending(key, GROUP, "IDLE", LEFT_AFTER_MS, "-", "+", LEFT_MAX)
    ) as [id: string, consumer: string, idleMs: number, attempts: number][];
    const idle = entries.map(([, , idleMs]) => idleMs);
    const since = idle.length === 0 ? null : now - Math.max(...idle);
    return leftLying("redis.pending", entries.length, since, { now, remedy });
  } catch (error) {
    // Before the first event there is no group.
    if (!(error instanceof RedisError) || error.code !== "NOGROUP") throw error;
    return leftLying("redis.pending", 0, null, { now, remedy });
  }
}
