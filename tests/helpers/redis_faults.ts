/**
 * Injected failures of Redis: any command may not get there, or its answer not come back. It is
 * apart from other failures, as it loads the client.
 */

import { RedisConnection } from "../../pipeline/redis_connection.ts";
import { RedisError } from "../../pipeline/redis_error.ts";
import type { Faults } from "./faults.ts";

/** Sends a command, or does not; `what` names it. */
export type SendCommand = (what: string, send: () => Promise<unknown>) => Promise<unknown>;

/** Commands that are watched, until it is disposed. */
export interface WatchedCommands extends Disposable {
  /** Resolves when none has been under way for a turn of the event loop. */
  settled(): Promise<void>;
}

/** Counts the commands of every connection, until it is disposed; those sent together are one. */
export function patchCommands(faults: Faults | undefined): WatchedCommands {
  return watchCommands(async (what, send) =>
    faults ? await faults.count(what, send, [], unreachableError) : await send()
  );
}

/** Puts `around` around the commands of every connection, until it is disposed. */
export function watchCommands(around: SendCommand): WatchedCommands {
  const underWay = new Set<Promise<unknown>>();
  const watched: SendCommand = (what, send) => {
    const command = around(what, send).finally(() => underWay.delete(command));
    underWay.add(command);
    return command;
  };
  const { run } = RedisConnection.prototype;
  RedisConnection.prototype.run = function (use) {
    return run.call(this, (client) => use(watchClient(client, watched))) as never;
  };
  return {
    async settled() {
      do {
        await Promise.allSettled(underWay);
        await new Promise((resolve) => setImmediate(resolve));
      } while (underWay.size > 0);
    },
    [Symbol.dispose]: () => {
      RedisConnection.prototype.run = run;
    },
  };
}

/** What is thrown while Redis is away. */
export function unreachableError(): RedisError {
  return new RedisError("Cannot reach Redis: it does not answer");
}

type Client = RedisConnection["client"];

function watchClient(client: Client, around: SendCommand): Client {
  return new Proxy(client, {
    get: (_, name) => {
      const value = Reflect.get(client, name, client);
      if (typeof value !== "function") return value;
      if (name !== "multi" && name !== "pipeline") {
        return (...rest: unknown[]) => around(String(name), () => value.apply(client, rest));
      }
      return () => {
        const commands = value.call(client);
        const exec = commands.exec.bind(commands);
        commands.exec = () => around(String(name), exec);
        return commands;
      };
    },
  });
}
