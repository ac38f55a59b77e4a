/** Tests of the error of a lost queue. */

import assert from "node:assert/strict";
import { QueueLostError } from "../../core/intake.ts";

Deno.test("QueueLostError() says what happens now, and is told from other errors", () => {
  const error = new QueueLostError();

  assert.equal(error.name, "QueueLostError");
  assert.match(error.message, /^Cannot go on from there: .*reading again/);
});
