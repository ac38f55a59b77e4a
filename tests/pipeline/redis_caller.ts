/** A program that says how a Redis at the address that it is given answers. */

import { RedisConnection } from "../../pipeline/redis_connection.ts";

await using connection = new RedisConnection({ url: Deno.args[0]!, namespace: "test" });
try {
  console.log(await connection.run((client) => client.ping()));
} catch (error) {
  console.log(String(error));
}
