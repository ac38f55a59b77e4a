/** Tests of `capture/cursor/edit_lines.ts`. */

import assert from "node:assert/strict";
import fc from "fast-check";
import { countEditLines } from "../../../capture/cursor/edit_lines.ts";
import { fcRuns } from "../../helpers/fc_runs.ts";

for (
  const [what, before, after, added, removed] of [
    ["nothing where nothing changed", "a\nb\n", "a\nb\n", 0, 0],
    ["every line of what is new", "", "a\nb\nc", 3, 0],
    ["every line of what is gone", "a\nb\n", "", 0, 2],
    ["a line that was changed on both sides", "a\nb\nc", "a\nB\nc", 1, 1],
    ["no line between two changes", "a\nb\nc\nd", "A\nb\nc\nD", 2, 2],
    ["lines between equal ones", "a\nc", "a\nb\nc", 1, 0],
    ["no other end of line", "a\r\nb\r\n", "a\nb\nc\n", 1, 0],
    ["an empty line", "a", "a\n\nb", 2, 0],
  ] as const
) {
  Deno.test(`countEditLines() counts ${what}`, () => {
    assert.deepEqual(countEditLines(before, after), { added, removed });
  });
}

Deno.test("countEditLines() counts what lies between the changes, when it is very much", () => {
  const lines = (mark: string) =>
    ["same", mark, ...Array.from({ length: 5000 }, (_, i) => `${i}`), mark, "same"].join("\n");

  assert.deepEqual(countEditLines(lines("x"), lines("y")), { added: 5002, removed: 5002 });
});

Deno.test("countEditLines() turns one text into the other, and is the same backwards", () => {
  const text = fc.array(fc.constantFrom("a", "b", "c", ""), { maxLength: 12 })
    .map((lines) => lines.map((line) => `${line}\n`).join(""));
  fc.assert(
    fc.property(text, text, (before, after) => {
      const { added, removed } = countEditLines(before, after);
      const count = (of: string) => of.split("\n").length;

      assert.equal(count(after) - count(before), added - removed);
      assert.deepEqual(countEditLines(after, before), { added: removed, removed: added });
      assert.equal(added + removed === 0, before === after);
    }),
    fcRuns(300),
  );
});
