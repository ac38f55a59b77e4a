/** Runs blueplane as a process of its own, on a machine that is made up and soon gone. */

import { killIfThere } from "./kill_if_there.ts";

const root = decodeURIComponent(new URL("../../", import.meta.url).pathname);
const SETTLE_WITHIN_MS = 20_000;
const POLL_EVERY_MS = 10;

/** Folders and environment of one test; nothing of the real user's is among them. */
export interface Machine extends Disposable {
  readonly path: string;
  /** BLUEPLANE_HOME; not made yet. */
  readonly home: string;
  /** CLAUDE_CONFIG_DIR; its `projects` folder is there. */
  readonly claude: string;
  /** HOME. */
  readonly user: string;
  readonly env: Readonly<Record<string, string>>;
}

/** How a run ended, and all that it wrote. */
export interface Run {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** What differs from the usual run. */
export interface RunOptions {
  /** Replaces the machine's whole environment. */
  readonly env?: Readonly<Record<string, string>>;
  readonly cwd?: string;
  /** What is piped in. */
  readonly stdin?: string;
}

/** Makes the machine. */
export function tempMachine(): Machine {
  const path = Deno.makeTempDirSync({ prefix: "blueplane_test_" });
  const [home, claude, user] = [`${path}/blueplane`, `${path}/claude`, `${path}/user`];
  Deno.mkdirSync(`${claude}/projects`, { recursive: true });
  Deno.mkdirSync(user);
  return {
    path,
    home,
    claude,
    user,
    env: {
      BLUEPLANE_HOME: home,
      CLAUDE_CONFIG_DIR: claude,
      HOME: user,
      TZ: "UTC",
      NO_COLOR: "1",
      COLUMNS: "100",
    },
    [Symbol.dispose]: () => Deno.removeSync(path, { recursive: true }),
  };
}

/** Runs the source with the Deno that runs the test, to its end. */
export async function runSource(machine: Machine, args: readonly string[], options?: RunOptions) {
  return await ended(startSource(machine, args, options));
}

/** Runs dist/blueplane to its end. */
export async function runBinary(machine: Machine, args: readonly string[], options?: RunOptions) {
  return await ended(startBinary(machine, args, options));
}

/**
 * Runs dist/blueplane to its end as a user whom the modes of files bind, as they do not bind root.
 *
 * @returns undefined where that cannot be arranged
 */
export async function runBound(machine: Machine, args: readonly string[]) {
  if (Deno.build.os === "windows") return undefined;
  if (Deno.uid() !== 0) return await runBinary(machine, args);
  if (Deno.build.os !== "linux") return undefined;
  const unbinding = ["dac_override", "dac_read_search", "fowner"].map((name) => `-${name}`);
  const call = [`--bounding-set=${unbinding}`, binaryPath(), ...args];
  return await ended(new Running("setpriv", call, { env: machine.env }));
}

/** Starts the source. */
export function startSource(machine: Machine, args: readonly string[], options: RunOptions = {}) {
  const call = sourceCall(machine, args, options);
  return new Running(Deno.execPath(), call.args, { ...options, env: call.env });
}

/** The arguments and the environment with which Deno runs the source. */
export function sourceCall(
  machine: Machine,
  args: readonly string[],
  { env = {} }: RunOptions = {},
): { readonly args: string[]; readonly env: Record<string, string> } {
  return {
    args: ["run", "-A", `--config=${root}deno.json`, `${root}main.ts`, ...args],
    env: { DENO_DIR: denoFolder(), DENO_NO_UPDATE_CHECK: "1", ...machine.env, ...env },
  };
}

/** Starts dist/blueplane. */
export function startBinary(machine: Machine, args: readonly string[], options: RunOptions = {}) {
  return new Running(binaryPath(), args, { ...options, env: options.env ?? machine.env });
}

/** Starts `serve` at a free port and waits until it listens. */
export async function startServe(
  machine: Machine,
  args: readonly string[] = [],
  start = startBinary,
): Promise<{ server: Running; url: string }> {
  const server = start(machine, ["serve", "--port", "0", ...args]);
  try {
    await server.until("it listens", () => /^Blueplane is at /m.test(server.stdout));
    const url = /http:\/\/[\d.:[\]]+/.exec(server.stdout)?.[0];
    if (url === undefined) throw new Error("Cannot read the address: there is none");
    return { server, url };
  } catch (error) {
    await server[Symbol.asyncDispose]();
    throw error;
  }
}

/** The path of the binary. */
export function binaryPath(): string {
  const path = `${root}dist/blueplane${Deno.build.os === "windows" ? ".exe" : ""}`;
  try {
    Deno.statSync(path);
    return path;
  } catch (error) {
    if (!(error instanceof Deno.errors.NotFound)) throw error;
    throw new Error("Cannot test the binary: dist/blueplane is missing; run deno task compile");
  }
}

/** Waits until `holds` does, looking again and again. */
export async function until(
  what: string,
  holds: () => boolean | Promise<boolean>,
  withinMs = SETTLE_WITHIN_MS,
): Promise<void> {
  const end = performance.now() + withinMs;
  while (!await holds()) {
    if (performance.now() > end) {
      throw new Error(`Cannot go on: not within ${withinMs} ms ${what}`);
    }
    await new Promise((resolve) => setTimeout(resolve, POLL_EVERY_MS));
  }
}

/** A process that runs, with what it has written so far. Disposing it kills it. */
export class Running implements AsyncDisposable {
  stdout = "";
  stderr = "";
  readonly pid: number;
  /** Resolves when it has ended and all of its output is here. */
  readonly ended: Promise<Deno.CommandStatus>;
  readonly #process: Deno.ChildProcess;
  #hasEnded = false;

