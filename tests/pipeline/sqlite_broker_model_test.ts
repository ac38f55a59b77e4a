/**
 * Drives a SqliteBroker with random commands beside a model that knows nothing but the contract.
 *
 * Goal: no order of publishing, taking, acknowledging, passing time and crashing loses an entry,
 * changes one, hands one out while it is leased, or miscounts. Method: fast-check makes up the
 * commands; a crash closes the database in the middle and opens it again, as a new process does.
 * Each command checks its own answer, the depth is checked after every one, and at the end all
 * that is left is taken and acknowledged.
 */

import assert from "node:assert/strict";
import fc from "fast-check";
import type { Delivery } from "../../core/broker.ts";
import { type Database, openWriter } from "../../core/database.ts";
import { SqliteBroker } from "../../pipeline/sqlite_broker.ts";
import { VirtualClock } from "../helpers/virtual_clock.ts";
import { fcRuns } from "./fc_runs.ts";
import { tempDatabase } from "./temp_database.ts";

const LEASE_MS = 1000;

interface Entry {
  readonly body: string;
  id: string | undefined;
  attempts: number;
  leasedUntil: number;
}

/** What is not acknowledged, in the order in which it was published. */
interface Model {
  entries: Entry[];
  published: number;
  ackedIds: string[];
}

class Real {
  readonly clock = new VirtualClock(0);
  readonly #path: string;
  #db: Database;
  broker: SqliteBroker;

  constructor(path: string) {
    this.#path = path;
    this.#db = openWriter(path);
    this.broker = this.#join();
  }

  crash(): void {
    this.close();
    this.#db = openWriter(this.#path);
    this.broker = this.#join();
  }

  close(): void {
    this.#db.close();
  }

  #join(): SqliteBroker {
    const stream = "telemetry:events", group = "processors", leaseMs = LEASE_MS;
    return new SqliteBroker({ db: this.#db, clock: this.clock, stream, group, leaseMs });
  }
}

type Step = fc.AsyncCommand<Model, Real>;

Deno.test("SqliteBroker() keeps its contract, whatever the order of calls", async () => {
  const step = fc.commands([
    fc.nat({ max: 6 }).map((count) => makeStep(`publish ${count}`, publish(count))),
    fc.integer({ min: 1, max: 4 }).map((max) => makeStep(`take ${max}`, take(max))),
    fc.nat().map((picks) => makeStep(`ack ${picks.toString(2)}`, ack(picks))),
    fc.nat({ max: 2 * LEASE_MS }).map((ms) => makeStep(`wait ${ms}`, wait(ms))),
    fc.constant(makeStep("crash", crash)),
    fc.constant(makeStep("release all", releaseAll)),
  ], { maxCommands: 40, size: "+1" });
  await fc.assert(
    fc.asyncProperty(step, async (steps) => {
      using folder = tempDatabase();
      const real = new Real(folder.path);
      const model: Model = { entries: [], published: 0, ackedIds: [] };
      try {
        await fc.asyncModelRun(() => ({ model, real }), steps);
        await takeTheRest(model, real);
      } finally {
        real.close();
      }
    }),
    fcRuns(80),
  );
});

type Run = (model: Model, real: Real) => Promise<void>;

function makeStep(name: string, run: Run): Step {
  return {
    check: () => true,
    run: async (model, real) => {
      await run(model, real);
      assert.equal(await real.broker.depth(), model.entries.length);
    },
    toString: () => name,
  };
}

function publish(count: number): Run {
  return async (model, real) => {
    const bodies = Array.from({ length: count }, () => `body ${++model.published}`);

    await real.broker.publish(bodies);

    const fresh = { id: undefined, attempts: 0, leasedUntil: -Infinity };
    model.entries.push(...bodies.map((body) => ({ body, ...fresh })));
  };
}

function take(max: number): Run {
  return async (model, real) => {
    const now = real.clock.now();
    const ranOut = model.entries.filter((e) => e.attempts > 0 && e.leasedUntil <= now);
    const fresh = model.entries.filter((e) => e.attempts === 0);

    const taken = await real.broker.take(max);

    assert.ok(taken.length <= max, `${taken.length} entries, asked for ${max}`);
    assert.equal(new Set(taken.map(({ attempts }) => attempts)).size, Math.min(1, taken.length));
    if (ranOut.length > 0) {
      assert.equal(taken[0]?.body, ranOut[0]?.body);
      for (const { body } of taken) assert.ok(ranOut.some((e) => e.body === body), body);
    } else {
      assert.deepEqual(
        taken.map(({ body }) => body),
        fresh.slice(0, max).map(({ body }) => body),
      );
    }
    for (const delivery of taken) lease(model, delivery, now + LEASE_MS);
  };
}

function lease(model: Model, { id, body, attempts }: Delivery, until: number): void {
  const entry = model.entries.find((e) => e.body === body)!;
  assert.equal(attempts, ++entry.attempts);
  assert.equal(id, entry.id ?? id);
  assert.ok(!model.ackedIds.includes(id));
  entry.id = id;
  entry.leasedUntil = until;
}

/** Acknowledges those whose bit is set, be they taken, gone already or never seen. */
function ack(picks: number): Run {
  return async (model, real) => {
    const known = model.entries.flatMap(({ id }) => id === undefined ? [] : [id]);
    const all = [...known, ...model.ackedIds.slice(-3), "1000000"];
    const ids = all.filter((_, i) => picks >> (i % 30) & 1).reverse();

    await real.broker.ack(ids);

    model.ackedIds.push(...known.filter((id) => ids.includes(id)));
    model.entries = model.entries.filter(({ id }) => id === undefined || !ids.includes(id));
  };
}

function wait(ms: number): Run {
  return async (_, real) => real.clock.advance(ms);
}

async function crash(_: Model, real: Real): Promise<void> {
  real.crash();
}

async function releaseAll(model: Model, real: Real): Promise<void> {
  real.broker.releaseAll();
  const now = real.clock.now();
  for (const entry of model.entries) entry.leasedUntil = Math.min(entry.leasedUntil, now);
}

async function takeTheRest(model: Model, real: Real): Promise<void> {
  real.clock.advance(LEASE_MS);
  const left = new Set(model.entries.map(({ body }) => body));
  for (let taken = await real.broker.take(3); taken.length > 0;) {
    for (const { body } of taken) assert.ok(left.delete(body), body);
    await real.broker.ack(taken.map(({ id }) => id));
    taken = await real.broker.take(3);
  }
  assert.deepEqual([...left], []);
  assert.equal(await real.broker.depth(), 0);
}
