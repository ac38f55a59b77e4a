/** Tests of `cli/doctor/step_note.ts`: what is said meanwhile, and to whom. */

import { equal } from "node:assert/strict";
import { StepNote } from "../../../cli/doctor/step_note.ts";
import { RecordedOutput } from "../recorded_io.ts";

function said(isTerminal: boolean, isWanted: boolean): string {
  const output = new RecordedOutput({ isTerminal });
  {
    using note = new StepNote({ stderr: output, env: () => undefined }, isWanted);
    note.say("hooks");
  }
  return output.text;
}

Deno.test("StepNote.say() tells a terminal, and takes it away at the end", () => {
  equal(said(true, true), "\r\x1b[Kexamining hooks …\r\x1b[K");
});

Deno.test("StepNote.say() is silent, where nobody looks or nobody asked", () => {
  equal(said(false, true), "");
  equal(said(true, false), "");
});
