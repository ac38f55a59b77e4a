/** The parts of a server that read and count, without its loop: a test says when they look. */

import { Capture } from "../../capture/capture.ts";
import { openSources } from "../../cli/open_sources.ts";
import { openWorkspace } from "../../cli/workspace.ts";
import type { Clock } from "../../core/clock.ts";
import { Pipeline } from "../../pipeline/pipeline.ts";
import { recordedIo } from "../cli/recorded_io.ts";
import type { Machine } from "../helpers/run_blueplane.ts";

/** A reader that goes on from what it knows, look for look. */
export interface LiveReader extends AsyncDisposable {
  readonly capture: Capture;
  /** Reads what is new; stops early when `signal` is aborted. */
  look(signal?: AbortSignal): Promise<void>;
  /** Counts all that was read. */
  settle(): Promise<void>;
}

/** Opens it on a machine's home. */
export async function openLiveReader(machine: Machine, clock?: Clock): Promise<LiveReader> {
  const io = recordedIo(machine, [], clock ? { clock } : {});
  const workspace = openWorkspace(io, { color: false, sync: true });
  const { home, tables } = workspace;
  const pipeline = new Pipeline({ path: home.database, tables, clock: io.clock });
  const capture = new Capture({
    sources: await openSources(workspace, pipeline, undefined),
    clock: io.clock,
  });
  return {
    capture,
    async look(signal = new AbortController().signal) {
      await capture.catchUp(signal);
    },
    async settle() {
      await pipeline.drain();
    },
    [Symbol.asyncDispose]: () => pipeline[Symbol.asyncDispose](),
  };
}
