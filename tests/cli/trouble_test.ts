/** Tests of telling the user of what is tried again. */

import { equal } from "node:assert/strict";
import { textOf, Trouble } from "../../cli/trouble.ts";
import { tempMachine } from "../helpers/run_blueplane.ts";
import { recordedIo } from "./recorded_io.ts";

Deno.test("tell() tells the same trouble once, and again when it comes back", () => {
  using machine = tempMachine();
  const io = recordedIo(machine, []);
  const trouble = new Trouble(io, new AbortController().signal);
  for (let i = 0; i < 3; i++) trouble.tell(new Error("Cannot store events: the disk is full"));
  equal(io.stderr.text, "warning: Cannot store events: the disk is full\n");
  trouble.end();
  trouble.tell(new Error("Cannot store events: the disk is full"));
  equal(
    io.stderr.text,
    "warning: Cannot store events: the disk is full\nnote: reading goes on\n" +
      "warning: Cannot store events: the disk is full\n",
  );
});

Deno.test("tell() says nothing, when the work was stopped", () => {
  using machine = tempMachine();
  const io = recordedIo(machine, []);
  new Trouble(io, AbortSignal.abort()).tell(new Error("Cannot go on: it was stopped"));
  equal(io.stderr.text, "");
});

Deno.test("end() says nothing, when there was no trouble", () => {
  using machine = tempMachine();
  const io = recordedIo(machine, []);
  new Trouble(io, new AbortController().signal).end();
  equal(io.stderr.text, "");
});

Deno.test("textOf() gives what was thrown as text, when it is no error", () => {
  equal(textOf(new Error("Cannot go on: it ended")), "Cannot go on: it ended");
  equal(textOf(7), "7");
});
