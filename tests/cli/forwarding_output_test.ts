/** Tests of `cli/forwarding_output.ts`. */

import { deepEqual, equal } from "node:assert/strict";
import { ForwardingOutput } from "../../cli/forwarding_output.ts";
import { RecordedOutput } from "./recorded_io.ts";

Deno.test("ForwardingOutput() is and does what the stream behind it is and does", () => {
  for (const isTerminal of [true, false]) {
    const behind = new RecordedOutput({ isTerminal, columns: 72, rows: 33 });
    const output = new ForwardingOutput(behind);
    deepEqual([output.isTerminal, output.columns(), output.rows()], [isTerminal, 72, 33]);
    equal(output.isBroken(), false);
    output.write("one\n");
    output.write("two");
    equal(behind.text, "one\ntwo");
    behind.isCut = true;
    equal(output.isBroken(), true);
  }
});
