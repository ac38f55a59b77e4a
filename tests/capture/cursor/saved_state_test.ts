/** Tests of `capture/cursor/saved_state.ts`: what is kept between two readings. */

import assert from "node:assert/strict";
import type { Checkpoint } from "../../../core/checkpoints.ts";
import { encodeState, readSavedState } from "../../../capture/cursor/saved_state.ts";

Deno.test("readSavedState() gives back what was kept", () => {
  const state = { stamp: "1:2:0:0", marks: { headers: 5, rows: { anchors: [], at: null } } };

  const { stamp, marks } = readSavedState({ state: encodeState(state) } as Checkpoint);

  assert.deepEqual({ stamp, marks }, state);
});

Deno.test("readSavedState() begins anew, when nothing was kept or in another format", () => {
  assert.deepEqual(readSavedState(undefined), { marks: {} });
  assert.deepEqual(readSavedState({ state: "{}" } as Checkpoint), { marks: {} });
  assert.deepEqual(readSavedState({ state: '{"format":0}' } as Checkpoint), { marks: {} });
});
