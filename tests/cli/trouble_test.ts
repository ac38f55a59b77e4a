/** Tests of telling the user of what is tried again. */

import { equal } from "node:assert/strict";
import { textOf, Trouble } from "../../cli/trouble.ts";
import { tempMachine } from "../helpers/run_blueplane.ts";
import { type RecordedIo, recordedIo } from "./recorded_io.ts";

const FULL = new Error("Cannot store events: the disk is full");
const AWAY = new Error("Cannot reach Redis: it does not answer");

function open(signal = new AbortController().signal): { io: RecordedIo; trouble: Trouble } {
  using machine = tempMachine();
  const io = recordedIo(machine, []);
  return { io, trouble: new Trouble(io, signal) };
}

Deno.test("tell() tells the same trouble once, and again when it comes back", () => {
  const { io, trouble } = open();
  for (let i = 0; i < 3; i++) trouble.tell("reading", FULL);
  equal(io.stderr.text, `warning: ${FULL.message}\n`);
  trouble.end("reading");
  trouble.tell("reading", FULL);
  equal(
    io.stderr.text,
    `warning: ${FULL.message}\nnote: reading goes on\nwarning: ${FULL.message}\n`,
  );
});

Deno.test("tell() tells what two have met once, and goes on when the last one does", () => {
  const { io, trouble } = open();
  trouble.tell("storing", FULL);
  trouble.tell("reading", FULL);
  trouble.end("storing");
  equal(io.stderr.text, `warning: ${FULL.message}\n`);
  equal(trouble.current, FULL.message);
  trouble.end("reading");
  equal(io.stderr.text, `warning: ${FULL.message}\nnote: reading goes on\n`);
});

Deno.test("tell() says nothing, when the work was stopped", () => {
  const { io, trouble } = open(AbortSignal.abort());
  trouble.tell("reading", FULL);
  equal(io.stderr.text, "");
});

Deno.test("end() says nothing, when there was no trouble, or another's alone", () => {
  const { io, trouble } = open();
  trouble.end("reading");
  trouble.tell("storing", AWAY);
  trouble.end("reading");
  equal(io.stderr.text, `warning: ${AWAY.message}\n`);
});

Deno.test("Trouble() knows all that is not over, each once, and tells of no path", () => {
  const { trouble } = open();
  equal(trouble.current, undefined);
  trouble.tell("reading", FULL);
  trouble.tell("storing", FULL);
  trouble.tell("writing the live picture", AWAY);
  equal(trouble.current, `${FULL.message}; ${AWAY.message}`);
  trouble.end("writing the live picture");
  trouble.tell("storing", new Deno.errors.NotFound("/home/somebody"));
  equal(trouble.current, FULL.message);
  trouble.end("reading");
  equal(trouble.current, undefined);
});

Deno.test("textOf() gives what was thrown as text, when it is no error", () => {
  equal(textOf(new Error("Cannot go on: it ended")), "Cannot go on: it ended");
  equal(textOf(7), "7");
});
