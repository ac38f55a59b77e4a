/**
 * The one contract test of brokers: every implementation must pass it. It asks for nothing but
 * what the contract says, so it holds for a table and for a server alike.
 */

import assert from "node:assert/strict";
import type { Delivery } from "../../core/broker.ts";
import { bodiesOf, LEASE_MS, type OpenBroker } from "./broker_stage.ts";
import { testLeasing } from "./leasing_contract.ts";

const LARGE_CHARACTERS = 1_000_000;

/** Registers the tests; `name` is the class that they are about. */
export function testBroker(name: string, open: OpenBroker): void {
  testTaking(name, open);
  testBodies(name, open);
  testLeases(name, open);
  testLeasesOfMany(name, open);
  testAcknowledging(name, open);
  testLateAcknowledging(name, open);
  testDepth(name, open);
  testLeasing(name, open);
  testDurability(name, open);
}

function testTaking(name: string, open: OpenBroker): void {
  Deno.test(`${name}.take() hands out bodies in the order in which they came`, async () => {
    await using stage = await open();
    await stage.broker.publish(["a", "b"]);
    await stage.broker.publish(["c"]);

    const taken = await stage.broker.take(10);

    assert.deepEqual(bodiesOf(taken), ["a", "b", "c"]);
    assert.deepEqual(taken.map(({ attempts }) => attempts), [1, 1, 1]);
    assertDistinct(taken);
  });

  Deno.test(`${name}.take() hands out no more than max, the rest next time`, async () => {
    await using stage = await open();
    await stage.broker.publish(["a", "b", "c", "d", "e"]);

    const first = await stage.broker.take(2);
    const second = await stage.broker.take(2);
    const third = await stage.broker.take(2);

    assert.deepEqual([first, second, third].map(bodiesOf), [["a", "b"], ["c", "d"], ["e"]]);
    assertDistinct([...first, ...second, ...third]);
  });

  Deno.test(`${name}.take() gives nothing, when there is nothing`, async () => {
    await using stage = await open();

    assert.deepEqual(await stage.broker.take(10), []);
  });
}

function testBodies(name: string, open: OpenBroker): void {
  Deno.test(`${name}.publish() adds nothing, when there is no body`, async () => {
    await using stage = await open();

    await stage.broker.publish([]);

    assert.deepEqual(await stage.broker.take(10), []);
    assert.equal(await stage.broker.depth(), 0);
  });

  Deno.test(`${name}.publish() keeps large and strange bodies as they are`, async () => {
    await using stage = await open();
    const bodies = ["x".repeat(LARGE_CHARACTERS), "", "a\nb\r\n", "ä€😀", '{"a":"\\u0000"}'];

    await stage.broker.publish(bodies);

    const taken = await stage.broker.take(10);
    assert.ok(bodiesOf(taken).every((body, i) => body === bodies[i]));
    assert.equal(taken.length, bodies.length);
  });

  Deno.test(`${name}.publish() keeps the text around halves of characters`, async () => {
    await using stage = await open();

    await stage.broker.publish(["a\ud800b", "\udc00"]);

    const taken = await stage.broker.take(10);
    assert.deepEqual(bodiesOf(taken), ["a\ufffdb", "\ufffd"]);
  });

  Deno.test(`${name}.take() keeps the order of thousands, however they came`, async () => {
    await using stage = await open();
    const bodies = Array.from({ length: 2500 }, (_, i) => `body ${i}`);
    await stage.broker.publish(bodies.slice(0, 1201));
    await stage.broker.publish(bodies.slice(1201));

    const taken: Delivery[] = [];
    while (taken.length < bodies.length) taken.push(...await stage.broker.take(700));

    assert.deepEqual(bodiesOf(taken), bodies);
    await stage.broker.ack(taken.map(({ id }) => id));
    assert.equal(await stage.broker.depth(), 0);
  });
}

