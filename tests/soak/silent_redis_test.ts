/** What takes as long as a server may stay silent. */

import assert from "node:assert/strict";
import { RedisConnection } from "../../pipeline/redis_connection.ts";

Deno.test("RedisConnection.run() says so, when the server never answers", async () => {
  using listener = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  const callers: Deno.Conn[] = [];
  const listening = (async () => {
    for await (const caller of listener) callers.push(caller);
  })();
  const url = `redis://127.0.0.1:${listener.addr.port}`;
  {
    await using connection = new RedisConnection({ url, namespace: "test" });

    await assert.rejects(() => connection.run((client) => client.ping()), {
      name: "RedisError",
      message: "Cannot reach Redis: it does not answer",
    });
  }
  listener.close();
  for (const caller of callers) caller.close();
  await listening;
});
