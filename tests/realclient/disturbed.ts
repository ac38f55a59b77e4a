/**
 * Holds that what comes beside the transcripts of a run, each stream by itself, changes nothing
 * that the transcripts tell: told twice, out of order, and with losses.
 */

import { deepEqual } from "node:assert/strict";
import { askHere, machineWith, syncHere, type Told } from "../helpers/told.ts";
import type { Machine } from "../helpers/run_blueplane.ts";
import { callHooks, exportsIn, hooksIn, sendExports, sourcesIn, totalsOf } from "./run_truth.ts";

/** Reads a run's folder with each of its streams disturbed, and without any. */
export async function holdDisturbed(folder: string): Promise<void> {
  const has = sourcesIn(folder);
  const alone = await tell(folder, async () => {});
  if (has.hooks) {
    const told = await tell(folder, (machine) => callHooks(machine, disturbed(hooksIn(folder))));
    deepEqual(totalsOf(told, "hooks"), totalsOf(alone, "hooks"));
  }
  for (const encoding of has.exports) {
    const bodies = disturbed(exportsIn(folder, [encoding]));
    const told = await tell(folder, (machine) => sendExports(machine, bodies));
    deepEqual(totalsOf(told, "exports"), totalsOf(alone, "exports"));
  }
}

/** What is left of a stream that loses every third, each twice and the last first. */
export function disturbed<T>(stream: readonly T[]): T[] {
  const left = stream.filter((_, i) => i % 3 !== 1);
  return [...left.toReversed(), ...left];
}

/** The stream comes before the transcripts are read, and again after. */
async function tell(folder: string, send: (machine: Machine) => Promise<void>): Promise<Told> {
  using machine = machineWith(`${folder}/projects`);
  await send(machine);
  await syncHere(machine);
  await send(machine);
  await syncHere(machine);
  return await askHere(machine);
}
