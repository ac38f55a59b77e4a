/** Runs a real redis-server, or another server that speaks like one, for tests. */

import { findProgram, missingPartText, parts } from "../../tools/parts.ts";
import { RedisConnection } from "../../pipeline/redis_connection.ts";
import { Running } from "./run_blueplane.ts";

/** What differs from a plain server that saves nothing. */
export interface RedisServerOptions {
  /** A name or path, as `valkey-server`. @default {BLUEPLANE_TEST_REDIS or redis-server} */
  readonly program?: string;
  /** More arguments, as `["--appendonly", "yes"]`. A relative path is one in its folder. */
  readonly args?: readonly string[];
  /** Files that it reads by their name, as an `aclfile`. */
  readonly files?: Readonly<Record<string, string>>;
  /** User and password of the first in `url`, as `:secret`. */
  readonly login?: string;
  /** Speaks TLS, and nothing else, with these files. */
  readonly tls?: { readonly certFile: string; readonly keyFile: string };
}

/** What all tests of a file share: each takes a namespace of its own. */
export interface SharedRedis {
  readonly server: RedisServer;
}

const STARTS_MAX = 5;
/** A cluster also listens at the port 10,000 above. */
const PORT_MAX = 55_535;

/** Starts one server before the first test of a file, and ends it after the last. */
export function sharedRedis(options: RedisServerOptions = {}): SharedRedis {
  let server: RedisServer | undefined;
  Deno.test.beforeAll(async () => {
    server = await RedisServer.start(options);
  });
  Deno.test.afterAll(() => server?.[Symbol.asyncDispose]());
  return {
    get server() {
      if (!server) throw new Error("Cannot use the shared Redis: no test runs yet");
      return server;
    },
  };
}

/** A server at a free port of 127.0.0.1, in a folder that goes with it. */
export class RedisServer implements AsyncDisposable {
  readonly folder: string;
  readonly #options: RedisServerOptions;
  #port = 0;
  #running: Running | undefined;

  /** Use {@linkcode RedisServer.start}. */
  constructor(options: RedisServerOptions) {
    this.#options = options;
    this.folder = Deno.makeTempDirSync({ prefix: "blueplane_test_redis_" });
    for (const [name, text] of Object.entries(options.files ?? {})) {
      Deno.writeTextFileSync(`${this.folder}/${name}`, text);
    }
  }

  /** Starts a server; it takes commands when the promise resolves. */
  static async start(options: RedisServerOptions = {}): Promise<RedisServer> {
    const server = new RedisServer(options);
    try {
      for (let left = STARTS_MAX; !await server.#tryStart(freePort()); left--) {
        if (left === 0) throw new Error(`Cannot start a Redis: ${server.#log()}`);
      }
      return server;
    } catch (error) {
      await server[Symbol.asyncDispose]();
      throw error;
    }
  }

  /** Where it is, for `redis.url`. */
  get url(): string {
    const { login, tls } = this.#options;
    const user = login === undefined ? "" : `${login}@`;
    return `${tls ? "rediss" : "redis"}://${user}127.0.0.1:${this.#port}`;
  }

  /** Kills it, and starts it again at the same port, with what it has on its disk. */
  async restart(): Promise<void> {
    await this.stop();
    if (!await this.#tryStart(this.#port)) {
      throw new Error(`Cannot start a Redis again: ${this.#log()}`);
    }
  }

  /** Kills it, as kill -9 does. Until it is started again nothing listens at its port. */
  async stop(): Promise<void> {
    await this.#running?.stop("SIGKILL");
    this.#running = undefined;
  }

  /** Lets it hang, until what is returned is disposed: it takes calls and answers none. */
  pause(): Disposable {
    const pid = this.#running!.pid;
    Deno.kill(pid, "SIGSTOP");
    return { [Symbol.dispose]: () => Deno.kill(pid, "SIGCONT") };
  }

  /** Removes all that is in it. */
  async flush(): Promise<void> {
    await this.command("FLUSHALL");
  }

  /** Sends it one command, over a connection of its own. */
  async command(name: string, ...args: readonly (string | number)[]): Promise<unknown> {
    await using connection = new RedisConnection({ url: this.url, namespace: "test" });
    return await connection.client.call(name, ...args);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.stop();
    Deno.removeSync(this.folder, { recursive: true });
  }

  /** @returns false when another program was faster to take the port */
  async #tryStart(port: number): Promise<boolean> {
    this.#port = port;
    Deno.writeTextFileSync(`${this.folder}/log`, "");
    this.#running = new Running(programPath(this.#options.program), this.#args(), {
      cwd: this.folder,
    });
    const running = this.#running;
    const isReady = () => this.#log().includes("Ready to accept connections");
    try {
      await running.until("it takes commands", isReady);
      return true;
    } catch (error) {
      await this.stop();
      if (this.#log().includes("Address already in use")) return false;
      throw error;
    }
  }

  #args(): string[] {
    const { args = [], tls } = this.#options;
    const port = String(this.#port);
    const ports = tls
      ? ["--port", "0", "--tls-port", port, "--tls-auth-clients", "no"].concat(
        ["--tls-cert-file", tls.certFile, "--tls-key-file", tls.keyFile],
      )
      : ["--port", port];
    return ["--bind", "127.0.0.1", ...ports, "--save", "", "--logfile", "log", ...args];
  }

  #log(): string {
    return Deno.readTextFileSync(`${this.folder}/log`);
  }
}

function programPath(name = Deno.env.get("BLUEPLANE_TEST_REDIS")): string {
  const programs = name === undefined ? parts["redis-server"]!.programs : [name];
  const path = findProgram(programs, Deno.env.get("PATH") ?? "");
  if (path !== undefined) return path;
  if (name === undefined) throw new Error(missingPartText("redis-server").replace("error: ", ""));
  throw new Error(`Cannot run the tests: ${name} is missing`);
}

function freePort(): number {
  using listener = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  const { port } = listener.addr;
  return port <= PORT_MAX ? port : freePort();
}
