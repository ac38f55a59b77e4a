/** Tests of `pipeline/derive/input_lines.ts`. */

import assert from "node:assert/strict";
import { openWriter } from "../../../core/open_writer.ts";
import { UNCOUNTED } from "../../../pipeline/derive/input_fact.ts";
import { InputLines } from "../../../pipeline/derive/input_lines.ts";

const PLAIN = {
  loose: 0,
  untimed: 0,
  characters: null,
  words: null,
  tokens_before: null,
  tokens_after: null,
} as const;

const KIND = 0;

Deno.test("InputLines.tell() tells an input alone, when its line was not copied", () => {
  using db = openWriter(":memory:");
  const lines = new InputLines(db);
  lines.tell("other", 9, { session: 1, at: 5, kind: KIND, ...PLAIN });

  const told = lines.tell("line", 7, { session: 1, at: 10, kind: KIND, ...PLAIN });

  assert.deepEqual(told, [[7, { session: 1, at: 10, kind: KIND, ...PLAIN }]]);
});

Deno.test("InputLines.tell() counts the earliest of a line, which the copy's session has", () => {
  for (const order of [[0, 1], [1, 0]]) {
    using db = openWriter(":memory:");
    const lines = new InputLines(db);
    const original = () => lines.tell("line", 7, { session: 1, at: 10, kind: KIND, ...PLAIN });
    const copy = () => lines.tell("line", 8, { session: 2, at: 99, kind: KIND, ...PLAIN });

    const told = order.flatMap((i) => i === 0 ? original() : copy());

    const last = new Map(told.map(([key, fact]) => [`${key} of ${fact.session}`, fact]));
    assert.deepEqual([...last].sort(), [
      ["7 of 1", { session: 1, at: 10, kind: KIND, ...PLAIN }],
      ["7 of 2", { session: 2, at: 10, kind: KIND, ...PLAIN }],
      ["8 of 2", { session: 2, at: 99, kind: UNCOUNTED, ...PLAIN }],
    ]);
  }
});
