/**
 * Opens the pipeline in this process: the one way to write, whatever the command.
 *
 * @module
 */

import { KeyError, keyPrint, readKey } from "../core/home.ts";
import { madeWith } from "../core/made_with.ts";
import type { Pipeline, PipelineOptions, PipelinePort } from "../pipeline/pipeline.ts";
import type { RedisQueueSettings } from "../pipeline/redis_queue.ts";
import { requireOwnHome } from "./capture_home.ts";
import { takeLentTurn } from "./lent_turn.ts";
import { mendHome } from "./mend_home.ts";
import { redisSettings } from "./redis_settings.ts";
import { openHomeReader, ownPrices, type Workspace } from "./workspace.ts";

/** What every pipeline of a data folder is made of. */
export interface PipelineParts
  extends Pick<PipelineOptions, "path" | "tables" | "priceFile" | "key" | "keyPrint" | "tiers"> {
  readonly redis: RedisQueueSettings | undefined;
}

/** From this many bytes on, parsing and storing share the work between two threads. */
const THREAD_FROM_BYTES = 4 * 1024 * 1024;

/**
 * What a pipeline is made of here.
 *
 * @throws {Error} in a folder that captures for another: it would take what that one waits for
 * @throws {KeyError} where the data was made with another key: nothing new would match it
 */
export async function pipelineParts(workspace: Workspace): Promise<PipelineParts> {
  requireOwnHome(workspace.home, "process events");
  return {
    keyPrint: requireSameKey(workspace),
    path: workspace.home.database,
    tables: workspace.tables,
    key: readKey(workspace.home, false),
    priceFile: await ownPrices(workspace),
    tiers: workspace.config,
    redis: redisSettings(workspace),
  };
}

/** The print of the key that all that is stored was made with. */
function requireSameKey(workspace: Workspace): string {
  const print = keyPrint(readKey(workspace.home, true)!);
  const db = openHomeReader(workspace);
  try {
    const known = db && madeWith(db, "key");
    if (known === undefined || known === print) return print;
  } finally {
    db?.close();
  }
  throw new KeyError(
    "Cannot process events: install.key is not the key that this data was made with; put that " +
      "one back (blueplane restore --with-key), or begin anew in another folder with --home",
  );
}

/**
 * Opens it, in a thread of its own where `bytes` of transcripts are many; the caller holds the
 * lock.
 */
export async function openPipeline(workspace: Workspace, bytes: number): Promise<PipelinePort> {
  if (bytes < THREAD_FROM_BYTES) return await openPipelineHere(workspace);
  const parts = await pipelineParts(workspace);
  const { PipelineThread } = await import("../pipeline/pipeline_thread.ts");
  return new PipelineThread(parts);
}

/** The same in this thread. */
export async function openPipelineHere(workspace: Workspace): Promise<Pipeline> {
  const { redis, ...parts } = await pipelineParts(workspace);
  const { Pipeline } = await import("../pipeline/pipeline.ts");
  const makeQueue = redis && (await import("../pipeline/redis_queue.ts")).redisQueue(redis);
  const pipeline = new Pipeline({ ...parts, makeQueue, clock: workspace.io.clock });
  try {
    await pipeline.resume();
  } catch (error) {
    await pipeline[Symbol.asyncDispose]();
    throw error;
  }
  return pipeline;
}

/**
 * Lets `use` have the pipeline, where nobody else writes.
 *
 * @param purpose what for, as in "Cannot <purpose>: …"
 */
export async function withOwnPipeline<T>(
  workspace: Workspace,
  purpose: string,
  use: (pipeline: Pipeline) => Promise<T>,
): Promise<T> {
  using lock = await takeLentTurn(workspace);
  if (!lock) {
    throw new Error(`Cannot ${purpose}: another blueplane is writing; try again when it is done`);
  }
  await mendHome(workspace);
  await using pipeline = await openPipelineHere(workspace);
  return await use(pipeline);
}
