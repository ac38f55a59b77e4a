/**
 * Drives a broker with random commands beside a model that knows nothing but the contract.
 *
 * Goal: no order of publishing, taking, acknowledging, releasing, passing time and crashing loses
 * an entry, changes one, hands one out while it is leased, or miscounts. Method: fast-check makes
 * up the commands; a crash ends the broker in the middle and opens it again, as a new process
 * does. Each command checks its own answer, the depth is checked after every one, and at the end
 * all that is left is taken and acknowledged.
 */

import assert from "node:assert/strict";
import fc from "fast-check";
import type { Delivery, LeasingBroker } from "../../core/broker.ts";

/** A broker over an empty stream, and what the model does to it. */
export interface ModelledBroker extends AsyncDisposable {
  readonly broker: LeasingBroker;
  readonly leaseMs: number;
  /** Lets time pass; only as many of the milliseconds count as are told here. */
  passTime(ms: number): Promise<void>;
  /** Ends the broker without notice, and opens it again. */
  crash(): Promise<void>;
}

interface Entry {
  readonly body: string;
  /** As it was handed out last. */
  delivery: Delivery | undefined;
  attempts: number;
  leasedUntil: number;
  /** The answer that handed it out last: such entries are released together. */
  answer: number;
}

/** What is not acknowledged, in the order in which it was published. */
interface Model {
  entries: Entry[];
  published: number;
  answers: number;
  ackedIds: string[];
  now: number;
}

type Step = fc.AsyncCommand<Model, ModelledBroker>;
type Run = (model: Model, real: ModelledBroker) => Promise<void>;

/** Tries as many orders of commands as `runs` says, each with a broker of its own. */
export async function checkModel(
  open: () => Promise<ModelledBroker>,
  runs: { readonly numRuns: number },
): Promise<void> {
  await fc.assert(
    fc.asyncProperty(steps(), async (steps) => {
      await using real = await open();
      const model = { entries: [], published: 0, answers: 0, ackedIds: [], now: 0 };
      await fc.asyncModelRun(() => ({ model, real }), steps);
      await takeTheRest(model, real);
    }),
    runs,
  );
}

/** Shares of a lease are in thousandths, so that every broker may have leases of its own. */
function steps(): fc.Arbitrary<Iterable<Step>> {
  const share = (max: number) => fc.nat({ max });
  return fc.commands([
    fc.nat({ max: 6 }).map((count) => makeStep(`publish ${count}`, publish(count))),
    fc.integer({ min: 1, max: 4 }).map((max) => makeStep(`take ${max}`, take(max))),
    fc.nat().map((picks) => makeStep(`ack ${picks.toString(2)}`, ack(picks))),
    fc.tuple(fc.nat(), share(1000)).map(([pick, share]) =>
      makeStep(`release ${pick} after ${share}`, release(pick, share))
    ),
    fc.nat().map((pick) => makeStep(`give back ${pick}`, giveBack(pick))),
    share(2000).map((share) => makeStep(`wait ${share}`, wait(share))),
    fc.constant(makeStep("crash", (_, real) => real.crash())),
    fc.constant(makeStep("release all", releaseAll)),
  ], { maxCommands: 40, size: "+1" });
}

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

    const fresh = { delivery: undefined, attempts: 0, leasedUntil: -Infinity, answer: 0 };
    model.entries.push(...bodies.map((body) => ({ body, ...fresh })));
  };
}

function take(max: number): Run {
  return async (model, real) => {
    const ranOut = model.entries.filter((e) => e.delivery && e.leasedUntil <= model.now);
    const fresh = model.entries.filter((e) => !e.delivery);

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
    model.answers++;
    for (const delivery of taken) lease(model, delivery, model.now + real.leaseMs);
  };
}

function lease(model: Model, delivery: Delivery, until: number): void {
  const { id, body, attempts } = delivery;
  const entry = model.entries.find((e) => e.body === body)!;
  assert.equal(attempts, ++entry.attempts);
  assert.equal(id, entry.delivery?.id ?? id);
  assert.ok(!model.ackedIds.includes(id));
  entry.delivery = delivery;
  entry.leasedUntil = until;
  entry.answer = model.answers;
}

/** Acknowledges those whose bit is set, be they taken, gone already or never seen. */
function ack(picks: number): Run {
  return async (model, real) => {
    const known = model.entries.flatMap(({ delivery }) => delivery ? [delivery.id] : []);
    const all = [...known, ...model.ackedIds.slice(-3), "1000000", "1000000-1", "no id"];
    const ids = all.filter((_, i) => picks >> (i % 30) & 1).reverse();

    await real.broker.ack(ids);

    model.ackedIds.push(...known.filter((id) => ids.includes(id)));
    model.entries = model.entries.filter(({ delivery }) =>
      !delivery || !ids.includes(delivery.id)
    );
  };
}

/** What is left of one answer. */
function answerOf(model: Model, pick: number): Entry[] {
  const answers = [...new Set(model.entries.map(({ answer }) => answer))].filter(Boolean);
  const answer = answers[pick % answers.length];
  return model.entries.filter((e) => answer !== undefined && e.answer === answer);
}

/** Once or again. */
function giveBack(pick: number): Run {
  return async (model, real) => {
    const entries = answerOf(model, pick);

    await real.broker.giveBack(entries.map(({ delivery }) => delivery!));

    for (const entry of entries) {
      entry.attempts = entry.delivery!.attempts - 1;
      entry.leasedUntil = model.now;
    }
  };
}

/** Lets the leases of what is left of one answer run out. */
function release(pick: number, share: number): Run {
  return async (model, real) => {
    const entries = answerOf(model, pick);
    const delayMs = real.leaseMs * share / 1000;

    await real.broker.release(entries.map(({ delivery }) => delivery!.id), delayMs);

    for (const entry of entries) entry.leasedUntil = model.now + delayMs;
  };
}

function wait(share: number): Run {
  return async (model, real) => {
    const ms = real.leaseMs * share / 1000;
    await real.passTime(ms);
    model.now += ms;
  };
}

async function releaseAll(model: Model, real: ModelledBroker): Promise<void> {
  await real.broker.releaseAll();
  for (const entry of model.entries) entry.leasedUntil = Math.min(entry.leasedUntil, model.now);
}

async function takeTheRest(model: Model, real: ModelledBroker): Promise<void> {
  await real.passTime(real.leaseMs);
  const left = new Set(model.entries.map(({ body }) => body));
  for (let taken = await real.broker.take(3); taken.length > 0;) {
    for (const { body } of taken) assert.ok(left.delete(body), body);
    await real.broker.ack(taken.map(({ id }) => id));
    taken = await real.broker.take(3);
  }
  assert.deepEqual([...left], []);
  assert.equal(await real.broker.depth(), 0);
}
