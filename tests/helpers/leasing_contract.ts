/** The part of the contract of brokers that is about leases which end early. */

import assert from "node:assert/strict";
import type { Delivery } from "../../core/broker.ts";
import { bodiesOf, LEASE_MS, type OpenBroker } from "./broker_stage.ts";

/** Registers the tests; `name` is the class that they are about. */
export function testLeasing(name: string, open: OpenBroker): void {
  testReleasing(name, open);
  testGivingBack(name, open);
  testReleasingAll(name, open);
}

function testReleasing(name: string, open: OpenBroker): void {
  Deno.test(`${name}.release() hands out again after the delay, and counts`, async () => {
    await using stage = await open();
    await stage.broker.publish(["a", "b"]);
    const taken = await stage.broker.take(2);
    await stage.broker.ack([taken[0]!.id]);

    await stage.broker.release([taken[1]!.id], LEASE_MS / 2);
    await stage.passTime(LEASE_MS / 4);
    const before = await stage.broker.take(2);
    await stage.passTime(LEASE_MS / 4);
    const after = await stage.broker.take(2);

    assert.deepEqual(before, []);
    assert.deepEqual(after, [{ id: taken[1]!.id, body: "b", attempts: 2 }]);
  });

  Deno.test(`${name}.release() gives back at once, when there is no delay`, async () => {
    await using stage = await open();
    await stage.broker.publish(["a", "b"]);
    const taken = await stage.broker.take(2);

    await stage.broker.release(taken.map(({ id }) => id), 0);

    const again = await stage.broker.take(2);
    assert.deepEqual(again, taken.map((delivery) => ({ ...delivery, attempts: 2 })));
    assert.deepEqual(await stage.broker.take(2), []);
  });

  Deno.test(`${name}.release() leaves the leases of other entries alone`, async () => {
    await using stage = await open();
    await stage.broker.publish(["a", "b", "c"]);
    const taken = [
      await stage.broker.take(1),
      await stage.broker.take(1),
      await stage.broker.take(1),
    ].flat();

    await stage.broker.release([taken[0]!.id, taken[2]!.id], 0);

    const again = [await stage.broker.take(1), await stage.broker.take(1)].flat();
    assert.deepEqual(bodiesOf(again), ["a", "c"]);
    assert.deepEqual(await stage.broker.take(1), []);
  });

  Deno.test(`${name}.release() does no harm, when ids are none or gone`, async () => {
    await using stage = await open();
    await stage.broker.publish(["a", "b"]);
    const [first] = await stage.broker.take(1);
    await stage.broker.ack([first!.id]);

    await stage.broker.release([], 0);
    await stage.broker.release(["x", first!.id], 0);

    assert.deepEqual(bodiesOf(await stage.broker.take(2)), ["b"]);
    assert.equal(await stage.broker.depth(), 1);
  });
}

function testGivingBack(name: string, open: OpenBroker): void {
  Deno.test(`${name}.giveBack() hands out again at once, and counts no attempt`, async () => {
    await using stage = await open();
    await stage.broker.publish(["a", "b", "c", "d"]);
    const taken = await stage.broker.take(3);
    await stage.broker.ack([taken[1]!.id]);

    for (let i = 0; i < 3; i++) {
      await stage.broker.giveBack([taken[0]!, taken[2]!]);
      const again = await stage.broker.take(3);
      assert.deepEqual(again, [taken[0], taken[2]]);
    }
    await stage.broker.releaseAll();

    const after = await stage.broker.take(3);
    assert.deepEqual(after.map(({ body, attempts }) => body + attempts), ["a2", "c2"]);
    await stage.broker.giveBack(after);
    assert.deepEqual(await stage.broker.take(3), after);
  });

  Deno.test(`${name}.giveBack() leaves alone what is another's, gone or unknown`, async () => {
    await using stage = await open();
    await stage.broker.publish(["a", "b"]);
    const [first] = await stage.broker.take(1);
    const [second] = await stage.broker.take(1);
    await stage.broker.ack([first!.id]);

    await stage.broker.giveBack([]);
    await stage.broker.giveBack([first!, { id: "x", body: "", attempts: 1 }]);

    assert.deepEqual(await stage.broker.take(2), []);
    await stage.broker.giveBack([second!]);
    assert.deepEqual(await stage.broker.take(2), [second]);
  });
}

function testReleasingAll(name: string, open: OpenBroker): void {
  Deno.test(`${name}.releaseAll() ends every lease, and counts no attempt`, async () => {
    await using stage = await open();
    await stage.broker.publish(["a", "b", "c"]);
    await stage.broker.take(1);
    await stage.broker.take(1);

    await stage.broker.releaseAll();
    await stage.broker.releaseAll();

    const again: Delivery[] = [];
    for (let i = 0; i < 3; i++) again.push(...await stage.broker.take(1));
    assert.deepEqual(again.map(({ body, attempts }) => body + attempts), ["a2", "b2", "c1"]);
    assert.deepEqual(await stage.broker.take(1), []);
  });

  Deno.test(`${name}.releaseAll() reaches thousands, as a crash may leave them`, async () => {
    await using stage = await open();
    const bodies = Array.from({ length: 1500 }, (_, i) => `body ${i}`);
    await stage.broker.publish(bodies);
    for (let left = bodies.length; left > 0;) left -= (await stage.broker.take(100)).length;

    const broker = await stage.reopen();
    await broker.releaseAll();

    const again: string[] = [];
    for (let taken = await broker.take(100); taken.length > 0;) {
      again.push(...bodiesOf(taken));
      await broker.ack(taken.map(({ id }) => id));
      taken = await broker.take(100);
    }
    assert.deepEqual(again, bodies);
    assert.equal(await broker.depth(), 0);
  });
}
