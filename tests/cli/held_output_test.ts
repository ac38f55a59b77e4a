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

Deno.test("HeldOutput.write() lets nothing through before it is released, and all once", () => {
  const { output: to, written } = output();
  const held = new HeldOutput(to);
  held.write("one\n");
  held.write("two\n");
  deepEqual(written, []);
  held.release();
  held.release();
  deepEqual(written, ["one\n", "two\n"]);
});

Deno.test("HeldOutput() says of itself what its output is", () => {
  const held = new HeldOutput(output().output);
  deepEqual([held.isTerminal, held.columns(), held.rows()], [true, 132, 50]);
  equal(held.isBroken(), true);
});
