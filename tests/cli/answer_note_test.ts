/** Tests of whose questions a server answers as they would themselves. */

import { equal, ok } from "node:assert/strict";
import { answerNote, answersAlike } from "../../cli/answer_note.ts";
import { homeAt, makeHome, readKey } from "../../core/home.ts";
import { tempMachine } from "../helpers/run_blueplane.ts";
import { recordedIo } from "./recorded_io.ts";

const VARIABLES = ["FOLDER_A", "FOLDER_B"];

Deno.test("answersAlike() says so of who looks into the same folders, and of nobody else", () => {
  using machine = tempMachine();
  const home = homeAt(machine.home);
  makeHome(home);
  const ioOf = (env: Record<string, string | undefined>) => recordedIo(machine, [], { env });
  const note = answerNote(ioOf({ FOLDER_A: "/a" }), readKey(home, true)!, VARIABLES);
  const isAlike = (env: Record<string, string | undefined>) =>
    answersAlike(ioOf(env), home, note);

  ok(isAlike({ FOLDER_A: "/a" }));
  ok(isAlike({ FOLDER_A: "/a", FOLDER_B: "", FOLDER_C: "/c" }));
  equal(isAlike({}), false);
  equal(isAlike({ FOLDER_A: "/b" }), false);
  equal(isAlike({ FOLDER_B: "/a" }), false);
  equal(isAlike({ FOLDER_A: "/a", HOME: "/elsewhere", USERPROFILE: "/elsewhere" }), false);
});

Deno.test("answersAlike() says no of a home with another key, or with none", () => {
  using machine = tempMachine();
  using other = tempMachine();
  const home = homeAt(machine.home), others = homeAt(other.home), io = recordedIo(machine, []);
  for (const one of [home, others]) makeHome(one);
  const note = answerNote(io, readKey(home, true)!, VARIABLES);

  equal(answersAlike(io, others, note), false);
  readKey(others, true);
  equal(answersAlike(io, others, note), false);
  ok(answersAlike(io, home, note));
});