function testLeases(name: string, open: OpenBroker): void {
  Deno.test(`${name}.take() keeps an entry away from others, while its lease runs`, async () => {
    await using stage = await open();
    await stage.broker.publish(["a"]);

    await stage.broker.take(10);

    assert.deepEqual(await stage.broker.take(10), []);
  });

  Deno.test(`${name}.take() hands out again and counts, when the lease ran out`, async () => {
    await using stage = await open();
    await stage.broker.publish(["a", "b"]);
    const attempts: number[] = [];
    const ids = new Set<string>();

    for (let round = 0; round < 5; round++) {
      const taken = await stage.broker.take(10);
      assert.deepEqual(bodiesOf(taken), ["a", "b"]);
      for (const delivery of taken) {
        ids.add(delivery.id);
        attempts.push(delivery.attempts);
      }
      await stage.passTime(LEASE_MS);
    }

    assert.deepEqual(attempts, [1, 1, 2, 2, 3, 3, 4, 4, 5, 5]);
    assert.equal(ids.size, 2);
  });

  Deno.test(`${name}.take() gives what ran out before what is new`, async () => {
    await using stage = await open();
    await stage.broker.publish(["a", "b"]);
    await stage.broker.take(2);
    await stage.broker.publish(["c"]);
    await stage.passTime(LEASE_MS);

    const first = await stage.broker.take(2);
    const second = await stage.broker.take(2);

    assert.deepEqual(bodiesOf(first), ["a", "b"]);
    assert.deepEqual(bodiesOf(second), ["c"]);
  });
}

function testLeasesOfMany(name: string, open: OpenBroker): void {
  Deno.test(`${name}.take() mixes no counts of attempts in one answer`, async () => {
    await using stage = await open();
    await stage.broker.publish(["a", "b", "c"]);
    await stage.broker.take(1);
    await stage.passTime(LEASE_MS);
    await stage.broker.take(1);
    await stage.broker.take(1);
    await stage.passTime(LEASE_MS);
    const seen = new Map<string, number>();

    for (let taken = await stage.broker.take(10); taken.length > 0;) {
      assert.equal(new Set(taken.map(({ attempts }) => attempts)).size, 1);
      for (const { body, attempts } of taken) seen.set(body, attempts);
      taken = await stage.broker.take(10);
    }

    assert.deepEqual([...seen].sort(), [["a", 3], ["b", 2], ["c", 1]]);
  });

  Deno.test(`${name}.take() hands out no more than max, when more ran out at once`, async () => {
    await using stage = await open();
    await stage.broker.publish(["a", "b", "c"]);
    await stage.broker.take(3);
    await stage.passTime(LEASE_MS);

    const first = await stage.broker.take(2);
    const second = await stage.broker.take(2);

    assert.deepEqual([first, second].map(bodiesOf), [["a", "b"], ["c"]]);
    assert.deepEqual(second.map(({ attempts }) => attempts), [2]);
  });
}

function testAcknowledging(name: string, open: OpenBroker): void {
  Deno.test(`${name}.ack() removes single entries of an answer for good`, async () => {
    await using stage = await open();
    await stage.broker.publish(["a", "b", "c", "d"]);
    const taken = await stage.broker.take(4);

    await stage.broker.ack([taken[2]!.id, taken[0]!.id]);
    await stage.passTime(LEASE_MS);

    const again = await stage.broker.take(4);
    assert.deepEqual(bodiesOf(again), ["b", "d"]);
    await stage.broker.ack([taken[1]!.id, taken[3]!.id]);
    await stage.passTime(LEASE_MS);
    assert.deepEqual(await stage.broker.take(4), []);
  });

  Deno.test(`${name}.ack() does no harm, when it comes twice or without ids`, async () => {
    await using stage = await open();
    await stage.broker.publish(["a", "b"]);
    const taken = await stage.broker.take(2);

    await stage.broker.ack([]);
    await stage.broker.ack([taken[0]!.id, taken[0]!.id]);
    await stage.broker.ack([taken[0]!.id]);

    assert.equal(await stage.broker.depth(), 1);
    await stage.passTime(LEASE_MS);
    assert.deepEqual(bodiesOf(await stage.broker.take(2)), ["b"]);
  });

  Deno.test(`${name}.ack() does no harm, when ids are unknown`, async () => {
    await using stage = await open();
    await stage.broker.publish(["a", "b"]);
    const [first] = await stage.broker.take(1);

    await stage.broker.ack([`${first!.id}1000000`]);

    assert.equal(await stage.broker.depth(), 2);
    assert.deepEqual(bodiesOf(await stage.broker.take(2)), ["b"]);
  });

  Deno.test(`${name}.ack() takes the rest, when an id is none`, async () => {
    await using stage = await open();
    await stage.broker.publish(["a", "b"]);
    const taken = await stage.broker.take(2);

    await stage.broker.ack(["", "x", taken[1]!.id, "1-2-3", "-1", `${"9".repeat(30)}-0`]);

    assert.equal(await stage.broker.depth(), 1);
    await stage.passTime(LEASE_MS);
    assert.deepEqual(bodiesOf(await stage.broker.take(2)), ["a"]);
  });
}

