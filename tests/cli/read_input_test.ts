/** Tests of `cli/read_input.ts`. */

import assert from "node:assert/strict";
import { readInput } from "../../cli/read_input.ts";
import { tempMachine } from "../helpers/run_blueplane.ts";
import { recordedIo } from "./recorded_io.ts";

Deno.test("readInput() gives all bytes, and of far too many those at both ends", async () => {
  using machine = tempMachine();
  const text = async (stdin: string) =>
    new TextDecoder().decode(await readInput(recordedIo(machine, [], { stdin })));

  assert.equal(await text('{"a":1}'), '{"a":1}');
  const long = await text(JSON.stringify({ long: "x".repeat(9 * 1024 * 1024), last: 1 }));
  assert.equal(JSON.parse(long).last, 1);
  assert.ok(long.length < 1024 * 1024, `${long.length}`);
});
