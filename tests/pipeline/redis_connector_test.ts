/** Tests of `pipeline/redis_connector.ts`. */

import assert from "node:assert/strict";
import { once } from "node:events";
import { RedisConnector } from "../../pipeline/redis_connector.ts";
import { sharedRedis } from "../helpers/redis_server.ts";
import { SilentListener } from "../helpers/silent_listener.ts";

const redis = sharedRedis();
const host = "127.0.0.1";

function connectorTo(port: number, more: object = {}): RedisConnector {
  return new RedisConnector({ host, port, disconnectTimeout: 1000, ...more });
}

Deno.test("RedisConnector.connect() gives a stream, where something listens", async () => {
  const connector = connectorTo(Number(new URL(redis.server.url).port), { connectTimeout: 5000 });

  const stream = await connector.connect();
  await once(stream, "connect");
  stream.write("PING\r\n");
  const [answer] = await once(stream, "data");

  assert.equal(String(answer), "+PONG\r\n");
  const closed = once(stream, "close");
  connector.disconnect();
  await closed;
});

Deno.test("RedisConnector.connect() gives a closed stream, where nobody speaks TLS", async () => {
  await using silent = new SilentListener();
  for (const port of [silent.port, Number(new URL(redis.server.url).port)]) {
    const connector = connectorTo(port, { tls: {}, connectTimeout: 50 });

    const stream = await connector.connect();

    assert.equal(stream.destroyed, true);
    assert.equal(
      connector.firstError?.message,
      "Cannot reach Redis: it does not answer; it may not speak TLS, as rediss:// asks for",
    );
    connector.disconnect();
  }
});

Deno.test("RedisConnector.connect() gives a closed stream, where nothing listens", async () => {
  const listener = Deno.listen({ hostname: host, port: 0 });
  const { port } = listener.addr;
  listener.close();
  for (const more of [{}, { tls: {} }]) {
    const connector = connectorTo(port, { connectTimeout: 5000, ...more });

    const stream = await connector.connect();

    assert.equal(stream.destroyed, true);
    assert.equal((connector.firstError as Error & { code: string }).code, "ECONNREFUSED");
  }
});

Deno.test("RedisConnector.disconnect() ends an attempt, to whoever never answers", async () => {
  await using silent = new SilentListener();
  const connector = connectorTo(silent.port, { tls: {}, connectTimeout: 3_600_000 });

  const refused = assert.rejects(() => connector.connect(), /the connection is closed/);
  connector.disconnect();

  await refused;
});
