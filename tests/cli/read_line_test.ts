/** Tests of asking for one line. */

import { deepEqual, equal } from "node:assert/strict";
import { readLine } from "../../cli/read_line.ts";
import { tempMachine } from "../helpers/run_blueplane.ts";
import { recordedIo } from "./recorded_io.ts";

Deno.test("readLine() takes the first line of what is piped in, without a prompt", async () => {
  using machine = tempMachine();
  for (const stdin of ["one", "one\ntwo\n", "\n  one \r\n"]) {
    const io = recordedIo(machine, [], { stdin });
    deepEqual([await readLine(io, "Name: "), io.stderr.text], ["one", ""]);
  }
});

Deno.test("readLine() asks whoever types, and does not wait for the end", async () => {
  using machine = tempMachine();
  const io = recordedIo(machine, [], { typed: "one\n" });
  deepEqual([await readLine(io, "Name: "), io.stderr.text], ["one", "Name: "]);
});

Deno.test("readLine() takes Enter alone for an answer, and ends a line itself", async () => {
  using machine = tempMachine();
  const said = recordedIo(machine, [], { typed: "\nlater\n" });
  deepEqual([await readLine(said, "Name: "), said.stderr.text], ["", "Name: "]);
  const ended = recordedIo(machine, [], { typed: "" });
  deepEqual([await readLine(ended, "Name: "), ended.stderr.text], ["", "Name: \n"]);
});

Deno.test("readLine() gives up on a line without an end", async () => {
  using machine = tempMachine();
  const endless = new ReadableStream<Uint8Array>({
    pull: (controller) => controller.enqueue(new TextEncoder().encode("x".repeat(100))),
  });
  equal((await readLine(recordedIo(machine, [], { stdin: endless }), "")).length, 1100);
});
