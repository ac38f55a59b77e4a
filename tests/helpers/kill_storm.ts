/**
 * A storm of kills over the real binary: a server, one that stands by, capture workers and Redis
 * die again and again at moments drawn from a seed, while transcripts grow and hooks tell. At the
 * end everything must be there, and each of it once.
 */

import { deepEqual, equal, match } from "node:assert/strict";
import { GrowingTranscripts } from "../e2e/growing_transcripts.ts";
import { seededRandom } from "./events.ts";
import { RedisServer } from "./redis_server.ts";
import {
  type Machine,
  runBinary,
  type Running,
  startBinary,
  tempMachine,
  until,
} from "./run_blueplane.ts";
import { settled, type StormState, stormState, tellStored } from "./storm_state.ts";

/** Where accepted events wait. */
export type QueueKind = keyof typeof QUEUES;

/** Each kind of queue with what a redis-server is told; the embedded one needs none. */
const QUEUES = {
  embedded: undefined,
  "redis appendonly": ["--appendonly", "yes"],
  // Comes back with what it had a second ago, or more.
  "redis snapshots": ["--save", "1 1"],
  "redis without persistence": ["--save", ""],
} as const;

/** All of them. */
export const QUEUE_KINDS = Object.keys(QUEUES) as readonly QueueKind[];

/** What makes a storm. */
export interface StormOptions {
  readonly kind: QueueKind;
  readonly seed: number;
  readonly rounds: number;
}

/** What happened in it. */
export interface StormReport {
  readonly lines: number;
  readonly hooks: number;
  /** Deaths by who died; `flush` is a FLUSHALL. */
  readonly deaths: Readonly<Record<string, number>>;
}

/** A process that somebody always starts again. */
interface Post {
  readonly name: string;
  readonly machine: Machine;
  readonly args: readonly string[];
  running?: Running | undefined;
}

const WRITE_MAX_MS = 700;
const AWAY_MAX_MS = 2000;
const BETWEEN_MAX_MS = 300;
const WRITE_EVERY_MS = 4;
const UP_WITHIN_MS = 40_000;
/** In the session of this id is what hooks told, and nothing else. */
const HOOKED = "hooked";
/** What may be said where Redis is killed; on the embedded queue nothing may. */
const SAID = [
  /^warning: Cannot reach Redis: nothing listens at redis\.url$/,
  /^warning: Cannot reach Redis: it (does not answer|is still loading its data)$/,
  /^warning: Cannot publish to Redis: (it was restarted|no server with the key)/,
  /^warning: Cannot go on from there: the queue lost its memory; /,
  /^note: (reading|storing|writing the live picture) goes on$/,
];

/**
 * Lets a storm blow, and asserts that nothing was lost, doubled, buried or left running.
 *
 * @throws {AssertionError} where something was
 */
export async function killStorm({ kind, seed, rounds }: StormOptions): Promise<StormReport> {
  const random = seededRandom(seed);
  await using stack = new AsyncDisposableStack();
  const args = QUEUES[kind];
  const redis = args && stack.use(await RedisServer.start({ args }));
  const storm = stack.use(await KillStorm.open(random, redis));
  for (let round = 0; round < rounds; round++) await storm.round();
  return await storm.end();
}

class KillStorm implements AsyncDisposable {
  readonly #random: () => number;
  readonly #redis: RedisServer | undefined;
  readonly #machines: readonly Machine[];
  readonly #posts: readonly Post[];
  readonly #writers: readonly GrowingTranscripts[];
  readonly #folders: readonly string[];
  readonly #deaths: Record<string, number> = {};
  #isAway = false;
  #lines = 0;
  #hooks = 0;

