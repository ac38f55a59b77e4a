/**
 * What Cursor's databases cost: the first read of a large one, and a look at many of which none
 * was written.
 *
 * @module
 */

import { Gate } from "../../capture/gate.ts";
import { cursor } from "../../capture/cursor/cursor.ts";
import { StateSource } from "../../capture/cursor/state_source.ts";
import type { CaptureContext, ReadTotals } from "../../capture/platform.ts";
import type { Checkpoint } from "../../core/checkpoints.ts";
import { systemClock } from "../../core/clock.ts";
import { Privacy } from "../../core/privacy.ts";
import { makeState, type PlainRow } from "../helpers/cursor_databases.ts";
import { atLeast, atMost, type BenchRow, percentile } from "./row.ts";

const MIB = 1024 * 1024;
const COMPOSERS = 200;
const WORKSPACES = 100;
const ROUNDS = 30;
const signal = new AbortController().signal;

/** Runs the bench in a folder of its own. */
export async function benchCursor(folder: string): Promise<BenchRow[]> {
  const user = `${folder}/cursor/User`;
  makeState(`${user}/globalStorage/state.vscdb`, manyRows());
  for (let i = 0; i < WORKSPACES; i++) {
    makeState(`${user}/workspaceStorage/${i}/state.vscdb`, [["aiService.prompts", "[]"]]);
  }
  const checkpoints = new Map<string, Checkpoint>();
  const context = contextOf(folder, user, checkpoints);
  const totals: ReadTotals = {
    files: 0,
    bytes: 0,
    events: 0,
    linesMalformed: 0,
    linesUnknown: 0,
  };
  const start = performance.now();
  const first = new StateSource(cursor.id, () => Promise.resolve(() => []), context);
  for (const { path } of first.scan()) await first.read(path, totals, signal);
  await first.flush();
  const seconds = (performance.now() - start) / 1000;
  const source = await cursor.open(context);
  source.scan();
  const looks: number[] = [];
  for (let round = 0; round < ROUNDS; round++) {
    const at = performance.now();
    if (source.scan().length > 0) throw new Error("Cannot bench: something was written");
    looks.push(performance.now() - at);
  }
  const size = `${Math.round(totals.bytes / MIB)} MiB of values, ${totals.files} databases`;
  return [
    atLeast(
      `Cursor: first read, rows alone (${size})`,
      totals.bytes / MIB / seconds,
      150,
      "MiB/s",
    ),
    atMost(
      `Cursor: a look, nothing new (${totals.files} databases)`,
      percentile(looks, 0.5),
      10,
      "ms",
    ),
  ];
}

function contextOf(
  folder: string,
  user: string,
  checkpoints: Map<string, Checkpoint>,
): CaptureContext {
  return {
    environment: {
      home: folder,
      get: (name) => name === "BLUEPLANE_CURSOR_USER_DIR" ? user : undefined,
    },
    privacy: new Privacy(new Uint8Array(32)),
    clock: systemClock,
    gate: new Gate(),
    pollEveryMs: 30_000,
    temporary: `${folder}/tmp`,
    checkpoints,
    intake: {
      accept: async (_events, accepted) => {
        for (const checkpoint of accepted) checkpoints.set(checkpoint.id, checkpoint);
      },
    },
    onProblem: (problem) => {
      throw new Error(problem);
    },
  };
}

/** Half of it in rows that are never read. */
function* manyRows(): Generator<PlainRow> {
  const text = JSON.stringify({ text: "made-up text ".repeat(800) });
  for (let i = 0; i < COMPOSERS; i++) {
    yield [`composerData:c${i}`, "{}"];
    for (let n = 0; n < 100; n++) yield [`bubbleId:c${i}:${n}`, text];
    for (let n = 0; n < 100; n++) yield [`agentKv:blob:${i}-${n}`, text];
  }
}
