/**
 * A machine of the simulation: the files of its assistant, its data folder, and the one process
 * that may run there, which is a server or, on all machines but the first, a capture worker.
 */

import { existsSync } from "node:fs";
import { findPlatform } from "../../capture/registry.ts";
import { isSpooled, spoolEvents } from "../../capture/spool.ts";
import { readNews } from "../../cli/read_news.ts";
import { redisSettings } from "../../cli/redis_settings.ts";
import { openWorkspace, type Workspace } from "../../cli/workspace.ts";
import { readCheckpoints } from "../../core/checkpoints.ts";
import { encodeEvent } from "../../core/event.ts";
import { recordedIo } from "../cli/recorded_io.ts";
import { tempMachine } from "../helpers/run_blueplane.ts";
import { readFile } from "../pipeline/read_stored.ts";
import { type Service, startServer, startWorker } from "./service.ts";
import { SimProcess } from "./sim_process.ts";
import { SimTranscript } from "./sim_transcript.ts";
import type { SimWorld } from "./sim_world.ts";

/** What a hook left. */
export interface HookCall {
  readonly events: readonly string[];
  readonly at: number;
}

const GLOBALS = { color: false, quiet: true, sync: true } as const;

/** One machine. */
export class SimMachine implements AsyncDisposable {
  readonly folder = tempMachine();
  readonly transcripts: SimTranscript[] = [];
  readonly hooks: HookCall[] = [];
  readonly workspace: Workspace;
  service: Service | undefined;
  readonly #world: SimWorld;
  readonly #number: number;

  /** @param main the first machine, which has the server, if this is not the first */
  constructor(world: SimWorld, number: number, main?: SimMachine) {
    this.#world = world;
    this.#number = number;
    if (main) {
      Deno.mkdirSync(this.folder.home);
      Deno.copyFileSync(main.workspace.home.key, `${this.folder.home}/install.key`);
    }
    this.workspace = this.#open();
    const redis = redisSettings(this.workspace);
    if (redis) world.joinRedis(redis.namespace);
  }

  get isMain(): boolean {
    return this.#number === 0;
  }

  /** Begins a session, as a copy of another one or new. */
  addTranscript(copied?: SimTranscript): SimTranscript {
    const session = 1000 * (this.#number + 1) + this.transcripts.length;
    const transcript = new SimTranscript(this.folder.claude, session, this.#world.clock.now());
    if (copied) transcript.copy(copied);
    this.transcripts.push(transcript);
    return transcript;
  }

  /** What an installed hook does. */
  async callHook(payload: Record<string, unknown>): Promise<void> {
    const at = this.#world.clock.now();
    const read = await findPlatform("claude_code")!.readHook(payload, at, this.workspace);
    const events = read.map(encodeEvent);
    this.leave(events);
    this.hooks.push({ events, at });
  }

  /** Leaves events in the spool. */
  leave(events: readonly string[]): void {
    spoolEvents(this.workspace.home.spool, events, this.#world.clock.now());
  }

  /** Starts what runs here. @returns what stopped the start, if anything did */
  async start(process = new SimProcess()): Promise<string> {
    const start = this.isMain ? startServer : startWorker;
    return await this.#tell(process, async () => {
      this.service = await process.run(() => start(this.#open(), process));
    });
  }

  /** Runs `sync` to its end. */
  async catchUp(process: SimProcess): Promise<string> {
    return await this.#tell(process, () => process.run(() => readNews(this.#open())));
  }

  /** Ends what runs here, or cleans up where it was killed. */
  async stop(): Promise<void> {
    const { service } = this;
    this.service = undefined;
    if (service) {
      await this.#world.during(service.process.run(() => service.end()), "it does not end");
    }
  }

  /** Where each transcript is read to, and how long its file is. */
  positions(): { readonly position: number; readonly size: number }[] {
    const { privacy, home } = this.workspace;
    const known = readFile(home.database, (db) => readCheckpoints(db));
    return this.transcripts.map(({ place, sessionId }) => ({
      position: known.get(`${privacy.hash(place.slice(0, place.lastIndexOf("/")))}:${sessionId}`)
        ?.position ?? 0,
      size: Deno.statSync(place).size,
    }));
  }

  /** What on this machine was not accepted; "" if all was. */
  unread(): string {
    const { spool } = this.workspace.home;
    // Made when its process begins to read.
    if (!existsSync(spool)) return "nothing is read";
    const left = [...Deno.readDirSync(spool)].filter(({ name }) => isSpooled(name));
    const behind = this.positions().filter(({ position, size }) => position !== size);
    return left.length + behind.length === 0
      ? ""
      : `not read: ${JSON.stringify({ left: left.map(({ name }) => name), behind })}`;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.service?.process.kill();
    await this.stop();
    this.folder[Symbol.dispose]();
  }

  async #tell(process: SimProcess, work: () => Promise<unknown>): Promise<string> {
    try {
      await this.#world.during(work(), "it is not done");
      return "";
    } catch (error) {
      if (!process.hasFailed) throw error;
      return error instanceof Error ? error.message : String(error);
    }
  }

  #open(): Workspace {
    const { clock, redisUrl } = this.#world;
    const env = { BLUEPLANE_REDIS_URL: redisUrl };
    return openWorkspace(recordedIo(this.folder, [], { clock, env }), GLOBALS);
  }
}
