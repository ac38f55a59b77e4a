/** Tests of `core/source_joins.ts`. */

import assert from "node:assert/strict";
import type { EventRecord, EventType } from "../../core/event.ts";
import { compactionKeys, promptKeys, type Sighting } from "../../core/source_joins.ts";
import { makeEvent, NOON } from "../helpers/events.ts";

function seen(
  type: EventType,
  id: string,
  told: Readonly<Record<string, string | boolean>> = {},
  at = NOON,
): Sighting {
  const isFile = !type.startsWith("exported");
  return { event: makeEvent(type, { id, at }, told as unknown as EventRecord), isFile };
}

function keysOf(keys: typeof promptKeys, ...sightings: Sighting[]) {
  const found = keys(sightings);
  const backwards = keys(sightings.toReversed());
  assert.deepEqual(
    sightings.map((one) => backwards.get(one)),
    sightings.map((one) => found.get(one)),
  );
  return sightings.map((one) => found.get(one));
}

Deno.test("promptKeys() joins prompts by the uuid of their line, else by their prompt id", () => {
  const keys = keysOf(
    promptKeys,
    seen("user_prompt", "line-1", { prompt_id: "a" }),
    seen("exported_prompt", "x1", { message_uuid: "line-1", prompt_id: "z" }),
    seen("exported_prompt", "x2", { prompt_id: "a" }),
    seen("exported_prompt", "x3", { message_uuid: "line-9", prompt_id: "b" }),
    seen("exported_prompt", "x4", { prompt_id: "b" }),
    seen("exported_prompt", "x5"),
  );

  assert.deepEqual(keys, ["line-1", "line-1", "line-1", "prompt b", "prompt b", undefined]);
});

Deno.test("promptKeys() knows a command by one of its lines", () => {
  const keys = keysOf(
    promptKeys,
    seen("user_prompt", "typed", { prompt_id: "a" }),
    seen("slash_command", "cost", { prompt_id: "a" }, NOON + 1),
    seen("user_prompt", "twin", { prompt_id: "a", slash: true }, NOON + 2),
    seen("exported_prompt", "x1", { prompt_id: "a" }),
  );

  assert.deepEqual(keys, ["typed", "cost", undefined, "typed"]);
});

Deno.test("compactionKeys() joins compactions of about the same time", () => {
  const keys = keysOf(
    compactionKeys,
    seen("context_compact", "c1"),
    seen("context_compact", "c2", {}, NOON + 600_000),
    seen("exported_compaction", "x1", {}, NOON + 60_000),
    seen("exported_compaction", "x2", {}, NOON + 599_000),
    seen("exported_compaction", "x3", {}, NOON + 6_000_000),
  );

  assert.deepEqual(keys, ["c1", "c2", "c1", "c2", "x3"]);
});