  constructor(program: string, args: readonly string[], options: RunOptions) {
    this.#process = new Deno.Command(program, {
      args: [...args],
      clearEnv: true,
      env: { ...options.env },
      ...(options.cwd === undefined ? {} : { cwd: options.cwd }),
      stdin: options.stdin === undefined ? "null" : "piped",
      stdout: "piped",
      stderr: "piped",
    }).spawn();
    this.pid = this.#process.pid;
    const fed = options.stdin === undefined
      ? undefined
      : new Blob([options.stdin]).stream().pipeTo(this.#process.stdin);
    this.ended = Promise.all([
      this.#process.status,
      fed,
      collect(this.#process.stdout, (text) => this.stdout += text),
      collect(this.#process.stderr, (text) => this.stderr += text),
    ]).then(([status]) => {
      this.#hasEnded = true;
      return status;
    });
  }

  /** Waits until `holds` does; fails at once when the process ends before. */
  async until(what: string, holds: () => boolean | Promise<boolean>): Promise<void> {
    try {
      await until(what, async () => {
        if (await holds()) return true;
        if (this.#hasEnded) throw new Error(`Cannot go on: it ended before ${what}`);
        return false;
      });
    } catch (error) {
      const why = error instanceof Error ? error.message : String(error);
      const said = `stdout: ${this.stdout}\nstderr: ${this.stderr}`;
      throw new Error(`Cannot wait until ${what}: ${why}\n${said}`);
    }
  }

  /** Sends a signal, if there is still someone to get it, and waits for the end. */
  async stop(signal: Deno.Signal): Promise<Deno.CommandStatus> {
    killIfThere(this.#process, signal);
    return await this.ended;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.stop("SIGKILL");
  }
}

async function ended(running: Running): Promise<Run> {
  const { code } = await running.ended;
  return { code, stdout: running.stdout, stderr: running.stderr };
}

async function collect(
  stream: ReadableStream<Uint8Array>,
  add: (text: string) => void,
): Promise<void> {
  for await (const text of stream.pipeThrough(new TextDecoderStream())) add(text);
}

let foundFolder: string | undefined;

/** Where this Deno keeps its packages: with another HOME it would fetch them anew. */
function denoFolder(): string {
  if (foundFolder !== undefined) return foundFolder;
  const { stdout } = new Deno.Command(Deno.execPath(), { args: ["info", "--json"] }).outputSync();
  const { denoDir } = JSON.parse(new TextDecoder().decode(stdout)) as { denoDir: string };
  return foundFolder = denoDir;
}