function testLateAcknowledging(name: string, open: OpenBroker): void {
  Deno.test(`${name}.ack() counts, when the lease ran out before`, async () => {
    await using stage = await open();
    await stage.broker.publish(["a", "b"]);
    const taken = await stage.broker.take(2);
    await stage.passTime(LEASE_MS);

    await stage.broker.ack(taken.map(({ id }) => id));

    assert.deepEqual(await stage.broker.take(2), []);
    assert.equal(await stage.broker.depth(), 0);
  });

  Deno.test(`${name}.ack() takes ids of several answers at once`, async () => {
    await using stage = await open();
    await stage.broker.publish(["a", "b", "c", "d", "e", "f"]);
    const taken = [
      await stage.broker.take(2),
      await stage.broker.take(2),
      await stage.broker.take(2),
    ].flat();

    await stage.broker.ack([taken[5]!.id, taken[1]!.id]);

    assert.equal(await stage.broker.depth(), 4);
    await stage.passTime(LEASE_MS);
    const again = [
      await stage.broker.take(2),
      await stage.broker.take(2),
      await stage.broker.take(2),
    ].flat();
    assert.deepEqual(bodiesOf(again).sort(), ["a", "c", "d", "e"]);
  });
}

function testDepth(name: string, open: OpenBroker): void {
  Deno.test(`${name}.depth() counts what is not acknowledged, taken or not`, async () => {
    await using stage = await open();
    const depths = [await stage.broker.depth()];

    await stage.broker.publish(["a", "b", "c", "d"]);
    depths.push(await stage.broker.depth());
    const taken = await stage.broker.take(3);
    depths.push(await stage.broker.depth());
    await stage.broker.ack([taken[1]!.id]);
    depths.push(await stage.broker.depth());
    await stage.passTime(LEASE_MS);
    depths.push(await stage.broker.depth());
    await stage.broker.ack(taken.map(({ id }) => id));
    depths.push(await stage.broker.depth());
    const rest = await stage.broker.take(3);
    await stage.broker.ack(rest.map(({ id }) => id));
    depths.push(await stage.broker.depth());

    assert.deepEqual(depths, [0, 4, 4, 3, 3, 1, 0]);
  });
}

function testDurability(name: string, open: OpenBroker): void {
  Deno.test(`${name}.take() finds all that was not acknowledged, after a restart`, async () => {
    await using stage = await open();
    await stage.broker.publish(["a", "b", "c", "d"]);
    const taken = await stage.broker.take(3);
    await stage.broker.ack([taken[1]!.id]);

    const broker = await stage.reopen();

    assert.equal(await broker.depth(), 3);
    await stage.passTime(LEASE_MS);
    const leased = await broker.take(3);
    assert.deepEqual(bodiesOf(leased), ["a", "c"]);
    assert.deepEqual(leased.map(({ id }) => id), [taken[0]!.id, taken[2]!.id]);
    assert.deepEqual(leased.map(({ attempts }) => attempts), [2, 2]);
    assert.deepEqual(bodiesOf(await broker.take(3)), ["d"]);
  });

  Deno.test(`${name}.publish() gives no id twice, after all were acknowledged`, async () => {
    await using stage = await open();
    await stage.broker.publish(["a"]);
    const [first] = await stage.broker.take(1);
    await stage.broker.ack([first!.id]);

    const broker = await stage.reopen();
    await broker.publish(["b"]);

    const [second] = await broker.take(1);
    assert.equal(second?.body, "b");
    assert.equal(second.attempts, 1);
    assert.notEqual(second.id, first!.id);
  });
}

function assertDistinct(deliveries: readonly Delivery[]): void {
  assert.equal(new Set(deliveries.map(({ id }) => id)).size, deliveries.length);
}
