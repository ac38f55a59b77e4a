/** Tests of `cli/terminal_io.ts`. */

import { equal, ok } from "node:assert/strict";
import { terminalIo } from "../../cli/terminal_io.ts";
import { tempMachine } from "../helpers/run_blueplane.ts";
import { recordedIo, type RecordedOptions } from "./recorded_io.ts";

function terminal(options: RecordedOptions = {}) {
  using machine = tempMachine();
  const io = recordedIo(machine, [], { isTerminal: true, columns: 30, ...options });
  return { io, seen: terminalIo(io) };
}

Deno.test("terminalIo() breaks what is told between words, behind its label", () => {
  const { io, seen } = terminal();
  seen.stderr.write("error: Cannot go on: the disk is full; free some space\n");
  equal(
    io.stderr.text,
    "error: Cannot go on: the disk\n       is full; free some\n       space\n",
  );
});

Deno.test("terminalIo() leaves alone what is no such line, and pipes", () => {
  const bar = "\r\x1b[Kreading a long text that does not fit";
  const { io, seen } = terminal();
  seen.stderr.write(bar);
  seen.stderr.write("note: not yet all of the line that it will be");
  equal(io.stderr.text, `${bar}note: not yet all of the line that it will be`);
  const pipe = terminal({ isTerminal: false });
  equal(pipe.seen, pipe.io);
});

Deno.test("terminalIo() breaks each line of a text of several", () => {
  const { io, seen } = terminal();
  seen.stderr.write("warning: one\nthe next of them is a longer one\n");
  equal(io.stderr.text, "warning: one\nthe next of them is a longer\none\n");
});

Deno.test("terminalIo() wipes the ^C that a terminal shows, unless that is a dumb one", () => {
  for (const [options, text] of [[{}, "\r\x1b[K"], [{ env: { TERM: "dumb" } }, ""]] as const) {
    const { io, seen } = terminal(options);
    let called = 0;
    using _listening = seen.onInterrupt(() => called++);
    io.interrupt("SIGINT");
    equal(io.stderr.text, text);
    io.interrupt("SIGTERM");
    equal(io.stderr.text, text);
    ok(called === 2);
  }
});
