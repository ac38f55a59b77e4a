/** Tests of output that waits. */

import { deepEqual, equal } from "node:assert/strict";
import { HeldOutput } from "../../cli/held_output.ts";
import type { TextOutput } from "../../cli/io.ts";

function output(): { readonly output: TextOutput; readonly written: string[] } {
  const written: string[] = [];
  const output = {
    isTerminal: true,
    columns: () => 132,
    rows: () => 50,
    isBroken: () => true,
    write: (text: string) => void written.push(text),
  };
  return { output, written };
}

Deno.test("HeldOutput.write() lets nothing through while it is held, and all of it then", () => {
  const { output: to, written } = output();
  const held = new HeldOutput(to);
  held.write("before\n");
  held.hold();
  held.write("one\n");
  held.write("one\n");
  deepEqual([held.isHeld, written], [true, ["before\n"]]);
  held.release();
  held.write("after\n");
  deepEqual([held.isHeld, written], [false, ["before\n", "one\n", "one\n", "after\n"]]);
});

Deno.test("HeldOutput.hold() loses nothing, when called again", () => {
  const { output: to, written } = output();
  {
    using held = new HeldOutput(to);
    held.hold();
    held.write("one\n");
    held.hold();
  }
  deepEqual(written, ["one\n"]);
});

Deno.test("HeldOutput() says of itself what its output is", () => {
  const held = new HeldOutput(output().output);
  deepEqual([held.isTerminal, held.columns(), held.rows()], [true, 132, 50]);
  equal(held.isBroken(), true);
});
