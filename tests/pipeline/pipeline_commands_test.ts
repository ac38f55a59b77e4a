/** Tests of `pipeline/pipeline_commands.ts`; what each promises stands in `port_contract.ts`. */

import assert from "node:assert/strict";
import { pipelineCommands } from "../../pipeline/pipeline_commands.ts";
import { encodeChange } from "../../pipeline/slow_path.ts";
import { promptTexts } from "../helpers/events.ts";
import { openParts, type Parts } from "./open_parts.ts";
import { tempDatabase } from "./temp_database.ts";

const EVENTS = { stream: "telemetry:events", group: "processors" } as const;

Deno.test("pipelineCommands() lets what waits go before, between a hundred letters", async () => {
  using folder = tempDatabase();
  using parts = openParts(folder.path);
  promptTexts(250).forEach((body, i) =>
    parts.letters.add(EVENTS, { id: `${i}`, body, attempts: 3 }, undefined)
  );
  const left: number[] = [];

  await commandsOf(parts, () => left.push(parts.count("dead_letters"))).replay({ all: true });

  assert.deepEqual(left, [150, 50, 0]);
});

Deno.test("pipelineCommands() fold for no group that there is not", async () => {
  using folder = tempDatabase();
  using parts = openParts(folder.path);
  for (const group of ["metrics", "elsewhere"]) {
    const change = { id: "1", body: encodeChange(1, 3), attempts: 3 };
    parts.letters.add({ stream: "cdc:events", group }, change, undefined);
  }

  const replayed = await commandsOf(parts).replay({ all: true });

  assert.deepEqual(replayed, { stored: 1, came_back: [2], not_kept: [] });
  assert.deepEqual(
    parts.deadLetters().map(({ message }) => message),
    ["Cannot fold a block: its group is not registered"],
  );
});

function commandsOf(parts: Parts, giveWay: () => void = () => {}) {
  return pipelineCommands({
    clock: parts.clock,
    db: parts.db,
    path: "/nonexistent/telemetry.db",
    archive: "/nonexistent",
    letters: parts.letters,
    fastPath: parts.fastPath,
    slow: parts.groups,
    purges: { run: () => Promise.reject(new Error("Cannot purge: it is not asked for")) },
    tombstones: parts.tombstones,
    rebuild: () => Promise.reject(new Error("Cannot rebuild: it is not asked for")),
    repricing: { take() {}, step: () => false },
    forget: () => parts.traces.forget(),
    whenFree: (act) => Promise.resolve(act()),
    giveWay: () => Promise.resolve(giveWay()),
  });
}
