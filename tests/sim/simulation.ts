/**
 * Simulates the whole service on a clock that only the simulation turns: what is done next, and
 * what goes wrong, is drawn from a seed. Whenever all has come to rest, nothing may be lost or
 * counted twice, nor differ from what a fresh data folder makes of the same files.
 */

import assert from "node:assert/strict";
import { outside } from "./sim_process.ts";
import { countQueued, deadLetters, readFile } from "../pipeline/read_stored.ts";
import { checkPositions, checkTotals, importAnew, readOutcome } from "./invariants.ts";
import { SimStage } from "./sim_stage.ts";
import { STEPS } from "./steps.ts";

/** One simulation. */
export interface SimulationOptions {
  readonly seed: number;
  readonly steps: number;
  /** Turns Redis on, and brings a second machine. */
  readonly redisUrl?: string;
}

const CHECK_EVERY = 40;
const STARTS_MAX = 3;

/**
 * Runs one.
 *
 * @throws {Error} with the seed and all that was done, when anything is not as it must be
 */
export function simulate(options: SimulationOptions): Promise<void> {
  return outside(() => run(options));
}

async function run({ seed, steps, redisUrl }: SimulationOptions): Promise<void> {
  await using stage = new SimStage(seed, redisUrl);
  const { log } = stage.world;
  try {
    for (let step = 1; step <= steps; step++) {
      await takeStep(stage, step);
      if (step % CHECK_EVERY === 0 || step === steps) await check(stage);
    }
  } catch (error) {
    const steps = log.join("\n");
    throw new Error(`Cannot pass the simulation of seed ${seed}: it ends here\n${steps}`, {
      cause: error,
    });
  }
}

async function takeStep(stage: SimStage, number: number): Promise<void> {
  const { world, machines } = stage;
  const steps = STEPS.filter(({ needsRedis }) => !needsRedis || world.redisUrl !== undefined);
  let left = world.upTo(steps.reduce((sum, { weight }) => sum + weight, 0));
  const step = steps.find(({ weight }) => (left -= weight) < 0)!;
  const machine = world.pick(machines);
  const at = new Date(world.clock.now()).toISOString();
  const line = `${number} ${at} machine ${machines.indexOf(machine)} ${step.name}`;
  const place = world.log.push(line) - 1;
  const done = await step.act(stage, machine);
  if (done === undefined) world.log.splice(place, 1);
  else world.log[place] = `${line}: ${done}`;
  await stage.bury();
}

/** Ends all trouble, waits until nothing is left to do, and looks at what became of it all. */
async function check(stage: SimStage): Promise<void> {
  const { world, main, machines } = stage;
  world.log.push("check");
  await calm(stage);
  await stage.answered();
  stage.ask("replay", { all: true });
  await stage.answered();
  await rest(stage);
  const { database } = main.workspace.home;
  checkTotals(machines, world.clock.now());
  machines.forEach(checkPositions);
  checkLetters(stage);
  const outcome = readOutcome(database, world.latest);
  stage.ask("rebuild", {});
  await stage.answered();
  assert.deepEqual(readOutcome(database, world.latest), outcome, "a rebuild gives the same");
  assert.deepEqual(await importAnew(machines, world), outcome, "a fresh import gives the same");
}

async function calm(stage: SimStage): Promise<void> {
  const { world, machines } = stage;
  for (const machine of machines) {
    for (const transcript of machine.transcripts) {
      if (transcript.missing > 0) transcript.append(transcript.missing, world.clock.now());
    }
    machine.service?.process.calm();
    await stage.bury();
    for (let starts = 0, failed = ""; !machine.service; starts++) {
      if (starts === STARTS_MAX) throw new Error(`Cannot start: ${failed}`);
      failed = await machine.start();
    }
  }
  await rest(stage);
}

async function rest({ world, main, machines }: SimStage): Promise<void> {
  await world.until(async () => {
    const depths = readFile(main.workspace.home.database, (db) => ({
      events: countQueued(db, 1),
      changes: countQueued(db, 2),
      dirty: Number(db.prepare("select count(*) as n from dirty_sessions").get()!.n),
    }));
    const waiting = { ...depths, redis: await world.redisDepth() };
    const unread = machines.map((machine, i) => machine.unread() && `${i} ${machine.unread()}`);
    const isEmpty = Object.values(waiting).every((depth) => depth === 0);
    return [isEmpty ? "" : JSON.stringify(waiting), ...unread].filter((text) => text).join("; ");
  });
}

function checkLetters(stage: SimStage): void {
  const { must, may } = stage.planted();
  const letters = readFile(stage.main.workspace.home.database, deadLetters);
  const ids = letters.map(({ body, message }) =>
    /"event_id":"(planted\d+)"/.exec(body ?? "")?.[1] ?? `${message} ${body}`
  );
  assert.deepEqual(ids.filter((id) => !may.has(id)), [], "no letters but what was planted");
  assert.deepEqual([...must].filter((id) => !ids.includes(id)), [], "none of these is lost");
}
