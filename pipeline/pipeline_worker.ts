/**
 * The Worker's entry: runs a pipeline and answers calls of the main thread, one after another.
 *
 * @module
 */

import { parentPort, workerData } from "node:worker_threads";
import { systemClock } from "../core/clock.ts";
import { Pipeline, type PipelineOptions } from "./pipeline.ts";
import type { PipelineAnswer, PipelineCall } from "./pipeline_thread.ts";
import type { TraceTables } from "./trace_store.ts";

const FOLDED_EVERY_MS = 50;

function main(): void {
  const { path, tables, priceFile } = workerData as {
    path: string;
    tables: TraceTables;
    priceFile: string | undefined;
  };
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
  const pipeline = openPipeline(
    { path, tables, priceFile, clock: systemClock, onFolded, onTrouble },
    answer,
  );
  if (!pipeline) return;
  const resumed = pipeline.resume();
  // Calls are told of what went wrong.
  resumed.then(() => pipeline.expireHourly(), () => {});
  parentPort?.on("message", async (call: PipelineCall) => {
    try {
      await resumed;
      answer({ id: call.id, ...await perform(pipeline, call) });
    } catch (error) {
      answer({ id: call.id, error: textOf(error) });
    }
    if (call.name === "close") clearTimeout(timer);
  });
}

/** Tells the other thread why there is no pipeline, instead of dying with a stack on stderr. */
function openPipeline(
  options: PipelineOptions,
  answer: (message: PipelineAnswer) => void,
): Pipeline | undefined {
  try {
    return new Pipeline(options);
  } catch (error) {
    answer({ id: 0, error: textOf(error) });
    return undefined;
  }
}

async function perform(
  pipeline: Pipeline,
  call: PipelineCall,
): Promise<Pick<PipelineAnswer, "answer">> {
  if (call.name === "command") {
    return { answer: await pipeline.command(call.command, call.argument) };
  }
  if (call.name === "accept") await pipeline.accept(call.events, call.checkpoints);
  else if (call.name === "drain") await pipeline.drain();
  else await pipeline[Symbol.asyncDispose]();
  return {};
}

function textOf(error: unknown): string {
  return error instanceof Error ? error.message : "unknown";
}

main();
