/**
 * A process of the simulation: code that runs in its name, wherever it goes on after waiting, can
 * be killed at any statement, and whatever it asks of the disk or of Redis can fail.
 */

import { AsyncLocalStorage } from "node:async_hooks";
import { aroundStatements, diskFullError, type Faults } from "../helpers/faults.ts";
import { unreachableError, watchCommands } from "../helpers/redis_faults.ts";

const running = new AsyncLocalStorage<SimProcess | undefined>();
/** What needs room on the disk. */
const WRITES = /^\w+ \s*(insert|update|delete|replace)\b/i;

/** One process, from its start until it ends or is killed. */
export class SimProcess {
  /** The disk has no room for what it writes. */
  isDiskFull = false;
  /** Redis does not answer it. */
  isRedisAway = false;
  /** Statements whose rows are refused. */
  refused: RegExp | undefined;
  /** A single failure of a statement or a command. */
  statementFault: Faults | undefined;
  commandFault: Faults | undefined;
  #isDead = false;
  #hasFailed = false;
  #killIn: number | undefined;

  get isDead(): boolean {
    return this.#isDead;
  }

  /** Whether anything that it asked for failed: then it may end badly, too. */
  get hasFailed(): boolean {
    return this.#hasFailed || this.#isDead;
  }

  /** Runs code in the name of this process. */
  run<T>(act: () => T): T {
    return running.run(this, act);
  }

  /** From now on nothing that it does has an effect. */
  kill(): void {
    this.#isDead = true;
  }

  /** Kills it in the middle of what it does, after so many statements. */
  killAfter(statements: number): void {
    this.#killIn = statements;
  }

  /** Ends all trouble, save what was done. */
  calm(): void {
    this.isDiskFull = this.isRedisAway = false;
    this.refused =
      this.statementFault =
      this.commandFault =
      this.#killIn =
        undefined;
  }

  /** Makes a call of its database, or does not. */
  statement(what: string, call: () => unknown): unknown {
    if (this.#killIn !== undefined && this.#killIn-- === 0) this.kill();
    try {
      if (this.#isDead) throw killedError();
      if (this.isDiskFull && WRITES.test(what)) throw diskFullError();
      if (this.refused?.test(what)) throw refusedError();
      return this.statementFault ? this.statementFault.count(what, call, []) : call();
    } catch (error) {
      this.#hasFailed = true;
      throw error;
    }
  }

  /** Sends a command, or does not. */
  async command(what: string, send: () => Promise<unknown>): Promise<unknown> {
    try {
      if (this.#isDead || this.isRedisAway) throw unreachableError();
      if (!this.commandFault) return await send();
      return await this.commandFault.count(what, send, [], unreachableError);
    } catch (error) {
      this.#hasFailed = true;
      throw error;
    }
  }
}

/** Runs code in no process's name: whoever calls may be what a process of before woke. */
export function outside<T>(act: () => T): T {
  return running.run(undefined, act);
}

/** What all processes do is watched, until it is disposed. */
export interface WatchedProcesses extends Disposable {
  /** Resolves when nobody does anything any more but wait for the clock. */
  settled(): Promise<void>;
}

const QUIET_TURNS = 3;

/** Lets processes be what they are. */
export function watchProcesses(): WatchedProcesses {
  let statements = 0;
  const stack = new DisposableStack();
  stack.use(aroundStatements((call, what, rest) => {
    statements++;
    const process = running.getStore();
    return process ? process.statement(what, () => call(...rest)) : call(...rest);
  }));
  const commands = stack.use(watchCommands(async (what, send) => {
    const process = running.getStore();
    return process ? await process.command(what, send) : await send();
  }));
  return {
    async settled() {
      for (let quiet = 0, before = -1; quiet < QUIET_TURNS; before = statements) {
        await commands.settled();
        quiet = statements === before ? quiet + 1 : 0;
      }
    },
    [Symbol.dispose]: () => stack.dispose(),
  };
}

/** What is thrown in a process that is dead. */
export function killedError(): Error {
  return new Error("Cannot go on: the process was killed");
}

function refusedError(): Error {
  const fields = { code: "ERR_SQLITE_ERROR", errcode: 19, errstr: "constraint failed" };
  return Object.assign(new Error("Cannot write: constraint failed"), fields);
}
