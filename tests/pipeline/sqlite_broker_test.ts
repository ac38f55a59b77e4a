/** Tests of `pipeline/sqlite_broker.ts`; its model test is `sqlite_broker_model_test.ts`. */

import assert from "node:assert/strict";
import type { Database } from "../../core/database.ts";
import { openWriter } from "../../core/open_writer.ts";
import { entriesOf } from "../../pipeline/entry_rows.ts";
import { SqliteBroker } from "../../pipeline/sqlite_broker.ts";
import { testBroker } from "../helpers/broker_contract.ts";
import { type BrokerStage, LEASE_MS } from "../helpers/broker_stage.ts";
import { VirtualClock } from "../helpers/virtual_clock.ts";
import { tempDatabase } from "./temp_database.ts";

testBroker("SqliteBroker", openStage);

Deno.test("SqliteBroker.take() hands out again at the end of the lease, not before", async () => {
  await using stage = await openStage();
  await stage.broker.publish(["a"]);
  await stage.broker.take(1);

  stage.clock.advance(LEASE_MS - 1);
  const before = await stage.broker.take(1);
  stage.clock.advance(1);
  const after = await stage.broker.take(1);

  assert.deepEqual([before.length, after.length], [0, 1]);
});

Deno.test("SqliteBroker.take() waits no longer, when the clock is set back", async () => {
  await using stage = await openStage();
  await stage.broker.publish(["a"]);
  await stage.broker.take(1);

  stage.clock.setBack(100 * LEASE_MS);
  const after = await stage.broker.take(1);

  assert.deepEqual(after.map(({ attempts }) => attempts), [2]);
});

Deno.test("SqliteBroker.ack() keeps an entry, until every group acknowledged it", async () => {
  await using stage = await openStage();
  const other = stage.join("others");
  await stage.broker.publish(["a", "b"]);
  const ids = (await stage.broker.take(2)).map(({ id }) => id);

  await stage.broker.ack(ids);
  const afterOne = stage.countEntries();
  const seen = (await other.take(2)).map(({ id }) => id);
  await other.ack(seen);

  assert.deepEqual(seen, ids);
  assert.deepEqual([afterOne, stage.countEntries()], [2, 0]);
});

Deno.test("SqliteBroker.ackAll() acknowledges what is taken and what is not", async () => {
  await using stage = await openStage();
  const other = stage.join("others");
  await stage.broker.publish(["a", "b", "c"]);
  await stage.broker.take(2);
  await other.ack((await other.take(1)).map(({ id }) => id));

  const done = stage.broker.ackAll();
  const again = [stage.broker.ackAll(), (await stage.broker.take(3)).length];
  await stage.broker.publish(["d"]);

  assert.deepEqual([done, again], [3, [0, 0]]);
  assert.deepEqual((await stage.broker.take(3)).map(({ body }) => body), ["d"]);
  assert.deepEqual((await other.take(3)).map(({ body }) => body), ["b", "c", "d"]);
});

Deno.test("SqliteBroker.depth() is each group's own", async () => {
  await using stage = await openStage();
  const other = stage.join("others");
  await stage.broker.publish(["a", "b", "c"]);

  const taken = await stage.broker.take(2);
  await stage.broker.ack([taken[0]!.id]);
  const seen = await other.take(3);
  await other.ack(seen.map(({ id }) => id));

  assert.deepEqual([await stage.broker.depth(), await other.depth()], [2, 0]);
});

Deno.test("SqliteBroker.take() gives a group that joins late what is still there", async () => {
  await using stage = await openStage();
  await stage.broker.publish(["a"]);
  await stage.broker.publish(["b", "c"]);
  const [first] = await stage.broker.take(1);
  await stage.broker.ack([first!.id]);

  const other = stage.join("others");

  assert.equal(await other.depth(), 2);
  assert.deepEqual((await other.take(5)).map(({ body }) => body), ["b", "c"]);
});

Deno.test("SqliteBroker.depth() is zero for a group that joins an emptied stream", async () => {
  await using stage = await openStage();
  await stage.broker.publish(["a", "b"]);
  await stage.broker.ack((await stage.broker.take(2)).map(({ id }) => id));

  const other = stage.join("others");
  const before = await other.depth();
  await stage.broker.publish(["c"]);

  assert.equal(before, 0);
  assert.deepEqual((await other.take(5)).map(({ body }) => body), ["c"]);
});

Deno.test("SqliteBroker.publish() keeps streams apart", async () => {
  await using stage = await openStage();
  const { db, clock } = stage;
  const changes = new SqliteBroker({ db, clock, stream: "cdc:events", group: "metrics" });

  await stage.broker.publish(["a", "b"]);
  await changes.publish(["x"]);
  await stage.broker.ack((await stage.broker.take(2)).map(({ id }) => id));

  assert.deepEqual([await stage.broker.depth(), await changes.depth()], [0, 1]);
  assert.deepEqual((await changes.take(2)).map(({ body }) => body), ["x"]);
});

Deno.test("SqliteBroker.releaseAll() leaves the leases of other groups alone", async () => {
  await using stage = await openStage();
  const other = stage.join("others");
  await stage.broker.publish(["a", "b"]);
  await stage.broker.take(1);
  await stage.broker.take(1);
  await other.take(2);

  stage.broker.releaseAll();

  const again = [await stage.broker.take(1), await stage.broker.take(1)].flat();
  assert.deepEqual(again.map(({ body, attempts }) => `${body}${attempts}`), ["a2", "b2"]);
  assert.deepEqual(await other.take(2), []);
});

interface SqliteStage extends BrokerStage {
  readonly broker: SqliteBroker;
  readonly clock: VirtualClock;
  readonly db: Database;
  join(group: string): SqliteBroker;
  countEntries(): number;
}

async function openStage(): Promise<SqliteStage> {
  const folder = tempDatabase();
  const clock = new VirtualClock();
  let db = openWriter(folder.path);
  const join = (group: string) =>
    new SqliteBroker({ db, clock, stream: "telemetry:events", group, leaseMs: LEASE_MS });
  return {
    broker: join("processors"),
    clock,
    db,
    join,
    countEntries: () => {
      const sql = `select ifnull(sum(${entriesOf("body")}), 0) as n from stream_entries`;
      const row = db.prepare(sql).get();
      return (row as { n: number }).n;
    },
    reopen: async () => {
      db.close();
      db = openWriter(folder.path);
      return join("processors");
    },
    passTime: async (ms) => clock.advance(ms),
    [Symbol.asyncDispose]: async () => {
      db.close();
      folder[Symbol.dispose]();
    },
  };
}
