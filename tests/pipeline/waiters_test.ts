/** Tests of `pipeline/waiters.ts`. */

import { deepEqual, equal } from "node:assert/strict";
import { Waiters } from "../../pipeline/waiters.ts";

Deno.test("Waiters.tell() tells all who wait, and each but once", async () => {
  const waiters = new Waiters();
  const first = [waiters.wait(), waiters.wait()];

  waiters.tell();
  const second = waiters.wait();
  waiters.tell(new Error("Cannot go on: it is closed"));

  deepEqual(await Promise.all(first), [undefined, undefined]);
  const [result] = await Promise.allSettled([second]);
  equal(result.status, "rejected");
});
