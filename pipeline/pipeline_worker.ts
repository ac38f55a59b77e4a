/**
 * The Worker's entry: runs a pipeline and answers calls of the main thread, one after another.
 *
 * @module
 */

import { parentPort, workerData } from "node:worker_threads";
import { systemClock } from "../core/clock.ts";
import { archiveDaily } from "./archiving.ts";
import { Pipeline, type PipelineOptions } from "./pipeline.ts";
import type { PipelineAnswer, PipelineCall, PipelineData } from "./pipeline_thread.ts";

const FOLDED_EVERY_MS = 50;

function main(): void {
  const { redis, retention, ...data } = workerData as PipelineData;
  const answer = (message: PipelineAnswer) => parentPort?.postMessage(message);
  let toldAt = 0;
  let timer: ReturnType<typeof setTimeout> | undefined;
  const tellFolded = () => {
    toldAt = systemClock.now();
    timer = undefined;
    answer({ id: 0 });
  };
  const onFolded = () => {
    timer ??= setTimeout(tellFolded, Math.max(0, toldAt + FOLDED_EVERY_MS - systemClock.now()));
  };
  const onTrouble = (error: unknown) => answer({ id: 0, trouble: textOf(error) });
  const onRecovered = () => answer({ id: 0, trouble: null });
  const listeners = { onFolded, onTrouble, onRecovered };
  const opened = openPipeline({ ...data, ...listeners, clock: systemClock }, redis);
  // Without a pipeline there is nobody to answer a call.
  opened.catch((error) => answer({ id: 0, error: textOf(error) }));
  const resumed = opened.then((pipeline) => pipeline.resume());
  // Calls are told of what went wrong.
  resumed.then(async () => (await opened).expireHourly(), () => {});
  const closing = new AbortController();
  if (retention) {
    const beside = { clock: systemClock, signal: closing.signal, onTrouble };
    resumed.then(async () => archiveDaily(await opened, retention, beside), () => {});
  }
  parentPort?.on("message", async (call: PipelineCall) => {
    try {
      const pipeline = await opened;
      if (call.name === "close") closing.abort();
      // Who is closed while it opens waits for nobody any more.
      if (call.name !== "close") await resumed;
      answer({ id: call.id, ...await perform(pipeline, call) });
    } catch (error) {
      const errorName = error instanceof Error ? error.name : undefined;
      answer({ id: call.id, error: textOf(error), errorName });
    }
    if (call.name === "close") clearTimeout(timer);
  });
}

async function openPipeline(
  options: PipelineOptions,
  redis: PipelineData["redis"],
): Promise<Pipeline> {
  if (!redis) return new Pipeline(options);
  const { redisQueue } = await import("./redis_queue.ts");
  return new Pipeline({ ...options, makeQueue: redisQueue(redis) });
}

async function perform(
  pipeline: Pipeline,
  call: PipelineCall,
): Promise<Pick<PipelineAnswer, "answer">> {
  if (call.name === "command") {
    return { answer: await pipeline.command(call.command, call.argument) };
  }
  if (call.name === "accept") await pipeline.accept(call.events, call.checkpoints);
  else if (call.name === "drain") await pipeline.drain(call.upTo);
  else if (call.name === "rewound") await pipeline.rewound();
  else await pipeline[Symbol.asyncDispose]();
  return {};
}

function textOf(error: unknown): string {
  return error instanceof Error ? error.message : "unknown";
}

main();
