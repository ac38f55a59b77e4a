/** Tests of `web/request_limits.ts`. */

import assert from "node:assert/strict";
import fc from "fast-check";
import { Hono } from "hono";
import { Bucket, LIMITS, requestLimits } from "../../web/request_limits.ts";
import { fcRuns } from "../helpers/fc_runs.ts";
import { VirtualClock } from "../helpers/virtual_clock.ts";

const FEW = { ...LIMITS, burst: 3, perSecond: 2 };

function open() {
  const clock = new VirtualClock(0);
  const app = new Hono().use(requestLimits(clock, FEW)).all("/*", (c) => c.text("yes"));
  return { clock, ask: (path: string, init?: RequestInit) => app.request(path, init) };
}

Deno.test("requestLimits() refuses an address that is too long", async () => {
  const { ask } = open();

  const response = await ask(`/?q=${"a".repeat(FEW.addressMax)}`);

  assert.equal(response.status, 414);
  assert.equal(response.headers.get("content-type"), "application/problem+json");
  assert.equal((await ask("/?q=a")).status, 200);
});

Deno.test("requestLimits() refuses headers that are too long together", async () => {
  const half = "a".repeat(FEW.headersMax / 2), { ask } = open();

  assert.equal((await ask("/", { headers: { one: half } })).status, 200);
  assert.equal((await ask("/", { headers: { one: half, two: half } })).status, 431);
});

Deno.test("requestLimits() answers so often, and says when to come back", async () => {
  const { ask, clock } = open();
  const statuses = async () => [(await ask("/")).status, (await ask("/")).status];

  assert.deepEqual([...await statuses(), ...await statuses()], [200, 200, 200, 429]);
  assert.equal((await ask("/")).headers.get("retry-after"), "1");
  clock.advance(1000);
  assert.deepEqual(await statuses(), [200, 200]);
  assert.equal((await ask("/")).status, 429);
});

Deno.test("requestLimits() takes whatever is told only once", async () => {
  const { ask } = open(), post = { method: "POST" };

  for (let i = 0; i < 10; i++) {
    assert.equal((await ask("/hooks/claude_code", post)).status, 200);
    assert.equal((await ask("/v1/logs", post)).status, 200);
  }
  const statuses: number[] = [];
  for (let i = 0; i < 4; i++) statuses.push((await ask("/events", post)).status);
  assert.deepEqual(statuses, [200, 200, 200, 429]);
});

Deno.test("Bucket() gives no more than it holds and is filled with, however time goes", () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: -500, max: 2000 }), { maxLength: 60 }), (steps) => {
      let now = 10_000, forward = 0, given = 0;
      const clock = { ...new VirtualClock(0), now: () => now } as unknown as VirtualClock;
      const bucket = new Bucket(clock, FEW);
      for (const step of steps) {
        now += step;
        forward += Math.max(0, step);
        if (bucket.take() === 0) given++;
      }
      assert.ok(given <= FEW.burst + forward / 1000 * FEW.perSecond);
      assert.ok(given >= Math.min(FEW.burst, steps.length));
    }),
    fcRuns(),
  );
});
