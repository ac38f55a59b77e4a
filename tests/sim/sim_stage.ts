/** The stage of a simulation: the world, the machines in it, and what they were asked for. */

import { encodeEvent } from "../../core/event.ts";
import { LETTER_KEPT_MS } from "../../core/dead_letters.ts";
import type { CommandArgument, CommandName } from "../../pipeline/pipeline_commands.ts";
import { makePrompt } from "../helpers/events.ts";
import { SimMachine } from "./sim_machine.ts";
import { SimWorld } from "./sim_world.ts";

const DAY_MS = 86_400_000;

/** Everything that a step may touch. */
export class SimStage implements AsyncDisposable {
  readonly world: SimWorld;
  readonly main: SimMachine;
  readonly machines: readonly SimMachine[];
  readonly #asked = new Set<Promise<void>>();
  readonly #planted = new Map<string, number>();
  #unexpected: unknown;

  /** @param redisUrl turns Redis on, and brings a second machine */
  constructor(seed: number, redisUrl?: string) {
    this.world = new SimWorld(seed, redisUrl);
    this.main = new SimMachine(this.world, 0);
    const others = redisUrl === undefined ? [] : [new SimMachine(this.world, 1, this.main)];
    this.machines = [this.main, ...others];
  }

  /** Asks the server for something, and does not wait for it. @returns whether there is one */
  ask<Name extends CommandName>(name: Name, argument: CommandArgument<Name>): boolean {
    const { service } = this.main;
    if (!service?.pipeline) return false;
    const { pipeline, process } = service;
    const isAlive = () => this.main.service === service && !process.hasFailed;
    const answer = process.run(() => pipeline.command(name, argument)).then(() => {}, (error) => {
      if (isAlive()) this.#unexpected = error;
    });
    this.#asked.add(answer);
    answer.then(() => this.#asked.delete(answer));
    return true;
  }

  /** Waits for all that was asked for. @throws what it should not have failed with */
  async answered(): Promise<void> {
    await this.world.during(Promise.all(this.#asked), "it is not answered");
    if (this.#unexpected) throw this.#unexpected;
  }

  /** Leaves an event that nobody can store. */
  plant(): void {
    const now = this.world.clock.now();
    const id = `planted${this.#planted.size}`;
    this.#planted.set(id, now);
    this.main.leave([encodeEvent(makePrompt({ id, platform: "emacs", at: now }))]);
  }

  /** The dead letters that must be there, and those that may be. */
  planted(): { readonly must: ReadonlySet<string>; readonly may: ReadonlySet<string> } {
    // The clock may have been set back before the event was found to be dead.
    const surelyMs = LETTER_KEPT_MS - DAY_MS;
    const must = [...this.#planted].filter(([, at]) => this.world.latest - at < surelyMs);
    return { must: new Set(must.map(([id]) => id)), may: new Set(this.#planted.keys()) };
  }

  /** Cleans up where a process was killed. */
  async bury(): Promise<void> {
    for (const machine of this.machines) {
      if (machine.service?.process.isDead) await machine.stop();
    }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    for (const machine of this.machines) await machine[Symbol.asyncDispose]();
    await this.world[Symbol.asyncDispose]();
  }
}
