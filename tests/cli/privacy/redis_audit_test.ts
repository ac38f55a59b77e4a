/** Tests of the look at Redis. */

import { deepEqual } from "node:assert/strict";
import { auditRedis } from "../../../cli/privacy/redis_audit.ts";
import { PrivacyAudit } from "../../../core/privacy_audit.ts";
import { sharedRedis } from "../../helpers/redis_server.ts";

const redis = sharedRedis();

Deno.test("auditRedis() looks at every value, and names the key of what is private", async () => {
  const { server } = redis;
  const namespace = "blueplane:0a";
  await server.command("SET", `{${namespace}}:live:made_at`, "2026-11-09T12:34:56.789Z");
  await server.command(
    "XADD",
    `{${namespace}}:telemetry:events`,
    "*",
    "b",
    '{"cwd":"/home/ada"}',
  );
  const audit = new PrivacyAudit([]);

  const places = await auditRedis(audit, { url: server.url, namespace, machine: "" });

  deepEqual(places, [
    { place: "redis live:made_at", bytes: 24 },
    { place: "redis telemetry:events", bytes: 20 },
  ]);
  deepEqual(audit.findings, [
    { place: "redis telemetry:events", kind: "path", count: 1 },
    { place: "redis telemetry:events", kind: "unsafe_value", count: 1 },
  ]);
});
