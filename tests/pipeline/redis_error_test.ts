/** Tests of the error of a Redis. */

import assert from "node:assert/strict";
import { RedisError } from "../../pipeline/redis_error.ts";

Deno.test("RedisError() says by what the server calls it, when it does", () => {
  const error = new RedisError("Cannot use Redis: it answers NOGROUP", "NOGROUP");

  assert.equal(error.name, "RedisError");
  assert.equal(error.code, "NOGROUP");
  assert.equal(new RedisError("Cannot reach Redis: it does not answer").code, "");
});