  /** Use {@linkcode KillStorm.open}. */
  constructor(random: () => number, redis: RedisServer | undefined) {
    this.#random = random;
    this.#redis = redis;
    const made = Array.from({ length: redis ? 3 : 1 }, () => tempMachine());
    // What is on a drive that two machines see.
    const shared = `${made[0]!.path}/shared`;
    Deno.mkdirSync(`${shared}/projects`, { recursive: true });
    this.#folders = [...made.map(({ claude }) => claude), shared];
    this.#machines = made.map((machine, i) => ({
      ...machine,
      env: {
        ...machine.env,
        CLAUDE_CONFIG_DIR: i > 0 || !redis ? `${machine.claude},${shared}` : machine.claude,
        ...(redis ? { BLUEPLANE_REDIS_URL: redis.url } : {}),
      },
    }));
    this.#writers = this.#folders.map((folder, i) =>
      new GrowingTranscripts(folder, random, 1 + 3 * i)
    );
    const [desk, ...others] = this.#machines;
    const serve = { machine: desk!, args: ["serve", "--port", "0"] };
    this.#posts = [
      { name: "first server", ...serve },
      { name: "second server", ...serve },
      ...others.map((machine, i) => ({
        name: `worker ${i + 1}`,
        machine,
        args: ["worker", "--role", "capture"],
      })),
    ];
  }

  static async open(random: () => number, redis: RedisServer | undefined): Promise<KillStorm> {
    const storm = new KillStorm(random, redis);
    const [desk, ...others] = storm.#machines;
    for (const machine of others) {
      const { stdout } = await runBinary(desk!, ["worker", "--invite", "-q"]);
      equal((await runBinary(machine, ["worker", "--join"], { stdin: stdout })).code, 0);
    }
    storm.#start();
    return storm;
  }

  /** Somebody dies, lines are written all the time, and the dead are started again. */
  async round(): Promise<void> {
    const telling = this.#tellByHook();
    await this.#writeFor(WRITE_MAX_MS * this.#random());
    for (const one of this.#victims()) {
      if (one instanceof RedisServer) await this.#hurt(one);
      else await this.#kill(one);
      if (this.#random() < 0.5) await this.#writeFor(BETWEEN_MAX_MS * this.#random());
    }
    // Mostly they are back soon, as then much is under way.
    await this.#writeFor(AWAY_MAX_MS * this.#random() ** 3);
    if (this.#isAway) await this.#redis?.restart();
    this.#isAway = false;
    this.#start();
    await telling;
    if (this.#random() < 0.6) await this.#untilUp();
  }

  /** Lets everything come to rest, and looks at what there is. */
  async end(): Promise<StormReport> {
    for (const writer of this.#writers) writer.finish();
    this.#start();
    await this.#untilUp();
    const [desk] = this.#machines;
    await settled(() => stormState(this.#machines, this.#redis), this.#expected());
    for (const post of this.#posts) {
      const running = post.running!;
      post.running = undefined;
      equal((await running.stop("SIGTERM")).code, 0, running.stderr);
      this.#checkSaid(post, running);
    }
    equal((await runBinary(desk!, ["status"])).code, 3);
    deepEqual(processesOf(this.#machines), []);
    await this.#compare(desk!);
    return { lines: this.#lines, hooks: this.#hooks, deaths: this.#deaths };
  }

  async [Symbol.asyncDispose](): Promise<void> {
    for (const { running } of this.#posts) await running?.stop("SIGKILL");
    for (const machine of this.#machines) machine[Symbol.dispose]();
  }

  /** What one sync of all transcripts into an empty home gives, is what must be here. */
  async #compare(desk: Machine): Promise<void> {
    using alone = tempMachine();
    Deno.mkdirSync(alone.home);
    Deno.copyFileSync(`${desk.home}/install.key`, `${alone.home}/install.key`);
    const env = { ...alone.env, CLAUDE_CONFIG_DIR: this.#folders.join(",") };
    equal((await runBinary({ ...alone, env }, ["sync"])).code, 0);
    const found = tellStored(desk.home, HOOKED), whole = tellStored(alone.home, HOOKED);
    equal(found.hooked, this.#hooks);
    equal(found.rows, found.ids.length + found.hooked);
    equal(found.ids.length, new Set(found.ids).size);
    deepEqual(found.ids, whole.ids);
    deepEqual(found.derived, whole.derived);
  }

  #expected(): StormState {
    const sum = (name: keyof GrowingTranscripts["written"]) =>
      this.#writers.reduce((sum, { written }) => sum + written[name], 0);
    return {
      counted: {
        user_prompts: sum("user_prompts"),
        assistant_messages: sum("assistant_messages"),
        tool_uses: sum("tool_uses") + this.#hooks,
        output: sum("output"),
      },
      waiting: 0,
      dead_letters: 0,
      spooled: 0,
    };
  }

  #start(): void {
    for (const post of this.#posts) {
      if (post.running) continue;
      post.running = startBinary(post.machine, post.args);
    }
  }

  async #untilUp(): Promise<void> {
    try {
      await until("all are up", () => {
        for (const post of this.#posts) if (post.running === undefined) this.#start();
        return this.#posts.every(({ running }) => UP.test(running?.stdout ?? ""));
      }, UP_WITHIN_MS);
    } catch (cause) {
      const said = this.#posts.map(({ name, running }) =>
        `${name}: ${running?.stdout ?? ""}${running?.stderr ?? ""}`
      );
      throw new Error(`Cannot go on: not all are up; ${said.join("; ")}`, { cause });
    }
  }

  async #kill(post: Post): Promise<void> {
    const running = post.running;
    if (!running) return;
    post.running = undefined;
    const kind = post.name.startsWith("worker")
      ? "worker"
      : SERVES.test(running.stdout)
      ? "server"
      : UP.test(running.stdout)
      ? "stand-by"
      : "server that starts";
    const { signal } = await running.stop("SIGKILL");
    equal(signal, "SIGKILL", running.stderr);
    this.#count(kind);
    this.#checkSaid(post, running);
  }

  /** Who is to die, in their order. */
  #victims(): (Post | RedisServer)[] {
    const redis = this.#redis;
    // The worst: what workers published is lost unread, and they publish on.
    if (redis && this.#random() < 0.3) {
      return [...this.#posts.filter(({ name }) => name.endsWith("server")), redis];
    }
    const dying: (Post | RedisServer)[] = this.#posts.filter(() => this.#random() < 0.4);
    if (redis && this.#random() < 0.6) {
      dying.splice(Math.floor(this.#random() * (dying.length + 1)), 0, redis);
    }
    return dying.length > 0 ? dying : [this.#posts[0]!];
  }

  /** Redis dies, for a moment or for longer, or forgets all. */
  async #hurt(redis: RedisServer): Promise<void> {
    const fate = this.#random();
    if (fate < 0.4) {
      await redis.restart();
      return this.#count("redis, back at once");
    }
    this.#isAway = fate < 0.75;
    if (this.#isAway) await redis.stop();
    else await redis.flush();
    this.#count(this.#isAway ? "redis" : "flush");
  }

  #count(kind: string): void {
    this.#deaths[kind] = (this.#deaths[kind] ?? 0) + 1;
  }

  #checkSaid({ name }: Post, { stderr }: Running): void {
    for (const line of stderr.split("\n").slice(0, -1)) {
      const isExpected = this.#redis !== undefined && SAID.some((said) => said.test(line));
      if (!isExpected) match(line, /^$/, `${name} said: ${stderr}`);
    }
  }

  async #writeFor(ms: number): Promise<void> {
    const end = performance.now() + ms;
    do {
      this.#writers[Math.floor(this.#random() * this.#writers.length)]!.write();
      this.#lines++;
      await new Promise((resolve) => setTimeout(resolve, WRITE_EVERY_MS));
    } while (performance.now() < end);
  }

  /** Some machine's assistant runs its hook. */
  async #tellByHook(): Promise<void> {
    const machine = this.#machines[Math.floor(this.#random() * this.#machines.length)]!;
    const stdin = JSON.stringify({
      hook_event_name: "PostToolUse",
      session_id: HOOKED,
      tool_name: "Edit",
      tool_use_id: `toolu_${this.#hooks++}`,
    });
    const run = await runBinary(machine, ["hook", "claude-code"], { stdin });
    deepEqual(run, { code: 0, stdout: "", stderr: "" });
  }
}

const SERVES = /^Blueplane is at /m;
const UP = /^(?:Blueplane is at|Standing by:|Publishing to Redis) /m;

/** Processes that still have a home of these. */
function processesOf(machines: readonly Machine[]): string[] {
  const found: string[] = [];
  for (const { name } of Deno.readDirSync("/proc")) {
    if (!/^\d+$/.test(name)) continue;
    try {
      const environment = Deno.readTextFileSync(`/proc/${name}/environ`);
      if (machines.some(({ path }) => environment.includes(path))) found.push(name);
    } catch (error) {
      // It ended while it was looked at, or is another user's.
      if (!(error instanceof Error)) throw error;
    }
  }
  return found;
}
