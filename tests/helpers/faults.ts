/**
 * Injected failures: the nth call of wrapped objects throws, before or after it took effect. A
 * sweep lets the first call fail, then the second, and so on until a run ends without a failure.
 */

import { DatabaseSync, StatementSync } from "node:sqlite";
import type { Database, Statement } from "../../core/database.ts";

/** Whether the failing call does its work. */
export type FaultMoment = "before" | "after";

/** What is done, or is not. */
export type Call = (...rest: unknown[]) => unknown;

/** Counts calls and lets one of them fail. */
export class Faults {
  readonly #nth: number;
  readonly #moment: FaultMoment;
  readonly #makeError: () => Error;
  #calls = 0;
  /** What the failing call was; undefined while none has failed. */
  fired: string | undefined;

  constructor(nth: number, moment: FaultMoment, makeError: () => Error = diskFullError) {
    this.#nth = nth;
    this.#moment = moment;
    this.#makeError = makeError;
  }

  /** The same object, but calls of these methods count and may fail. */
  wrap<T extends object>(target: T, methods: readonly (keyof T & string)[]): T {
    return new Proxy(target, {
      get: (_, name) => {
        const value = Reflect.get(target, name, target);
        if (typeof value !== "function") return value;
        const bound = value.bind(target);
        if (!methods.includes(name as keyof T & string)) return bound;
        return (...rest: unknown[]) => this.count(`${String(name)} ${rest[0]}`, bound, rest);
      },
    });
  }

  /** A database whose statements, and what is executed at once, count and may fail. */
  wrapDatabase(db: Database): Database {
    const counted = this.wrap(db, ["exec"]);
    return new Proxy(db, {
      get: (_, name) => {
        if (name !== "prepare") return Reflect.get(counted, name);
        return (sql: string) => this.wrap<Statement>(db.prepare(sql), ["run", "get", "all"]);
      },
    });
  }

  /** Counts the calls of every database of this thread, until it is disposed. */
  patchDatabases(): Disposable {
    return aroundStatements((call, what, rest) => this.count(what, call, rest));
  }

  /** Makes one call, which counts and may fail; `what` names it. */
  count(what: string, call: Call, rest: unknown[], makeError = this.#makeError): unknown {
    if (what.startsWith("exec rollback")) return call(...rest);
    const fails = ++this.#calls === this.#nth;
    if (!fails) return call(...rest);
    this.fired = `${this.#moment} call ${this.#nth}, ${what}`;
    if (this.#moment === "before" || NEVER_AFTER.test(what)) throw makeError();
    const result = call(...rest);
    if (!(result instanceof Promise)) throw makeError();
    return result.then(() => {
      throw makeError();
    });
  }
}

const CALLS_MAX = 20_000;
// Rollbacks fail only with the machine; these have done nothing when they fail.
const NEVER_AFTER = /^exec (begin|savepoint|release)/;

/** `quick`, or 1 where the environment asks for whole sweeps, as `deno task soak` does. */
export function sweepStride(quick: number): number {
  return Deno.env.get("SWEEP_ALL") ? 1 : quick;
}

/**
 * Runs with the nth call failing, n = 1, 2, …, before and after its effect, until none fails.
 *
 * @param stride fails only every so many calls
 * @returns how many faults were injected
 */
export async function sweepFaults(
  run: (faults: Faults) => Promise<void>,
  stride = 1,
): Promise<number> {
  let fired = 0;
  for (const moment of ["before", "after"] as const) {
    // Other calls fail after their effect than before it, where not all do.
    const first = moment === "before" ? 1 : 1 + (stride >> 1);
    for (let nth = first;; nth += stride) {
      if (nth > CALLS_MAX) throw new Error("Cannot end the sweep: each run has more calls");
      const faults = new Faults(nth, moment);
      try {
        await run(faults);
      } catch (error) {
        throw new Error(`Cannot pass the sweep: a fault ${faults.fired}`, { cause: error });
      }
      if (!faults.fired) break;
      fired++;
    }
  }
  return fired;
}

/** Puts `around` around every call of a database of this thread, until it is disposed. */
export function aroundStatements(
  around: (call: Call, what: string, rest: unknown[]) => unknown,
): Disposable {
  const stack = new DisposableStack();
  stack.use(patch(DatabaseSync.prototype, "exec", around));
  for (const name of ["run", "get", "all"] as const) {
    stack.use(patch(StatementSync.prototype, name, around));
  }
  return stack;
}

/** Lets statements of this thread fail whose SQL holds `sql`, until it is disposed. */
export function failStatements(sql: string, makeError: () => Error = diskFullError): Disposable {
  const stack = new DisposableStack();
  for (const name of ["run", "get", "all"] as const) {
    stack.use(patch(StatementSync.prototype, name, (call, what, rest) => {
      if (what.includes(sql)) throw makeError();
      return call(...rest);
    }));
  }
  return stack;
}

/** Does something right after the nth statement from now on, until it is disposed. */
export function afterStatement(nth: number, act: () => void): Disposable & { isDone(): boolean } {
  const stack = new DisposableStack();
  let statements = 0;
  for (const name of ["run", "get", "all"] as const) {
    stack.use(patch(StatementSync.prototype, name, (call, _, rest) => {
      if (++statements === nth) queueMicrotask(act);
      return call(...rest);
    }));
  }
  return { isDone: () => statements >= nth, [Symbol.dispose]: () => stack.dispose() };
}

/** Puts `around` in the place of a method; `what` is the method and the SQL that it runs. */
function patch<T extends object>(
  prototype: T,
  name: keyof T & string,
  around: (call: Call, what: string, rest: unknown[]) => unknown,
): Disposable {
  const original = prototype[name] as Call;
  prototype[name] = function (this: { sourceSQL?: string }, ...rest: unknown[]) {
    const what = `${name} ${this.sourceSQL ?? rest[0]}`;
    return around((...given) => original.apply(this, given), what, rest);
  } as T[keyof T & string];
  return {
    [Symbol.dispose]: () => {
      prototype[name] = original as T[keyof T & string];
    },
  };
}

/** Lets the first look at a database fail as where the disk has no room for a log at all. */
export function failFirstLook(): Disposable {
  let looks = 0;
  const errcode = 10 | 19 << 8;
  return aroundStatements((call, what, rest) => {
    if (!what.includes("pragma user_version") || ++looks > 1) return call(...rest);
    throw Object.assign(new Error("Cannot write: disk I/O error"), { errcode });
  });
}

/** What SQLite throws when the disk is full. */
export function diskFullError(): Error {
  const fields = { code: "ERR_SQLITE_ERROR", errcode: 13, errstr: "database or disk is full" };
  return Object.assign(new Error("Cannot write: database or disk is full"), fields);
}
