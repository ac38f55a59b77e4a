/** Tests of where Redis is. */

import assert from "node:assert/strict";
import { redisSettings } from "../../cli/redis_settings.ts";
import { Privacy } from "../../core/privacy.ts";

const config = { host: "127.0.0.1", port: 7531, pollSeconds: 30, rawDays: 90, archiveDays: 0 };
function privacyOf(fill: number): Privacy {
  return new Privacy(new Uint8Array(32).fill(fill));
}

Deno.test("redisSettings() gives nothing, when Redis is off", () => {
  assert.equal(redisSettings({ config, privacy: privacyOf(1) }), undefined);
});

Deno.test("redisSettings() gives each key a part of its own, the same every time", () => {
  const on = { ...config, redisUrl: "redis://localhost" };
  const parts = [1, 1, 2].map((fill) => redisSettings({ config: on, privacy: privacyOf(fill) })!);

  assert.deepEqual(parts[0], parts[1]);
  assert.notEqual(parts[0]!.namespace, parts[2]!.namespace);
  assert.match(parts[0]!.namespace, /^blueplane:[0-9a-f]{8}$/);
  assert.equal(parts[0]!.url, "redis://localhost");
});
