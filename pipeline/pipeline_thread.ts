/**
 * The pipeline in a Worker thread, seen from the main one.
 *
 * @module
 */

import { DiskFullError } from "../core/database.ts";
import { HomeClosedError } from "../core/home_closed.ts";
import { Worker } from "node:worker_threads";
import type { Checkpoint } from "../core/checkpoints.ts";
import { QueueLostError } from "../core/intake.ts";
import type { Retention } from "./archiving.ts";
import type { PipelineOptions, PipelinePort } from "./pipeline.ts";
import type { CommandAnswer, CommandArgument, CommandName } from "./pipeline_commands.ts";
import { RedisError } from "./redis_error.ts";
import type { RedisQueueSettings } from "./redis_queue.ts";
import type { Derived } from "./slow_groups.ts";

/** What goes to the Worker. */
export type PipelineCall =
  | {
    readonly id: number;
    readonly name: "accept";
    readonly events: readonly string[];
    readonly checkpoints: readonly Checkpoint[];
  }
  | {
    readonly id: number;
    readonly name: "command";
    readonly command: CommandName;
    readonly argument: CommandArgument<CommandName>;
  }
  | { readonly id: number; readonly name: "drain"; readonly upTo?: Derived | undefined }
  | { readonly id: number; readonly name: "rewound" | "close" };

/**
 * What comes back: an answer to a call, or (with id 0) word that derived data changed, that
 * something is tried again or goes on, or that there is no pipeline.
 */
export interface PipelineAnswer {
  readonly id: number;
  /** What a command gave. */
  readonly answer?: CommandAnswer<CommandName>;
  readonly error?: string;
  /** Its name, as some are caught. */
  readonly errorName?: string;
  /** Null when the work goes on. */
  readonly trouble?: string | null;
}

/** What a thread is started with. */
export interface PipelineData
  extends Pick<PipelineOptions, "path" | "tables" | "priceFile" | "key" | "keyPrint" | "tiers"> {
  /** Turns Redis on. */
  readonly redis?: RedisQueueSettings | undefined;
  /** Has what is too old archived, once a day. */
  readonly retention?: Retention;
}

/** Who is told of what happens in it. */
export type PipelineListeners = Pick<
  PipelineOptions,
  "onFolded" | "onTrouble" | "onRecovered"
>;

/** {@linkcode PipelineCall} without its number. */
type Unnumbered<T> = T extends unknown ? Omit<T, "id"> : never;

/** A {@linkcode PipelinePort} whose work happens in another thread. */
export class PipelineThread implements PipelinePort {
  readonly #worker: Worker;
  readonly #calls = new Map<number, PromiseWithResolvers<unknown>>();
  readonly #exit: Promise<void>;
  readonly #failed = Promise.withResolvers<never>();
  #lastId = 0;
  #failure: Error | undefined;

  constructor(options: PipelineData & PipelineListeners) {
    const { onFolded = () => {}, onTrouble = () => {}, onRecovered = () => {}, ...data } =
      options;
    this.#worker = new Worker(workerUrl(), { workerData: data satisfies PipelineData });
    this.#failed.promise.catch(() => {});
    this.#exit = new Promise((resolve) => this.#worker.on("exit", () => resolve()));
    this.#worker.on("message", (answer: PipelineAnswer) => {
      if (answer.trouble === null) return onRecovered();
      if (answer.trouble !== undefined) return onTrouble(new Error(answer.trouble));
      if (answer.id === 0) {
        return answer.error === undefined ? onFolded() : this.#fail(new Error(answer.error));
      }
      const call = this.#calls.get(answer.id);
      this.#calls.delete(answer.id);
      if (answer.error === undefined) call?.resolve(answer.answer);
      else call?.reject(errorOf(answer));
    });
    this.#worker.on("error", (error: unknown) => this.#fail(error));
    this.#worker.on("exit", () => this.#fail(undefined));
  }

  /** Rejects when the thread dies; never resolves. */
  get failed(): Promise<never> {
    return this.#failed.promise;
  }

  accept(events: readonly string[], checkpoints: readonly Checkpoint[]): Promise<void> {
    return this.#call({ name: "accept", events, checkpoints }) as Promise<void>;
  }

  drain(upTo?: Derived): Promise<void> {
    return this.#call({ name: "drain", upTo }) as Promise<void>;
  }

  command<Name extends CommandName>(
    name: Name,
    argument: CommandArgument<Name>,
  ): Promise<CommandAnswer<Name>> {
    const call = { name: "command", command: name, argument } as const;
    return this.#call(call) as Promise<CommandAnswer<Name>>;
  }

  rewound(): Promise<void> {
    return this.#call({ name: "rewound" }) as Promise<void>;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    try {
      if (!this.#failure) await this.#call({ name: "close" });
    } finally {
      this.#failure ??= new Error("Cannot store events: the pipeline is closed");
      await this.#worker.terminate();
      await this.#exit;
    }
  }

  #call(call: Unnumbered<PipelineCall>): Promise<unknown> {
    if (this.#failure) return Promise.reject(this.#failure);
    const id = ++this.#lastId;
    const answer = Promise.withResolvers<unknown>();
    this.#calls.set(id, answer);
    this.#worker.postMessage({ ...call, id });
    return answer.promise;
  }

  #fail(cause: unknown): void {
    const text = cause instanceof Error ? cause.message : "its thread ended";
    this.#failure ??= new Error(
      text.startsWith("Cannot ") ? text : `Cannot go on with the pipeline: ${text}`,
      { cause },
    );
    this.#failed.reject(this.#failure);
    for (const call of this.#calls.values()) call.reject(this.#failure);
    this.#calls.clear();
  }
}

function errorOf({ error, errorName }: PipelineAnswer): Error {
  if (errorName === "QueueLostError") return new QueueLostError();
  if (errorName === "HomeClosedError") return new HomeClosedError(error);
  if (errorName === "DiskFullError") return new DiskFullError(error);
  return errorName === "RedisError" ? new RedisError(error ?? "") : new Error(error);
}

/** The Worker's file stands beside this one, or at its place in a bundle. */
function workerUrl(): URL {
  const file = import.meta.url.endsWith(".ts")
    ? "./pipeline_worker.ts"
    : "./pipeline/pipeline_worker.js";
  return new URL(file, import.meta.url);
}
